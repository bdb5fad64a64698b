"""Customers by name: found, suggested, new if need be."""

from sqlmodel import Session, col, or_, select

from models.base.permissions import Verb, may
from models.base.visible import seen
from models.customers.names import fold, spellings
from models.records.customers import Customer
from services.reading.desk import Desk
from services.reading.finding import customers_seen
from services.reading.standing import standing


def find_customer(session: Session, name: str) -> Customer | None:
    """The customer of that name, however it is spelled."""
    keys = spellings(name)
    found = session.exec(select(Customer).where(col(Customer.name_key).in_(keys))).all()
    return min(found, key=lambda customer: keys.index(customer.name_key), default=None)


def known_customers(desk: Desk, query: str, limit: int = 50) -> list[str]:
    """Names with the words typed so far, by name, of the customers that the person may know of:
    whose visits they may see, or whose account owner they are."""
    wanted = col(Customer.name_key).contains(fold(query), autoescape=True)
    names = select(Customer.name).where(wanted).order_by(col(Customer.name_key))
    if not may(standing(desk), Verb.SEE):
        of_visits = col(Customer.id).in_(customers_seen(desk, query))
        names = names.where(or_(of_visits, Customer.account_owner_id == desk.person))
    return list(desk.session.exec(names.limit(limit)).all())


def knows(desk: Desk, name: str) -> bool:
    """Whether the person may know of a customer of exactly that name, however it is spelled."""
    keys = set(spellings(name))
    return any(fold(known) in keys for known in known_customers(desk, name))


def customer_named(desk: Desk, name: str) -> Customer:
    """The customer of that name, new if need be. Two spellings of one name are one customer."""
    return find_customer(desk.session, name) or new_customer(desk, name)


def new_customer(desk: Desk, name: str) -> Customer:
    """A customer of a name that no customer has yet."""
    customer = Customer(name=seen(name), name_key=fold(name), created_at=desk.now)
    desk.session.add(customer)
    desk.session.flush()
    return customer
