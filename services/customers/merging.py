"""Two spellings of one customer become one, with everything that hangs on them (P14)."""

from dataclasses import dataclass, field

from sqlmodel import Session, SQLModel, col, func, select, update

from models.base.errors import Fault, InvalidForm, Outdated
from models.base.permissions import Verb
from models.customers.contacts import Person, same_person
from models.records.customers import (
    Contact,
    ContactFact,
    ContactTerm,
    Customer,
    CustomerFact,
    CustomerTerm,
    Guest,
)
from models.records.entries import Entry
from models.records.request import NoticeValue
from models.records.visit import Visit
from services.customers.access import check, customer_of
from services.customers.contacts import put_terms
from services.customers.customers import held_customer
from services.reading.desk import Desk
from services.saying import audit, outbox
from services.store.sql import column_of


@dataclass(frozen=True)
class Merging:
    """What a merge moves to `into`; where both know something else, the first value of a `both` is
    that of `into` and stays, unless another is chosen for the account owner (`owners`)."""

    gone: Customer
    into: Customer
    visits: int
    contacts: int
    facts: list[str]
    both: dict[str, tuple[NoticeValue, NoticeValue]] = field(default_factory=dict)

    @property
    def owners(self) -> list[str]:
        """Who may have the customer, where the two have different ones."""
        found = [self.into.account_owner_id, self.gone.account_owner_id]
        people = list(dict.fromkeys(owner for owner in found if owner is not None))
        return people if len(people) > 1 else []


def outlook(desk: Desk, gone_id: int, into_id: int) -> Merging:
    """What a merge would move. Raises NotAllowed, Outdated, InvalidForm where the two are one."""
    session = desk.session
    gone, into = customer_of(session, gone_id), customer_of(session, into_id)
    check(desk, gone, Verb.MERGE_CUSTOMERS)
    if gone.id == into.id:
        raise InvalidForm({"merge_into": Fault("same_customer")})
    theirs, ours = _facts(session, gone), _facts(session, into)
    return Merging(
        gone,
        into,
        _count(session, Visit, gone),
        _count(session, Contact, gone),
        [key for key in theirs if key not in ours],
        {
            key: (ours[key].value, fact.value)
            for key, fact in theirs.items()
            if key in ours and ours[key].value != fact.value
        },
    )


def merge(desk: Desk, gone_id: int, into_id: int, owner: str | None) -> Merging:
    """Make two customers one. `owner` is chosen where each has another account owner.

    The name that goes stays known: whoever types it, or has a form or card of before, reaches the
    one customer. What both knew and the other one says otherwise stands in the audit. Raises
    NotAllowed, Outdated, and InvalidForm without an owner where that is asked.
    """
    session = desk.session
    affected = [customer_of(session, number).id for number in (gone_id, into_id)]
    visits = select(Visit).where(col(Visit.customer_id).in_(affected)).order_by(col(Visit.id))
    # Visits before customers, as every change of a visit takes them: nobody waits in a circle.
    session.exec(visits.with_for_update().execution_options(populate_existing=True)).all()
    for number in sorted(each for each in affected if each is not None):
        if held_customer(session, number).id != number:
            raise Outdated
    found = outlook(desk, gone_id, into_id)
    gone, into = found.gone, found.into
    if found.owners and owner not in found.owners:
        raise InvalidForm({"account_owner": Fault("required")})
    before = {"from": gone.account_owner_id, "into": into.account_owner_id}
    into.account_owner_id = owner or into.account_owner_id or gone.account_owner_id
    moved = list(session.exec(select(Visit.id).where(Visit.customer_id == gone.id)))
    _move_contacts(desk, gone, into)
    for table in (Visit, Entry):
        _point(session, table, gone, into)
    for key, fact in _facts(session, gone).items():
        if key in found.facts:
            fact.customer_id = into.id or 0
            session.add(fact)
        else:
            session.delete(fact)
    _move_terms(session, gone, into)
    _point(session, Customer, gone, into, "merged_into_id")
    gone.merged_into_id, gone.account_owner_id = into.id, None
    session.add_all([gone, into])
    session.flush()
    audit.record(
        desk,
        "merge_customers",
        None,
        gone=gone.id,
        into=into.id,
        visits=moved,
        owners=before,
        owner=into.account_owner_id,
        dropped={key: theirs for key, (_, theirs) in found.both.items()},
    )
    for visit in session.exec(select(Visit).where(col(Visit.id).in_(moved))).all():
        session.refresh(visit)
        outbox.changed(desk, visit)
    return found


def _facts(session: Session, customer: Customer) -> dict[str, CustomerFact]:
    query = select(CustomerFact).where(CustomerFact.customer_id == customer.id)
    return {fact.key: fact for fact in session.exec(query.order_by(col(CustomerFact.id)))}


def _count(session: Session, table: type[Visit] | type[Contact], customer: Customer) -> int:
    query = select(func.count()).select_from(table).where(table.customer_id == customer.id)
    return session.exec(query).one()


def _point(
    session: Session,
    table: type[SQLModel],
    gone: Customer,
    into: Customer,
    name: str = "customer_id",
) -> None:
    there = column_of(table, name)
    session.exec(update(table).where(there == gone.id).values({name: into.id}))


def _move_contacts(desk: Desk, gone: Customer, into: Customer) -> None:
    """One person of both spellings is one contact afterwards, with what is known of either."""
    session = desk.session
    ours = list(session.exec(select(Contact).where(Contact.customer_id == into.id)))
    for contact in session.exec(select(Contact).where(Contact.customer_id == gone.id)).all():
        known = same_person(ours, Person.of(contact))
        if known is None:
            contact.customer_id = into.id or 0
            session.add(contact)
            session.flush()
            put_terms(desk, contact)
            continue
        ours.remove(known)
        _unite(session, contact, known)
        put_terms(desk, known)


def _unite(session: Session, contact: Contact, known: Contact) -> None:
    newer = contact.known_at > known.known_at
    for name in ("title", "phone", "mail", "name_other"):
        said = getattr(contact, name)
        if said and (newer or not getattr(known, name)):
            setattr(known, name, said)
    if newer:
        known.visit_id, known.known_at = contact.visit_id, contact.known_at
    query = select(ContactFact).where(ContactFact.contact_id == known.id)
    present = {fact.key: fact for fact in session.exec(query)}
    for fact in session.exec(select(ContactFact).where(ContactFact.contact_id == contact.id)):
        mine = present.get(fact.key)
        if mine is not None and mine.known_at >= fact.known_at:
            session.delete(fact)
            continue
        if mine is not None:
            session.delete(mine)
            session.flush()
        fact.contact_id = known.id or 0
        session.add(fact)
    session.flush()
    guests = column_of(Guest, "contact_id")
    session.exec(update(Guest).where(guests == contact.id).values(contact_id=known.id))
    for term in session.exec(select(ContactTerm).where(ContactTerm.contact_id == contact.id)):
        session.delete(term)
    session.flush()
    session.delete(contact)
    session.add(known)
    session.flush()


def _move_terms(session: Session, gone: Customer, into: Customer) -> None:
    """Who types the other spelling finds the one customer."""
    ours = set(session.exec(select(CustomerTerm.term).where(CustomerTerm.customer_id == into.id)))
    for term in session.exec(select(CustomerTerm).where(CustomerTerm.customer_id == gone.id)).all():
        session.delete(term)
        if term.term not in ours:
            session.flush()
            session.add(CustomerTerm(customer_id=into.id or 0, term=term.term))
    session.flush()
