"""Changing a visit: edit, reschedule, cancel; its reminders move along (R3.2, R7.7)."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlmodel import col, select, update

from models.base.errors import InvalidForm, Outdated, VisitOver
from models.base.words import (
    RESTING,
    StepState,
    TripKind,
    VisitStatus,
)
from models.cars.drives import first_of
from models.customers.guests import written_guest
from models.reading.edits import COLUMNS
from models.reading.facts import is_on_another_day, measure_notice
from models.reading.picture import VisitPicture
from models.records.cars import Trip
from models.records.customers import Customer
from models.records.visit import Visit
from models.request.forms import VisitDetails, VisitForm, is_beyond_input
from models.request.outlook import (
    Outlook,
    faults_of,
    look_out,
    overspend_fault,
    reason_fault,
    settled,
    told_fault,
)
from services.cars.trips import BEFORE_START, move, release_driver
from services.customers.customers import customer_named
from services.customers.guests import Seat, replace_guests, seat_guests
from services.escorts.invitations import ask_again
from services.keeping import calendar
from services.keeping.chain import void_decisions
from services.people.told import Why, tell_again
from services.preparation.checklist import prepare, reopen_rechecked, settle_cars
from services.reading.desk import Desk
from services.reading.looks import get_visit, picture
from services.request.asking_anew import Asked, ask_anew, edited_of
from services.request.asking_first import follow_notice
from services.request.outlook import outlook_of
from services.request.requests import columns
from services.request.stored import as_stored, form_of
from services.request.telling import checked_reason, tell_changed
from services.saying import audit, outbox
from services.signoff import exceptions
from services.signoff.approval import follow_facts
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


def change_visit(
    desk: Desk, visit_id: int, revision: int, form: VisitForm, *, knows_caps: bool = True
) -> Changed:
    """Take over an edited form. Raises InvalidForm, Outdated (somebody else was faster), VisitOver.

    After asked-for changes all approvers are asked again; after any other edit those whose decision
    hung on what has changed: the calendar day, the level, a higher budget, a new exception, another
    leader; and whoever is called for now and was not before (R3.2, C04). Before anybody has
    decided, whoever is asked has it in the same card. Whoever was told the old time is told the
    new one. Facts that the visit's policy does not ask for stay. `knows_caps`: the person was told
    that the budget is above what the level allows; else a budget above it is refused once, so that
    they can ask for the exception before they send it (R2.2).
    """
    return _change(desk, visit_id, revision, form, needs_reason=True, knows_caps=knows_caps)


def add_details(
    desk: Desk, visit_id: int, revision: int, details: VisitDetails, *, knows_caps: bool = True
) -> Changed:
    """Take over the details of a visit, all else stays. See `change_visit`, also for what it
    raises. A level that was chosen stays chosen, whatever the details would have had proposed: the
    approvers see both (R2.1)."""
    hold(desk.session, visit_id)
    form = form_of(picture(desk.session, visit_id, desk.site)).with_details(details)
    return _change(desk, visit_id, revision, form, knows_caps=knows_caps, verb="add_details")


def change_party(desk: Desk, visit_id: int, seats: Sequence[Seat]) -> Changed:
    """Take over another guest list, with what hangs on it: the level as the procedure proposes it,
    and the party size where more guests are named than it says. See `change_visit`, also for what
    it raises."""
    visit = hold(desk.session, visit_id)
    form = form_of(picture(desk.session, visit_id, desk.site))
    lines = [written_guest(seat.line) for seat in seats]
    size = max(form.party_size or 0, len(lines))
    form = form.model_copy(update={"guests": "\n".join(lines) or None, "party_size": size})
    revision = visit.revision
    return _change(desk, visit_id, revision, form, verb="add_details", seats=seats)


def _change(
    desk: Desk,
    visit_id: int,
    revision: int,
    form: VisitForm,
    *,
    needs_reason: bool = False,
    knows_caps: bool = True,
    verb: str = "edit",
    seats: Sequence[Seat] | None = None,
) -> Changed:
    session = desk.session
    visit = hold(session, visit_id)
    if visit.status not in CHANGEABLE:
        raise VisitOver(visit.status)
    view = picture(session, visit_id, desk.site)
    before = as_stored(view)
    policy = view.policy
    form = _with_unasked(view, before, form)
    outlook = outlook_of(desk, policy, form, visit)
    kept = None if visit.status in RESTING else before
    faults = faults_of(form, outlook, desk.now, policy, kept)
    if needs_reason and _is_newly_overruled(view, before, outlook):
        faults |= reason_fault(form, outlook)
    faults |= told_fault(form, outlook)
    if not knows_caps:
        faults |= overspend_fault(form, outlook)
    if faults:
        raise InvalidForm(faults)
    told_reason, form = form.told_reason, settled(form, outlook)
    before_edit = Asked.of(view)
    fields = [name for name in VisitForm.model_fields if _differs(before, form, name)]
    was = view.status
    if not fields and was not in _ANEW:
        return Changed(visit, is_same=True)
    _take_revision(desk, visit, revision)
    old_times = (visit.arrival, visit.departure)
    told = outbox.told(desk, visit_id)
    rebooked = _take_over(desk, visit, before, form, outlook, seats)
    is_decided = bool(approved_steps(desk, visit))
    is_new = was == VisitStatus.REQUESTED and visit.approved_at is None and not is_decided
    shown = before.model_dump(mode="json", include=set(fields) & COLUMNS.keys())
    _record(desk, visit, _ANEW.get(was, verb), fields, shown, is_new=is_new)
    if outlook.is_told_otherwise:
        tell_again(desk, visit, Why(told_reason))
    moved = old_times != (visit.arrival, visit.departure)
    if moved:
        reopen_rechecked(desk, visit)
        ask_again(desk, visit)
    missing: list[str] = []
    if visit.approved_at is not None:
        missing += prepare(desk, visit)
        settle_cars(desk, visit)
    if is_new:
        again, unheld = False, follow_facts(desk, visit)
    else:
        edited = edited_of(view, before, form)
        again, unheld = ask_anew(desk, visit, before_edit, edited, whole=was in _ANEW)
    missing += follow_notice(desk, visit)
    missing += unheld + exceptions.review(desk, visit)
    outbox.changed(desk, visit)
    tell_changed(desk, visit, told, rebooked, old_times if moved else None, fields, before.host)
    return Changed(visit, fields, again, list(dict.fromkeys(missing)))


def _take_over(
    desk: Desk,
    visit: Visit,
    before: VisitForm,
    form: VisitForm,
    outlook: Outlook,
    seats: Sequence[Seat] | None,
) -> set[str]:
    """Write the form into the visit, its guests and trips. Returns drivers who get a new card."""
    for name, value in columns(form, outlook.read).items():
        setattr(visit, name, value)
    _take_over_customer(desk, visit, form)
    desk.session.add(visit)
    if seats is not None:
        seat_guests(desk.session, visit, seats)
    elif _differs(before, form, "guests"):
        replace_guests(desk.session, visit, outlook.read.guests)
    rebooked = _move_trips(desk, visit, before, form)
    desk.session.flush()
    if is_on_another_day(visit):  # by no other edit does a request become late (R1.5)
        measure_notice(picture(desk.session, visit.id or 0, desk.site), desk.now)
    return rebooked


def _take_over_customer(desk: Desk, visit: Visit, form: VisitForm) -> None:
    """Another customer brings its own account owner, where the one before it had brought its."""
    before, after = (
        desk.session.get_one(Customer, visit.customer_id),
        customer_named(desk, form.customer),
    )
    visit.customer_id = after.id or 0
    if after.id != before.id and visit.account_owner_id == before.account_owner_id:
        visit.account_owner_id = after.account_owner_id


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
    before = as_stored(picture(desk.session, visit_id, desk.site))
    if arrival and before.arrival and pickup_time and pickup_time == before.pickup_time:
        pickup_time = pickup_time + (arrival - before.arrival)
    if departure and before.departure and dropoff_time and dropoff_time == before.dropoff_time:
        dropoff_time = dropoff_time + (departure - before.departure)
    meeting = before.meeting_time
    if arrival and before.arrival and meeting:
        meeting = meeting + (arrival - before.arrival)
    back = before.dropoff_place or (None if pickup_time else before.pickup_place)
    form = before.model_copy(
        update={
            "arrival": arrival,
            "departure": departure,
            "meeting_time": meeting,
            "pickup_time": pickup_time,
            "pickup_place": before.pickup_place if pickup_time else None,
            "dropoff_time": dropoff_time,
            "dropoff_place": back if dropoff_time else None,
        }
    )
    return _change(desk, visit_id, revision, form)


def cancel_visit(desk: Desk, visit_id: int, reason: str) -> Visit:
    """Cancel a visit with a reason; reminders stop, everybody who was told of it is told.

    Raises InvalidForm without a reason, VisitOver where there is nothing to cancel.
    """
    reason = checked_reason(reason)
    visit = call_off_quietly(desk, visit_id, reason)
    outbox.call_off(desk, visit, reason)
    return visit


def call_off_quietly(desk: Desk, visit_id: int, reason: str) -> Visit:
    """Cancel a visit, and leave it to the caller who is told. Raises VisitOver."""
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
    calendar.renew(desk, visit)
    outbox.changed(desk, visit)
    return visit


def _with_unasked(view: VisitPicture, before: VisitForm, form: VisitForm) -> VisitForm:
    """The form with what it did not ask for, because the visit's policy does not, or because the
    guests are more than an input holds, as it was."""
    asked = view.policy.asked
    names = {"customer_kind", "capital", "overseas", "important"} - asked
    if not form.guests and is_beyond_input(before.guests):
        names.add("guests")
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


def _record(
    desk: Desk, visit: Visit, verb: str, fields: list[str], was: dict[str, Any], *, is_new: bool
) -> None:
    """Keep who changed what, and what it `was`; details of a request that is new are a part of it
    and no news."""
    if is_new and verb == "add_details":
        audit.record(desk, verb, visit.id, fields=fields)
    else:
        audit.note(desk, visit, verb, fields=fields, was=was)


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


def _move_trips(desk: Desk, visit: Visit, before: VisitForm, form: VisitForm) -> set[str]:
    """Bring trips in line with the form. Returns drivers who get a new card for a moved trip."""
    session = desk.session
    trips = session.exec(select(Trip).where(Trip.visit_id == visit.id)).all()
    asked: set[str] = set()
    shown: set[int | None] = set()
    for kind, (at, place) in form.wanted_trips().items():
        trip = first_of(trips, kind)
        if trip is not None:
            shown.add(trip.id)
        if at is None:
            if trip is not None:
                release_driver(desk, visit, trip)
                session.delete(trip)
        elif trip is None:
            new = Trip(visit_id=visit.id or 0, kind=kind, place=place, at=at, asked_at=desk.now)
            session.add(new)
        elif (trip.at, trip.place) != (at, place):
            asked |= move(desk, visit, trip, at, place)
    others = [trip for trip in trips if trip.id not in shown and trip.state in BEFORE_START]
    asked |= _move_along(desk, visit, before, others)
    session.flush()
    return asked


def _move_along(desk: Desk, visit: Visit, before: VisitForm, trips: list[Trip]) -> set[str]:
    """Move the drives of which the form says nothing along with the arrival, drop-offs with the
    departure. Returns drivers who get a new card."""
    asked: set[str] = set()
    for trip in trips:
        ends = trip.kind == TripKind.DROPOFF
        was, now = (before.departure, visit.departure) if ends else (before.arrival, visit.arrival)
        if was is not None and was != now:
            asked |= move(desk, visit, trip, trip.at + (now - was), trip.place)
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
