"""The account owner of a customer: changed by an approval, the coordinator or an admin alone.

A visit keeps whom it named when it was asked for, so that no change here reaches into visits that
others run.
"""

from datetime import datetime

from sqlmodel import col, select

from models.base.errors import Fault, InvalidForm
from models.reading.picture import VisitPicture
from models.records.audit import AuditEntry
from models.records.customers import Customer
from models.records.visit import Visit
from models.reminders.taking_part import taking_part
from services.reading.desk import Desk
from services.reading.looks import get_visit
from services.saying import audit, outbox

_VERB = "change_owner"


def set_owner(desk: Desk, visit_id: int, owner: str) -> Customer:
    """Give the customer of a visit this account owner; the visit itself stays as it is. Raises
    InvalidForm without one."""
    if not owner:
        raise InvalidForm({"account_owner": Fault("required")})
    visit = get_visit(desk.session, visit_id)
    customer = desk.session.get_one(Customer, visit.customer_id, with_for_update=True)
    if customer.account_owner_id != owner:
        _change(desk, visit, customer, owner)
    return customer


def settle_proposed(desk: Desk, view: VisitPicture) -> None:
    """Make whom an approved request proposes the owner of a customer that has none. What leaders
    said by phone counts for it once they have confirmed it."""
    owner = view.proposed_owner
    if owner is None or any(step.is_unconfirmed for step in view.approvals):
        return
    customer = desk.session.get_one(Customer, view.customer.id, with_for_update=True)
    if customer.account_owner_id is None:
        has_part = owner in taking_part(view)  # they are told of their part in the visit
        _change(desk, view.visit, customer, owner, untold=owner if has_part else None)


def undo_settled(desk: Desk, visit: Visit, at: datetime) -> None:
    """The approval of that moment was taken back: the customer has no owner by it any more."""
    made = desk.session.exec(
        select(AuditEntry).where(
            AuditEntry.visit_id == visit.id, AuditEntry.verb == _VERB, col(AuditEntry.at) == at
        )
    ).first()
    customer = desk.session.get_one(Customer, visit.customer_id, with_for_update=True)
    if made is not None and customer.account_owner_id == made.detail["to"]:
        _change(desk, visit, customer, made.detail["before"])


def _change(
    desk: Desk, visit: Visit, customer: Customer, owner: str | None, untold: str | None = None
) -> None:
    before, customer.account_owner_id = customer.account_owner_id, owner
    desk.session.add(customer)
    audit.note(desk, visit, _VERB, customer=customer.id, before=before, to=owner)
    for person in dict.fromkeys([before, owner]):
        if person is not None and person not in {desk.actor_id, untold}:
            key = f"v{visit.id}:owner:{int(desk.now.timestamp())}:{before}:{owner}:{person}"
            args = {
                "to": owner,
                "by": desk.actor_id,
                "customer": customer.name,
                "number": visit.number,
            }
            outbox.owe(desk, "owner_changed", person, key, None, **args)
