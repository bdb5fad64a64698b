"""Before a form opens: whether its verb can still be done, and what the form is about.

Each raises what the verb itself would raise, so that nobody fills a form in vain. Changes nothing.
"""

from models.base.errors import AlreadyDecided, NotApprovedYet, Outdated, VisitOver
from models.base.words import OPEN_STATUSES, Phase, StepState, TaskState, VisitStatus
from models.cars.drivers import Driver
from models.reading.picture import VisitPicture
from models.records.signoff import ApprovalStep
from models.records.visit import Task, Trip
from services.cars.drivers import drivers_for
from services.cars.trips import BEFORE_START, TAKEN, open_trip
from services.preparation.checklist import open_task
from services.reading.desk import Desk
from services.reading.looks import picture
from services.request.changes import CHANGEABLE


def undecided(desk: Desk, step_id: int) -> tuple[VisitPicture, ApprovalStep]:
    """An approval step that waits for its decision."""
    step = desk.session.get(ApprovalStep, step_id)
    if step is None:
        raise Outdated
    view = picture(desk.session, step.visit_id, desk.site)
    if step.state != StepState.PENDING:
        if step.decided_by is not None and step.decided_at is not None:
            raise AlreadyDecided(step.decided_by, step.decided_at, step.state)
        if view.visit.status not in OPEN_STATUSES:
            raise VisitOver(view.visit.status)
        raise Outdated
    return view, step


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


def unfinished(desk: Desk, task_id: int) -> tuple[VisitPicture, Task]:
    """An item that is not done yet."""
    task, visit = open_task(desk, task_id)
    if task.state == TaskState.DONE and task.phase == Phase.FOLLOW_UP:
        raise AlreadyDecided(task.done_by or desk.person, task.done_at or desk.now, "done")
    return picture(desk.session, visit.id or 0, desk.site), task


def without_car(desk: Desk, trip_id: int) -> tuple[VisitPicture, Trip, list[Driver]]:
    """A trip whose driver and car may still be chosen, and the drivers there are."""
    trip, visit = open_trip(desk, trip_id)
    if trip.state not in BEFORE_START:
        raise Outdated
    drivers = drivers_for(desk.session, trip, visit)
    return picture(desk.session, visit.id or 0, desk.site), trip, drivers


def assigned(desk: Desk, trip_id: int, assignment: int) -> tuple[VisitPicture, Trip]:
    """A trip that its driver may still give back."""
    trip, visit = open_trip(desk, trip_id)
    if trip.assignment != assignment or trip.state not in TAKEN:
        raise Outdated
    return picture(desk.session, visit.id or 0, desk.site), trip


def exceptable(desk: Desk, visit_id: int) -> VisitPicture:
    """A visit for which an exception may still be asked."""
    view = picture(desk.session, visit_id, desk.site)
    if view.status not in OPEN_STATUSES:
        raise VisitOver(view.visit.status)
    return view


def spendable(desk: Desk, visit_id: int) -> VisitPicture:
    """A visit on which money may have been spent."""
    view = picture(desk.session, visit_id, desk.site)
    if view.visit.approved_at is None:
        if view.status in {VisitStatus.CANCELLED, VisitStatus.DECLINED}:
            raise VisitOver(view.visit.status)
        raise NotApprovedYet
    return view


def without_feedback(desk: Desk, visit_id: int) -> VisitPicture:
    """A visit that is over for the guests and whose feedback is owed."""
    view = picture(desk.session, visit_id, desk.site)
    if view.feedback is not None:
        raise AlreadyDecided(view.feedback.given_by, view.feedback.given_at, "feedback")
    if view.status in {VisitStatus.CANCELLED, VisitStatus.DECLINED}:
        raise VisitOver(view.visit.status)
    if view.visit.left_at is None:
        raise Outdated
    return view
