"""The guest list of a visit."""

from sqlmodel import Session, select

from models.customers.guests import parse_guests
from models.records.customers import Guest
from models.records.visit import Visit
from models.request.forms import VisitForm


def fill_guests(session: Session, visit: Visit, form: VisitForm) -> None:
    """Replace the visit's guest list by the form's."""
    for guest in session.exec(select(Guest).where(Guest.visit_id == visit.id)):
        session.delete(guest)
    for position, line in enumerate(parse_guests(form.guests or "")):
        session.add(
            Guest(
                visit_id=visit.id or 0,
                position=position,
                name=line.name,
                title=line.title,
                diet=line.diet,
            )
        )
