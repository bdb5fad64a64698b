"""Approved visits made by the product's own verbs, and messages about them to many people."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

from benchmarks.outbox_rows import SITE
from models.base.words import StepState
from models.records.people import Person
from models.reminders.outbox import Delivery
from models.request.forms import VisitForm
from services.people import roles
from services.reading import looks, people
from services.reading.desk import Desk
from services.request import requests
from services.signoff import decisions
from services.store.database import Database

NOW = datetime(2026, 12, 1, 2, 0, tzinfo=UTC)
ARRIVAL = NOW + timedelta(days=9)
_LIN, _ADMIN = "U01LINWEI", "U16ANASILVA"
_ROLES = {
    "department_manager": ["U05CHENHAO"],
    "vice_president": ["U06ZHAOMIN"],
    "general_manager": ["U07HELENPARK"],
    "chairman": ["U08WANGGUO"],
    "coordinator": ["U09MEIFANG"],
    "dispatcher": ["U10LIUYANG"],
    "driver": ["U11MALONG", "U12TOMREED"],
    "it": ["U13DEVNAIR"],
    "front_desk": ["U14XULI"],
}


def make_visits(database: Database, count: int) -> list[int]:
    """So many visits with pickup and drop-off, requested and approved; their ids."""
    with database.session() as session:
        for role, holders in _ROLES.items():
            roles.set_role(Desk(session, NOW, SITE, _ADMIN, "slack"), role, holders)
    return [_make_visit(database, number) for number in range(count)]


def know(database: Database, user_ids: tuple[str, ...]) -> None:
    """Remember people, every other one a reader of Chinese."""
    with database.session() as session:
        people.remember(
            session,
            [
                Person(
                    user_id=user_id,
                    name=user_id,
                    locale="zh-CN" if number % 2 else "en-GB",
                    timezone="Asia/Shanghai" if number % 3 else "Europe/Berlin",
                    refreshed_at=NOW,
                )
                for number, user_id in enumerate(user_ids)
            ],
        )


def messages(
    database: Database,
    visits: list[int],
    user_ids: tuple[str, ...],
    count: int,
    due: datetime,
    first: int = 0,
) -> list[Delivery]:
    """Rows due at one moment: of each visit an equal share, of mixed kinds, each person in turn.
    They are numbered from `first` on."""
    ready = {visit_id: list(_contents(database, visit_id)) for visit_id in visits}
    share = count // len(visits)
    rows = []
    for number in range(count):
        kind, args = ready[visits[number // share]][number % share % len(ready[visits[0]])]
        rows.append(
            Delivery(
                id=f"row{first + number:029d}",
                key=f"storm{first + number}",
                kind=kind,
                visit_id=visits[number // share],
                recipient=user_ids[number % len(user_ids)],
                args=args,
                due_at=due,
                next_try_at=due,
            )
        )
    return rows


def _make_visit(database: Database, number: int) -> int:
    form = VisitForm(
        customer=f"Customer {number % 50}",
        purpose="site_audit",
        lead_guest="Ada Byron",
        lead_guest_title="CEO",
        party_size=4,
        arrival=ARRIVAL + timedelta(hours=number % 24),
        departure=ARRIVAL + timedelta(hours=8 + number % 24),
        host=_LIN,
        level="b",
        level_reason="They decide on the site this year.",
        pickup_place="PVG T2",
        pickup_time=ARRIVAL + timedelta(hours=number % 24 - 1),
        dropoff_time=ARRIVAL + timedelta(hours=8 + number % 24),
        account_owner="U03RUTHADLER",
        notes="Two guests are vegetarians; the CEO gives a talk at 14:00.",
    )
    with database.session() as session:
        desk = Desk(session, NOW, SITE, _LIN, "slack")
        visit_id = requests.submit_visit(desk, form, f"bench{number}").visit.id or 0
    while True:
        with database.session() as session:
            picture = looks.picture(session, visit_id, SITE)
            step = picture.pending_step
            if step is None:
                return visit_id
            desk = Desk(session, NOW, SITE, picture.deciders(step)[0], "slack")
            decisions.decide(desk, step.id or 0, StepState.APPROVED, None)


def _contents(database: Database, visit_id: int) -> Iterator[tuple[str, dict[str, Any]]]:
    with database.reading() as session:
        picture = looks.picture(session, visit_id, SITE)
    pickup, dropoff = (trip.id for trip in picture.trips)
    old = {"old_arrival": ARRIVAL.isoformat(), "old_departure": ARRIVAL.isoformat()}
    yield "call_guest", {"trip": pickup, "step": "call_before_pickup"}
    yield "rescheduled", {"by": _LIN, **old}
    yield "changed", {"by": _LIN, "fields": ["notes", "party_size"]}
    yield "car_missing", {"trip": dropoff}
    yield "open_items", {}
    yield "approval", {"step": picture.approvals[0].id}
    yield "task_problem", {"task": picture.tasks[0].id, "by": _LIN, "text": "No room is free."}
    yield "cancelled", {"by": _LIN, "reason": "The customer has asked for another week."}
    yield "trip_declined", {"trip": pickup, "driver": "U11MALONG", "reason": "Ill"}
    yield "handed_over", {"task": picture.tasks[0].id, "by": _LIN}
