"""What a transaction has read it does not read again, as long as it changes nothing of it."""

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import event
from sqlalchemy.orm import ORMExecuteState, UOWTransaction
from sqlalchemy.orm import Session as OrmSession
from sqlmodel import Session, SQLModel
from sqlmodel.sql.expression import Select, SelectOfScalar

_READ = "read"
_Read = dict[tuple[object, tuple[Any, ...]], tuple[frozenset[type[SQLModel]], Sequence[Any]]]


def unchanged(
    session: Session,
    query: SelectOfScalar[Any] | Select[*tuple[Any, ...]],
    ids: Collection[Any],
    tables: Collection[type[SQLModel]],
) -> Sequence[Any]:
    """What a kept statement finds for these `ids`. It is executed once, and again after a change
    that the transaction makes to one of the tables that it looks into, or after `forget`."""
    if session.autoflush:
        session.flush()
    read: _Read = session.info.setdefault(_READ, {})
    key = (query, tuple(ids))
    if key not in read:
        found = session.exec(query, params={"ids": list(ids)}).all()
        read[key] = (frozenset(tables), found)
    return read[key][1]


def forget(session: OrmSession) -> None:
    """Have everything read anew: others may have changed it."""
    session.info.pop(_READ, None)


@event.listens_for(Session, "after_flush")
def _flushed(session: OrmSession, _context: UOWTransaction) -> None:
    """What was written is read anew."""
    read: _Read = session.info.get(_READ, {})
    if read:
        changed = {
            type(row) for rows in (session.new, session.dirty, session.deleted) for row in rows
        }
        session.info[_READ] = {
            key: (tables, found)
            for key, (tables, found) in read.items()
            if tables.isdisjoint(changed)
        }


@event.listens_for(Session, "do_orm_execute")
def _executed(state: ORMExecuteState) -> None:
    """Many rows at once were written: it is not looked which."""
    if not state.is_select:
        forget(state.session)
