"""The guest list of a visit."""

from collections.abc import Sequence

from sqlmodel import Session, select

from models.customers.guests import GuestLine
from models.records.customers import Guest
from models.records.visit import Visit


def replace_guests(session: Session, visit: Visit, guests: Sequence[GuestLine]) -> None:
    """Give the visit this guest list instead of the one it has."""
    for guest in session.exec(select(Guest).where(Guest.visit_id == visit.id)):
        session.delete(guest)
    add_guests(session, visit, guests)


def add_guests(session: Session, visit: Visit, guests: Sequence[GuestLine]) -> list[Guest]:
    """Give a visit that has no guests yet these, in this order."""
    added = [
        Guest(
            visit_id=visit.id or 0,
            position=position,
            name=line.name,
            title=line.title,
            diet=line.diet,
        )
        for position, line in enumerate(guests)
    ]
    session.add_all(added)
    return added
