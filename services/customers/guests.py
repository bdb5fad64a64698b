"""The guest list of a visit."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from sqlmodel import Session, col, select

from models.customers.guests import GuestLine
from models.customers.lists import key_of
from models.customers.names import fold
from models.records.customers import Guest
from models.records.visit import Visit


@dataclass(frozen=True)
class Seat:
    """A place of a guest list: whose it is (None: somebody new), and name, title and diet."""

    guest_id: int | None
    line: GuestLine


def guests_of(session: Session, visit_id: int) -> list[Guest]:
    """The guests of a visit in their order."""
    query = select(Guest).where(Guest.visit_id == visit_id).order_by(col(Guest.position))
    return list(session.exec(query).all())


def replace_guests(session: Session, visit: Visit, guests: Sequence[GuestLine]) -> None:
    """Give the visit this guest list instead of the one it has. What else is known of those who
    stay on it, by name and title or by a name that is there once, stays."""
    present = guests_of(session, visit.id or 0)
    names = Counter(fold(guest.name) for guest in present)
    listed = Counter(fold(line.name) for line in guests)
    by_key = {key_of(guest.name, guest.title): guest.id for guest in present}
    found = [by_key.pop(key_of(line.name, line.title), None) for line in guests]
    by_name = {fold(name): guest_id for (name, _), guest_id in by_key.items() if names[name] == 1}
    for at, line in enumerate(guests):
        name = fold(line.name)
        if found[at] is None and listed[name] == 1:
            found[at] = by_name.get(name)
    seats = [Seat(guest_id, line) for guest_id, line in zip(found, guests, strict=True)]
    seat_guests(session, visit, seats)


def seat_guests(session: Session, visit: Visit, seats: Sequence[Seat]) -> list[Guest]:
    """Give the visit exactly these guests, in this order."""
    present = {guest.id or 0: guest for guest in guests_of(session, visit.id or 0)}
    seated = [
        present.pop(seat.guest_id)
        if seat.guest_id in present
        else Guest(visit_id=visit.id or 0, position=0, name="")
        for seat in seats
    ]
    for guest in present.values():
        session.delete(guest)
    for position, (guest, seat) in enumerate(zip(seated, seats, strict=True)):
        guest.position = position
        guest.name, guest.title, guest.diet = seat.line.name, seat.line.title, seat.line.diet
    session.add_all(seated)
    return seated


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
