"""A filled database of the version before follows the one sign-off (C05): nothing is lost."""

from typing import Any

from alembic import command
from sqlalchemy import Connection, text

from migrations import configuration
from models.base.words import Matter, StepState
from services.store.database import Database
from tests.migrations.test_schema import new_database, new_url

__all__ = ["new_database", "new_url"]
AT = "2026-12-01 02:00:00.000000"
LATER = "2026-12-01 06:00:00.000000"
VISIT = {
    "status": "requested",
    "revision": 1,
    "customer_id": 1,
    "purpose": "site_audit",
    "level": "b",
    "lead_guest": "Ada",
    "lead_guest_title": "CEO",
    "party_size": 2,
    "arrival": LATER,
    "departure": LATER,
    "timezone": "Asia/Shanghai",
    "requester_id": "U01LIN",
    "host_id": "U01MEI",
    "policy_name": "standard",
    "policy_digest": "d",
    "is_urgent": False,
    "approval_round": 1,
    "created_at": AT,
}


def put(connection: Connection, table: str, **row: Any) -> None:
    names = ", ".join(row)
    values = ", ".join(f":{name}" for name in row)
    connection.execute(text(f"INSERT INTO {table} ({names}) VALUES ({values})"), row)


def step(connection: Connection, number: int, visit: int, round_: int, **more: Any) -> None:
    facts = {"position": 0, "role": "department_manager", "state": "void", "asked_at": AT} | more
    put(connection, "approval_step", id=number, visit_id=visit, round=round_, **facts)


def fill(connection: Connection) -> None:
    """Requests of several rounds, one whose silence went on, exceptions in every state."""
    put(connection, "customer", id=1, name="Acme", name_key="acme", created_at=AT)
    for number, facts in ((1, {"approval_round": 2}), (2, {"status": "approved"}), (3, {})):
        put(connection, "visit", id=number, number=f"V-{number}", **(VISIT | facts))
    decided = {"decided_by": "U01CHEN", "decided_at": LATER}
    step(connection, 11, 1, 1, state="approved", comment="Good", **decided)
    step(connection, 12, 1, 1, position=1, role="vice_president", asked_at=AT)
    went_on = {"escalated_at": LATER, "escalate_to": "vice_president"}
    step(connection, 13, 1, 2, state="pending", reason="level:b rule:x", **went_on)
    waiting = {"position": 1, "role": "vice_president", "state": "waiting", "asked_at": None}
    step(connection, 14, 1, 2, **waiting)
    step(connection, 20, 2, 1, state="approved", **decided)
    step(connection, 30, 3, 1, state="changes_asked", comment="Fewer", **decided)
    for number, state in ((5, "pending"), (6, "approved"), (7, "declined"), (8, "void")):
        over = None if state == "pending" else LATER
        asked = {"asked_by": "U01RUTH", "asked_at": AT, "decided_at": over}
        what = {"what": "meals", "reason": "Minister", "state": state}
        put(connection, "exception_request", id=number, visit_id=2, **what, **asked)
        by = decided if state in {"approved", "declined"} else {}
        step(connection, 40 + number, 2, -number, state=state, **by)


def test_every_row_is_carried_over(new_database: Database) -> None:
    with new_database.engine.begin() as connection:
        command.upgrade(configuration(connection), "0002")
        fill(connection)
    new_database.upgrade()
    with new_database.reading() as session:
        found = session.connection()
        chains = found.execute(
            text(
                "SELECT matter, matter_id, visit_id, version, state, asked_by FROM sign_off"
                " ORDER BY matter DESC, matter_id, version"
            )
        )
        assert [tuple(row) for row in chains] == [
            (Matter.REQUEST, 1, 1, 1, StepState.VOID, "U01LIN"),
            (Matter.REQUEST, 1, 1, 2, StepState.PENDING, "U01LIN"),
            (Matter.REQUEST, 2, 2, 1, StepState.APPROVED, "U01LIN"),
            (Matter.REQUEST, 3, 3, 1, StepState.CHANGES_ASKED, "U01LIN"),
            (Matter.EXCEPTION, 5, 2, 1, StepState.PENDING, "U01RUTH"),
            (Matter.EXCEPTION, 6, 2, 1, StepState.APPROVED, "U01RUTH"),
            (Matter.EXCEPTION, 7, 2, 1, StepState.DECLINED, "U01RUTH"),
            (Matter.EXCEPTION, 8, 2, 1, StepState.VOID, "U01RUTH"),
        ]
        steps = found.execute(
            text(
                "SELECT step.id, matter, matter_id, version, position, role, step.state, levels,"
                " decided_by, comment FROM approval_step AS step"
                " JOIN sign_off ON sign_off.id = sign_off_id ORDER BY step.id"
            )
        )
        boss, vice = "department_manager", "vice_president"
        assert [tuple(row) for row in steps] == [
            (11, "request", 1, 1, 0, boss, "approved", boss, "U01CHEN", "Good"),
            (12, "request", 1, 1, 1, vice, "void", vice, None, None),
            (13, "request", 1, 2, 0, boss, "pending", f"{boss} {vice}", None, None),
            (14, "request", 1, 2, 1, vice, "waiting", "", None, None),
            (20, "request", 2, 1, 0, boss, "approved", boss, "U01CHEN", None),
            (30, "request", 3, 1, 0, boss, "changes_asked", boss, "U01CHEN", "Fewer"),
            (45, "exception", 5, 1, 0, boss, "pending", boss, None, None),
            (46, "exception", 6, 1, 0, boss, "approved", boss, "U01CHEN", None),
            (47, "exception", 7, 1, 0, boss, "declined", boss, "U01CHEN", None),
            (48, "exception", 8, 1, 0, boss, "void", boss, None, None),
        ]


def test_the_next_step_has_an_id_of_its_own(new_database: Database) -> None:
    with new_database.engine.begin() as connection:
        command.upgrade(configuration(connection), "0002")
        fill(connection)
    new_database.upgrade()
    with new_database.engine.begin() as connection:
        facts = {"sign_off_id": 1, "position": 9, "role": "chairman", "state": "waiting"}
        put(connection, "approval_step", **facts)
        newest = connection.execute(text("SELECT max(id) FROM approval_step")).scalar_one()
    assert newest == 49
