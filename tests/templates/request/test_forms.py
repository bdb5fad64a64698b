"""The forms: their labels, ids, first values, and what they carry."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from models.aftercare.forms import FeedbackForm
from models.base.permissions import Verb
from models.base.words import StepState, TaskState, TripKind
from models.cars.drivers import Drive, Driver
from models.customers.names import length
from models.request.forms import AS_PROPOSED, DETAILS, VisitForm
from templates.aftercare.views import feedback_form
from templates.cars.views import assign_form, decline_trip_form, driver_options
from templates.people.views import setup_form
from templates.preparation.views import hand_over_form, problem_form
from templates.request.details import details_view
from templates.request.details_form import details_form
from templates.request.views import cancel_form, reschedule_form
from templates.request.visit_form import customer_options, visit_form
from templates.signoff.views import decision_form
from templates.slack import ids
from templates.slack.metadata import FormMeta
from tests.models.visits import ARRIVAL, DEPARTURE, STANDARD
from tests.templates.scenes import EN, NOW, TEAM, ZH, feedback, make
from tests.templates.test_messages import words

META = FormMeta(form_key="key-1")
REQUIRED = [
    "Customer",
    "Purpose",
    "Lead guest",
    "Lead guest's title",
    "Party size",
    "Arrival",
    "Departure",
    "Host",
    "Level",
]
FACTS = ["Contact's phone", "Customer kind", "Overseas customer"]
LATER = [
    "Guests",
    "Travel by",
    "Flight or train number",
    "Pickup place",
    "Pickup time",
    "Drop-off time",
    "Drop-off place",
    "First meeting",
    "Meeting place",
    "Budget",
    "Second host",
    "Account owner",
    "Notes",
]


def inputs(view: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {block["block_id"]: block for block in view["blocks"] if block["type"] == "input"}


def label(block: dict[str, Any]) -> str:
    return str(block["label"]["text"])


def test_the_request_asks_ten_things_and_what_the_policy_wants_to_know() -> None:
    form = visit_form(EN, STANDARD, {}, meta=META)
    blocks = inputs(form)
    assert [label(block) for block in blocks.values()] == REQUIRED + FACTS
    needed = [label(block) for block in blocks.values() if not block["optional"]]
    assert needed == REQUIRED
    assert [block["type"] for block in form["blocks"]] == ["actions", *["input"] * 12]
    assert form["callback_id"] == ids.NEW_VISIT_FORM
    assert form["notify_on_close"] is True
    assert FormMeta.load(form["private_metadata"]) == META


def test_an_edit_asks_for_the_whole_and_the_details_for_what_comes_later() -> None:
    edit = inputs(visit_form(EN, STANDARD, {}, meta=META, kind="edit"))
    # only where called for
    others = {"level_reason", "capital", "important", "exception_reason", "told_reason"}
    assert set(edit) == set(VisitForm.model_fields) - others
    assert [label(block) for block in edit.values()] == REQUIRED + FACTS + LATER
    details = details_form(EN, make(), NOW, {}, meta=META)
    asked = inputs(details)
    assert list(asked) == [name for name in DETAILS if name not in others]
    assert [label(block) for block in asked.values()] == LATER
    assert all(block["optional"] for block in asked.values())
    assert (details["callback_id"], details["close"]["text"]) == (ids.ADD_DETAILS_FORM, "Cancel")


def test_each_input_is_of_its_kind() -> None:
    kinds = {
        name: block["element"]["type"]
        for name, block in inputs(visit_form(EN, STANDARD, {}, meta=META, kind="edit")).items()
    }
    assert kinds["customer"] == "external_select"
    assert {kinds[name] for name in ("purpose", "level", "travel_by")} == {"static_select"}
    assert kinds["overseas"] == "checkboxes"
    times = ("arrival", "departure", "pickup_time", "dropoff_time", "meeting_time")
    assert {kinds[name] for name in times} == {"datetimepicker"}
    assert {kinds[name] for name in ("host", "account_owner")} == {"users_select"}
    assert {kinds[name] for name in ("party_size", "budget")} == {"number_input"}


def test_defaults_of_a_new_request() -> None:
    blocks = inputs(visit_form(EN, STANDARD, {}, meta=META))
    assert blocks["host"]["element"]["initial_user"] == EN.user_id
    assert blocks["level"]["element"]["initial_option"]["value"] == AS_PROPOSED
    assert blocks["customer"]["element"].get("initial_option") is None


def test_first_values_come_back_as_they_were() -> None:
    values: dict[str, Any] = {
        "customer": '<!channel> *Acme* & "Söhne" 公司',
        "purpose": "complaint",
        "lead_guest": "Jane",
        "lead_guest_title": "CEO",
        "party_size": 4,
        "arrival": ARRIVAL,
        "departure": DEPARTURE,
        "host": "U01MEI",
        "level": "a",
        "travel_by": "train",
        "travel_number": "G1234",
        "pickup_place": "Hongqiao",
        "pickup_time": ARRIVAL,
        "dropoff_time": DEPARTURE,
        "account_owner": "U01RUTH",
        "budget": Decimal("20000.50"),
        "guests": "Jane, CEO\nJohn",
        "notes": "See the lab",
    }
    blocks = inputs(visit_form(EN, STANDARD, values, meta=META, kind="edit", number="V-2026-0007"))
    first = {name: block["element"] for name, block in blocks.items()}
    assert first["customer"]["initial_option"]["value"] == values["customer"]
    assert first["customer"]["initial_option"]["text"]["text"] == values["customer"]
    assert first["purpose"]["initial_option"]["value"] == "complaint"
    assert first["party_size"]["initial_value"] == "4"
    assert first["arrival"]["initial_date_time"] == int(ARRIVAL.timestamp())
    assert first["host"]["initial_user"] == "U01MEI"
    assert first["budget"]["initial_value"] == "20000.50"
    assert first["guests"]["initial_value"] == values["guests"]


@pytest.mark.parametrize(
    "values",
    [
        {"party_size": "0"},
        {"party_size": "many"},
        {"party_size": 2.5},
        {"budget": "-1"},
        {"budget": "NaN"},
        {"arrival": datetime(1990, 1, 1, tzinfo=UTC)},
        {"arrival": "10:00"},
        {"level": "gold"},
        {"purpose": ""},
        {"customer": "   "},
    ],
)
def test_first_values_that_do_not_fit_are_left_out(values: dict[str, Any]) -> None:
    (name,) = values
    element = inputs(visit_form(EN, STANDARD, values, meta=META, kind="edit"))[name]["element"]
    assert not [key for key in element if key.startswith("initial_")]


def test_a_new_request_reports_every_change_and_an_edit_what_is_chosen() -> None:
    new, edit = (
        list(inputs(visit_form(EN, STANDARD, {}, meta=META, kind=kind)).values())
        for kind in ("new", "edit")
    )
    details = inputs(details_form(EN, make(), NOW, {}, meta=META)).values()
    assert all(block["dispatch_action"] for block in (*new, *details))
    typed = {"plain_text_input", "number_input"}
    reporting = {b["element"]["type"] for b in edit if b.get("dispatch_action")}
    silent = {b["element"]["type"] for b in edit if not b.get("dispatch_action")}
    assert silent == typed
    assert not reporting & typed
    texts = [b["element"] for b in new if b["element"]["type"] == "plain_text_input"]
    on = [text["dispatch_action_config"]["trigger_actions_on"] for text in texts]
    assert on == [["on_character_entered"]] * len(texts)


def test_a_resumed_form_answers_under_other_ids_so_that_slack_takes_its_values() -> None:
    def actions(view: dict[str, Any]) -> set[str]:
        return {block["element"]["action_id"] for block in inputs(view).values()}

    fresh = visit_form(EN, STANDARD, {}, meta=META, draft="offered", draft_key="key-0")
    resumed = visit_form(EN, STANDARD, {}, meta=META, draft="resumed")
    assert actions(fresh) == {ids.DRAFT_VALUES[0], ids.CUSTOMERS[0]}
    assert actions(resumed) == {ids.DRAFT_VALUES[1], ids.CUSTOMERS[1]}
    button = fresh["blocks"][1]["elements"][0]
    assert (button["action_id"], button["value"]) == (ids.RESUME_DRAFT, "key-0")
    assert button["text"]["text"] == "Resume draft"
    assert resumed["blocks"][1]["elements"][0]["action_id"] == ids.START_AFRESH


def test_asked_for_changes_stand_above_the_form() -> None:
    form = visit_form(
        EN, STANDARD, {}, meta=META, kind="changes", comment="*Later*, please", number="V-1"
    )
    assert "*Later*, please" in words(form["blocks"][:2])
    assert form["callback_id"] == ids.CHANGE_VISIT_FORM
    assert form["submit"]["text"] == "Send again"


def test_another_zone_than_the_sites_is_told() -> None:
    here = visit_form(EN, STANDARD, {}, meta=META, site="Asia/Shanghai")
    there = visit_form(EN, STANDARD, {}, meta=META, site="Europe/Berlin")
    assert here["blocks"][1]["type"] == "input"
    assert "those of the site, in Berlin, not your own (Shanghai)" in words(there["blocks"][1])


def test_the_clocks_of_two_zones_that_always_agree_are_one() -> None:
    reader = replace(EN, timezone="Asia/Chongqing")
    form = visit_form(reader, STANDARD, {}, meta=META, site="Asia/Shanghai")
    assert inputs(form)["arrival"]["element"]["type"] == "datetimepicker"


def test_day_and_time_stand_by_the_clock_of_the_site() -> None:
    first = {"arrival": ARRIVAL, "departure": ARRIVAL + timedelta(days=1)}
    form = inputs(visit_form(EN, STANDARD, first, meta=META, kind="edit", site="America/New_York"))
    wall = ARRIVAL.astimezone(ZoneInfo("America/New_York"))
    assert form["arrival"]["element"]["initial_date"] == f"{wall:%Y-%m-%d}"
    clock = form["arrival_at:America/New_York"]
    assert clock["element"]["initial_time"] == f"{wall:%H:%M}"
    assert clock["element"]["timezone"] == "America/New_York"
    assert clock["hint"]["text"] == "By the clock in New York"
    assert clock["optional"] == form["arrival"]["optional"]


def test_the_form_in_chinese() -> None:
    form = visit_form(ZH, STANDARD, {}, meta=META)
    assert [label(block) for block in inputs(form).values()][:3] == ["客户", "来访目的", "主宾"]
    assert form["title"]["text"] == "新建来访"
    options = inputs(form)["level"]["element"]["options"]
    assert options[0]["text"]["text"] == "按制度建议"
    assert options[2]["text"]["text"] == "B 级（经理）"


def test_customers_are_offered_known_ones_first_then_as_new() -> None:
    options = customer_options(EN, ["Acme", "Acme Asia"], "  Acme  Eu ")
    assert [option["value"] for option in options] == ["Acme", "Acme Asia", "Acme Eu"]
    assert options[-1]["text"]["text"] == "New customer: “Acme Eu”"
    known = customer_options(EN, ["Acme"], "ACME")
    assert [option["value"] for option in known] == ["Acme"]
    assert customer_options(EN, [], " ") == []


def test_a_customer_of_a_long_name_is_never_cut() -> None:
    """Slack's options carry 150 characters: cut to them, two customers would be one."""
    longest, longer = "A" * 149 + "B", "A" * 150 + "Bremen"
    (new,) = customer_options(EN, [], longest)
    assert new["value"] == longest
    known = customer_options(EN, ["A" * 149 + "C", longest], "A" * 20)
    assert [option["value"] for option in known[:2]] == ["A" * 149 + "C", longest]
    assert [option["description"]["text"][-1] for option in known[:2]] == ["C", "B"]
    (refused,) = customer_options(EN, [], longer)
    assert refused["text"]["text"] == "Too long: 156 characters, at most 150"
    assert length(refused["value"]) == 156
    blocks = inputs(visit_form(EN, STANDARD, {"customer": longer}, meta=META))
    assert "initial_option" not in blocks["customer"]["element"], "asked for, not cut"


def test_reasons_and_problems() -> None:
    picture = make()
    step, task, trip = picture.approvals[0], picture.tasks[1], picture.trips[0]
    decline = decision_form(EN, picture, step, StepState.DECLINED)
    assert list(inputs(decline)) == [ids.COMMENT]
    assert FormMeta.load(decline["private_metadata"]) == FormMeta(
        visit=7, step=3, decision="declined"
    )
    problem = problem_form(EN, picture, task)
    assert list(inputs(problem)) == [ids.PROBLEM]
    assert FormMeta.load(problem["private_metadata"]) == FormMeta(visit=7, task=task.id)
    assert "Hotel for the visit of Acme Industries" in words(problem["blocks"])
    assert list(inputs(hand_over_form(EN, picture, task))) == [ids.OWNER]
    assert list(inputs(cancel_form(EN, picture))) == [ids.REASON]
    cannot = decline_trip_form(EN, picture, trip, 4)
    assert FormMeta.load(cannot["private_metadata"]) == FormMeta(visit=7, trip=1, assignment=4)
    assert inputs(cannot)[ids.REASON]["optional"] is True


def test_assigning_offers_those_who_drive_and_says_who_is_busy() -> None:
    picture, trip = make(), make().trips[0]
    busy = Drive(datetime(2026, 12, 14, 6, tzinfo=UTC), datetime(2026, 12, 14, 7, tzinfo=UTC), "V")
    form = assign_form(EN, picture, trip, [Driver("U01TOM", "Tom"), Driver("U01MA", "马龙", busy)])
    assert list(inputs(form)) == [ids.DRIVER, ids.CAR, ids.EVEN_SO]
    options = inputs(form)[ids.DRIVER]["element"]["options"]
    assert [each["text"]["text"] for each in options] == ["Tom", "马龙 · busy 14:00–15:00"]
    assert [each["value"] for each in options] == ["U01TOM", "U01MA"]
    chinese = driver_options(ZH, [Driver("U01MA", "马龙", busy)], "马")
    assert chinese[0]["text"]["text"] == "马龙 · 14:00–15:00 已有任务"


def test_assigning_asks_of_the_busy_only_where_somebody_is() -> None:
    picture = make()
    form = assign_form(EN, picture, picture.trips[0], [Driver("U01TOM", "Tom")])
    assert list(inputs(form)) == [ids.DRIVER, ids.CAR]


def test_assigning_without_drivers_says_what_to_do() -> None:
    picture = make()
    for reader, expected in ((EN, "Nobody holds the role of driver"), (ZH, "还没有人担任司机")):
        nobody = assign_form(reader, picture, picture.trips[0], [])
        assert expected in words(nobody["blocks"])
        assert inputs(nobody) == {}
        assert "submit" not in nobody


def test_more_drivers_than_a_list_takes_are_searched_by_name() -> None:
    drivers = [Driver(f"U{n:03}", f"Driver {n}") for n in range(101)]
    trip = make().trips[0]
    trip.driver_id = "U100"
    element = inputs(assign_form(EN, make(), trip, drivers))[ids.DRIVER]["element"]
    assert (element["type"], element["action_id"]) == ("external_select", ids.DRIVER_SEARCH)
    assert element["initial_option"]["value"] == "U100"
    assert len(driver_options(EN, drivers, "")) == 100
    assert [each["value"] for each in driver_options(EN, drivers, "VER 99")] == ["U099"]


def test_feedback_asks_the_four_things() -> None:
    blocks = inputs(feedback_form(EN, make()))
    assert list(blocks) == list(FeedbackForm.model_fields)
    satisfaction = blocks["satisfaction"]["element"]
    assert (satisfaction["min_value"], satisfaction["max_value"]) == ("0", "100")


def test_rescheduling_asks_for_cars_only_where_there_are_some() -> None:
    both = reschedule_form(EN, make())
    assert list(inputs(both)) == ["arrival", "departure", "pickup_time", "dropoff_time"]
    assert FormMeta.load(both["private_metadata"]) == FormMeta(visit=7, revision=1)
    assert list(inputs(reschedule_form(EN, make(trips=[])))) == ["arrival", "departure"]


def test_roles_are_asked_one_by_one_with_the_wanted_one_first() -> None:
    form = setup_form(EN, STANDARD, TEAM, "it")
    assert set(inputs(form)) == set(STANDARD.company.keys)
    assert next(iter(inputs(form))) == "it"
    driver = inputs(form)["driver"]["element"]
    assert driver["type"] == "multi_users_select"
    assert driver["initial_users"] == ["U01MA", "U01TOM"]
    assert "Needed now" in words(form["blocks"])


def test_details_show_all_and_the_budget_to_those_concerned() -> None:
    picture = make(feedback=feedback("Fine"), entries=[], files=[])
    picture.preparation[1].state = TaskState.DONE
    picture.preparation[1].done_at = picture.visit.arrival
    reads = {verb for verb in Verb if verb.startswith("read_")}
    concerned = words(details_view(EN, picture, NOW, frozenset({Verb.EDIT, *reads}))["blocks"])
    others = words(details_view(EN, picture, NOW, frozenset({Verb.SEE}))["blocks"])
    assert "CN¥20,000.50" in concerned
    assert "Budget" not in others
    for expected in ("*History*", "✅ *Hotel*"):
        assert expected in concerned
        assert expected in others
    for by_need in ("and 5 more", "95 of 100", "Fine"):
        assert by_need in concerned
        assert by_need not in others
    assert {trip.kind for trip in picture.trips} == {TripKind.PICKUP, TripKind.DROPOFF}


def test_metadata_of_something_else_is_refused() -> None:
    with pytest.raises(ValueError, match="no metadata"):
        FormMeta.load('{"other": 1}')
    with pytest.raises(ValueError, match="no metadata"):
        FormMeta.load("[]")
    assert FormMeta.load("") == FormMeta()


def test_button_values() -> None:
    assert ids.unpack(ids.pack(12, 3)) == (12, 3)
    with pytest.raises(ValueError, match="invalid literal"):
        ids.unpack("-")
