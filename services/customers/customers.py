"""Customers by name: found, suggested, new if need be."""

from sqlmodel import Session, col, select

from models.base.visible import seen
from models.customers.names import fold, spellings
from models.records.customers import Customer
from services.reading.desk import Desk


def find_customer(session: Session, name: str) -> Customer | None:
    """The customer of that name, however it is spelled."""
    keys = spellings(name)
    found = session.exec(select(Customer).where(col(Customer.name_key).in_(keys))).all()
    return min(found, key=lambda customer: keys.index(customer.name_key), default=None)


def known_customers(session: Session, query: str, limit: int = 50) -> list[str]:
    """Names of known customers that contain the words typed so far, by name."""
    wanted = fold(query).replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    rows = session.exec(
        select(Customer.name)
        .where(col(Customer.name_key).like(f"%{wanted}%", escape="\\"))
        .order_by(col(Customer.name_key))
        .limit(limit)
    )
    return list(rows.all())


def customer_named(desk: Desk, name: str) -> Customer:
    """The customer of that name, new if need be. Two spellings of one name are one customer."""
    return find_customer(desk.session, name) or new_customer(desk, name)


def new_customer(desk: Desk, name: str) -> Customer:
    """A customer of a name that no customer has yet."""
    customer = Customer(name=seen(name), name_key=fold(name), created_at=desk.now)
    desk.session.add(customer)
    desk.session.flush()
    return customer
