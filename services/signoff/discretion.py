"""Choosing what the procedure leaves to a leader: sights, a souvenir, or neither (P09)."""

from models.base.errors import NotAllowed, Outdated, VisitOver
from models.base.permissions import Verb
from models.base.words import OPEN_STATUSES, StepState
from models.reading.discretion import choices_of, chooser_of
from models.records.signoff import ApprovalStep
from models.records.visit import Visit
from services.preparation.checklist import prepare
from services.reading.desk import Desk
from services.reading.looks import picture
from services.saying import audit, outbox
from services.store.hold import hold_by


def choose(desk: Desk, step_id: int, choice: str) -> Visit:
    """Keep what was chosen; once the visit is approved its items follow: the one of the choice is
    wanted, the other is not.

    Raises Outdated for a choice that the level does not leave, or to another step; VisitOver;
    NotAllowed for whoever neither may decide the step nor has decided it.
    """
    visit = hold_by(desk.session, ApprovalStep, step_id)
    view = picture(desk.session, visit.id or 0, desk.site)
    step = chooser_of(view)
    if visit.status not in OPEN_STATUSES or visit.left_at is not None:
        raise VisitOver(visit.status)
    if step is None or step.id != step_id or choice not in choices_of(view):
        raise Outdated
    is_theirs = step.state == StepState.PENDING and desk.person in view.deciders(step)
    if not is_theirs and desk.person != step.decided_by:
        raise NotAllowed(Verb.DECIDE)
    if visit.discretion == choice:
        return visit
    visit.discretion, visit.discretion_by = choice, desk.person
    audit.note(desk, visit, "choose", choice=choice)
    if visit.approved_at is not None:
        prepare(desk, visit)
    outbox.changed(desk, visit)
    return visit
