"""The request: a filled visit notice becomes a numbered visit, and approvers are asked."""

from dataclasses import dataclass, field, replace
from typing import Any
from zoneinfo import ZoneInfo

from sqlmodel import select

from models.base.errors import InvalidForm, Outdated
from models.base.visible import seen
from models.reading.facts import measure_notice
from models.reading.picture import VisitPicture
from models.records.cars import Trip
from models.records.request import NumberSeries
from models.records.visit import AFTER_TRIALS, TRIALS, Visit
from models.request.forms import VisitForm
from models.request.outlook import faults_of, reason_fault, settled
from models.request.read_form import ReadForm
from services.customers.customers import customer_named, find_customer
from services.customers.guests import add_guests
from services.reading.clashes import clashes
from services.reading.desk import Desk
from services.reading.looks import new_picture, picture, with_chains
from services.reading.versions import keep
from services.request import drafts
from services.request.asking_first import ask_first
from services.request.outlook import outlook_for
from services.saying import audit, outbox
from services.signoff.limits import check_open


@dataclass(frozen=True)
class Submitted:
    """`view` is the visit as it is now. `missing_roles` are approver roles that nobody holds;
    `is_repeat` that this very form had made its visit before."""

    visit: Visit
    view: VisitPicture
    missing_roles: list[str] = field(default_factory=list)
    is_repeat: bool = False


def submit_visit(
    desk: Desk, form: VisitForm, form_key: str, *, is_trial: bool = False
) -> Submitted:
    """Make a visit of the form and ask its first approvers (R1.1, R3.1).

    A form submitted twice makes one visit. A request inside the lead time is marked urgent, not
    refused (R1.5). A level left to the procedure is the proposed one; another one needs a reason
    (R2.1). A trial is the acting person's alone, and has a number of its own.

    Raises InvalidForm, TooManyRequests, and Outdated for the form of somebody else.
    """
    session = desk.session
    known = session.exec(select(Visit).where(Visit.form_key == form_key)).first()
    if known is not None and known.requester_id != desk.person:
        raise Outdated
    if known is not None:
        return Submitted(known, picture(session, known.id or 0, desk.site), is_repeat=True)
    policy = desk.site.policy
    customer = find_customer(session, form.customer) if seen(form.customer) else None
    outlook = outlook_for(desk, policy, form, customer)
    faults = faults_of(form, outlook, desk.now, policy) | reason_fault(form, outlook)
    if faults:
        raise InvalidForm(faults)
    if not is_trial:
        check_open(desk, policy)
    form = settled(form, outlook)
    customer = customer_named(desk, form.customer)
    if not form.account_owner:
        form = form.model_copy(update={"account_owner": customer.account_owner_id})
    visit = Visit(
        number=_trial_number(desk) if is_trial else _next_number(desk),
        trial_of=desk.person if is_trial else None,
        form_key=form_key,
        customer_id=customer.id or 0,
        timezone=desk.site.timezone,
        requester_id=desk.person,
        policy_name=policy.name,
        policy_digest=policy.digest,
        created_at=desk.now,
        **columns(form, outlook.read),
    )
    keep(desk, policy)
    session.add(visit)
    session.flush()
    guests = add_guests(session, visit, outlook.read.guests)
    trips = [
        Trip(visit_id=visit.id or 0, kind=kind, place=place, at=at, asked_at=desk.now)
        for kind, (at, place) in form.wanted_trips().items()
        if at is not None
    ]
    session.add_all(trips)
    session.flush()
    is_new = outlook.read.facts.new_customer
    view = new_picture(session, visit, customer, policy, guests, trips, is_new_customer=is_new)
    view = replace(view, clashes=clashes(session, [visit]).get(visit.id or 0, []))
    measure_notice(view, desk.now)
    drafts.drop_draft(desk, form_key)
    audit.note(desk, visit, "submit")
    missing = ask_first(desk, visit, view)
    view = _renewed(desk, view)
    outbox.begin(desk, view)
    return Submitted(visit, view, missing)


def _renewed(desk: Desk, view: VisitPicture) -> VisitPicture:
    """The visit after its approvers were asked; roles that are filled for it are read as well."""
    if view.policy.company.for_visits:
        return picture(desk.session, view.visit.id or 0, desk.site)
    return with_chains(desk.session, view)


def columns(form: VisitForm, read: ReadForm) -> dict[str, Any]:
    """The plain columns of a visit that its form gives, its level settled."""
    capital = read.capital
    return {
        "purpose": form.purpose,
        "level": form.level,
        "level_reason": _blank(form.level_reason),
        "exception_reason": _blank(form.exception_reason),
        "customer_kind": form.customer_kind or None,
        "capital": capital.amount if capital else None,
        "capital_currency": capital.currency if capital else None,
        "is_overseas": form.overseas,
        "is_important": form.important,
        "lead_guest": seen(form.lead_guest),
        "lead_guest_title": seen(form.lead_guest_title),
        "contact_phone": read.phone,
        "party_size": form.party_size,
        "arrival": form.arrival,
        "departure": form.departure,
        "host_id": form.host,
        "second_host_id": form.second_host or None,
        "meeting_at": form.meeting_time,
        "meeting_place": _blank(form.meeting_place),
        "account_owner_id": form.account_owner,
        "travel_by": form.travel_by,
        "travel_number": _blank(form.travel_number),
        "budget": form.budget,
        "notes": _blank(form.notes),
    }


def _next_number(desk: Desk) -> str:
    year = desk.now.astimezone(ZoneInfo(desk.site.timezone)).year
    query = select(NumberSeries).where(NumberSeries.year == year).with_for_update()
    series = desk.session.exec(query).first() or NumberSeries(year=year, last=0)
    series.last += 1
    desk.session.add(series)
    desk.session.flush()
    return f"V-{year}-{series.last:04d}"


def _trial_number(desk: Desk) -> str:
    """The next one of those that no year has."""
    query = select(Visit.number).where(Visit.number > TRIALS, Visit.number < AFTER_TRIALS)
    taken = [int(number.removeprefix(TRIALS)) for number in desk.session.exec(query)]
    return f"{TRIALS}{max(taken, default=0) + 1:04d}"


def _blank(value: str | None) -> str | None:
    return (value or "").strip() or None
