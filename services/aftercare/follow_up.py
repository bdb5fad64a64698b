"""After the guests have left: feedback, thank-you letter, summary, and closing the visit (R8)."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from models.aftercare.forms import FeedbackForm
from models.base.errors import AlreadyDecided, GoneOn, Outdated, VisitOver
from models.base.words import (
    OFF_STATUSES,
    Intention,
    Matter,
    Outcome,
    Phase,
    TaskState,
    VisitStatus,
)
from models.reading.picture import VisitPicture
from models.records.aftercare import Feedback
from models.records.preparation import Task
from models.records.visit import Visit
from services.aftercare.closing import close_if_complete
from services.aftercare.outcome import settle
from services.customers.contacts import remember_guests
from services.keeping.chain import current_chain, revive, void_chain
from services.keeping.items import held_task, lay_out
from services.reading.desk import Desk
from services.reading.looks import picture
from services.reading.people import reader
from services.saying import audit, outbox
from services.store.hold import hold

_MORNING = time(9, 0)


def guests_left(desk: Desk, visit_id: int, at: datetime) -> None:
    """The guests have left at that time: preparation ends, the follow-up begins (R8.1).

    Called by the last drop-off, or by the clock at the departure time. A second call does nothing.
    """
    visit = hold(desk.session, visit_id)
    view = picture(desk.session, visit_id, desk.site)
    if visit.left_at is not None or not view.is_prepared:
        return
    visit.left_at = at
    visit.status = VisitStatus.FOLLOW_UP
    void_chain(desk, Matter.REQUEST, visit_id)
    lay_out(desk, visit, Phase.FOLLOW_UP)
    audit.note(desk, visit, "guests_left")
    remember_guests(desk, visit)
    outbox.changed(desk, visit)


def guests_back(desk: Desk, visit: Visit) -> None:
    """The guests have not left after all: preparation goes on, and what waited for leaders then.

    Raises GoneOn where something of the follow-up is in. Does not recompute the outbox.
    """
    view = picture(desk.session, visit.id or 0, desk.site)
    is_begun = any(task.state == TaskState.DONE for task in view.follow_up)
    if visit.status != VisitStatus.FOLLOW_UP or view.feedback or visit.outcome or is_begun:
        raise GoneOn
    for task in view.follow_up:
        desk.session.delete(task)
    sign_off = current_chain(desk, Matter.REQUEST, visit.id or 0)
    is_void = sign_off is not None and sign_off.closed_at == visit.left_at
    visit.left_at = None
    visit.status = VisitStatus.REQUESTED if is_void else VisitStatus.APPROVED
    desk.session.add(visit)
    if sign_off is not None and is_void:
        revive(desk, sign_off)
    desk.session.flush()


def record_feedback(desk: Desk, visit_id: int, form: FeedbackForm) -> Feedback:
    """Keep the feedback form, once (R8.1). Who has signed has landed (R8.4).

    Raises InvalidForm, AlreadyDecided, Outdated (guests still here), VisitOver.
    """
    form.check()
    visit = hold(desk.session, visit_id)
    known = desk.session.get(Feedback, visit_id)
    if known is not None:
        raise AlreadyDecided(known.given_by, known.given_at, "feedback")
    if visit.status in OFF_STATUSES:
        raise VisitOver(visit.status)
    if visit.left_at is None:
        raise Outdated
    feedback = Feedback(
        visit_id=visit_id,
        satisfaction=form.satisfaction or 0,
        intention=form.intention,
        suggestions=(form.suggestions or "").strip() or None,
        open_questions=(form.open_questions or "").strip() or None,
        given_by=desk.person,
        given_at=desk.now,
    )
    desk.session.add(feedback)
    for task in picture(desk.session, visit_id, desk.site).follow_up:
        if task.key == "feedback" and task.state != TaskState.DONE:
            task.state, task.done_at, task.done_by = TaskState.DONE, desk.now, desk.person
            desk.session.add(task)
    audit.note(desk, visit, "feedback", satisfaction=form.satisfaction, intention=form.intention)
    if form.intention == Intention.SIGNED:
        visit = settle(desk, visit_id, Outcome.LANDED) or visit
    close_if_complete(desk, visit)
    outbox.changed(desk, visit)
    return feedback


def put_off(desk: Desk, task_id: int) -> Task:
    """Remind the person of a follow-up task tomorrow at nine of their own zone, not before."""
    task, visit = held_task(desk, task_id)
    if visit.status != VisitStatus.FOLLOW_UP:
        raise VisitOver(visit.status)
    if task.state == TaskState.DONE:
        raise AlreadyDecided(task.done_by or desk.person, task.done_at or desk.now, "done")
    zone = ZoneInfo(reader(desk.session, desk.person, desk.site).timezone)
    tomorrow = desk.now.astimezone(zone).date() + timedelta(days=1)
    task.snoozed_until = datetime.combine(tomorrow, _MORNING, tzinfo=zone)
    desk.session.add(task)
    audit.record(desk, "put_off", visit.id, task=task.key)
    outbox.changed(desk, visit)
    return task


def without_feedback(desk: Desk, visit_id: int) -> VisitPicture:
    """A visit that is over for the guests and whose feedback is owed."""
    view = picture(desk.session, visit_id, desk.site)
    if view.feedback is not None:
        raise AlreadyDecided(view.feedback.given_by, view.feedback.given_at, "feedback")
    if view.status in OFF_STATUSES:
        raise VisitOver(view.visit.status)
    if view.visit.left_at is None:
        raise Outdated
    return view
