"""The file of a customer: read as far as a person may, and filled section by section, also by two
people at once (P09, P14)."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlmodel import col, func, select

from models.base.errors import CustomerNotFound
from models.base.permissions import Verb, may
from models.base.words import EntryKind, EntryState
from models.customers.file import CustomerFile, PastVisit
from models.keeping.entered import Entered, merge
from models.policy.customer_fields import PRIVATE, CustomerSection
from models.reading.picture import VisitPicture
from models.records.customers import Customer, CustomerFact
from models.records.entries import Entry
from models.records.visit import Visit
from services.customers.access import Access, access_to, check, customer_of
from services.customers.contacts import contacts_of
from services.customers.customers import customers_called, find_customer, held_customer
from services.keeping.facts import keep_facts
from services.reading.desk import Desk
from services.reading.looks import pictures
from services.reading.standing import Subject, standing
from services.saying import audit

SHOWN = 12
"""How many of the visits are shown, the latest ones."""
_OFFERED = 20


@dataclass(frozen=True)
class FilledFile:
    """The customer, and the fields that have another value now."""

    customer: Customer
    fields: list[str]


def meant(desk: Desk, words: str) -> int | list[Customer]:
    """The customer that a name, or a part of it, means; those that it may mean where it is not
    clear. Raises CustomerNotFound: what is not there and what is not theirs look alike."""
    found = customers_called(desk, words, _OFFERED)
    exact = find_customer(desk.session, words) if words else None
    if exact is not None and exact.id in {each.id for each in found}:
        return exact.id or 0
    if exact is not None and access_to(desk, exact).sees:  # merged: found by its old name
        return exact.id or 0
    if not found:
        raise CustomerNotFound(words)
    return found[0].id or 0 if len(found) == 1 else found


def read_file(desk: Desk, customer_id: int, verb: Verb = Verb.SEE) -> CustomerFile:
    """The file as far as the person may read it. Raises NotAllowed where they may not do the verb
    to it, and Outdated."""
    session = desk.session
    customer = customer_of(session, customer_id)
    access = check(desk, customer, verb)
    visit_ids, total = _visits(desk, customer, access)
    views = pictures(session, visit_ids, desk.site, visit_ids[:1])
    latest = views[visit_ids[0]] if visit_ids else None
    facts = session.exec(select(CustomerFact).where(CustomerFact.customer_id == customer.id))
    called = select(Customer.name).where(Customer.merged_into_id == customer.id)
    return CustomerFile(
        customer=customer,
        policy=latest.policy if latest is not None else desk.site.policy,
        verbs=access.verbs,
        facts={f.key: f for f in facts if access.reads_all or f.key not in PRIVATE},
        also_called=list(session.exec(called.order_by(col(Customer.name_key)))),
        visits=[_past(desk, views[number]) for number in visit_ids],
        more_visits=total - len(visit_ids),
        promises=_promises(desk, customer, access) if access.reads_all else [],
        contacts=contacts_of(desk, customer) if access.reads_all else [],
        latest=latest,
        read_at=desk.now,
    )


def fill_file(
    desk: Desk,
    customer_id: int,
    section: CustomerSection,
    entered: Mapping[str, Entered],
    opened_with: Mapping[str, str],
) -> FilledFile:
    """Take over what was entered in a section; what somebody else has changed since the form was
    opened with these marks stays. A form opened before the customer was merged saves to the one
    that it is.

    Raises Overtaken with the fields that both have changed, InvalidForm, NotAllowed.
    """
    customer = held_customer(desk.session, customer_id)
    file = read_file(desk, customer.id or 0, Verb.FILL_CUSTOMER)
    changed = merge(file.asked_in(section), entered, opened_with, file.known)
    if changed:
        number = customer.id or 0
        keep_facts(
            desk,
            file.facts.values(),
            changed,
            lambda **said: CustomerFact(customer_id=number, **said),
        )
        before = {key: file.known.get(key) for key in changed}
        audit.record(
            desk, "fill_customer", None, customer=number, fields=list(changed), before=before
        )
    return FilledFile(customer, list(changed))


def _visits(desk: Desk, customer: Customer, access: Access) -> tuple[list[int], int]:
    """The latest visits that the person may see, and how many they may see in all."""
    if access.visit_ids is not None:
        return access.visit_ids[:SHOWN], len(access.visit_ids)
    of_customer = select(Visit.id).where(Visit.customer_id == customer.id)
    total = desk.session.exec(select(func.count()).select_from(of_customer.subquery())).one()
    order = of_customer.order_by(col(Visit.arrival).desc(), col(Visit.id).desc())
    return [number or 0 for number in desk.session.exec(order.limit(SHOWN))], total


def _past(desk: Desk, view: VisitPicture) -> PastVisit:
    return PastVisit(view, may(standing(desk, Subject(view.visit)), Verb.READ_FEEDBACK))


def _promises(desk: Desk, customer: Customer, access: Access) -> list[tuple[Entry, str]]:
    """What was promised to the customer and is open, the oldest first."""
    query = (
        select(Entry, Visit.number)
        .join(Visit, col(Visit.id) == col(Entry.visit_id))
        .where(
            Visit.customer_id == customer.id,
            Entry.kind == EntryKind.PROMISE,
            Entry.state == EntryState.OPEN,
        )
        .order_by(col(Entry.id))
    )
    if access.visit_ids is not None:
        query = query.where(col(Entry.visit_id).in_(access.visit_ids))
    return list(desk.session.exec(query.limit(SHOWN)))
