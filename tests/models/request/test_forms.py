"""Bad input to the forms: each fault stands at its field, all faults at once."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from models.aftercare.forms import FeedbackForm
from models.base.errors import InvalidForm
from models.customers.guests import parse_guests
from models.customers.names import carried, fold
from models.policy import Policy, load_policy
from models.request.forms import AS_PROPOSED, VisitForm
from models.request.outlook import faults_of, look_out

STANDARD, STARS = load_policy("standard"), load_policy("star_levels")
NOW = datetime(2026, 12, 1, 2, 0, tzinfo=UTC)
GOOD = VisitForm(
    customer="Acme",
    purpose="site_audit",
    lead_guest="Ada Byron",
    lead_guest_title="CEO",
    party_size=4,
    arrival=NOW + timedelta(days=9),
    departure=NOW + timedelta(days=9, hours=8),
    host="U01",
    level="b",
)


def faults(policy: Policy = STANDARD, **changes: object) -> dict[str, str]:
    form = GOOD.model_copy(update=changes)
    found = faults_of(form, look_out(policy, form, "Asia/Shanghai"), NOW, policy)
    return {field: fault.code for field, fault in found.items()}


def test_a_good_form_passes() -> None:
    assert faults() == {}


def test_only_the_policys_purposes_are_taken() -> None:  # A17
    overseas = load_policy("overseas")
    assert len(overseas.purposes) == 5
    assert faults(overseas, purpose="courtesy") == {}
    assert faults(overseas, purpose="study_tour") == {"purpose": "choice_gone"}
    assert faults(purpose="study_tour") == {}


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"departure": NOW + timedelta(days=8)}, {"departure": "departure_before_arrival"}),
        ({"departure": GOOD.arrival}, {"departure": "departure_before_arrival"}),
        ({"arrival": NOW - timedelta(minutes=1)}, {"arrival": "arrival_past"}),
        ({"arrival": NOW + timedelta(days=2000), "departure": None}, None),
        ({"customer": "A" * 150}, {}),
        ({"customer": "A" * 151}, {"customer": "too_long"}),
        ({"customer": carried("A" * 157)}, {"customer": "too_long"}),
        ({"customer": "…and Sons"}, {}),
        ({"party_size": 0}, {"party_size": "party_size"}),
        ({"party_size": -3}, {"party_size": "party_size"}),
        ({"party_size": 501}, {"party_size": "party_size"}),
        ({"party_size": None}, {"party_size": "party_size"}),
        (
            {"pickup_time": NOW + timedelta(days=9, minutes=1), "pickup_place": "PVG"},
            {"pickup_time": "pickup_after_arrival"},
        ),
        ({"pickup_time": NOW + timedelta(days=9)}, {"pickup_place": "pickup_place_missing"}),
        (
            {"dropoff_time": GOOD.arrival, "dropoff_place": "PVG"},
            {"dropoff_time": "dropoff_before_arrival"},
        ),
        ({"dropoff_time": GOOD.departure}, {"dropoff_place": "dropoff_place_missing"}),
        ({"dropoff_place": "PVG"}, {"dropoff_time": "dropoff_time_missing"}),
        (
            {
                "meeting_time": NOW + timedelta(days=9, hours=2),
                "dropoff_time": NOW + timedelta(days=9, hours=1),
                "dropoff_place": "PVG",
            },
            {"dropoff_time": "dropoff_before_meeting"},
        ),
        (
            {
                "arrival": NOW + timedelta(hours=1),
                "pickup_time": NOW - timedelta(minutes=1),
                "pickup_place": "PVG",
            },
            {"pickup_time": "pickup_past"},
        ),
        ({"contact_phone": "12"}, {"contact_phone": "phone"}),
        ({"contact_phone": "ask Jane"}, {"contact_phone": "phone"}),
        ({"customer": "   "}, {"customer": "required"}),
        ({"customer": "x" * 201}, {"customer": "too_long"}),
        ({"notes": "x" * 3001}, {"notes": "too_long"}),
        ({"budget": Decimal(-1)}, {"budget": "budget"}),
        ({"level": ""}, {"level": "required"}),
        ({"level": "z"}, {"level": "choice_gone"}),
        ({"customer_kind": "dealer"}, {"customer_kind": "choice_gone"}),
        ({"level_reason": "x" * 1001}, {"level_reason": "too_long"}),
        ({"meeting_place": "x" * 301}, {"meeting_place": "too_long"}),
        (
            {"meeting_time": NOW + timedelta(days=9, minutes=-1)},
            {"meeting_time": "meeting_before_arrival"},
        ),
        ({"meeting_time": GOOD.departure}, {"meeting_time": "meeting_after_departure"}),
        ({"guests": "\n".join(f"Guest {n}" for n in range(5))}, {"guests": "more_guests"}),
        ({"guests": "x" * 201}, {"guests": "guest_line"}),
    ],
)
def test_what_cannot_stand_is_named(
    changes: dict[str, Any], expected: dict[str, str] | None
) -> None:
    if expected is None:
        expected = {"arrival": "too_far", "departure": "required"}
    assert faults(**changes) == expected


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("USD 2,000,000", {}),
        ("200 万美元", {}),
        ("2000000", {}),
        ("  ", {}),
        ("two million", {"capital": "capital"}),
        ("-3", {"capital": "capital"}),
        ("2 tons", {"capital": "capital_unit"}),
        ("JPY 2,000,000", {"capital": "capital_unit"}),
    ],
)
def test_a_capital_is_judged_by_a_policy_that_asks_for_it(
    written: str, expected: dict[str, str]
) -> None:
    assert faults(STARS, level=AS_PROPOSED, capital=written) == expected
    assert faults(STANDARD, capital=written) == {}


def test_all_faults_come_at_once() -> None:
    assert set(faults(party_size=0, customer="", arrival=NOW)) == {
        "party_size",
        "customer",
        "arrival",
    }


def test_an_arrival_that_stays_may_lie_in_the_past() -> None:
    form = GOOD.model_copy(update={"arrival": NOW - timedelta(hours=1)})
    assert not form.faults(NOW, STANDARD, kept=form)


def test_cars_that_stay_may_lie_in_the_past_and_lack_what_they_lacked() -> None:
    form = GOOD.model_copy(
        update={
            "arrival": NOW - timedelta(hours=3),
            "pickup_time": NOW - timedelta(hours=4),
            "pickup_place": "PVG",
            "dropoff_time": NOW - timedelta(hours=1),
        }
    )
    assert not form.faults(NOW, STANDARD, kept=form)
    later = form.model_copy(update={"pickup_time": NOW - timedelta(hours=3, minutes=30)})
    assert set(later.faults(NOW, STANDARD, kept=form)) == {"pickup_time"}
    stranded = form.model_copy(update={"pickup_time": None, "pickup_place": None})
    assert set(stranded.faults(NOW, STANDARD, kept=form)) == {"dropoff_place"}
    assert not stranded.faults(NOW, STANDARD, kept=stranded)


def test_guests_pasted_from_excel_are_read() -> None:
    pasted = 'Ada Byron\tCEO\tvegetarian\r\n"王小明"\t总经理\r\n\r\n\tno name\t\r\n'
    guests = parse_guests(pasted)
    assert [(g.name, g.title, g.diet) for g in guests] == [
        ("Ada Byron", "CEO", "vegetarian"),
        ("王小明", "总经理", None),
        ("–", "no name", None),
    ]


def test_guests_typed_with_commas_of_both_kinds_are_read() -> None:
    guests = parse_guests("Ada Byron, CEO, no pork, no nuts\n王小明，总经理，素食\nBob")
    assert [(g.name, g.title, g.diet) for g in guests] == [
        ("Ada Byron", "CEO", "no pork, no nuts"),
        ("王小明", "总经理", "素食"),
        ("Bob", None, None),
    ]


def test_one_customer_is_one_however_it_is_spelled() -> None:
    assert fold("  ACME  Ltd ") == fold("acme ltd") == fold("ＡＣＭＥ　Ltd")


@pytest.mark.parametrize("satisfaction", [-1, 101, None])
def test_satisfaction_runs_from_0_to_100(satisfaction: int | None) -> None:
    with pytest.raises(InvalidForm):
        FeedbackForm(satisfaction=satisfaction, intention="signed").check()
    FeedbackForm(satisfaction=0, intention="signed").check()
    FeedbackForm(satisfaction=100, intention="signed").check()
