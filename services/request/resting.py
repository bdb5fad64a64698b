"""A visit whose date is left open, and a request that lapses undecided at its arrival (R3.1)."""

from sqlmodel import select

from models.base.errors import Outdated, VisitOver
from models.base.permissions import Ability
from models.base.words import Matter, TripState, VisitStatus
from models.records.cars import Trip
from models.records.visit import Visit
from models.reminders.due import is_undecided
from services.cars.trips import release_driver
from services.keeping.chain import void_chain, void_decisions
from services.reading.desk import Desk
from services.reading.looks import picture
from services.request.telling import checked_reason
from services.saying import audit, outbox
from services.store.hold import hold

_TO_POSTPONE = {VisitStatus.REQUESTED, VisitStatus.CHANGES_ASKED, VisitStatus.APPROVED}


def postpone_visit(desk: Desk, visit_id: int, reason: str) -> Visit:
    """Leave the date open: reminders rest, drivers are free, everybody who was told is told.

    Nothing is lost; new dates bring it back and ask the leaders again. Raises InvalidForm without a
    reason, VisitOver where there is nothing to postpone, Outdated once the guests have left.
    """
    reason = checked_reason(reason)
    visit = hold(desk.session, visit_id)
    if visit.status not in _TO_POSTPONE:
        raise VisitOver(visit.status)
    if visit.left_at is not None:
        raise Outdated
    told = outbox.told(desk, visit_id)
    visit.status = VisitStatus.POSTPONED
    visit.revision += 1
    desk.session.add(visit)
    void_chain(desk, Matter.REQUEST, visit_id)
    for trip in desk.session.exec(select(Trip).where(Trip.visit_id == visit_id)).all():
        if trip.driver_id is not None and trip.state != TripState.DONE:
            release_driver(desk, visit, trip)
            trip.state, trip.driver_id, trip.car = TripState.WANTED, None, None
            trip.assignment += 1
            desk.session.add(trip)
    audit.note(desk, visit, "postpone", reason=reason)
    for person in outbox.concerned(desk, visit, told):
        key = f"v{visit_id}:postponed:{visit.revision}:{person}"
        outbox.owe(desk, "postponed", person, key, visit_id, by=desk.person, reason=reason)
    outbox.changed(desk, visit)
    return visit


def lapse_visit(desk: Desk, visit_id: int) -> None:
    """The arrival has come and nobody has decided: the request lapses. Front desk and coordinator
    hear that it is not approved, requester, host and invited leaders too. Does nothing where it was
    decided or moved meanwhile."""
    visit = hold(desk.session, visit_id)
    view = picture(desk.session, visit_id, desk.site)
    if not is_undecided(view) or desk.now < visit.arrival:
        return
    people = [
        *view.able(Ability.FRONTS)[:1],
        *view.able(Ability.PREPARES)[:1],
        visit.requester_id,
        visit.host_id,
        *outbox.told_by(desk, visit_id, "invitation"),
    ]
    visit.status = VisitStatus.LAPSED
    desk.session.add(visit)
    void_decisions(desk, visit)
    audit.note(desk, visit, "lapse")
    for person in dict.fromkeys(people):
        key = f"v{visit_id}:lapsed:{int(visit.arrival.timestamp())}:{person}"
        outbox.owe(desk, "lapsed", person, key, visit_id)
    outbox.changed(desk, visit)
