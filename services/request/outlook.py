"""What the procedure makes of a form before it is sent, and what is known of its customer."""

from dataclasses import replace
from typing import Any

from sqlmodel import select

from models.base.permissions import SEES_BUDGET
from models.base.times import local
from models.base.words import TripKind
from models.cars.drives import first_of, in_time_from
from models.policy import Policy
from models.reading.facts import capital_of
from models.records.cars import Trip
from models.records.customers import Customer
from models.records.visit import Visit
from models.request.capital import written_capital
from models.request.forms import VisitForm
from models.request.outlook import Outlook, look_out
from services.customers.customers import find_customer
from services.people.told import told_items
from services.reading.desk import Desk
from services.reading.finding import latest_seen
from services.reading.looks import is_first_visit
from services.reading.standing import allowed


def outlook_of(desk: Desk, policy: Policy, form: VisitForm, visit: Visit | None = None) -> Outlook:
    """The level that the form proposes (R2.1); with a `visit`, of that one's changed form."""
    name = form.customer.strip()
    customer = find_customer(desk.session, name) if name else None
    return outlook_for(desk, policy, form, customer, visit)


def outlook_for(
    desk: Desk,
    policy: Policy,
    form: VisitForm,
    customer: Customer | None,
    visit: Visit | None = None,
) -> Outlook:
    """The same where the form's customer is found already; None: nobody knows them yet."""
    asked_at = visit.created_at if visit is not None else desk.now
    zone = visit.timezone if visit is not None else desk.site.timezone
    is_new = customer is None or is_first_visit(desk.session, customer.id or 0, asked_at)
    measured = desk.now if visit is None or _moves(visit, form) else visit.notice_from
    found = look_out(policy, form, zone, is_new_customer=is_new, asked=measured)
    found = replace(found, is_pickup_late=_is_pickup_late(desk, policy, form, visit, zone))
    if visit is None or not _names_others(visit, form):
        return found
    return replace(found, is_told_otherwise=bool(told_items(desk.session, policy, visit)))


def _is_pickup_late(
    desk: Desk, policy: Policy, form: VisitForm, visit: Visit | None, zone: str
) -> bool:
    """Whether the car of the form's pickup is asked for too late; one that stays on its day was
    asked for when it was asked for first."""
    at = form.wanted_trips()[TripKind.PICKUP][0]
    if at is None or policy.cars.ahead is None:
        return False
    asked = desk.now
    if visit is not None:
        trips = desk.session.exec(select(Trip).where(Trip.visit_id == visit.id)).all()
        own = first_of(trips, TripKind.PICKUP)
        if own is not None and local(own.at, zone).date() == local(at, zone).date():
            asked = own.asked_at or visit.created_at
    limit = in_time_from(policy, asked, zone)
    return limit is not None and at < limit


def _names_others(visit: Visit, form: VisitForm) -> bool:
    """Whether the form names another host or second host than the visit has."""
    return (form.host, form.second_host or None) != (visit.host_id, visit.second_host_id)


def _moves(visit: Visit, form: VisitForm) -> bool:
    """Whether the form has the guests arrive on another day, from which on it is measured anew."""
    zone = visit.timezone
    return form.arrival is not None and local(form.arrival, zone).date() != (
        local(visit.arrival, zone).date()
    )


def customer_facts(desk: Desk, name: str) -> dict[str, Any]:
    """What the latest visit of a known customer says of it, by the form's fields: the latest that
    the person may see, the capital where they see the budget of it."""
    customer = find_customer(desk.session, name) if name.strip() else None
    if customer is None:
        return {}
    latest = latest_seen(desk, customer.id or 0)
    if latest is None:
        return {}
    capital = capital_of(latest) if SEES_BUDGET & allowed(desk, latest) else None
    return {
        "customer_kind": latest.customer_kind,
        "capital": written_capital(capital) if capital else None,
        "overseas": latest.is_overseas,
    }
