"""An office without Slack: verbs called in transactions, with the clock in the test's hand."""

import itertools
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlmodel import col, select

from models.base.words import DeliveryState, StepState
from models.policy import load_policy
from models.reading.picture import VisitPicture
from models.records.people import RoleHolder
from models.records.signoff import ApprovalStep
from models.reminders.outbox import Delivery
from models.request.forms import VisitForm
from services.reading import looks
from services.reading.desk import Desk, Site, Source
from services.request import requests
from services.signoff import decisions
from services.store.database import Database

LIN, CHEN, CHEN2, ZHAO, PARK = "U01LIN", "U01CHEN", "U01CHEN2", "U01ZHAO", "U01PARK"
MEI, LIU, MA, TOM, DEV, XU, RUTH = (
    "U01MEI",
    "U01LIU",
    "U01MA",
    "U01TOM",
    "U01DEV",
    "U01XU",
    "U01RUTH",
)
ROLES = {
    "department_manager": [CHEN, CHEN2],
    "vice_president": [ZHAO],
    "general_manager": [PARK],
    "coordinator": [MEI],
    "dispatcher": [LIU],
    "driver": [MA, TOM],
    "it": [DEV],
    "front_desk": [XU],
}
START = datetime(2026, 12, 1, 2, 0, tzinfo=UTC)  # 10:00 in Shanghai, a Tuesday
SITE = Site(timezone="Asia/Shanghai", locale="en", policy=load_policy("standard"))


class Office:
    """`now` is the office's clock; `do` runs one verb as a person and commits."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.now = START
        self.site = SITE
        self._forms = itertools.count(1)

    def staff(self) -> None:
        """The roles of a small company, from the beginning: nobody gave them."""
        with self.database.session() as session:
            session.add_all(
                RoleHolder(role=role, user_id=user_id, position=position)
                for role, people in ROLES.items()
                for position, user_id in enumerate(people)
            )

    def do(self, person: str | None, verb: Callable[..., Any], *args: Any) -> Any:
        with self.database.session() as session:
            source: Source = "slack" if person else "tick"
            return verb(Desk(session, self.now, self.site, person, source), *args)

    def look(self, visit_id: int) -> VisitPicture:
        with self.database.reading() as session:
            return looks.picture(session, visit_id, self.site, in_full=True)

    def exception_steps(self, visit_id: int) -> list[ApprovalStep]:
        """The steps of all exceptions of a visit, in order."""
        view = self.look(visit_id)
        return [step for each in view.exceptions for step in view.exception_steps(each.id)]

    def rows(self, kind: str, *states: DeliveryState) -> list[Delivery]:
        with self.database.reading() as session:
            query = select(Delivery).where(Delivery.kind == kind).order_by(col(Delivery.seq))
            if states:
                query = query.where(col(Delivery.state).in_([str(state) for state in states]))
            return list(session.exec(query).all())

    def waiting(self, kind: str) -> list[tuple[datetime, str]]:
        rows = self.rows(kind, DeliveryState.PENDING)
        return sorted((row.due_at, row.recipient) for row in rows if not row.sent_revision)

    def send(self, until: datetime | None = None) -> list[str]:
        """Mark everything that is due as sent, as the dispatcher would; returns the kinds."""
        self.now = until or self.now
        with self.database.session() as session:
            due = session.exec(
                select(Delivery).where(
                    Delivery.state == DeliveryState.PENDING, col(Delivery.next_try_at) <= self.now
                )
            ).all()
            for row in due:
                row.state, row.sent_revision = DeliveryState.SENT, row.revision
                row.channel, row.ts, row.sent_at = "D1", f"{row.seq}.0", self.now
                session.add(row)
            return [row.kind for row in due]

    def form(self, **changes: Any) -> VisitForm:
        arrival = START + timedelta(days=9)
        facts: dict[str, Any] = {
            "customer": "Acme",
            "purpose": "site_audit",
            "lead_guest": "Ada Byron",
            "lead_guest_title": "CEO",
            "party_size": 4,
            "arrival": arrival,
            "departure": arrival + timedelta(hours=8),
            "host": LIN,
            "level": "b",
            "level_reason": "As their director asked",
            "pickup_place": "PVG T2",
            "pickup_time": arrival - timedelta(hours=1),
            "dropoff_time": arrival + timedelta(hours=8),
            "account_owner": RUTH,
        }
        return VisitForm(**(facts | changes))

    def submit(self, **changes: Any) -> int:
        form = self.form(**changes)
        made = self.do(LIN, requests.submit_visit, form, f"form{next(self._forms)}")
        return int(made.visit.id)

    def approve(self, visit_id: int) -> None:
        while (step := (seen := self.look(visit_id)).pending_step) is not None:
            self.send()
            decider = seen.deciders(step)[0]
            self.do(decider, decisions.decide, step.id, StepState.APPROVED, None)

    def approved(self, **changes: Any) -> int:
        visit_id = self.submit(**changes)
        self.approve(visit_id)
        return visit_id


@pytest.fixture
def office(database: Database) -> Office:
    """An office on each kind of database, with the roles of a small company."""
    place = Office(database)
    place.staff()
    return place
