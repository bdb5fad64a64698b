"""Customers by name: found, suggested, new if need be."""

from sqlmodel import Session, col, or_, select

from models.base.errors import Outdated
from models.base.permissions import Verb, may
from models.base.visible import seen
from models.customers.names import fold, spellings
from models.customers.spelled import company_terms
from models.records.customers import Customer, CustomerTerm
from services.customers.access import customer_of
from services.reading.desk import Desk
from services.reading.finding import called, customers_seen
from services.reading.standing import standing


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
    wanted = select(Customer).where(called(query), col(Customer.merged_into_id).is_(None))
    wanted = wanted.order_by(col(Customer.name_key))
    if not may(standing(desk), Verb.SEE):
        of_visits = col(Customer.id).in_(customers_seen(desk, query))
        wanted = wanted.where(or_(of_visits, Customer.account_owner_id == desk.person))
    return list(desk.session.exec(wanted.limit(limit)).all())


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
