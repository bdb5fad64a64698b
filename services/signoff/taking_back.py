"""Taking a decision back while nobody has gone by it (R3.1)."""

from datetime import timedelta

from sqlmodel import col, delete, select

from models.base.errors import ActedUpon, NotAllowed, Outdated, TooLateToTakeBack
from models.base.permissions import Verb
from models.base.words import Matter
from models.reading.deciding import TAKE_BACK, decided_after
from models.records.audit import AuditEntry
from models.records.signoff import ApprovalStep, SeenCard, SignOff
from models.records.visit import Visit
from services.keeping.chain import reopen
from services.reading.desk import Desk
from services.saying import audit, outbox
from services.signoff.matters import MATTERS
from services.store.hold import hold_by


def take_back(desk: Desk, step_id: int) -> Visit:
    """Have a step wait for its decision again, with all that were decided by the same click.

    Whoever is asked next waits again, and who was told of the decision is told. Raises Outdated
    where nothing is decided, NotAllowed for anybody but who decided, TooLateToTakeBack, ActedUpon.
    """
    visit = hold_by(desk.session, ApprovalStep, step_id)
    step = own_decision(desk, step_id)
    if step.decided_at is not None and desk.now - step.decided_at > TAKE_BACK:
        raise TooLateToTakeBack(TAKE_BACK // timedelta(minutes=1))
    undo_decision(desk, visit, step)
    outbox.changed(desk, visit)
    return visit


def own_decision(desk: Desk, step_id: int) -> ApprovalStep:
    """A decision of the acting person. Raises Outdated where nothing is decided, NotAllowed for
    that of somebody else."""
    step = desk.session.get_one(ApprovalStep, step_id)
    if step.decided_at is None:
        raise Outdated
    if step.decided_by != desk.person:
        raise NotAllowed(Verb.DECIDE)
    return step


def undo_decision(desk: Desk, visit: Visit, step: ApprovalStep) -> None:
    """Have it be decided again; who was told is told. Raises ActedUpon. Does not recompute the
    outbox."""
    session, at = desk.session, step.decided_at
    sign_off = session.get_one(SignOff, step.sign_off_id)
    steps = session.exec(
        select(ApprovalStep)
        .where(ApprovalStep.sign_off_id == sign_off.id, col(ApprovalStep.decided_at) >= at)
        .order_by(col(ApprovalStep.position))
    ).all()
    click = [each for each in steps if (each.decided_by, each.decided_at) == (desk.person, at)]
    later = decided_after(steps, step)
    if later is not None and later.decided_at is not None:
        raise ActedUpon(later.decided_by, later.decided_at)
    rules = MATTERS[Matter(sign_off.matter)]
    _check_nobody_acted(desk, visit, step, rules.acts)
    told = rules.undo(desk, visit, sign_off, step)
    reopen(desk, sign_off, click)
    session.exec(delete(SeenCard).where(col(SeenCard.step_id).in_([each.id for each in click])))
    audit.note(desk, visit, "take_back", step=step.id, role=step.role)
    for person in dict.fromkeys(told):
        if person != desk.person:
            key = f"v{visit.id}:taken_back:{step.id}:{int(desk.now.timestamp())}:{person}"
            outbox.owe(desk, "taken_back", person, key, visit.id, step=step.id, by=desk.person)


def _check_nobody_acted(desk: Desk, visit: Visit, step: ApprovalStep, acts: frozenset[str]) -> None:
    """Raise ActedUpon with the first who has gone by the decision."""
    decided = (
        select(AuditEntry.id)
        .where(
            AuditEntry.visit_id == visit.id,
            AuditEntry.actor_id == step.decided_by,
            AuditEntry.at == step.decided_at,
            col(AuditEntry.verb).endswith(str(step.state)),
        )
        .order_by(col(AuditEntry.id).desc())
    )
    since = desk.session.exec(decided).first() or 0
    entry = desk.session.exec(
        select(AuditEntry)
        .where(
            AuditEntry.visit_id == visit.id,
            col(AuditEntry.id) > since,
            col(AuditEntry.at) >= step.decided_at,
            col(AuditEntry.verb).in_(acts),
        )
        .order_by(col(AuditEntry.id))
    ).first()
    if entry is not None:
        raise ActedUpon(entry.actor_id, entry.at)
