"""Visits in every state, with plain, long and hostile words, for the templates to show."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from models.base.words import (
    EntryKind,
    Phase,
    StepState,
    TaskState,
    TripKind,
    TripState,
    VisitStatus,
)
from models.keeping.files import safe_name
from models.measures.figures import Figures, figures
from models.policy import Policy
from models.policy import Text as PolicyText
from models.policy.rules import TaskRule
from models.reading.picture import VisitPicture
from models.records.aftercare import Feedback
from models.records.audit import AuditEntry
from models.records.customers import Customer, Guest
from models.records.entries import Entry
from models.records.escorts import Invitation
from models.records.exception import ExceptionRequest
from models.records.files import VisitFile
from models.records.money import LedgerLine
from models.records.people import Reader
from models.records.signoff import ApprovalStep
from tests.models.visits import (
    ARRIVAL,
    DEPARTURE,
    HOLDERS,
    REQUESTED,
    SHANGHAI,
    STANDARD,
    make_picture,
    make_step,
    make_tasks,
    make_trip,
    make_visit,
)

NOW = ARRIVAL - timedelta(hours=10)
ADMIN = "U01ADA"
TEAM = HOLDERS | {"admin": [ADMIN]}
NAMES = {
    "plain": "Acme Industries",
    "hostile": '<!channel> *Acme* & "Söhne" 公司 <https://evil.example|here> <@U01LIN> :boom:'
    "\n> _x_ ~y~ `z`",
    "long": "W" * 200,
    "emoji": "👩‍👩‍👧‍👦🇨🇳" * 20,
    "rtl": "שלום \u202e חברה *" * 12,
    "entities": "&<>" * 60,
}
EN, ZH = Reader("en", SHANGHAI, "U01LIN"), Reader("zh", SHANGHAI, "U01LIN")


def reader(locale: str = "en", user_id: str | None = "U01LIN", zone: str = SHANGHAI) -> Reader:
    return Reader(locale, zone, user_id)


def long_policy(items: int) -> Policy:
    """The standard procedure with a checklist of that many items more, all with long titles."""
    base = STANDARD.tasks[1]
    more = [
        TaskRule.model_validate(
            {
                "key": f"item_{number}",
                "title": {"en": f"Item *{number}* <!here> " + "x" * 120, "zh": "项" * 150},
                "owner": base.owner,
                "due": "arrival -1d 17:00",
                "recheck": True,
            }
        )
        for number in range(items)
    ]
    return STANDARD.model_copy(update={"tasks": [*STANDARD.tasks, *more]})


def make(
    status: VisitStatus = VisitStatus.APPROVED,
    words: str = "Acme Industries",
    policy: Policy = STANDARD,
    **parts: Any,
) -> VisitPicture:
    """A visit whose every free text is `words`."""
    over = {"declined", "cancelled", "closed"}
    after = status in {VisitStatus.FOLLOW_UP, VisitStatus.CLOSED}
    visit = make_visit(
        status=status,
        lead_guest=words,
        lead_guest_title=words,
        travel_by="flight",
        travel_number=words[:32],
        notes=(words + "\n") * 8,
        budget=Decimal("20000.50"),
        is_urgent=True,
        cancel_reason=words if status == "cancelled" else None,
        left_at=DEPARTURE if after else None,
        approved_at=None if status in {"requested", "changes_asked", "declined"} else REQUESTED,
    )
    facts: dict[str, Any] = {
        "guests": [
            Guest(id=n, visit_id=7, position=n, name=words, title=words, diet=words)
            for n in range(30)
        ],
        "trips": [
            make_trip(TripKind.PICKUP, place=words),
            make_trip(TripKind.DROPOFF, place=""),
        ],
        "tasks": [*make_tasks(policy, Phase.PREPARATION), *departing_tasks()]
        if status not in over or after
        else [],
        "approvals": [
            make_step(),
            make_step(id=4, position=1, role="vice_president", state=StepState.WAITING),
        ],
        "history": history(words),
        "exceptions": exceptions(words),
        "exception_steps": exception_steps(words),
        "costs": costs(words),
        "named": {"it": ["U01LIN", "U01CHEN", "U01MEI", "U01LIU", "U01RUTH"]},
        "entries": entries(words),
        "files": files(words),
    }
    if after:
        facts["tasks"] = [*facts["tasks"], *follow_up_tasks(policy)]
    customer = Customer(id=1, name=words, name_key="acme", created_at=REQUESTED)
    return make_picture(visit, policy, customer=customer, holders=TEAM, **(facts | parts))


def departing_tasks() -> list[Any]:
    """What the readers of the scenes do when the guests leave."""
    tasks = make_tasks(STANDARD, Phase.FOLLOW_UP)[:3]
    for number, (task, who) in enumerate(zip(tasks, ("U01LIN", "U01MEI", "U01RUTH"), strict=True)):
        task.id, task.phase, task.key = 200 + number, Phase.DEPARTURE, f"luggage_{number}"
        task.owner_id, task.due_at = who, DEPARTURE
    return tasks


def follow_up_tasks(policy: Policy = STANDARD) -> list[Any]:
    tasks = make_tasks(policy, Phase.FOLLOW_UP, "U01RUTH")
    for number, task in enumerate(tasks):
        task.id, task.due_at = 100 + number, DEPARTURE + timedelta(days=1)
    return tasks


def history(words: str) -> list[AuditEntry]:
    """An entry of every verb that the services write."""
    trip = {"trip": 1, "kind": "pickup"}
    role = {"step": 3, "role": "vice_president"}
    details: list[tuple[str, dict[str, Any]]] = [
        ("submit", {}),
        ("choose", {"choice": "sights"}),
        ("told_otherwise", {"task": "gifts", "reason": words}),
        ("edit", {"fields": ["arrival", "notes"]}),
        ("resubmit", {"fields": []}),
        ("cancel", {"reason": words}),
        ("approved", role | {"comment": None}),
        ("declined", role | {"comment": words}),
        ("changes_asked", role | {"comment": words}),
        ("escalate", role | {"to": "general_manager"}),
        ("finish_task", {"task": "hotel"}),
        ("confirm", {"task": "hotel"}),
        ("problem", {"task": "hotel", "text": words}),
        ("hand_over", {"task": "hotel", "to": "U01DEV"}),
        ("assign_car", trip | {"driver": "U01MA", "car": words[:100]}),
        ("decline_trip", trip | {"reason": words}),
        ("trip_accepted", trip),
        ("trip_here", trip),
        ("trip_aboard", trip),
        ("trip_done", trip),
        ("guests_left", {}),
        ("feedback", {"satisfaction": 95, "intention": "signed"}),
        ("ask_exception", {"what": "meals", "item": "dinner", "planned": None}),
        ("exception_approved", role | {"what": "escort", "item": None, "planned": "chairman"}),
        ("exception_declined", role | {"what": "lodging", "item": "stars", "planned": "5"}),
        ("exception_void", {"what": "budget", "item": None, "planned": None}),
        ("note_cost", {"what": "other", "item": None}),
        ("refuse_gift", {"amount": "700"}),
        ("close", {}),
        ("put_off", {"task": "summary"}),
        ("invite", {"people": ["U01ZHAO"] * 12}),
        ("attend", {}),
        ("cannot_attend", {}),
        ("withdraw_invitation", {"people": ["U01ZHAO"]}),
        ("correct_cost", {"what": "leisure", "item": None}),
        ("add_entry", {"of": "complaint"}),
        ("finish_entry", {"of": "promise", "state": "done"}),
        ("hand_over_entry", {"of": "call", "to": "U01DEV"}),
        ("reopen_entry", {"of": "gone"}),
        ("add_file", {"file": 1}),
        ("move_decision", {"role": "general_manager", "round": 2}),
    ]
    return [
        AuditEntry(
            id=number,
            visit_id=7,
            at=REQUESTED,
            actor_id=None if verb in {"escalate", "guests_left"} else "U01LIN",
            source="slack",
            verb=verb,
            detail=detail,
        )
        for number, (verb, detail) in enumerate(details, start=1)
    ]


def entries(words: str) -> list[Entry]:
    """Open ones of every kind, and one settled in each way."""
    ended: dict[str, Any] = {"answered_at": REQUESTED, "answered_by": "U01MEI"}
    states: list[tuple[EntryKind, dict[str, Any]]] = [
        *((kind, {"due_at": ARRIVAL}) for kind in EntryKind),
        (EntryKind.PROMISE, {"state": "done", "answer": words * 3, **ended}),
        (EntryKind.ORDER, {"state": "dropped", **ended}),
    ]
    return [
        Entry(
            id=number,
            visit_id=7,
            customer_id=1,
            form_key=f"form{number}",
            kind=kind,
            text=(words + "\n") * 5,
            said_by=words[:200] if number % 2 else None,
            owner_id="U01LIN",
            source="chat",
            added_by="U01MEI",
            added_at=REQUESTED,
            **more,
        )
        for number, (kind, more) in enumerate(states, start=1)
    ]


def files(words: str) -> list[VisitFile]:
    """More files than are shown, with such names."""
    return [
        VisitFile(
            id=number,
            visit_id=7,
            name=safe_name(words),
            kind="pdf",
            use="signed" if number % 2 else "gone",
            size=5_000_000 if number % 2 else 12,
            sha256="0" * 64,
            slack_file_id=f"F{number}",
            place=f"V-1/{number}",
            added_by="U01MEI",
            added_at=REQUESTED,
        )
        for number in range(1, 12)
    ]


def exceptions(words: str) -> list[ExceptionRequest]:
    """One of every state and kind."""
    facts: list[tuple[str, str | None, str | None, str | None, StepState]] = [
        ("meals", "dinner", None, "1301", StepState.PENDING),
        ("lodging", "stars", "5", None, StepState.APPROVED),
        ("budget", None, None, "99999.99", StepState.DECLINED),
        ("vehicle", None, "hired_premium", None, StepState.VOID),
        ("lodging", None, None, "900", StepState.APPROVED),
        ("sightseeing", None, "long", None, StepState.VOID),
        ("escort", None, "chairman", None, StepState.APPROVED),
        ("leisure", None, None, "5000", StepState.VOID),
        ("gift", None, None, "5000", StepState.APPROVED),
    ]
    return [
        ExceptionRequest(
            id=number,
            visit_id=7,
            what=what,
            item=item,
            planned=planned,
            day=ARRIVAL.date() if what == "meals" else None,
            amount=Decimal(amount) if amount else None,
            reason=words * 5,
            state=state,
            asked_by="U01LIN",
            asked_at=REQUESTED,
            decided_at=None if state == StepState.PENDING else REQUESTED,
        )
        for number, (what, item, planned, amount, state) in enumerate(facts, start=1)
    ]


def exception_steps(words: str) -> list[ApprovalStep]:
    """The steps of the first three: asked, approved, declined; and one that is void."""
    decided: dict[str, Any] = {"decided_by": "U01ZHAO", "decided_at": REQUESTED}
    reason = "exception:any"
    return [
        make_step(id=50, sign_off_id=100, role="department_manager", reason=reason),
        make_step(
            id=53, sign_off_id=100, position=1, role="vice_president", state=StepState.WAITING
        ),
        make_step(id=51, sign_off_id=200, state=StepState.APPROVED, **decided),
        make_step(id=52, sign_off_id=300, state=StepState.DECLINED, comment=words * 5, **decided),
        make_step(id=54, sign_off_id=400, state=StepState.VOID),
    ]


def costs(words: str) -> list[LedgerLine]:
    """Within its cap, above it, above the budget, and without any cap."""
    facts: list[tuple[str, str | None, str, str | None, str | None, dict[str, str]]] = [
        ("meals", "dinner", "500", "480", "cap", {"department": "10", "handler": "10"}),
        ("leisure", None, "500", "500", "exception", {}),
        ("gift", None, "500.50", "500", "exception", {"company": "0.50"}),
        ("other", None, "900", "100", "budget", {"approver": "800"}),
        ("vehicle", None, "80", None, None, {}),
    ]
    return [
        LedgerLine(
            id=number,
            visit_id=7,
            what=what,
            item=item,
            day=ARRIVAL.date() if item else None,
            amount=Decimal(amount),
            allowed=Decimal(allowed) if allowed else None,
            held_by=held_by,
            shares=shares,
            note=words,
            spent_by="U01MEI",
            noted_at=REQUESTED,
        )
        for number, (what, item, amount, allowed, held_by, shares) in enumerate(facts, start=1)
    ]


def invitations(words: str) -> list[Invitation]:
    """A leader in every state of being asked, and one who goes instead."""
    states: list[dict[str, Any]] = [
        {"state": "asked", "user_id": "U01LIN", "rank": "vice_president"},
        {"state": "asked", "user_id": "U01ZHAO", "rank": "gone", "instead_of": 3},
        {"state": "declined", "reason": words * 5, "substitute_id": "U01ZHAO"},
        {"state": "accepted", "user_id": "U01PARK", "rank": "general_manager"},
        {"state": "accepted", "asked_again_at": NOW},
        {"state": "withdrawn"},
    ]
    return [
        Invitation(
            **{"user_id": f"U01CHEN{number}", "rank": None} | given,
            id=number,
            visit_id=7,
            asked_by="U01LIN",
            asked_at=REQUESTED,
            answered_at=None if given["state"] == "asked" else NOW,
        )
        for number, given in enumerate(states, start=1)
    ]


def feedback(words: str) -> Feedback:
    return Feedback(
        visit_id=7,
        satisfaction=95,
        intention="will_sign",
        suggestions=words * 10,
        open_questions=words * 10,
        given_by="U01RUTH",
        given_at=DEPARTURE + timedelta(hours=5),
    )


def states(words: str, policy: Policy = STANDARD) -> Iterator[VisitPicture]:
    """The visit in every state that looks different."""
    for status in VisitStatus:
        yield make(status, words, policy)
    yield replace(make(VisitStatus.REQUESTED, words, policy), visit=_waiting_change(words))
    escalated = make_step(
        levels="department_manager vice_president", escalated_at=REQUESTED + timedelta(hours=4)
    )
    yield make(VisitStatus.REQUESTED, words, policy, approvals=[escalated])
    yield make(VisitStatus.REQUESTED, words, policy, approvals=[make_step(role="chairman")])
    for state in (StepState.APPROVED, StepState.DECLINED, StepState.CHANGES_ASKED, StepState.VOID):
        step = make_step(state=state, comment=words * 10)
        if state != StepState.VOID:
            step.decided_by, step.decided_at = "U01CHEN", REQUESTED
        yield make(VisitStatus.REQUESTED, words, policy, approvals=[step])
    for trip_state in TripState:
        yield make(VisitStatus.APPROVED, words, policy, trips=[_trip(trip_state, words)])
    yield make(VisitStatus.APPROVED, words, policy, trips=[], guests=[])
    for status in (VisitStatus.REQUESTED, VisitStatus.APPROVED, VisitStatus.CANCELLED):
        yield make(status, words, policy, invitations=invitations(words))
    for change in (_done, _problem, _unowned):
        picture = make(VisitStatus.APPROVED, words, policy)
        change(picture, words)
        yield picture
    for status in (VisitStatus.FOLLOW_UP, VisitStatus.CLOSED):
        picture = make(status, words, policy, feedback=feedback(words))
        for task in picture.follow_up:
            task.state, task.done_at, task.done_by = TaskState.DONE, NOW, "U01RUTH"
        yield picture


def _waiting_change(words: str) -> Any:
    visit = make(VisitStatus.REQUESTED, words).visit
    visit.approved_at, visit.approval_round = REQUESTED, 2
    return visit


def _trip(state: TripState, words: str) -> Any:
    driven = state not in {TripState.WANTED, TripState.DECLINED}
    return make_trip(
        TripKind.PICKUP,
        place=words,
        state=state,
        assignment=1,
        driver_id="U01MA" if driven else None,
        car=words[:100] if driven else None,
        declined_reason=words if state == TripState.DECLINED else None,
        here_at=NOW if state in {TripState.HERE, TripState.ABOARD, TripState.DONE} else None,
        aboard_at=NOW if state in {TripState.ABOARD, TripState.DONE} else None,
        done_at=NOW if state == TripState.DONE else None,
    )


def _done(picture: VisitPicture, words: str) -> None:
    for number, task in enumerate(picture.preparation):
        task.state, task.done_at = TaskState.DONE, NOW
        task.done_by = "U01MEI" if number % 2 else None
        task.confirmed_at, task.confirmed_by = NOW, "U01MEI"


def _problem(picture: VisitPicture, words: str) -> None:
    for task in picture.preparation:
        task.state, task.problem = TaskState.PROBLEM, words * 5


def _unowned(picture: VisitPicture, words: str) -> None:
    for task in picture.preparation:
        task.owner_id = None
        task.state, task.done_at = TaskState.DONE, REQUESTED


def figures_of(satisfaction: int | None) -> Figures:
    """A month's figures, with long words for the measures' names."""
    measures = [
        measure.model_copy(
            update={"name": PolicyText(en="*N* <!here> " + "x" * 120, zh="名" * 150)}
        )
        for measure in STANDARD.measures
    ]
    view = make_picture(
        make_visit(left_at=DEPARTURE), tasks=make_tasks(STANDARD, Phase.PREPARATION)
    )
    if satisfaction is not None:
        given = Feedback(
            visit_id=7,
            satisfaction=satisfaction,
            intention="signed",
            given_by="U01RUTH",
            given_at=DEPARTURE,
        )
        view = replace(view, feedback=given)
    return figures(DEPARTURE.date().replace(day=1), [view] * 12, measures, DEPARTURE)


ARGS: dict[str, list[dict[str, Any]]] = {
    "visit_card": [{}],
    "rating": [{}],
    "notice_missing": [{}],
    "office_told": [{}],
    "chase": [{}],
    "named": [{"role": "it", "by": "U01LIN"}, {"role": "it", "by": None}, {"role": "gone"}],
    "approval": [{"step": 3}, {"step": 4}, {"step": 99}],
    "invitation": [
        *({"invitation": n, "asked": int(REQUESTED.timestamp())} for n in range(1, 8)),
        {"invitation": 1, "asked": 1},
    ],
    "invitation_answer": [
        {"invitation": 4, "by": "U01PARK", "answer": "attends", "moved": "general_manager"},
        {"invitation": 3, "by": "U01CHEN", "answer": "cannot", "reason": None},
        {"invitation": 3, "by": "U01CHEN", "answer": "cannot", "reason": None}
        | {"substitute": "U01ZHAO", "moved": "stands"},
        {"invitation": 9, "answer": "gone"},
    ],
    "withdrawn": [{"by": "U01LIN"}],
    "escort_left": [{"invitation": 3, "by": "U01CHEN", "answer": "cannot", "left": True}],
    "decision": [
        {"step": step, "outcome": outcome}
        for step in (3, 99)
        for outcome in ("approved", "declined", "changes_asked", "void")
    ],
    "exception": [{"step": 50}, {"step": 51}, {"step": 52}, {"step": 99}],
    "exception_decided": [{"exception": number} for number in (1, 2, 3, 4, 99)],
    "overspend": [{"cost": 1}, {"cost": 2}, {"cost": 99}],
    "gift_refused": [{"by": "U01MEI", "amount": "700", "allowed": "600", "left": "100.50"}],
    "cars": [{}],
    "trip": [{"trip": 1, "assignment": 1}, {"trip": 1, "assignment": 9}, {"trip": 99}],
    "trip_declined": [{"trip": 1, "driver": "U01MA", "reason": None}, {"trip": 99}],
    "trip_cancelled": [{"kind": "pickup", "at": ARRIVAL.isoformat(), "place": "PVG"}],
    "car_ready": [{"step": "car_ready_pickup", "trip": 1}, {"trip": 99}],
    "car_missing": [{"step": "car_missing_pickup", "trip": 1}, {"trip": 99}],
    "call_guest": [{"step": "call_before_pickup", "trip": 1}, {"step": "call_before_arrival"}],
    "meets_guests": [{}],
    "escort_plan": [{}, {"topic": "escort_plan"}],
    "route_missing": [{}],
    "tasks": [{}],
    "preparation_check": [{"step": "check_day"}, {"step": "check_half_day"}, {"step": "gone"}],
    "please_confirm": [{"step": "owners_day"}],
    "open_items": [{"step": "open_items"}],
    "task_problem": [{"task": 2, "text": "words", "by": "U01MEI"}, {"task": 999}],
    "stands_in": [{"other": "U01LIN", "from_day": "2026-12-07", "to_day": "2026-12-11"}],
    "handed_all": [{"other": "U01LIN", "to": "U01MEI", "by": "U01DEV", "count": 2}],
    "departure_items": [{"step": "departure_items"}],
    "tell_again": [
        {"task": 2, "by": "U01MEI", "reason": "Ill"},
        {"task": 2},
        {"task": 999},
        *({"task": 2, "what": what, "who": "U01LIN"} for what in ("back", "handed")),
        {"task": 2, "what": "away", "who": "U01LIN", "until": "2026-12-11"},
    ],
    "item_done": [{"task": 2}, {"task": 999}],
    "handed_over": [{"task": 2, "by": "U01MEI"}, {"task": 100, "by": "U01MEI"}, {"task": 999}],
    "feedback_request": [{"step": "feedback_request"}],
    "feedback_nudge": [{"step": "feedback_due"}, {"step": "gone"}],
    "follow_up_task": [{"step": "thank_you"}, {"step": "summary"}],
    "closed": [{}],
    "rescheduled": [
        {
            "old_arrival": REQUESTED.isoformat(),
            "old_departure": DEPARTURE.isoformat(),
            "by": "U01LIN",
        }
    ],
    "changed": [{"fields": ["host", "notes"], "by": "U01LIN"}, {"fields": [], "by": None}],
    "cancelled": [{"by": "U01LIN", "reason": None}],
    "several_cancelled": [{"by": "U01MEI", "reason": None, "numbers": ["V-1"] * 20}],
    "roles_changed": [
        {
            "changes": [
                {"role": "admin", "added": ["U01LIN"], "gone": ["U01MEI"]},
                {"role": "gone_role", "added": [], "gone": ["U01LIN"] * 40},
            ],
            "by": "U01MEI",
        },
        {"changes": [{"role": "it", "added": ["U01LIN"], "gone": []}], "by": None},
    ],
    "owner_changed": [
        {"to": "U01LIN", "by": "U01MEI", "customer": "Acme", "number": "V-1"},
        {"to": None, "customer": "Acme", "number": "V-1"},
    ],
    "postponed": [{"by": "U01LIN", "reason": None}],
    "undecided": [{}],
    "lapsed": [{}],
    "taken_back": [{"step": 3, "by": "U01CHEN"}, {"step": 51, "by": "U01CHEN"}],
    "spoken_word": [{"step": 3}],
    "word_denied": [{"by": "U01CHEN", "stands": True}, {"by": "U01CHEN", "stands": False}],
    "missing_role": [{"roles": ["vice_president", "dispatcher"]}],
    "channel_missing": [
        {"fault": code}
        for code in ("channel_not_found", "channel_is_shared", "is_archived", "other")
    ],
    "delivery_failed": [
        {"person": person, "reason": reason, "instead": instead, "kind": kind, "args": {"trip": 1}}
        for person, reason, instead, kind in (
            ("U01MA", "chat.postMessage:user_disabled", None, "trip"),
            ("U01LIU", "chat.postMessage:cannot_dm_bot", "U01MEI", "cars"),
            ("#", "chat.postMessage:invalid_blocks", None, "visit_card"),
            ("", "gave_up:error:KeyError", None, "do:left"),
        )
    ],
    "history": [{"audit": number} for number in range(1, 48)],
    "reminder": [{"step": "room_ready"}, {"step": "gone"}],
    "outcome_asked": [{"step": "weekly_progress"}, {"step": "gone"}],
    "step_escalation": [
        {"step": step, "trip": 1, "since": int(REQUESTED.timestamp())}
        for step in ("proposal_draft", "thank_you", "open_items", "car_missing_pickup", "gone")
    ],
    "etiquette": [{}],
    "entry": [{"entry": number} for number in (1, 13, 14, 99)],
    "document": [{"file": 1}, {"file": 99}],
    "calendar": [{}],
    "takes_part": [{}],
    "attends_today": [{}],
    "first_steps": [{}],
    "offer": [
        {"channel": "D1", "ts": "1.2", "thread": thread, "visit": visit, "has_files": has_files}
        | {"can_read": can_read}
        for thread, visit, has_files, can_read in (
            (None, None, False, True),
            ("1.1", 7, True, True),
            (None, None, True, False),
        )
    ],
    "monthly_figures": [{"figures": figures_of(satisfaction)} for satisfaction in (None, 100)],
}
"""Arguments of every kind of message, also such as no longer fit the visit."""

READERS: list[Callable[[str], Reader]] = [
    lambda locale: reader(locale, None),
    lambda locale: reader(locale, "U01LIN", "America/New_York"),
    lambda locale: reader(locale, "U01MEI"),
    lambda locale: reader(locale, "U01MA"),
    lambda locale: reader(locale, "U01LIU"),
    lambda locale: reader(locale, "U01RUTH"),
    lambda locale: reader(locale, "U01PARK"),
    lambda locale: reader(locale, ADMIN, "Not/A_Zone"),
]


def filled(kind: str, words: str) -> list[dict[str, Any]]:
    """The arguments of a kind with the words of the moment where people write some."""
    return [
        args | {name: words for name in ("reason", "text") if name in args} for args in ARGS[kind]
    ]


LATE = datetime(2026, 12, 9, 1, 30, tzinfo=ARRIVAL.tzinfo)
