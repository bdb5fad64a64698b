"""A visit on trial: runs like any other, all parts and roles are whoever tries it, nobody else
hears of it, and it can be deleted with all that belongs to it."""

import itertools
import uuid
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlmodel import Session, SQLModel, col, delete, select

from models.base.errors import Outdated
from models.records.customers import Contact, ContactFact, Customer
from models.records.request import Draft
from models.records.signoff import ApprovalStep, SeenCard, SignOff
from models.records.visit import Visit
from models.reminders.outbox import Delivery
from models.request.forms import AS_PROPOSED, VisitForm
from services.customers.customers import find_customer
from services.people import first_steps
from services.reading.desk import Desk
from services.request.drafts import details_prefix
from services.request.requests import Submitted, submit_visit
from services.saying import audit
from services.store.hold import hold

_AHEAD = timedelta(days=2)
_MORNING, _EVENING = time(10), time(16)


@dataclass(frozen=True)
class Deleted:
    """What is left outside the database: the visit's number, under which its files lie, and its
    messages, by conversation and time."""

    number: str
    messages: list[tuple[str, str]]


def start_trial(desk: Desk, customer: str, guest: str, title: str) -> Submitted:
    """Ask for a trial visit of a customer and a guest of those names, two days ahead. Raises
    Outdated while the person has one."""
    if desk.session.exec(select(Visit.id).where(_OF_TRIALS, Visit.trial_of == desk.person)).first():
        raise Outdated
    policy = desk.site.policy
    zone = ZoneInfo(desk.site.timezone)
    day = (desk.now + _AHEAD).astimezone(zone).date()
    form = VisitForm(
        customer=_unused(desk, customer),
        purpose=policy.purposes[0],
        lead_guest=guest,
        lead_guest_title=title,
        party_size=2,
        arrival=datetime.combine(day, _MORNING, tzinfo=zone),
        departure=datetime.combine(day, _EVENING, tzinfo=zone),
        host=desk.person,
        level=AS_PROPOSED,
        customer_kind=next((kind.key for kind in policy.customer_kinds), None),
        pickup_place=None,
    )
    first_steps.tried(desk)
    return submit_visit(desk, form, f"trial{uuid.uuid4().hex}", is_trial=True)


def _unused(desk: Desk, name: str) -> str:
    """The name, numbered where a customer has it."""
    numbered = (f"{name} {number}" if number > 1 else name for number in itertools.count(1))
    return next(each for each in numbered if find_customer(desk.session, each) is None)


def delete_trial(desk: Desk, visit_id: int) -> Deleted:
    """Delete a trial visit of the person with every row that belongs to it; the audit says so.
    Raises Outdated for any other visit, VisitNotFound where it is gone."""
    session = desk.session
    visit = hold(session, visit_id)
    if visit.trial_of is None or visit.trial_of != desk.person:
        raise Outdated
    number, customer_id, made = visit.number, visit.customer_id, visit.created_at
    rows = session.exec(
        select(Delivery.channel, Delivery.ts).where(
            Delivery.visit_id == visit_id, col(Delivery.ts).is_not(None)
        )
    )
    messages = [(channel or "", ts or "") for channel, ts in rows]
    session.expunge_all()
    chains = select(SignOff.id).where(SignOff.visit_id == visit_id)
    steps = select(ApprovalStep.id).where(col(ApprovalStep.sign_off_id).in_(chains))
    session.exec(delete(SeenCard).where(col(SeenCard.step_id).in_(steps)))
    session.exec(delete(ApprovalStep).where(col(ApprovalStep.sign_off_id).in_(chains)))
    for table in reversed(SQLModel.metadata.sorted_tables):
        if "visit_id" in table.c:
            session.connection().execute(table.delete().where(table.c.visit_id == visit_id))
    session.exec(delete(Visit).where(col(Visit.id) == visit_id))
    session.exec(delete(Draft).where(col(Draft.form_key).startswith(details_prefix(visit_id))))
    _forget_customer(session, customer_id, made)
    audit.record(desk, "delete_trial", None, number=number)
    return Deleted(number, messages)


def _forget_customer(session: Session, customer_id: int, made: datetime) -> None:
    """Delete the customer that a trial made, with all that is known of it, unless a visit names it
    by now."""
    is_named = session.exec(select(Visit.id).where(Visit.customer_id == customer_id)).first()
    its_own = select(Customer.id).where(Customer.id == customer_id, Customer.created_at == made)
    if is_named is not None or session.exec(its_own).first() is None:
        return
    people = select(Contact.id).where(Contact.customer_id == customer_id)
    session.exec(delete(ContactFact).where(col(ContactFact.contact_id).in_(people)))
    for table in reversed(SQLModel.metadata.sorted_tables):
        if "customer_id" in table.c:
            session.connection().execute(table.delete().where(table.c.customer_id == customer_id))
    session.exec(delete(Customer).where(col(Customer.id) == customer_id))


_OF_TRIALS = col(Visit.trial_of).is_not(None)
