"""The people of a customer who have come before: kept when they leave, found when they come again.

Nothing that is known of them is taken over silently: it is proposed with the visit that it comes
from, and somebody takes it over or strikes it out (P09).
"""

from datetime import datetime, timedelta

from sqlmodel import col, delete, or_, select, update

from models.base.errors import NotAllowed, Outdated
from models.base.permissions import Verb
from models.customers.contacts import KEPT, Known, Person, Proposal, same_person
from models.customers.names import fold
from models.customers.spelled import looked_for, person_terms
from models.reading.picture import VisitPicture
from models.records.customers import Contact, ContactFact, ContactTerm, Customer, Guest
from models.records.visit import Visit
from services.customers.access import access_to, customer_of
from services.reading.desk import Desk
from services.reading.looks import picture
from services.saying import audit, outbox
from services.store.hold import hold
from services.store.sql import begins, column_of

_SHOWN = 20
_OFFERED = 50


def remember_guests(desk: Desk, visit: Visit) -> None:
    """Make contacts of a visit's guests, or bring those up to date that they are already.

    Called when the guests have left, for what was wrong before is right by then, and once more when
    the visit is closed, for what was put right afterwards.
    """
    session = desk.session
    rows = session.exec(select(Guest).where(Guest.visit_id == visit.id).order_by(col(Guest.id)))
    guests: list[Guest | None] = list(rows)
    names = {fold(guest.name) for guest in guests if guest is not None}
    if fold(visit.lead_guest) not in names:
        guests.append(None)
    known = session.exec(select(Contact).where(Contact.customer_id == visit.customer_id)).all()
    left = {contact.id or 0: contact for contact in known}
    for guest in guests:
        person = _lead(visit) if guest is None else Person.of(guest)
        contact = _linked(left, guest) or same_person(left.values(), person)
        if contact is None:
            contact = _new(desk, visit, person)
        else:
            del left[contact.id or 0]  # two guests of one visit are two people
            _renew(desk, visit, contact, person)
        if guest is not None:
            guest.contact_id = contact.id
            session.add(guest)
            _keep_facts(desk, visit, contact, guest)
    session.flush()


def search(desk: Desk, customer_id: int, words: str, most: int = _OFFERED) -> list[Contact]:
    """The contacts of a customer whose names, or a part of them, begin with the words: as written,
    in pinyin, or by initials; without words those who came last. None for whoever may not read
    the customer's file in full."""
    customer = customer_of(desk.session, customer_id)
    if not access_to(desk, customer).reads_all:
        return []
    typed = looked_for(words)
    if not typed:
        return contacts_of(desk, customer, most)
    term = column_of(ContactTerm, "term")
    query = (
        select(Contact)
        .join(ContactTerm, col(ContactTerm.contact_id) == col(Contact.id))
        .where(ContactTerm.customer_id == customer.id, begins(term, typed))
        .where(col(Contact.struck_at).is_(None), col(Contact.known_at) >= _since(desk))
        .order_by(term)
        .limit(most * 3)  # one who is found in several ways is there once
    )
    found = {contact.id: contact for contact in desk.session.exec(query)}
    return list(found.values())[:most]


def contacts_of(desk: Desk, customer: Customer, most: int = _SHOWN) -> list[Contact]:
    """The people of a customer who came last."""
    query = (
        select(Contact)
        .where(Contact.customer_id == customer.id, col(Contact.struck_at).is_(None))
        .where(col(Contact.known_at) >= _since(desk))
        .order_by(col(Contact.known_at).desc(), col(Contact.id))
    )
    return list(desk.session.exec(query.limit(most)))


def proposals(desk: Desk, view: VisitPicture) -> list[Proposal]:
    """What is known of those who come again, and this visit does not say yet; nothing for whoever
    may not read the customer's file in full."""
    if not access_to(desk, view.customer).reads_all:
        return []
    people: list[tuple[Guest | None, Person]] = [(g, Person.of(g)) for g in view.guests]
    if fold(view.visit.lead_guest) not in {name for _, person in people for name in person.names}:
        people.insert(0, (None, _lead(view.visit)))
    query = select(Contact).where(Contact.customer_id == view.visit.customer_id)
    left = {each.id or 0: each for each in desk.session.exec(query) if each.struck_at is None}
    meant: list[tuple[Guest | None, Person, Contact]] = []
    for guest, person in people:
        contact = _linked(left, guest) or same_person(left.values(), person)
        if contact is not None:
            del left[contact.id or 0]
            meant.append((guest, person, contact))
    known = _known(desk, [contact for _, _, contact in meant])
    return [
        Proposal(guest, person.name, contact, each)
        for guest, person, contact in meant
        for each in known.get(contact.id or 0, [])
        if each.fact.visit_id != view.visit.id and (guest is None or not getattr(guest, each.key))
    ]


def take_over(desk: Desk, visit_id: int, fact_id: int) -> str:
    """Have the visit say of a guest what is known of them; the lead guest gets a place in the list
    of guests for it. Returns the field. Raises Outdated where it is not proposed any more."""
    visit = hold(desk.session, visit_id)
    view = picture(desk.session, visit_id, desk.site)
    proposal = _proposed(desk, view, fact_id)
    guest = proposal.guest
    if guest is None:
        position = max((each.position for each in view.guests), default=-1) + 1
        guest = Guest(
            visit_id=visit_id,
            position=position,
            name=visit.lead_guest,
            title=visit.lead_guest_title,
            leads=True,
        )
    setattr(guest, proposal.known.key, proposal.known.fact.value)
    guest.contact_id = proposal.contact.id
    desk.session.add(guest)
    audit.record(
        desk, "take_over_known", visit_id, field=proposal.known.key, number=proposal.known.number
    )
    outbox.changed(desk, visit)
    return proposal.known.key


def strike_out(desk: Desk, visit_id: int, fact_id: int) -> None:
    """Propose that no more, in this visit and in others. Raises Outdated."""
    hold(desk.session, visit_id)
    view = picture(desk.session, visit_id, desk.site)
    fact = _proposed(desk, view, fact_id).known.fact
    fact.struck_at = desk.now
    desk.session.add(fact)
    audit.record(desk, "strike_known", visit_id, contact=fact.contact_id, field=fact.key)


def strike_contact(desk: Desk, contact_id: int) -> Contact:
    """Offer the person no more, and forget what is known of them. Raises NotAllowed, Outdated."""
    session = desk.session
    contact = session.get(Contact, contact_id, with_for_update=True)
    if contact is None:
        raise Outdated
    if not access_to(desk, customer_of(session, contact.customer_id)).reads_all:
        raise NotAllowed(Verb.READ_CUSTOMER)
    contact.struck_at = desk.now
    session.add(contact)
    for table in (ContactFact, ContactTerm):
        session.exec(delete(table).where(column_of(table, "contact_id") == contact_id))
    audit.record(desk, "strike_contact", None, contact=contact_id, customer=contact.customer_id)
    return contact


def forget_old(desk: Desk) -> None:
    """Forget people, and what is known of them, when the policy keeps them no longer; the visits in
    which they came stay as they are. Once a day."""
    session, since = desk.session, _since(desk)
    old = select(Contact.id).where(Contact.known_at < since)
    guests = column_of(Guest, "contact_id")
    session.exec(update(Guest).where(guests.in_(old)).values(contact_id=None))
    facts = column_of(ContactFact, "contact_id")
    is_old = column_of(ContactFact, "known_at") < since
    session.exec(delete(ContactFact).where(or_(is_old, facts.in_(old))))
    session.exec(delete(ContactTerm).where(column_of(ContactTerm, "contact_id").in_(old)))
    session.exec(delete(Contact).where(column_of(Contact, "known_at") < since))


def _proposed(desk: Desk, view: VisitPicture, fact_id: int) -> Proposal:
    for proposal in proposals(desk, view):
        if proposal.known.fact.id == fact_id:
            return proposal
    raise Outdated


def _known(desk: Desk, contacts: list[Contact]) -> dict[int, list[Known]]:
    """What is known of each, with the visit that it comes from; neither what was struck out nor
    what is older than the policy keeps it."""
    found: dict[int, list[Known]] = {}
    query = (
        select(ContactFact, Visit.number)
        .join(Visit, col(Visit.id) == col(ContactFact.visit_id))
        .where(
            col(ContactFact.contact_id).in_([contact.id for contact in contacts]),
            col(ContactFact.struck_at).is_(None),
            col(ContactFact.known_at) >= _since(desk),
        )
    )
    rows = sorted(desk.session.exec(query), key=lambda row: KEPT.index(row[0].key))
    for fact, number in rows:
        found.setdefault(fact.contact_id, []).append(Known(fact, number))
    return found


def _since(desk: Desk) -> datetime:
    """What was said before that moment is not known any more."""
    return desk.now - timedelta(days=desk.site.policy.request.contacts_kept_days)


def _linked(contacts: dict[int, Contact], guest: Guest | None) -> Contact | None:
    linked = guest.contact_id if guest is not None else None
    return contacts.get(linked) if linked is not None else None


def _lead(visit: Visit) -> Person:
    return Person(visit.lead_guest, visit.lead_guest_title)


def _new(desk: Desk, visit: Visit, person: Person) -> Contact:
    contact = Contact(
        customer_id=visit.customer_id,
        name=person.name,
        name_key=fold(person.name),
        known_at=desk.now,
    )
    _renew(desk, visit, contact, person)
    return contact


def _renew(desk: Desk, visit: Visit, contact: Contact, person: Person) -> None:
    """What a contact is found and told from others by, as it was said last; what was not said this
    time stays."""
    session = desk.session
    if contact.name != person.name and contact.name_other is None and person.name_other is None:
        contact.name_other = contact.name
    contact.name, contact.name_key = person.name, fold(person.name)
    for name in ("title", "name_other", "phone", "mail"):
        said = getattr(person, name)
        if said:
            setattr(contact, name, said)
    contact.visit_id, contact.known_at = visit.id, visit.left_at or desk.now
    contact.struck_at = None
    session.add(contact)
    session.flush()
    put_terms(desk, contact)


def put_terms(desk: Desk, contact: Contact) -> None:
    """Have a search find a contact by the names that they have now."""
    session = desk.session
    session.exec(delete(ContactTerm).where(column_of(ContactTerm, "contact_id") == contact.id))
    terms = person_terms(contact.name)
    if contact.name_other:
        terms |= person_terms(contact.name_other)
    session.add_all(
        ContactTerm(contact_id=contact.id or 0, customer_id=contact.customer_id, term=term)
        for term in sorted(terms)
    )
    session.flush()


def _keep_facts(desk: Desk, visit: Visit, contact: Contact, guest: Guest) -> None:
    session = desk.session
    rows = session.exec(select(ContactFact).where(ContactFact.contact_id == contact.id))
    present = {row.key: row for row in rows}
    known_at = visit.left_at or desk.now
    for key in KEPT:
        value = getattr(guest, key)
        if not value:
            continue
        row = present.get(key)
        if row is None:
            row = ContactFact(
                contact_id=contact.id or 0,
                key=key,
                value=value,
                visit_id=visit.id or 0,
                known_at=known_at,
            )
        row.value, row.visit_id, row.known_at = value, visit.id or 0, known_at
        row.struck_at = None  # the visit says it anew
        session.add(row)
