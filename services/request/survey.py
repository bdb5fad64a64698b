"""Filling a customer's file, and what follows from it for the visits that are open (P14, R1.4)."""

from collections.abc import Mapping

from sqlmodel import col, select

from models.keeping.entered import Entered
from models.policy.customer_fields import CustomerSection
from models.records.visit import Visit
from services.customers.access import customer_of
from services.customers.file import FilledFile, fill_file
from services.reading.concern import IS_OPEN
from services.reading.desk import Desk
from services.request.asking_first import follow_notice
from services.saying import outbox
from services.store.hold import hold


def fill_customer(
    desk: Desk,
    customer_id: int,
    section: CustomerSection,
    entered: Mapping[str, Entered],
    opened_with: Mapping[str, str],
) -> FilledFile:
    """Take over what was entered in a section of a customer's file (see `fill_file`). Cards that
    warn of the customer are brought up to date, and approvers asked that waited for it.

    Raises Overtaken with the fields that both have changed, InvalidForm, NotAllowed.
    """
    session = desk.session
    customer = customer_of(session, customer_id)
    query = select(Visit.id).where(Visit.customer_id == customer.id, IS_OPEN)
    numbers = list(session.exec(query.order_by(col(Visit.id))))
    for number in numbers:  # visits before customers, as every change takes them
        hold(session, number or 0)
    filled = fill_file(desk, customer_id, section, entered, opened_with)
    for number in numbers if filled.fields else ():
        visit = session.get_one(Visit, number)
        follow_notice(desk, visit)
        outbox.changed(desk, visit)
    return filled
