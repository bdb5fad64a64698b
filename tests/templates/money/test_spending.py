"""What exceptions and costs say, to whom, and within which limits."""

from typing import Any

import pytest

from models.base.errors import Fault
from models.base.permissions import Verb
from models.base.words import StepState, VisitStatus
from models.reading.picture import VisitPicture
from templates.money.lines import exception_name, held_words
from templates.money.replies import cost_reply, gift_refused_words
from templates.money.views import cost_form, exception_form
from templates.procedure.why import why_reply
from templates.request.details import details_view
from templates.signoff.replies import exception_reply
from templates.signoff.views import decision_form
from templates.slack import ids
from templates.slack.scene import Scene
from templates.wording.errors import field_words
from tests.models.visits import REQUESTED, make_step
from tests.templates.scenes import EN, NOW, ZH, make
from tests.templates.test_messages import buttons, labels, show, words

SEES = frozenset({Verb.NOTE_COST, Verb.REQUEST_EXCEPTION})


def options(view: dict[str, Any], block: str) -> list[str]:
    """What a select of a form offers."""
    found = next(each for each in view["blocks"] if each.get("block_id") == block)
    return [option["text"]["text"] for option in found["element"]["options"]]


def test_a_leader_sees_what_is_planned_what_is_allowed_and_why() -> None:
    card = show("exception", make(words="They bring *all*"), "U01CHEN", step=50)
    assert labels(card) == ["Approve", "Decline", "Delegate", "Details"]
    assert buttons(card)[:2] == [(ids.APPROVE, "50"), (ids.DECLINE, "50")]
    said = words(card.blocks)
    for expected in (
        "*What*\nDinner",
        "*Planned*\nCN¥1,301",
        "*The procedure allows*",
        "They bring *all*",
        "*Budget*\nCN¥20,000.50",
    ):
        assert expected in said
    assert "You are asked because" not in said  # the title says it


@pytest.mark.parametrize(
    ("step", "expected"),
    [(51, "<@U01ZHAO> approved on"), (52, "<@U01ZHAO> declined on")],
)
def test_a_decided_card_says_who_and_has_no_buttons(step: int, expected: str) -> None:
    card = show("exception", make(words="Too much"), "U01ZHAO", step=step)
    assert labels(card) == ["What was decided", "Details"]
    assert expected in words(card.blocks)


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        (VisitStatus.CANCELLED, "the visit was cancelled"),
        (VisitStatus.DECLINED, "the request was declined"),
        (VisitStatus.CLOSED, "No decision is needed any more"),
    ],
)
def test_a_visit_that_is_over_needs_no_decision(status: VisitStatus, expected: str) -> None:
    card = show("exception", make(status), "U01CHEN", step=50)
    assert labels(card) == ["Details"]
    assert expected in words(card.blocks)


def test_the_next_leader_reads_why_they_are_asked() -> None:
    step = make_step(
        id=50, sign_off_id=100, escalated_at=REQUESTED, levels="department_manager vice_president"
    )
    picture = make(exception_steps=[step])
    expected = "There was no answer within 4 hours from: Department manager"
    assert expected in words(show("exception", picture, "U01ZHAO", step=50).blocks)


def test_decisions_are_told() -> None:
    picture = make(words="No")
    assert "Exception approved*: Hotel with 5 stars" in _told(picture, 2)
    declined = _told(picture, 3)
    assert "Exception declined*: Budget of the whole visit, CN¥99,999.99" in declined
    assert "<@U01ZHAO> writes" in declined
    assert "no longer needed*: Vehicle: hired premium car" in _told(picture, 4)


def _told(picture: VisitPicture, number: int) -> str:
    return words(show("exception_decided", picture, exception=number).blocks)


def test_the_names_of_all_kinds() -> None:
    scene = Scene.of(EN, make(), NOW)
    names = [str(exception_name(scene, each)) for each in scene.picture.exceptions]
    assert names == [
        "Dinner",
        "Hotel with 5 stars",
        "Budget of the whole visit",
        "Vehicle: hired premium car",
        "Room, a night",
        "Sightseeing: long",
        "Escort led by: Chairman",
        "Leisure",
        "Gifts",
    ]


def test_costs_say_how_they_were_held() -> None:
    scene = Scene.of(EN, make(), NOW)
    said = [held_words(scene, cost) for cost in scene.picture.costs]
    assert said == [
        "CN¥20 above the cap of CN¥480 without an approved exception:"
        " department CN¥10, handler CN¥10",
        "within the approved exception of CN¥500",
        "CN¥0.50 above the approved exception of CN¥500: company CN¥0.50",
        "CN¥800 above the budget of CN¥100 without an approved exception: approver CN¥800",
        None,
    ]
    reply = cost_reply(EN, make(), NOW, make().costs[0])
    assert "⚠️ CN¥20 above the cap" in words(reply.blocks)
    assert (
        "You noted this before" in cost_reply(EN, make(), NOW, make().costs[0], is_repeat=True).text
    )


def test_overspend_and_a_refused_gift_are_told() -> None:
    told = show("overspend", make(), cost=1)
    assert "<@U01MEI> noted Dinner, CN¥500" in words(told.blocks)
    assert "department CN¥10, handler CN¥10" in words(told.blocks)
    gift = show("gift_refused", make(), by="U01MEI", amount="700", allowed="600", left="100.50")
    assert "gifts of CN¥700" in words(gift.blocks)
    assert "CN¥600, of which CN¥100.50 were left" in words(gift.blocks)
    assert "CN¥99" in gift_refused_words(EN, make(), None).replace("CN¥0", "CN¥99")


def test_only_whom_it_concerns_sees_sums() -> None:
    seen = words(details_view(EN, make(), NOW, SEES | {Verb.SEE})["blocks"])
    assert "*Exceptions*" in seen
    assert "⏳ *Dinner* · CN¥1,301 · Asked · <@U01CHEN>" in seen
    assert "Noted so far: CN¥2,480.50" in seen
    others = words(details_view(EN, make(), NOW, frozenset({Verb.SEE}))["blocks"])
    for hidden in ("1,301", "*Exceptions*", "*Costs*", "500"):
        assert hidden not in others
    why = words(why_reply(EN, make(), NOW, frozenset({Verb.SEE})).blocks)
    assert "1,301" not in why
    assert "*Exceptions*" in words(why_reply(EN, make(), NOW, SEES).blocks)


def test_buttons_are_there_for_who_may_and_while_they_do_something() -> None:
    def shown(picture: VisitPicture, allowed: frozenset[Verb]) -> set[str]:
        view = details_view(EN, picture, NOW, allowed)
        return {
            each["text"]["text"]
            for block in view["blocks"]
            for each in block.get("elements", [])
            if each.get("type") == "button"
        }

    both = {"Ask for an exception", "Note a cost"}
    assert shown(make(), SEES) >= both
    assert shown(make(), frozenset({Verb.SEE})).isdisjoint(both)
    assert both & shown(make(VisitStatus.REQUESTED), SEES) == {"Ask for an exception"}
    assert both & shown(make(VisitStatus.CANCELLED), SEES) == {"Note a cost"}
    assert both & shown(make(VisitStatus.DECLINED), SEES) == set()


def test_the_forms_offer_what_there_is() -> None:
    asked = exception_form(EN, make(), NOW, "key")
    assert "Dinner" in options(asked, ids.WHAT)
    assert all(block.get("block_id") != ids.DAY for block in asked["blocks"])  # one day only
    cost = cost_form(EN, make(), NOW, "key")
    assert options(cost, ids.WHAT) == [
        "Breakfast",
        "Lunch",
        "Dinner",
        "Banquet",
        "Lodging",
        "Vehicle",
        "Leisure",
        "Gifts",
        "Other",
    ]
    assert words(exception_form(ZH, make(), NOW, "k")) != words(asked)


def test_declining_an_exception_says_what_it_is_about() -> None:
    picture = make()
    form = decision_form(EN, picture, picture.exception_steps(1)[0], StepState.DECLINED)
    assert "You decline an exception" in words(form["blocks"])
    assert "Dinner" in words(form["blocks"])


def test_who_asked_is_told_who_decides() -> None:
    reply = exception_reply(EN, make(), NOW, 1, ["chairman"])
    said = words(reply.blocks)
    assert "Asked to decide: <@U01CHEN>" in said
    assert "Nobody holds this role*: Chairman" in said


def test_sums_of_faults_are_in_the_currency_of_the_site() -> None:
    fault = Fault("within_cap", {"amount": "1300", "currency": "CNY"})
    assert field_words(fault, EN) == "The procedure allows up to CN¥1,300; no exception is needed."
    assert field_words(fault, ZH) == "制度标准为 ¥1,300 以内，无需申请特批。"
