"""Who is asked again reads what has changed, on a card that a phone shows whole (C04, R3.2)."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from models.base.permissions import Verb
from models.base.words import Matter, StepState, VisitStatus
from models.reading.clashes import Clash
from models.reading.picture import HomeAgenda, VisitPicture, WaitingItem
from models.records.audit import AuditEntry
from templates.home import home_view
from templates.request.details import details_view
from templates.slack import phone
from tests.models.visits import ARRIVAL, REQUESTED, make_chain, make_step
from tests.templates.scenes import NAMES, NOW, make, reader
from tests.templates.test_messages import labels, show, words

DAY, HOUR = timedelta(days=1), timedelta(hours=1)
DECIDE = ["Approve", "Decline", "Ask for changes"]
EDITED: dict[str, Any] = {
    "arrival": (ARRIVAL - DAY).isoformat(),
    "level": "c",
    "budget": "900.00",
    "host": "U01RUTH",
}
SHOWN = [
    "*Arrival*: Wed 9 Dec → Thu 10 Dec, 10:00",
    "*Level*: C (buyers, technicians) → B (managers)",
    "*Budget*: CN¥900 → CN¥20,000.50",
    "*Host*: <@U01RUTH> → <@U01LIN>",
]


def asked_again(
    was: dict[str, Any] | None = None,
    *others: str,
    name: str = "Acme Industries",
    is_urgent: bool = False,
    clashes: list[Clash] | None = None,
    **step: Any,
) -> VisitPicture:
    """A visit in its second round: CHEN approved it before it was edited, and is asked anew."""
    was = EDITED if was is None else was
    asked = make_step(id=8, sign_off_id=2, asked_at=NOW - HOUR, **step)
    first = make_step(state=StepState.APPROVED, decided_by="U01CHEN", decided_at=REQUESTED + HOUR)
    view = make(VisitStatus.REQUESTED, name, approvals=[asked])
    visit = view.visit
    visit.approval_round, visit.approved_at = 2, REQUESTED + HOUR
    visit.is_urgent = is_urgent
    edit = AuditEntry(
        id=90,
        visit_id=7,
        at=NOW - HOUR,
        actor_id="U01LIN",
        source="slack",
        verb="edit",
        detail={"fields": [*was, *others], "was": was},
    )
    chains = [
        make_chain(Matter.REQUEST, 7, [first]),
        make_chain(Matter.REQUEST, 7, [asked], version=2, opened_at=NOW - HOUR),
    ]
    return replace(view, chains=chains, edits=[edit], clashes=clashes or [])


def card(picture: VisitPicture, locale: str = "en", user: str = "U01CHEN") -> Any:
    return show("approval", picture, user, locale, step=8, role="department_manager")


def test_what_has_changed_stands_on_top_old_beside_new() -> None:
    blocks = card(asked_again()).blocks
    assert blocks[0]["text"]["text"] == "Approve again: Acme Industries?"
    assert words(blocks[1]).split("\n") == SHOWN


def test_hours_days_and_both_are_shown_short() -> None:
    was = {"arrival": (ARRIVAL - HOUR).isoformat(), "meeting_time": None}
    picture = asked_again(was)
    picture.visit.meeting_at = ARRIVAL + HOUR
    assert words(card(picture).blocks[1]).split("\n") == [
        "*Arrival*: Thu 10 Dec, 09:00 → 10:00",
        "*First meeting*: – → Thu 10 Dec, 11:00",
    ]
    both = {"arrival": (ARRIVAL - DAY - HOUR).isoformat()}
    assert words(card(asked_again(both)).blocks[1]) == (
        "*Arrival*: Wed 9 Dec, 09:00 → Thu 10 Dec, 10:00"
    )


def test_what_is_long_is_named_and_what_was_put_back_is_not() -> None:
    picture = asked_again({"level": "b", "arrival": EDITED["arrival"]}, "notes", "guests")
    assert words(card(picture).blocks[1]).split("\n") == [SHOWN[0], "Also changed: Notes, Guests"]


def hard() -> Iterator[tuple[str, VisitPicture]]:
    """Cards with much to say: names, reasons, clashes, urgent, delegated, silence."""
    clash = Clash("V-2026-0008", "Globex", ARRIVAL, ARRIVAL + DAY, False, ("U01LIN",))
    every = EDITED | {
        "departure": (ARRIVAL + HOUR).isoformat(),
        "lead_guest": "Countess Ada of Lovelace",
        "lead_guest_title": "Vice president of purchasing and logistics",
        "purpose": "courtesy",
        "meeting_place": "The large room on the twelfth floor",
        "party_size": 3,
    }
    for kind, name in NAMES.items():
        for urgent in (False, True):
            yield (
                f"{kind} {urgent}",
                asked_again(every, "notes", "guests", name=name, is_urgent=urgent, clashes=[clash]),
            )
    escalated: dict[str, Any] = {
        "levels": "department_manager vice_president general_manager",
        "escalated_at": NOW - HOUR / 2,
    }
    yield "silence", asked_again(every, is_urgent=True, clashes=[clash], **escalated)
    delegated: dict[str, Any] = {
        "delegate_id": "U01DEV",
        "delegated_by": "U01CHEN",
        "delegated_at": NOW - HOUR / 2,
        "delegated_why": "I am on a flight to the fair and cannot look at it. " * 5,
    }
    yield "delegated", asked_again(every, is_urgent=True, clashes=[clash], **delegated)


HARD = dict(hard())


@pytest.mark.parametrize("locale", ["en", "zh"])
@pytest.mark.parametrize("user", ["U01CHEN", "U01PARK", "U01DEV"])
@pytest.mark.parametrize("name", HARD)
def test_the_card_has_at_most_ten_lines_on_a_phone(name: str, user: str, locale: str) -> None:
    message = card(HARD[name], locale, user)
    picture = HARD[name]
    step = picture.pending_step
    assert step is not None
    decides = user in picture.deciders(step)
    assert (message.blocks[-1]["type"] == "actions") == decides, "nobody else has a button to press"
    assert phone.lines(message.blocks) <= 10, "\n".join(map(words, message.blocks))
    assert not decides or "→" in words(message.blocks[1])


def test_the_measure_counts_as_a_phone_wraps() -> None:
    def text(words: str) -> dict[str, Any]:
        return {"type": "section", "text": {"type": "mrkdwn", "text": words}}

    for said, count in (
        ("x" * 40, 1),
        ("x" * 41, 2),
        ("*" + "x" * 40 + "*", 1),  # markup takes no room
        ("客" * 20, 1),
        ("客" * 21, 2),
        ("a\nb", 2),
        ("<@U01LIN> " + "x" * 26, 1),  # a person counts for eleven, and the space
        ("<@U01LIN> " + "x" * 40, 2),
    ):
        assert phone.lines([text(said)]) == count, said
    header = {"type": "header", "text": {"type": "plain_text", "text": "x" * 33}}
    small = {"type": "context", "elements": [{"type": "mrkdwn", "text": "x" * 46}]}
    fields = {"type": "section", "fields": [{"type": "mrkdwn", "text": "*Host*\nLin"}] * 2}
    assert [phone.lines([each]) for each in (header, small, fields)] == [2, 1, 4]
    assert phone.lines([{"type": "actions", "elements": []}, {"type": "divider"}]) == 0


def test_who_was_never_asked_reads_it_in_full_and_what_has_changed() -> None:
    picture = asked_again(role="general_manager")
    message = show("approval", picture, "U01PARK", step=8, role="general_manager")
    said = words(message.blocks)
    assert "*What has changed*" in said
    assert "*What the level allows*" in said
    assert "it was approved and has changed since" in said


def test_details_have_the_buttons_for_who_decides() -> None:
    seen = frozenset({Verb.SEE})
    mine = details_view(reader(user_id="U01CHEN"), asked_again(), NOW, seen)
    message = type(card(asked_again()))("", mine["blocks"])
    assert labels(message)[:3] == DECIDE
    assert "*Budget*: CN¥900 → CN¥20,000.50" in words(mine["blocks"])
    others = details_view(reader(user_id="U01MEI"), asked_again(), NOW, seen)
    assert not {"Approve", "Decline"} & set(labels(type(message)("", others["blocks"])))
    assert "900" not in words(others["blocks"])


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, ["*B (managers)*", "⚠️ Budget CN¥20,000.50, cap CN¥2,200"]),
        ({"is_urgent": True}, ["🔴 *Urgent*"]),
        ({"budget": Decimal(1)}, ["Budget CN¥1, cap CN¥2,200"]),
        ({"budget": None}, ["No budget given, cap CN¥2,200"]),
    ],
)
def test_home_says_level_budget_and_cap_before_approve(
    changes: dict[str, Any], expected: list[str]
) -> None:
    picture = make(VisitStatus.REQUESTED)
    picture.visit.is_urgent = False
    for name, value in changes.items():
        setattr(picture.visit, name, value)
    said = home(picture)
    for part in expected:
        assert part in said
    assert ("Urgent" in said) is bool(changes.get("is_urgent"))
    assert "Changed" not in said


def test_home_says_what_has_changed() -> None:
    assert "✏️ *Changed*: Arrival, Level, Budget, Host" in home(asked_again())


def test_a_clash_is_said_on_card_home_and_details() -> None:
    same = Clash("V-2026-0008", "Acme Industries", ARRIVAL, ARRIVAL + DAY, True, ())
    host = Clash("V-2026-0009", "Globex", ARRIVAL, ARRIVAL + DAY, False, ("U01LIN",))
    picture = replace(make(VisitStatus.REQUESTED), clashes=[same, host])
    message = show("approval", picture, "U01CHEN", step=3, role="department_manager")
    details = details_view(reader(user_id="U01CHEN"), picture, NOW, frozenset({Verb.SEE}))
    for said in (words(message.blocks), home(picture), words(details["blocks"])):
        assert "another visit of Acme Industries: V-2026-0008, Thu 10 Dec, 10:00" in said
        assert "<@U01LIN> hosts another visit at that time: V-2026-0009 of Globex" in said


def home(picture: VisitPicture) -> str:
    step = picture.pending_step
    waiting = [WaitingItem("approval", picture, picture.visit.arrival, step=step)]
    return words(
        home_view(
            reader(user_id="U01CHEN"),
            HomeAgenda([], waiting, []),
            NOW,
            frozenset({Verb.SEE}),
            NOW.date(),
        )["blocks"]
    )
