"""A transaction reads anew what it has changed, or what others may have changed; nothing else."""

from collections.abc import Callable, Iterator

import pytest
from sqlalchemy import event
from sqlmodel import Session, col, select, update

from models.records.customers import Guest
from services.reading.looks import picture
from services.store.hold import hold
from tests.services.conftest import LIN, SITE, Office


@pytest.fixture
def reads(office: Office) -> Iterator[list[str]]:
    """Every statement, as it is executed."""
    seen: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        seen.append(statement)

    event.listen(office.database.engine, "before_cursor_execute", note)
    yield seen
    event.remove(office.database.engine, "before_cursor_execute", note)


@pytest.fixture
def visit_id(office: Office) -> int:
    """A visit of one guest besides the lead guest."""
    visit_id = office.submit()
    with office.database.session() as session:
        session.add(Guest(visit_id=visit_id, name="Ada Byron", position=0))
    return visit_id


def guests(session: Session, visit_id: int) -> list[str]:
    return [guest.name for guest in picture(session, visit_id, SITE).guests]


def rename(session: Session, visit_id: int) -> None:
    session.exec(select(Guest).where(Guest.visit_id == visit_id)).one().name = "Grace Hopper"


def rename_all(session: Session, visit_id: int) -> None:
    session.exec(update(Guest).where(col(Guest.visit_id) == visit_id).values(name="Grace Hopper"))


def add(session: Session, visit_id: int) -> None:
    session.add(Guest(visit_id=visit_id, name="Grace Hopper", position=1))


def remove(session: Session, visit_id: int) -> None:
    session.delete(session.exec(select(Guest).where(Guest.visit_id == visit_id)).one())


@pytest.mark.parametrize(
    ("change", "after"),
    [
        (rename, ["Grace Hopper"]),
        (rename_all, ["Grace Hopper"]),
        (add, ["Ada Byron", "Grace Hopper"]),
        (remove, []),
    ],
)
def test_what_the_transaction_changes_is_read_anew(
    office: Office, visit_id: int, change: Callable[[Session, int], None], after: list[str]
) -> None:
    with office.database.session() as session:
        assert guests(session, visit_id) == ["Ada Byron"]
        change(session, visit_id)
        assert guests(session, visit_id) == after


def test_what_is_unchanged_is_read_once(office: Office, visit_id: int, reads: list[str]) -> None:
    with office.database.session() as session:
        first = picture(session, visit_id, SITE)
        reads.clear()
        again = picture(session, visit_id, SITE)
        assert not [read for read in reads if "FROM guest" in read or "FROM trip" in read]
        assert again.guests == first.guests
        add(session, visit_id)
        picture(session, visit_id, SITE)
        assert [read for read in reads if "FROM guest" in read]
        assert not [read for read in reads if "FROM trip" in read]


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)  # SQLite has one writer
def test_whoever_holds_a_visit_reads_what_others_changed(office: Office, visit_id: int) -> None:
    with office.database.session() as session:
        assert guests(session, visit_id) == ["Ada Byron"]
        office.do(LIN, lambda desk: add(desk.session, visit_id))
        hold(session, visit_id)
        assert guests(session, visit_id) == ["Ada Byron", "Grace Hopper"]
