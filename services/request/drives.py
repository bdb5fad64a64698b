"""The cars that a visit wants, asked for one by one: the car request (P14, R6.1)."""

from typing import Any

from sqlmodel import Session

from models.base.errors import Fault, InvalidForm, Outdated, VisitOver
from models.base.words import TripKind, VisitStatus
from models.cars.asked import AskedDrive, DriveWishes
from models.cars.drives import first_of
from models.reading.picture import VisitPicture
from models.records.cars import Trip
from models.records.visit import Visit
from services.cars.trips import BEFORE_START, move, release_driver
from services.preparation.checklist import prepare, settle_cars
from services.reading.desk import Desk
from services.reading.looks import picture
from services.request.stored import as_stored
from services.saying import audit, outbox
from services.store.hold import hold, hold_by

_TAKES_PLACE = {VisitStatus.REQUESTED, VisitStatus.CHANGES_ASKED, VisitStatus.APPROVED}
_OF_FORM = {
    TripKind.PICKUP: {"pickup_place": "drive_from", "pickup_time": "drive_at"},
    TripKind.DROPOFF: {"dropoff_place": "drive_to", "dropoff_time": "drive_at"},
}
"""What the visit's form says of its own pickup and drop-off."""


def with_drives(desk: Desk, visit_id: int) -> VisitPicture:
    """A visit whose cars may still be asked for. Raises VisitOver."""
    view = picture(desk.session, visit_id, desk.site)
    if view.status not in _TAKES_PLACE:
        raise VisitOver(view.visit.status)
    return view


def drive_of(desk: Desk, trip_id: int) -> tuple[VisitPicture, Trip]:
    """A drive that may still be changed. Raises Outdated where it is gone, or its car has come."""
    trip = desk.session.get(Trip, trip_id)
    if trip is None:
        raise Outdated
    view = with_drives(desk, trip.visit_id)
    found = view.trip(trip_id)
    if found is None or found.state not in BEFORE_START:
        raise Outdated
    return view, found


def ask_drive(desk: Desk, visit_id: int, asked: AskedDrive) -> Trip:
    """Ask for one more drive; what is asked for twice, word for word, is one.

    Raises InvalidForm, VisitOver.
    """
    visit = hold(desk.session, visit_id)
    view = with_drives(desk, visit_id)
    _check(desk, view, asked, None)
    same = (trip for trip in view.trips if _says(trip) == _said(asked))
    found = next(same, None)
    if found is not None:
        return found
    trip = Trip(visit_id=visit_id, asked_at=desk.now, **_columns(asked))
    desk.session.add(trip)
    _follow(desk, visit, view, trip, "add_drive")
    return trip


def change_drive(desk: Desk, trip_id: int, asked: AskedDrive, was: str) -> Trip:
    """Change a drive; its driver is asked anew where time or way are other ones. `was` is the mark
    (`mark_of`) of what the form showed. Raises InvalidForm, VisitOver, Outdated where somebody else
    was faster or the car has come."""
    hold_by(desk.session, Trip, trip_id)
    view, trip = drive_of(desk, trip_id)
    if mark_of(trip) != was:
        raise Outdated
    _check(desk, view, asked, trip)
    if _says(trip) == _said(asked):
        return trip
    if trip.kind != asked.drive_kind:
        raise InvalidForm({"drive_kind": Fault("drive_kind_fixed")})
    columns = _columns(asked)
    way = (trip.at, trip.place, trip.other_end, trip.days)
    if way != tuple(columns[name] for name in ("at", "place", "other_end", "days")):
        move(desk, view.visit, trip, columns["at"], columns["place"])
    for name, value in columns.items():
        setattr(trip, name, value)
    desk.session.add(trip)
    _follow(desk, view.visit, view, trip, "change_drive")
    return trip


def wish(desk: Desk, trip_id: int, wishes: DriveWishes) -> Trip:
    """What else the car request says of a drive. Raises InvalidForm, VisitOver, Outdated."""
    hold_by(desk.session, Trip, trip_id)
    view, trip = drive_of(desk, trip_id)
    faults = wishes.faults()
    if faults:
        raise InvalidForm(faults)
    for column, name in WISHES.items():
        value = getattr(wishes, name)
        setattr(trip, column, (value.strip() or None) if isinstance(value, str) else value)
    desk.session.add(trip)
    desk.session.flush()
    audit.record(desk, "wish_drive", trip.visit_id, trip=trip.id, kind=trip.kind)
    outbox.changed(desk, view.visit)
    return trip


def drop_drive(desk: Desk, trip_id: int) -> Visit:
    """A drive is wanted no longer; its driver is told. Raises VisitOver, Outdated."""
    hold_by(desk.session, Trip, trip_id)
    view, trip = drive_of(desk, trip_id)
    release_driver(desk, view.visit, trip)
    desk.session.delete(trip)
    _follow(desk, view.visit, view, trip, "drop_drive")
    return view.visit


WISHES = {
    "name_sign": "drive_sign",
    "flowers": "drive_flowers",
    "banner": "drive_banner",
    "special_vehicle": "drive_vehicle",
    "luggage": "drive_luggage",
    "escorts": "drive_escorts",
    "department": "drive_department",
    "note": "drive_note",
}
"""The columns of what else is wished, by the fields of the form."""


def mark_of(trip: Trip) -> str:
    """A mark by which another state of a drive is noticed."""
    return "|".join(str(each) for each in _says(trip))


def _follow(desk: Desk, visit: Visit, before: VisitPicture, trip: Trip, verb: str) -> None:
    """What follows from other drives: the checklist, the messages; an open form of the visit that
    shows its pickup or drop-off as it was is noticed."""
    session: Session = desk.session
    session.flush()
    audit.note(desk, visit, verb, trip=trip.id, kind=trip.kind)
    if visit.approved_at is not None:
        prepare(desk, visit)
        settle_cars(desk, visit)
    old, new = (as_stored(view) for view in (before, picture(session, visit.id or 0, desk.site)))
    if old != new:
        visit.revision += 1
        session.add(visit)
    outbox.changed(desk, visit)


def _check(desk: Desk, view: VisitPicture, asked: AskedDrive, kept: Trip | None) -> None:
    """Raise InvalidForm for what cannot stand: of the visit's own pickup and drop-off also what its
    form would refuse."""
    faults = asked.faults(desk.now, view.visit, kept)
    if not faults and asked.drive_kind in _OF_FORM:
        kind = TripKind(asked.drive_kind)
        first = first_of(view.trips, kind)
        if first is None or (kept is not None and first.id == kept.id):
            before = as_stored(view)
            time, place = f"{kind}_time", f"{kind}_place"
            form = before.model_copy(update={time: asked.drive_at, place: asked.place})
            names = _OF_FORM[kind]
            found = form.car_faults(desk.now, before)
            faults = {names[name]: fault for name, fault in found.items() if name in names}
    if faults:
        raise InvalidForm(faults)


def _columns(asked: AskedDrive) -> dict[str, Any]:
    return {
        "kind": asked.drive_kind,
        "place": asked.place,
        "other_end": asked.other_end,
        "at": asked.drive_at,
        "days": asked.drive_days,
        "purpose": (asked.drive_purpose or "").strip() or None,
    }


def _said(asked: AskedDrive) -> tuple[object, ...]:
    return tuple(_columns(asked).values())


def _says(trip: Trip) -> tuple[object, ...]:
    return (trip.kind, trip.place, trip.other_end, trip.at, trip.days, trip.purpose)
