"""An approver has somebody else decide a request in their place (R3.1)."""

from datetime import date

from models.base.errors import AlreadyDecided, Fault, InvalidForm, NotAllowed
from models.base.permissions import Verb
from models.base.words import StepState
from models.reading.deciding import Chain, first_people, may_delegate, may_stand_in
from models.reading.picture import VisitPicture
from models.records.people import Person
from models.records.signoff import ApprovalStep
from models.records.visit import Visit
from services.reading.desk import Desk
from services.saying import audit, outbox
from services.signoff.decisions import COMMENT_LIMIT, undecided
from services.store.hold import hold_by

_OPEN = [str(StepState.PENDING), str(StepState.WAITING)]


def delegable(desk: Desk, step_id: int) -> tuple[VisitPicture, ApprovalStep]:
    """A step that the acting person may delegate. Raises what `undecided` raises, NotAllowed for
    whoever does not hold the decision or where the policy lets nobody stand in, AlreadyDecided
    where it is delegated already: that is done once, and so never in a circle."""
    view, step = undecided(desk, step_id)
    chain = view.chain_of(step_id)
    if step.delegated_by is not None and step.delegated_at is not None:
        raise AlreadyDecided(step.delegated_by, step.delegated_at, "delegated")
    if chain is None or not may_delegate(
        view.policy, chain.sign_off, step, view.holders, desk.person
    ):
        raise NotAllowed(Verb.DELEGATE)
    return view, step


def delegate(desk: Desk, step_id: int, to: str | None, reason: str | None) -> Visit:
    """Have somebody decide a step, and whatever else of the same chain the acting person is asked
    for, in their place. Silence begins anew; the delegator may still decide.

    Raises InvalidForm beside the field, and what `delegable` raises.
    """
    visit = hold_by(desk.session, ApprovalStep, step_id)
    view, step = delegable(desk, step_id)
    chain = view.chain_of(step_id)
    why = (reason or "").strip() or None
    faults = {}
    if not to:
        faults["delegate_to"] = Fault("required")
    elif chain is None or not (
        _is_here(desk, to)
        and may_stand_in(view.policy, chain.sign_off, step, view.holders, desk.person, to)
    ):
        faults["delegate_to"] = Fault("no_stand_in")
    if why is not None and len(why) > COMMENT_LIMIT:
        faults["reason"] = Fault("too_long", {"limit": COMMENT_LIMIT, "length": len(why)})
    if faults or chain is None or not to:
        raise InvalidForm(faults)
    delegate_chain(desk, view, chain, step, desk.person, to, why=why)
    audit.note(desk, visit, "delegate", step=step.id, role=step.role, to=to, reason=why)
    outbox.changed(desk, visit)
    return visit


def delegate_chain(
    desk: Desk,
    view: VisitPicture,
    chain: Chain,
    step: ApprovalStep,
    who: str,
    to: str,
    *,
    why: str | None = None,
    until: date | None = None,
) -> None:
    """Have another decide a pending step in somebody's place, and the later ones of the chain that
    `who` is asked for and that are not delegated; until they are back, where they are away."""
    for each in chain.steps:
        later = each.state == StepState.WAITING and each.delegate_id is None
        is_mine = who in first_people(view.policy, chain.sign_off, each, view.holders)
        if each.id == step.id or (later and is_mine):
            stored = desk.session.get_one(ApprovalStep, each.id)
            stored.delegate_id, stored.delegated_by = to, who
            stored.delegated_at, stored.delegated_why = desk.now, why
            stored.delegated_until = until
            desk.session.add(stored)


def _is_here(desk: Desk, user_id: str) -> bool:
    """Whether the person has not left the workspace, as far as is known."""
    found = desk.session.get(Person, user_id)
    return found is None or found.is_active
