"""Changing a visit: edit, reschedule, cancel; its reminders move along (R3.2, R7.7)."""

from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal

from sqlmodel import col, select, update

from models.base.errors import InvalidForm, Outdated, VisitOver
from models.base.words import (
    RESTING,
    Role,
    StepState,
    TripKind,
    TripState,
    VisitStatus,
)
from models.customers.guests import GuestLine, written_guest
from models.policy.approvals import approvers_for
from models.reading.facts import capital_of, facts_of, is_on_another_day, measure_notice
from models.reading.picture import VisitPicture
from models.records.cars import Trip
from models.records.customers import Guest
from models.records.visit import Visit
from models.request.capital import written_capital
from models.request.forms import VisitForm
from models.request.outlook import (
    Outlook,
    faults_of,
    left_to_policy,
    look_out,
    reason_fault,
    settled,
)
from services.cars.trips import release_driver
from services.customers.customers import customer_named
from services.customers.guests import replace_guests
from services.escorts.invitations import ask_again
from services.keeping import calendar
from services.keeping.chain import void_decisions
from services.preparation.checklist import prepare, reopen_rechecked, settle_cars
from services.reading.desk import Desk
from services.reading.looks import get_visit, picture
from services.request.outlook import outlook_of
from services.request.requests import columns, wanted_trips
from services.request.telling import checked_reason, tell_changed
from services.saying import audit, outbox
from services.signoff import exceptions
from services.signoff.approval import ask_approvers
from services.signoff.attendance import follow_attendance
from services.signoff.new_round import approved_steps
from services.store.hold import hold

_ANEW = {
    VisitStatus.CHANGES_ASKED: "resubmit",
    VisitStatus.LAPSED: "reopen",
    VisitStatus.POSTPONED: "reopen",
}
"""A visit that stood so is asked anew by any change, which has a verb of its own."""
CHANGEABLE = {
    VisitStatus.REQUESTED,
    VisitStatus.CHANGES_ASKED,
    VisitStatus.APPROVED,
    *RESTING,
}


@dataclass(frozen=True)
class Changed:
    """The changed visit; `asked_again` says that approvers are asked anew (R3.2), `is_same` that
    what was entered is what stood there, so that nothing was changed."""

    visit: Visit
    fields: list[str] = field(default_factory=list)
    asked_again: bool = False
    missing_roles: list[str] = field(default_factory=list)
    is_same: bool = False


def form_of(view: VisitPicture) -> VisitForm:
    """The visit's present facts as its form would hold them; a level as the procedure proposes is
    left to the procedure."""
    form = _as_stored(view)
    new = view.is_new_customer
    return left_to_policy(
        form, look_out(view.policy, form, view.visit.timezone, is_new_customer=new)
    )


def _as_stored(view: VisitPicture) -> VisitForm:
    visit = view.visit
    capital = capital_of(visit)
    trips = {trip.kind: trip for trip in view.trips}
    pickup, dropoff = trips.get(TripKind.PICKUP), trips.get(TripKind.DROPOFF)
    place = (pickup and pickup.place) or (dropoff and dropoff.place) or None
    return VisitForm(
        customer=view.customer.name,
        purpose=visit.purpose,
        lead_guest=visit.lead_guest,
        lead_guest_title=visit.lead_guest_title,
        party_size=visit.party_size,
        arrival=visit.arrival,
        departure=visit.departure,
        host=visit.host_id,
        level=visit.level,
        level_reason=visit.level_reason,
        customer_kind=visit.customer_kind,
        capital=written_capital(capital) if capital else None,
        overseas=visit.is_overseas,
        important=visit.is_important,
        exception_reason=visit.exception_reason,
        travel_by=visit.travel_by,
        travel_number=visit.travel_number,
        pickup_place=place,
        pickup_time=pickup.at if pickup else None,
        dropoff_time=dropoff.at if dropoff else None,
        meeting_time=visit.meeting_at,
        meeting_place=visit.meeting_place,
        second_host=visit.second_host_id,
        account_owner=visit.account_owner_id,
        budget=visit.budget,
        guests="\n".join(guest_line(guest) for guest in view.guests) or None,
        notes=visit.notes,
    )


def guest_line(guest: Guest) -> str:
    """A guest as a line of the form, which is read as that guest again."""
    return written_guest(GuestLine(guest.name, guest.title, guest.diet))


def change_visit(desk: Desk, visit_id: int, revision: int, form: VisitForm) -> Changed:
    """Take over an edited form. Raises InvalidForm, Outdated (somebody else was faster), VisitOver.

    After asked-for changes, where dates, level or a higher budget were approved already, and where
    the change calls for another approver or exception, the approvers are asked again (R3.2).
    Whoever was told the old time is told the new one. Facts that the visit's policy does not ask
    for stay.
    """
    return _change(desk, visit_id, revision, form, needs_reason=True)


def _change(
    desk: Desk, visit_id: int, revision: int, form: VisitForm, *, needs_reason: bool
) -> Changed:
    session = desk.session
    visit = hold(session, visit_id)
    if visit.status not in CHANGEABLE:
        raise VisitOver(visit.status)
    view = picture(session, visit_id, desk.site)
    before = _as_stored(view)
    policy = view.policy
    form = _with_unasked(view, before, form)
    outlook = outlook_of(desk, policy, form, visit)
    known_arrival = None if visit.status in RESTING else visit.arrival
    faults = faults_of(form, outlook, desk.now, policy, known_arrival)
    if needs_reason and _is_newly_overruled(view, before, outlook):
        faults |= reason_fault(form, outlook)
    if faults:
        raise InvalidForm(faults)
    form = settled(form, outlook)
    chain, known = _roles(view), facts_of(view)
    fields = [name for name in VisitForm.model_fields if _differs(before, form, name)]
    was = view.status
    if not fields and was not in _ANEW:
        return Changed(visit, is_same=True)
    _take_revision(desk, visit, revision)
    old_times = (visit.arrival, visit.departure)
    told = outbox.told(desk, visit_id)
    rebooked = _take_over(desk, visit, before, form, outlook)
    audit.note(desk, visit, _ANEW.get(was, "edit"), fields=fields)
    moved = old_times != (visit.arrival, visit.departure)
    if moved:
        reopen_rechecked(desk, visit)
        ask_again(desk, visit)
    missing: list[str] = []
    if visit.approved_at is not None:
        missing += prepare(desk, visit)
        settle_cars(desk, visit)
    is_decided = bool(approved_steps(desk, visit))
    whole = was in _ANEW or _concerns_approvers(before, form, fields, is_decided=is_decided)
    if not whole:
        session.flush()
        now_known = facts_of(picture(session, visit_id, desk.site))
        whole = not now_known.exceptions <= known.exceptions
    again, unheld = _ask_anew(desk, visit, chain, known.attending, whole=whole)
    missing += unheld + exceptions.review(desk, visit)
    outbox.changed(desk, visit)
    tell_changed(desk, visit, told, rebooked, old_times if moved else None, fields, before.host)
    return Changed(visit, fields, again, list(dict.fromkeys(missing)))


def _take_over(
    desk: Desk, visit: Visit, before: VisitForm, form: VisitForm, outlook: Outlook
) -> set[str]:
    """Write the form into the visit, its guests and trips. Returns drivers who get a new card."""
    for name, value in columns(form, outlook.read.capital).items():
        setattr(visit, name, value)
    visit.customer_id = customer_named(desk, form.customer).id or 0
    desk.session.add(visit)
    if _differs(before, form, "guests"):
        replace_guests(desk.session, visit, outlook.read.guests)
    rebooked = _move_trips(desk, visit, form)
    desk.session.flush()
    if is_on_another_day(visit):  # by no other edit does a request become late (R1.5)
        measure_notice(picture(desk.session, visit.id or 0, desk.site), desk.now)
    return rebooked


def reschedule_visit(
    desk: Desk,
    visit_id: int,
    revision: int,
    arrival: datetime | None,
    departure: datetime | None,
    pickup_time: datetime | None,
    dropoff_time: datetime | None,
) -> Changed:
    """Move a visit. Pickup and drop-off left as they were move along with arrival and departure,
    and the meeting with the arrival.

    Raises what `change_visit` raises.
    """
    hold(desk.session, visit_id)
    before = _as_stored(picture(desk.session, visit_id, desk.site))
    if arrival and before.arrival and pickup_time and pickup_time == before.pickup_time:
        pickup_time = pickup_time + (arrival - before.arrival)
    if departure and before.departure and dropoff_time and dropoff_time == before.dropoff_time:
        dropoff_time = dropoff_time + (departure - before.departure)
    meeting = before.meeting_time
    if arrival and before.arrival and meeting:
        meeting = meeting + (arrival - before.arrival)
    form = before.model_copy(
        update={
            "arrival": arrival,
            "departure": departure,
            "meeting_time": meeting,
            "pickup_time": pickup_time,
            "pickup_place": before.pickup_place if pickup_time or dropoff_time else None,
            "dropoff_time": dropoff_time,
        }
    )
    return _change(desk, visit_id, revision, form, needs_reason=False)


def cancel_visit(desk: Desk, visit_id: int, reason: str) -> Visit:
    """Cancel a visit with a reason; reminders stop, everybody who was told of it is told.

    Raises InvalidForm without a reason, VisitOver where there is nothing to cancel.
    """
    reason = checked_reason(reason)
    session = desk.session
    won = session.exec(
        update(Visit)
        .where(col(Visit.id) == visit_id, col(Visit.status).in_([str(s) for s in CHANGEABLE]))
        .values(
            status=str(VisitStatus.CANCELLED),
            cancelled_at=desk.now,
            cancel_reason=reason,
            revision=Visit.revision + 1,
        )
    )
    session.expire_all()
    visit = get_visit(session, visit_id)
    if won.rowcount == 0:
        raise VisitOver(visit.status)
    void_decisions(desk, visit)
    audit.note(desk, visit, "cancel", reason=reason)
    outbox.call_off(desk, visit, reason)
    calendar.renew(desk, visit)
    outbox.changed(desk, visit)
    return visit


def _with_unasked(view: VisitPicture, before: VisitForm, form: VisitForm) -> VisitForm:
    """The form with what it did not ask for, because the visit's policy does not, as it was."""
    asked = view.policy.asked
    names = {"customer_kind", "capital", "overseas", "important"} - asked
    return form.model_copy(update={name: getattr(before, name) for name in names})


def _is_newly_overruled(view: VisitPicture, before: VisitForm, outlook: Outlook) -> bool:
    """Whether level and proposal are other ones than before; an old difference stands as it is,
    with its reason if it had one."""
    if before.level_reason:
        return True
    zone, new = view.visit.timezone, view.is_new_customer
    old = look_out(view.policy, before, zone, is_new_customer=new)
    then = (old.level.key, old.proposal.level.key)
    return then != (outlook.level.key, outlook.proposal.level.key)


def _roles(view: VisitPicture) -> set[Role]:
    """Whom the policy asks for such a visit."""
    return {approver.role for approver in approvers_for(view.policy, facts_of(view))}


def _ask_anew(
    desk: Desk, visit: Visit, chain: set[Role], attending: str | None, *, whole: bool
) -> tuple[bool, list[str]]:
    """Ask the `whole` chain, or those whom another attendance or another `chain` than before
    calls for. Returns whether anybody is asked, and the roles that nobody holds."""
    if visit.awaits_rating:
        return False, []  # the approvers are asked once it is rated
    if not whole:
        followed = follow_attendance(desk, visit, attending)
        if followed is not None:
            return followed.to is not None, followed.missing_roles
        desk.session.flush()
        whole = not _roles(picture(desk.session, visit.id or 0, desk.site)) <= chain
    if not whole:
        return False, []
    visit.approval_round += 1
    return True, ask_approvers(desk, visit)


def _take_revision(desk: Desk, visit: Visit, revision: int) -> None:
    won = desk.session.exec(
        update(Visit)
        .where(col(Visit.id) == visit.id, col(Visit.revision) == revision)
        .values(revision=revision + 1)
    )
    if won.rowcount == 0:
        raise Outdated
    desk.session.refresh(visit)


def _differs(before: VisitForm, after: VisitForm, name: str) -> bool:
    old, new = getattr(before, name), getattr(after, name)
    if isinstance(old, str) or isinstance(new, str):
        return (old or "").strip() != (new or "").strip()
    return bool(old != new)


def _concerns_approvers(
    before: VisitForm, form: VisitForm, fields: list[str], *, is_decided: bool
) -> bool:
    """Whether what was approved, be it by leaders from whom the decision has moved on since, has
    changed (R3.2): dates, level, budget up."""
    budget_up = (form.budget or Decimal(0)) > (before.budget or Decimal(0))
    material = bool({"arrival", "departure", "level"} & set(fields)) or budget_up
    return (material and is_decided) or "level" in fields


def _move_trips(desk: Desk, visit: Visit, form: VisitForm) -> set[str]:
    """Bring trips in line with the form. Returns drivers who get a new card for a moved trip."""
    session = desk.session
    trips = session.exec(select(Trip).where(Trip.visit_id == visit.id)).all()
    present = {TripKind(trip.kind): trip for trip in trips}
    asked: set[str] = set()
    for kind, (at, place) in wanted_trips(form).items():
        trip = present.get(kind)
        if at is None:
            if trip is not None:
                release_driver(desk, visit, trip)
                session.delete(trip)
        elif trip is None:
            session.add(Trip(visit_id=visit.id or 0, kind=kind, place=place, at=at))
        elif (trip.at, trip.place) != (at, place):
            trip.at, trip.place = at, place
            if trip.driver_id is not None and trip.state in {
                TripState.ASSIGNED,
                TripState.ACCEPTED,
            }:
                trip.state = TripState.ASSIGNED
                trip.assignment += 1
                asked.add(trip.driver_id)
            session.add(trip)
    session.flush()
    return asked


def changeable(desk: Desk, visit_id: int) -> VisitPicture:
    """A visit that may still be edited, moved or cancelled."""
    view = picture(desk.session, visit_id, desk.site)
    if view.status not in CHANGEABLE:
        raise VisitOver(view.visit.status)
    return view


def changes_asked(desk: Desk, visit_id: int) -> tuple[VisitPicture, str | None]:
    """A visit whose approver asked for changes, and what they wrote."""
    view = changeable(desk, visit_id)
    steps = [step for step in view.approvals if step.state == StepState.CHANGES_ASKED]
    if view.status != VisitStatus.CHANGES_ASKED:
        raise Outdated
    return view, steps[-1].comment if steps else None
