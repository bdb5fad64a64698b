"""A database that the first version filled goes on: visits, decisions, exceptions in every state.

`filled_0_1_0.json` holds its rows, written by that version's own verbs: eleven visits, one of each
state, and three exceptions of one visit (approved, declined, being decided).
"""

import json
from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from sqlalchemy import Connection, MetaData, text
from sqlmodel import col, select

from migrations import configuration
from models.base.words import DeliveryState, StepState
from models.reading.picture import VisitPicture
from models.reminders.outbox import Delivery
from services.reading.desk import Desk
from services.saying import outbox
from services.signoff import decisions
from services.store.database import Database
from tests.conftest import KINDS, create_database, drop_database, sibling
from tests.services.conftest import Office

FILLED = json.loads((Path(__file__).parent / "filled_0_1_0.json").read_text(encoding="utf-8"))
NAMES: dict[str, int] = FILLED["names"]
VERSION = FILLED["tables"]["alembic_version"][0]["version_num"]
STATES = {
    "requested": "requested",
    "first_approved": "requested",
    "escalated": "requested",
    "changes_asked": "changes_asked",
    "declined": "declined",
    "approved": "approved",
    "second_round": "requested",
    "cancelled": "cancelled",
    "exceptions": "approved",
    "follow_up": "follow_up",
    "closed": "closed",
}


def _fill(database: Database) -> None:
    """Make the tables of the first version and write its rows."""
    with database.engine.begin() as connection:
        config = configuration(connection)
        command.upgrade(config, VERSION)
    tables = MetaData()
    with database.engine.begin() as connection:
        tables.reflect(connection)
        for table in tables.sorted_tables:
            rows = FILLED["tables"].get(table.name, [])
            if table.name == "alembic_version" or not rows:
                continue
            connection.execute(
                table.insert(), [{k: _typed(table.c[k], v) for k, v in row.items()} for row in rows]
            )
        if not database.is_sqlite:
            for table in tables.sorted_tables:
                for column in table.columns:
                    _go_on_counting(connection, table.name, column.name)


def _go_on_counting(connection: Connection, table: str, column: str) -> None:
    """Have PostgreSQL give out numbers after those that were written with their rows."""
    series = connection.execute(text(f"SELECT pg_get_serial_sequence('{table}', '{column}')"))
    name = series.scalar_one()
    if name is not None:
        newest = f'SELECT max("{column}") FROM "{table}"'
        connection.execute(text(f"SELECT setval('{name}', coalesce(({newest}), 1))"))


def _typed(column: Any, stored: Any) -> Any:
    """What SQLite wrote, as the column's own type. Its times are UTC without saying so."""
    kind = column.type.python_type
    if stored is None:
        return None
    if kind is datetime:
        at = datetime.fromisoformat(stored)
        return at.replace(tzinfo=UTC) if getattr(column.type, "timezone", False) else at
    if kind is date:
        return date.fromisoformat(stored)
    if kind is bool:
        return bool(stored)
    if kind is Decimal:
        return Decimal(str(stored))
    if kind in {dict, list} and isinstance(stored, str):
        return json.loads(stored)
    return stored


@pytest.fixture(params=KINDS)
def database(request: pytest.FixtureRequest, tmp_path: Path, worker_id: str) -> Iterator[Database]:
    """The filled database of the first version, brought up to date."""
    if request.param == "sqlite":
        url = f"sqlite:///{tmp_path / 'filled.db'}"
    else:
        server = request.getfixturevalue("postgres_server")
        create_database(server, f"filled_{worker_id}")
        url = sibling(server, f"filled_{worker_id}")
    try:
        with Database(url) as opened:
            _fill(opened)
            opened.upgrade()
            yield opened
    finally:
        if request.param != "sqlite":
            drop_database(request.getfixturevalue("postgres_server"), f"filled_{worker_id}")


@pytest.fixture
def office(database: Database) -> Office:
    """The office that goes on with it, on the last day that the first version saw."""
    place = Office(database)
    place.now = max(
        datetime.fromisoformat(row["at"]).replace(tzinfo=UTC)
        for row in FILLED["tables"]["audit_entry"]
    )
    return place


def seen(office: Office, name: str) -> VisitPicture:
    return office.look(NAMES[name])


def test_every_visit_stands_as_it_stood(office: Office) -> None:
    assert {name: str(seen(office, name).status) for name in NAMES} == STATES
    approved = seen(office, "approved")
    assert [(guest.name, guest.diet) for guest in approved.guests] == [
        ("Ada Byron", "vegetarian"),
        ("王磊", "不吃猪肉"),
    ]
    closed = seen(office, "closed")
    assert closed.feedback is not None
    assert (closed.feedback.satisfaction, closed.feedback.open_questions) == (95, "Price?")


def test_decisions_are_kept_with_who_and_when(office: Office) -> None:
    half = seen(office, "first_approved").approvals
    assert [(step.role, step.state, step.decided_by) for step in half][:2] == [
        ("department_manager", "approved", "U01CHEN"),
        ("vice_president", "pending", None),
    ]
    asked = seen(office, "changes_asked").approvals[0]
    assert (asked.state, asked.comment) == ("changes_asked", "Please add the agenda")
    declined = seen(office, "declined").approvals[0]
    assert (declined.state, declined.comment) == ("declined", "No capacity")
    again = seen(office, "second_round")
    assert again.visit.approval_round == 2
    assert again.pending_step is not None


def test_exceptions_are_what_they_were(office: Office) -> None:
    view = seen(office, "exceptions")
    states = {each.item or each.what: each.state for each in view.exceptions}
    assert states == {"lunch": "approved", "dinner": "declined", "lodging": "pending"}
    lodging = next(each for each in view.exceptions if each.what == "lodging")
    steps = view.exception_steps(lodging.id)
    pending = [step for step in steps if step.state == StepState.PENDING]
    assert len(pending) == 1
    office.do(view.deciders(pending[0])[0], decisions.decide, pending[0].id, "approved", None)
    after = next(
        s for s in seen(office, "exceptions").exception_steps(lodging.id) if s.id == pending[0].id
    )
    assert after.state == StepState.APPROVED


def test_who_was_passed_and_who_came_after_may_decide(office: Office) -> None:
    view = seen(office, "escalated")
    step = view.pending_step
    assert step is not None
    assert {"U01CHEN", "U01ZHAO"} <= set(view.deciders(step))
    office.do("U01ZHAO", decisions.decide, step.id, StepState.APPROVED, None)
    assert seen(office, "escalated").approvals[0].decided_by == "U01ZHAO"


def test_steps_keep_the_ids_that_buttons_of_old_cards_carry(office: Office) -> None:
    old = {
        row["id"]: (row["visit_id"], row["role"], row["state"])
        for row in FILLED["tables"]["approval_step"]
    }
    for name, visit_id in NAMES.items():
        view = seen(office, name)
        of_exceptions = [s for each in view.exceptions for s in view.exception_steps(each.id)]
        for step in (*view.approvals, *of_exceptions):
            assert old[step.id] == (visit_id, step.role, step.state)


def test_nothing_that_was_said_is_said_again(office: Office) -> None:
    said = {row["key"] for row in FILLED["tables"]["outbox"] if row["state"] == DeliveryState.SENT}

    def replan(desk: Desk, visit_id: int) -> None:
        outbox.replan(desk, visit_id)

    for visit_id in NAMES.values():
        office.do(None, replan, visit_id)
    with office.database.reading() as session:
        rows = session.exec(select(Delivery).where(col(Delivery.is_planned))).all()
        kept = {row["key"] for row in FILLED["tables"]["outbox"] if row["is_planned"]}
        words = [row for row in rows if not row.kind.startswith("do:")]  # the rest says nothing
        assert not [r.key for r in words if r.key not in kept and r.due_at <= office.now]
        sent = {row.key for row in rows if row.state == DeliveryState.SENT}
    assert sent >= {key for key in said if key in kept}
