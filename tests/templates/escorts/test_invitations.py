"""What leaders and hosts read of invitations, and of the protocol grade."""

from dataclasses import replace
from typing import Any

import pytest

from models.base.permissions import Verb
from models.base.words import InvitationState
from models.policy import load_policy
from models.reading.picture import VisitPicture
from models.records.escorts import Invitation
from models.records.people import Reader
from templates.escorts.views import cannot_attend_form, invite_form
from templates.messages import render
from templates.reading.attending import grade_line, lead_line, leaders_line, rank_lines
from templates.request.details import details_view
from templates.slack import ids
from templates.slack.message import Message
from templates.slack.scene import Scene
from tests.models.visits import REQUESTED, STANDARD, make_picture, make_visit
from tests.templates.scenes import EN, NOW, ZH, reader
from tests.templates.test_messages import words

ZHAO, PARK = "U01ZHAO", "U01PARK"
ASKED = int(REQUESTED.timestamp())


def asked(user_id: str = ZHAO, **more: Any) -> Invitation:
    facts: dict[str, Any] = {
        "id": 1,
        "visit_id": 7,
        "user_id": user_id,
        "rank": "vice_president",
        "asked_by": "U01LIN",
        "asked_at": REQUESTED,
        "turn": 3,
    }
    return Invitation(**(facts | more))


def visit(
    *invitations: Invitation, level: str = "b", title: str = "Purchasing director", **more: Any
) -> VisitPicture:
    facts = make_visit(level=level, lead_guest_title=title, **more)
    return make_picture(facts, invitations=list(invitations))


def show(
    kind: str, picture: VisitPicture, args: dict[str, Any], who: Reader = EN
) -> Message | None:
    return render(kind, picture, args, who, NOW)


def card(picture: VisitPicture, who: Reader = EN) -> Message:
    found = show("invitation", picture, {"invitation": 1, "asked": ASKED}, who)
    assert found is not None
    assert found.is_live
    return found


def buttons(message: Message) -> dict[str, str]:
    found = [b for block in message.blocks for b in block.get("elements", []) if "action_id" in b]
    return {button["action_id"]: button["value"] for button in found}


@pytest.mark.parametrize(
    ("state", "again", "says", "offers"),
    [
        ("asked", False, "asks you to attend V-2026-0007", {ids.ATTEND, ids.CANNOT_ATTEND}),
        ("accepted", False, "that you will attend", {ids.CANNOT_ATTEND}),
        ("accepted", True, "can you still?", {ids.ATTEND, ids.CANNOT_ATTEND}),
        ("declined", False, "that you cannot attend", {ids.ATTEND}),
    ],
)
def test_the_card_asks_or_says_what_was_answered(
    state: str, again: bool, says: str, offers: set[str]
) -> None:
    more: dict[str, Any] = {"state": state, "answered_at": NOW}
    more["asked_again_at"] = NOW if again else None
    shown = card(visit(asked(**more)))
    assert says in words(shown.blocks)
    pressed = buttons(shown)
    assert set(pressed) == offers | {ids.DETAILS}
    assert {pressed[each] for each in offers} <= {"1:3"}


def test_who_is_asked_no_longer_has_nothing_to_press() -> None:
    shown = card(visit(asked(state="withdrawn")))
    assert "no longer" in words(shown.blocks)
    assert buttons(shown) == {}


def test_the_card_of_an_earlier_asking_points_to_the_newer_one() -> None:
    message = show("invitation", visit(asked()), {"invitation": 1, "asked": ASKED - 60})
    assert message is not None
    assert "newer card" in words(message.blocks)
    assert set(buttons(message)) == {ids.DETAILS}


def test_after_the_guests_have_left_nothing_is_asked() -> None:
    shown = card(visit(asked(), left_at=NOW, status="follow_up"))
    assert "have left" in words(shown.blocks)


def test_who_stands_in_reads_for_whom() -> None:
    first = asked("U01CHEN", id=2, state=InvitationState.DECLINED, answered_at=NOW)
    shown = card(visit(asked(instead_of=2), first))
    said = words(shown.blocks)
    assert "<@U01CHEN> cannot, so you are asked." in said
    assert "<@U01CHEN> (Vice president) cannot attend" in said
    assert "<@U01ZHAO>" not in said  # whoever reads knows


def test_the_host_invites_whom_the_leader_proposed() -> None:
    args = {"invitation": 1, "by": ZHAO, "answer": "cannot", "reason": "On <leave>"}
    message = show("invitation_answer", visit(asked()), args | {"substitute": PARK})
    assert message is not None
    assert buttons(message)[ids.INVITE_SUBSTITUTE] == "1"
    assert "Proposed instead: <@U01PARK>" in words(message.blocks)
    message = show("invitation_answer", visit(asked()), args)
    assert message is not None
    assert ids.INVITE_LEADERS in buttons(message)
    assert show("invitation_answer", visit(asked(), status="cancelled"), args) is None


@pytest.mark.parametrize(
    ("moved", "says"),
    [("general_manager", "goes to: General manager"), ("stands", "stand."), (None, "")],
)
def test_the_host_reads_where_the_decision_goes(moved: str | None, says: str) -> None:
    args = {"invitation": 1, "by": PARK, "answer": "attends", "moved": moved}
    message = show("invitation_answer", visit(asked()), args)
    assert message is not None
    assert says in words(message.blocks)


def test_the_form_names_the_ranks_and_suggests_people() -> None:
    form = invite_form(EN, visit())
    text = str(form["blocks"])
    assert "Director (may lead): no role tells who" in text
    element = next(b["element"] for b in form["blocks"] if b["type"] == "input")
    assert element["initial_users"] == [ZHAO, "U01CHEN"]
    taken = invite_form(EN, visit(asked()))
    element = next(b["element"] for b in taken["blocks"] if b["type"] == "input")
    assert element["initial_users"] == ["U01CHEN"]


def test_a_leader_who_cannot_need_say_nothing() -> None:
    form = cannot_attend_form(EN, visit(asked()), asked(), None)
    inputs = [block for block in form["blocks"] if block["type"] == "input"]
    assert [block["optional"] for block in inputs] == [True, True]
    assert "initial_user" not in inputs[1]["element"]


def attending(person: str, title: str, level: str = "b", locale: str = "en") -> Scene:
    there = asked(person, state=InvitationState.ACCEPTED, answered_at=NOW)
    return Scene.of(reader(locale), visit(there, title=title, level=level), NOW)


@pytest.mark.parametrize(
    ("person", "title", "says", "is_marked"),
    [
        (PARK, "General manager", "equal rank", False),
        (PARK, "Purchasing director", "higher rank", False),
        (ZHAO, "Chairman", "lower rank", True),
    ],
)
def test_the_grade_has_a_mark_where_another_is_wanted(
    person: str, title: str, says: str, is_marked: bool
) -> None:
    line = grade_line(attending(person, title))
    assert line is not None
    assert says in line
    assert ("⚠️" in line) is is_marked


def test_a_grade_that_may_not_be_raised_is_marked() -> None:
    scene = attending(PARK, "Purchasing director")
    strict = STANDARD.model_copy(
        update={"protocol": STANDARD.protocol.model_copy(update={"may_raise": False})}
    )
    line = grade_line(replace(scene, picture=replace(scene.picture, policy=strict)))
    assert line is not None
    assert "⚠️ The procedure wants an equal rank." in line


def test_what_is_not_known_is_said_in_full_only() -> None:
    nobody = Scene.of(EN, visit(), NOW)
    assert grade_line(nobody) is None
    assert "until a leader of known rank" in (grade_line(nobody, in_full=True) or "")
    untold = attending(PARK, "Sculptor")
    assert grade_line(untold) is None
    assert "no rank for the lead guest's title" in (grade_line(untold, in_full=True) or "")


def test_chinese_names_the_grades_as_the_forms_do() -> None:
    grades = [
        (PARK, "总经理", "对等"),
        (PARK, "采购总监", "高格"),
        (ZHAO, "董事长", "低格"),
    ]
    for person, title, says in grades:
        assert says in (grade_line(attending(person, title, locale="zh")) or "")


def test_a_rank_that_may_lead_is_missed_until_somebody_of_it_was_asked() -> None:
    assert "Director / Vice president / Department manager" in (
        lead_line(Scene.of(EN, visit(), NOW)) or ""
    )
    assert lead_line(Scene.of(EN, visit(asked()), NOW)) is None
    assert lead_line(Scene.of(EN, visit(level="c", title="Buyer"), NOW)) is None


def test_leaders_are_named_with_what_they_said() -> None:
    picture = visit(asked(), asked("U01CHEN", id=2, rank=None, state="declined"))
    line = leaders_line(Scene.of(ZH, picture, NOW))
    assert line is not None
    assert "已邀请 <@U01ZHAO>（副总经理）" in line
    assert "<@U01CHEN> 不能出席" in line
    assert leaders_line(Scene.of(EN, visit(), NOW)) is None


def test_a_level_without_escorts_says_so() -> None:
    policy = load_policy("standard")
    plain = [level.model_copy(update={"escorts": None}) for level in policy.levels]
    picture = replace(visit(), policy=policy.model_copy(update={"levels": plain}))
    assert "names no escorts" in rank_lines(Scene.of(EN, picture, NOW))


def test_the_details_invite_whoever_may() -> None:
    offered = str(details_view(EN, visit(), NOW, frozenset({Verb.INVITE}))["blocks"])
    assert ids.INVITE_LEADERS in offered
    assert ids.WITHDRAW_INVITATION not in offered
    asking = str(details_view(EN, visit(asked()), NOW, frozenset({Verb.INVITE}))["blocks"])
    assert ids.WITHDRAW_INVITATION in asking
    assert ids.INVITE_LEADERS not in str(details_view(EN, visit(), NOW, frozenset())["blocks"])


def test_the_details_name_each_leader_once() -> None:
    there = asked(PARK, id=2, state=InvitationState.ACCEPTED, answered_at=NOW)
    cannot = asked("U01CHEN", id=3, state=InvitationState.DECLINED, answered_at=NOW)
    picture = visit(asked(), there, cannot)
    for verbs, withdraws in ((frozenset(Verb), 2), (frozenset({Verb.SEE}), 0)):
        blocks = details_view(EN, picture, NOW, verbs)["blocks"]
        assert str(blocks).count("'Withdraw'") == withdraws
        for person, says in ((ZHAO, "was asked"), (PARK, "attends"), ("U01CHEN", "cannot attend")):
            line = [said for said in words(blocks).split("<@") if said.startswith(person)]
            assert sum(says in said for said in line) == 1
