"""Another version of the policy for a visit that is under way: one visit, one transaction."""

from dataclasses import replace

from sqlmodel import Session, col, select

from models.base.words import (
    OPEN_STATUSES,
    DeliveryState,
    Phase,
    TaskState,
    VisitStatus,
)
from models.policy import Policy
from models.policy.approvals import approvers_for
from models.procedure.change import (
    ESCALATION,
    PolicyChange,
    Reminder,
    Stand,
    compare,
    without_level,
)
from models.reading.deciding import Chain
from models.reading.facts import facts_of, is_short_notice
from models.reading.picture import VisitPicture
from models.records.exception import ExceptionRequest
from models.records.preparation import Task
from models.records.signoff import ApprovalStep, SignOff
from models.records.visit import Visit
from models.reminders.etiquette import ETIQUETTE
from models.reminders.outbox import Delivery
from services.aftercare.closing import close_if_complete
from services.keeping.items import lay_out
from services.preparation.checklist import settle_cars
from services.reading.desk import Desk
from services.reading.looks import picture
from services.reading.versions import keep
from services.saying import audit, outbox
from services.signoff import exceptions
from services.signoff.new_round import CHANGED_POLICY, begin_round
from services.store.hold import hold

_WAITING = [str(DeliveryState.PENDING), str(DeliveryState.CLAIMED)]


def visits_to_change(session: Session, policy: Policy) -> list[int]:
    """The open visits that keep another version, the next arrival first."""
    query = select(Visit.id).where(
        col(Visit.status).in_([str(status) for status in OPEN_STATUSES]),
        Visit.policy_digest != policy.digest,
    )
    found = session.exec(query.order_by(col(Visit.arrival), col(Visit.id)))
    return [visit_id for visit_id in found if visit_id is not None]


def change_policy(desk: Desk, visit_id: int, policy: Policy) -> PolicyChange | None:
    """Have a visit follow another version of the policy, and say what that changed.

    Items and reminders move along. A request that is not approved yet is asked anew where its
    chain changes; an approved one is not. A visit whose level is gone is left as it is. None where
    nothing is to be done: the visit is over, or follows the version already. Raises VisitNotFound.
    """
    visit = hold(desk.session, visit_id)
    if visit.status not in OPEN_STATUSES or visit.policy_digest == policy.digest:
        return None
    before = _stand(desk, visit)
    if all(level.key != visit.level for level in policy.levels):
        return without_level(before, (policy.name, policy.digest))
    keep(desk, policy)
    visit.policy_name, visit.policy_digest = policy.name, policy.digest
    desk.session.add(visit)
    desk.session.flush()
    asked_again = _ask(desk, visit, before.picture)
    _lay_out(desk, visit, before.picture.policy, policy)
    exceptions.review(desk, visit)
    was = before.picture.visit
    audit.note(
        desk,
        visit,
        CHANGED_POLICY,
        title=policy.title.model_dump(),
        policy=[policy.name, policy.digest],
        before=[was.policy_name, was.policy_digest],
        asked_again=asked_again,
        round=visit.approval_round if asked_again else 0,
    )
    close_if_complete(desk, visit)
    outbox.reconsider(desk, visit_id)  # what waits under the old file may not under the new one
    outbox.changed(desk, visit)
    return compare(before, _stand(desk, visit))


def _ask(desk: Desk, visit: Visit, before: VisitPicture) -> bool:
    """Ask anew where the request waits for leaders and others decide now (R3.1): who has approved
    stays. Returns whether a round began."""
    view = picture(desk.session, visit.id or 0, desk.site)
    if visit.approved_at is None and visit.status in {
        VisitStatus.REQUESTED,
        VisitStatus.CHANGES_ASKED,
    }:
        visit.is_urgent = is_short_notice(view)
        desk.session.add(visit)
        view = picture(desk.session, visit.id or 0, desk.site)
    if visit.status != VisitStatus.REQUESTED or visit.is_held_back:
        return False
    was = approvers_for(before.policy, facts_of(before))
    chain = approvers_for(view.policy, facts_of(view))
    if [each.role for each in was] != [each.role for each in chain]:
        begin_round(desk, visit, view, chain)
        return True
    return False


def _lay_out(desk: Desk, visit: Visit, old: Policy, new: Policy) -> None:
    """Bring the phase that is under way in line; what the new file no longer has is dropped,
    unless it is done."""
    if visit.status == VisitStatus.FOLLOW_UP:
        phases = [Phase.FOLLOW_UP]
    elif visit.approved_at is not None:
        phases = [Phase.PREPARATION, Phase.DEPARTURE]
    else:
        return
    gone = {rule.key for rule in old.tasks} - {rule.key for rule in new.tasks}
    tasks = desk.session.exec(
        select(Task).where(Task.visit_id == visit.id, col(Task.phase).in_(phases))
    )
    for task in tasks.all():
        if task.key in gone and task.state != TaskState.DONE:
            desk.session.delete(task)
    desk.session.flush()
    for phase in phases:
        lay_out(desk, visit, phase)
    if Phase.PREPARATION in phases:
        settle_cars(desk, visit)


def _stand(desk: Desk, visit: Visit) -> Stand:
    """The visit as it is now, in copies that later changes leave alone."""
    desk.session.flush()
    view = picture(desk.session, visit.id or 0, desk.site)
    copied = replace(
        view,
        visit=Visit(**view.visit.model_dump()),
        tasks=[Task(**task.model_dump()) for task in view.tasks],
        chains=[
            Chain(
                SignOff(**each.sign_off.model_dump()),
                [ApprovalStep(**step.model_dump()) for step in each.steps],
            )
            for each in view.chains
        ],
        exceptions=[ExceptionRequest(**each.model_dump()) for each in view.exceptions],
    )
    return Stand(copied, _reminders(desk, visit.id or 0))


def _reminders(desk: Desk, visit_id: int) -> dict[str, Reminder]:
    """What the policy's steps will say, and whom silence is passed on to; not the cards."""
    rows = desk.session.exec(
        select(Delivery).where(
            Delivery.visit_id == visit_id,
            col(Delivery.is_planned),
            col(Delivery.state).in_(_WAITING),
            Delivery.sent_revision == 0,
        )
    )
    found = {}
    for row in rows:
        step = row.args.get("step")
        due = row.due_at if row.due_at > desk.now else None
        if row.kind == "do:escalate":
            found[row.key] = Reminder(ESCALATION, row.recipient, due, step)
        elif isinstance(step, str):
            found[row.key] = Reminder(step, row.recipient, due)
        elif row.kind == ETIQUETTE:
            found[row.key] = Reminder(row.kind, row.recipient, due)
    return found
