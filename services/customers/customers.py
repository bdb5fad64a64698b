"""Customers by name: found, suggested, new if need be."""

from sqlalchemy import ColumnElement
from sqlmodel import Session, col, func, or_, select

from models.base.errors import Outdated
from models.base.permissions import Verb, may
from models.base.visible import seen
from models.customers.names import fold, spellings
from models.customers.spelled import company_terms, looked_for
from models.records.customers import Customer, CustomerTerm
from services.customers.access import customer_of
from services.reading.desk import Desk
from services.reading.finding import called, customers_seen
from services.reading.standing import standing
from services.store.sql import among, begins, column_of


def find_customer(session: Session, name: str) -> Customer | None:
    """The customer of that name, however it is spelled; the one that it was merged into."""
    keys = spellings(name)
    found = session.exec(select(Customer).where(col(Customer.name_key).in_(keys))).all()
    nearest = min(found, key=lambda customer: keys.index(customer.name_key), default=None)
    return customer_of(session, nearest.id or 0) if nearest is not None else None


def held_customer(session: Session, customer_id: int) -> Customer:
    """The customer as it is now, kept from being merged until the commit; where it was merged, the
    one that it is. Raises Outdated."""
    while True:
        customer = session.get(Customer, customer_id, with_for_update=True, populate_existing=True)
        if customer is None:
            raise Outdated
        if customer.merged_into_id is None:
            return customer
        customer_id = customer.merged_into_id


def known_customers(desk: Desk, query: str, limit: int = 50) -> list[str]:
    """Names with the words typed so far, by name, of the customers that the person may know of:
    whose visits they may see, or whose account owner they are."""
    return [customer.name for customer in customers_called(desk, query, limit)]


def customers_called(desk: Desk, query: str, limit: int = 50) -> list[Customer]:
    """The customers with these words in their names that the person may know of, by name; they are
    found by pinyin and initials as well."""
    known: list[ColumnElement[bool]] = []
    if not may(standing(desk), Verb.SEE):
        of_visits = col(Customer.id).in_(customers_seen(desk, query))
        known = [or_(of_visits, col(Customer.account_owner_id) == desk.person)]
    found = _beginning(desk, query, known, limit)
    if len(found) < limit:  # else names are not gone through for what stands within a word
        # Not by the index of merged ones: nearly all customers are none.
        is_one = func.coalesce(Customer.merged_into_id, 0) == 0
        within = select(Customer).where(called(query), is_one, *known)
        found = list(desk.session.exec(within.order_by(col(Customer.name_key)).limit(limit)))
    return sorted(found, key=lambda customer: customer.name_key)


def _beginning(
    desk: Desk, query: str, known: list[ColumnElement[bool]], limit: int
) -> list[Customer]:
    """So many customers whose names, or a part of them, begin with the words; a spelling that was
    merged is found by nothing of its own."""
    typed = looked_for(query)
    if not typed:
        return []
    term = column_of(CustomerTerm, "term")
    numbers = select(CustomerTerm.customer_id).where(begins(term, typed))
    if known:
        numbers = numbers.where(
            col(CustomerTerm.customer_id).in_(select(Customer.id).where(*known))
        )
    # One that is found in several ways is there once.
    found = set(desk.session.exec(numbers.order_by(term).limit(limit * 3)))
    query_of = select(Customer).where(among(desk.session, column_of(Customer, "id"), found))
    return list(desk.session.exec(query_of.limit(limit)))


def knows(desk: Desk, name: str) -> bool:
    """Whether the person may know of a customer of exactly that name, however it is spelled."""
    keys = set(spellings(name))
    return any(fold(known) in keys for known in known_customers(desk, name))


def customer_named(desk: Desk, name: str) -> Customer:
    """The customer of that name, new if need be. Two spellings of one name are one customer."""
    found = find_customer(desk.session, name)
    return held_customer(desk.session, found.id or 0) if found else new_customer(desk, name)


def new_customer(desk: Desk, name: str) -> Customer:
    """A customer of a name that no customer has yet."""
    customer = Customer(name=seen(name), name_key=fold(name), created_at=desk.now)
    desk.session.add(customer)
    desk.session.flush()
    terms = company_terms(customer.name)
    desk.session.add_all(CustomerTerm(customer_id=customer.id or 0, term=term) for term in terms)
    return customer
