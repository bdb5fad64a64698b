"""Two verbs in two sessions owe the same message at the same moment: there is one row, and neither
verb fails. So does whatever recomputes the rows of one visit twice at once."""

import threading
from collections.abc import Callable

import pytest
from sqlalchemy import text
from sqlmodel import Session, col, select

from models.records.customers import Customer
from models.reminders.outbox import Delivery
from services.reading.desk import Desk
from services.saying.outbox import owe, replan
from services.store.database import Database
from tests.models.visits import make_visit
from tests.services.conftest import CHEN, LIN, MA, SITE, START

_WAITERS = text("SELECT count(*) FROM pg_locks WHERE NOT granted")
Verb = Callable[[Desk], None]


class Undone(Exception):
    """The first verb fails at the end."""


def desk_of(session: Session, person: str) -> Desk:
    return Desk(session, START, SITE, person, "slack")


def at_once(database: Database, verb: Verb, *, is_undone: bool = False) -> None:
    """Lin's verb is done and not yet committed when Chen's is called, and that waits for it."""
    raised: list[Exception] = []

    def other() -> None:
        try:
            with database.session() as session:
                verb(desk_of(session, CHEN))
        except Exception as error:  # noqa: BLE001 - handed to the test
            raised.append(error)

    thread = threading.Thread(target=other)
    try:
        with database.session() as session:
            verb(desk_of(session, LIN))
            thread.start()
            while not _is_waited_for(database):
                assert thread.is_alive(), f"the second did not wait for the first: {raised}"
            if is_undone:
                raise Undone
    finally:
        thread.join(20)
    assert not raised


def _is_waited_for(database: Database) -> bool:
    if database.is_sqlite:
        return True  # one writer at a time: the other waits from the beginning
    with database.reading() as looking:
        return bool(looking.connection().execute(_WAITERS).scalar())


def stored(database: Database) -> list[Delivery]:
    with database.reading() as session:
        return list(session.exec(select(Delivery).order_by(col(Delivery.key))).all())


def news(desk: Desk) -> None:
    owe(desk, "changed", LIN, "news", None, by=desk.actor_id)
    owe(desk, "changed", MA, f"news:{desk.actor_id}", None)


def test_the_same_message_owed_at_once_is_one_row(database: Database) -> None:
    at_once(database, news)
    assert [row.key for row in stored(database)] == ["news", f"news:{CHEN}", f"news:{LIN}"]
    assert stored(database)[0].args == {"by": LIN}, "who was first says it"


def test_where_the_first_is_undone_the_second_owes_it(database: Database) -> None:
    with pytest.raises(Undone):
        at_once(database, news, is_undone=True)
    assert [row.key for row in stored(database)] == ["news", f"news:{CHEN}"]
    assert stored(database)[0].args == {"by": CHEN}


def test_a_visit_planned_twice_at_once_has_its_rows_once(database: Database) -> None:
    with database.session() as session:
        session.add(Customer(id=1, name="Acme", name_key="acme", created_at=START))
        session.flush()
        session.add(make_visit())
    at_once(database, lambda desk: replan(desk, 7))
    rows = stored(database)
    with database.session() as session:
        replan(desk_of(session, LIN), 7)
    assert [(row.seq, row.state) for row in rows] == [(r.seq, r.state) for r in stored(database)]
    assert len(rows) > 1
