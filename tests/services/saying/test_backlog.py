"""How the outbox is counted, and failed rows tried again or dismissed."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlmodel import Session, select

from models.base.words import DeliveryState
from models.records.audit import AuditEntry
from models.records.customers import Customer
from models.reminders.due import Owed
from models.reminders.outbox import QUIET, Delivery
from services.reading.desk import Desk
from services.saying.backlog import (
    NoSuchFailure,
    backlog,
    dismiss,
    failed_rows,
    is_owed,
    late_rows,
    oldest_due,
    retry,
)
from services.saying.outbox import bring_in_line
from services.store.database import Database
from tests.models.visits import make_visit
from tests.services.conftest import SITE

NOW = datetime(2026, 12, 1, 2, 0, tzinfo=UTC)
LATE = timedelta(minutes=2)


def owe(session: Session, name: str, due: timedelta, **values: Any) -> None:
    """A row that is due that long after NOW."""
    is_over = values.get("state") in {
        DeliveryState.FAILED,
        DeliveryState.EXPIRED,
        DeliveryState.SENT,
    }
    given = {"next_try_at": None if is_over else NOW + due} | values
    session.add(
        Delivery(id=name, key=name, kind="closed", recipient="U01LIN", due_at=NOW + due, **given)
    )


def desk(session: Session) -> Desk:
    return Desk(session, NOW, SITE, None, "command")


def test_rows_are_counted_by_what_they_wait_for(database: Database) -> None:
    hour, minute = timedelta(hours=1), timedelta(minutes=1)
    with database.session() as session:
        owe(session, "due", -minute)
        owe(session, "late", -hour, next_try_at=NOW - minute)
        owe(session, "waiting", -hour, next_try_at=NOW + hour)
        owe(session, "later", hour)
        taken = {"state": DeliveryState.CLAIMED}
        owe(session, "taken", -minute, next_try_at=NOW + minute, lease_until=NOW + minute, **taken)
        owe(session, "dropped", -hour, next_try_at=NOW, lease_until=NOW, **taken)
        owe(session, "update", -hour, next_try_at=NOW, sent_revision=1, revision=2, ts="1.1")
        owe(session, "failed", -hour, state=DeliveryState.FAILED)
        owe(session, "expired", -hour, state=DeliveryState.EXPIRED)
        owe(session, "sent", -hour, state=DeliveryState.SENT)
    with database.reading() as session:
        found = backlog(session, NOW, LATE)
        late = [row.id for row in late_rows(session, NOW, LATE, 10)]
        assert [row.id for row in failed_rows(session, 10)] == ["failed"]
    assert (found.due, found.under_way, found.waiting, found.later) == (4, 1, 1, 1)
    assert (found.late, found.failed, found.expired) == (3, 1, 1)
    assert late == ["late", "waiting", "dropped"]
    assert found.oldest_due == NOW - minute


def test_nothing_due(database: Database) -> None:
    with database.session() as session:
        owe(session, "later", timedelta(seconds=1))
    with database.reading() as session:
        assert oldest_due(session, NOW) is None
        assert oldest_due(session, NOW + timedelta(seconds=1)) == NOW + timedelta(seconds=1)


def test_failed_rows_are_owed_again(database: Database) -> None:
    failed = {"state": DeliveryState.FAILED, "reason": "chat.postMessage:invalid_blocks"}
    with database.session() as session:
        owe(session, "abcd1", timedelta(hours=-1), attempts=7, **failed)
        owe(session, "abcd2", timedelta(hours=-1), ts="1.1", channel="C1", **failed)
        owe(session, "zzzz1", timedelta(hours=-1), state=DeliveryState.SENT)
    for wrong in ("abcd", "abcd3", "zzzz1", "ab", "abcd_", "%%%%%"):
        with database.session() as session, pytest.raises(NoSuchFailure):
            retry(desk(session), [wrong])
    with database.session() as session:
        assert retry(desk(session), ["abcd1"]) == 1
    with database.session() as session:
        assert retry(desk(session), None) == 1
        assert retry(desk(session), None) == 0
    with database.reading() as session:
        rows = {row.id: row for row in session.exec(select(Delivery))}
        entries = [entry.detail for entry in session.exec(select(AuditEntry))]
    first, second = rows["abcd1"], rows["abcd2"]
    assert (first.state, first.reason, first.attempts) == (DeliveryState.PENDING, None, 0)
    assert (first.next_try_at, first.is_uncertain) == (NOW, True)
    assert first.first_tried_at == NOW - timedelta(hours=1), "that far back is looked"
    assert (second.state, second.is_uncertain) == (DeliveryState.PENDING, False)
    assert rows["zzzz1"].state == DeliveryState.SENT
    assert entries == [{"rows": ["abcd1"]}, {"rows": ["abcd2"]}]


def test_what_waits_for_quiet_hours_to_end_was_not_tried_in_vain(database: Database) -> None:
    hour = timedelta(hours=1)
    tried = {"next_try_at": NOW + hour, "first_tried_at": NOW - hour}
    with database.session() as session:
        owe(session, "quiet", -hour, **tried, reason=QUIET)
        owe(session, "fresh", -hour)
    with database.reading() as session:
        assert not is_owed(session, NOW)
    with database.session() as session:
        owe(session, "vain", -hour, **tried)
    with database.reading() as session:
        assert is_owed(session, NOW)


def test_failed_rows_are_dismissed(database: Database) -> None:
    failed = {"state": DeliveryState.FAILED, "reason": "chat.postMessage:invalid_blocks"}
    with database.session() as session:
        for name in ("abcd1", "abcd2", "abcd3"):
            owe(session, name, timedelta(hours=-1), **failed)
        owe(session, "zzzz1", timedelta(hours=-1))
    for wrong in ("abcd", "zzzz1"):
        with database.session() as session, pytest.raises(NoSuchFailure):
            dismiss(desk(session), [wrong])
    with database.session() as session:
        assert dismiss(desk(session), ["abcd1"]) == 1
        assert backlog(session, NOW, LATE).failed == 2
        assert dismiss(desk(session), None) == 2
        assert dismiss(desk(session), None) == retry(desk(session), None) == 0
        with pytest.raises(NoSuchFailure):
            retry(desk(session), ["abcd1"])
    with database.reading() as session:
        rows = {row.id: row for row in session.exec(select(Delivery))}
        entries = [(entry.verb, entry.detail) for entry in session.exec(select(AuditEntry))]
        assert (backlog(session, NOW, LATE).failed, rows["zzzz1"].state) == (0, "pending")
    for name in ("abcd1", "abcd2", "abcd3"):
        row = rows[name]
        assert (row.state, row.reason) == (DeliveryState.CANCELLED, "dismissed")
        assert row.next_try_at is None
    assert entries == [
        ("dismiss_delivery", {"rows": ["abcd1"]}),
        ("dismiss_delivery", {"rows": ["abcd2", "abcd3"]}),
    ]


def test_what_was_dismissed_is_not_owed_again_when_its_visit_changes(database: Database) -> None:
    with database.session() as session:
        session.add(Customer(id=1, name="Acme", name_key="acme", created_at=NOW))
        session.flush()
        visit = make_visit(requester_id="U01LIN", host_id="U01LIN")
        session.add(visit)
        session.flush()
        number = visit.id or 0
        planned = {"visit_id": number, "is_planned": True}
        owe(session, "abcd1", timedelta(hours=1), state=DeliveryState.FAILED, **planned)
    with database.session() as session:
        assert dismiss(desk(session), None) == 1
    with database.session() as session:
        row = Owed("abcd1", "closed", "U01LIN", due=NOW + timedelta(hours=2))
        bring_in_line(session, number, [row], NOW)
    with database.reading() as session:
        found = session.exec(select(Delivery)).one()
        assert (found.state, found.reason) == (DeliveryState.CANCELLED, "dismissed")
