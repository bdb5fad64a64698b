"""Chains of decision, whatever is decided: laid out, who is asked next, and what becomes void."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement
from sqlmodel import col, select, update

from models.base.words import Matter, StepState
from models.policy import Policy
from models.policy.approvals import Approver
from models.reading.deciding import Chain, Holders, first_asked
from models.records.exception import ExceptionRequest
from models.records.signoff import ApprovalStep, SignOff
from models.records.visit import Visit
from services.people.roles import need_roles
from services.reading.desk import Desk
from services.reading.people import holders_of

_OF_THE_DECISION = (
    *("decided_by", "decided_at", "on_behalf_of", "comment"),
    *("recorded_by", "said_at", "said", "said_file", "confirmed_at", "denied_at"),
)
_OPEN = [str(StepState.PENDING), str(StepState.WAITING)]


def open_chain(
    desk: Desk, matter: Matter, matter_id: int, visit: Visit, asked_by: str, version: int = 1
) -> SignOff:
    """Begin the sign-off of a matter, or a further version of it; its steps are laid out after."""
    sign_off = SignOff(
        matter=matter,
        matter_id=matter_id,
        visit_id=visit.id,
        version=version,
        asked_by=asked_by if visit.trial_of is None else "",  # nobody's own matter
        opened_at=desk.now,
    )
    desk.session.add(sign_off)
    desk.session.flush()
    return sign_off


def new_step(sign_off: SignOff, approver: Approver, position: int) -> ApprovalStep:
    """A step that nobody has been asked for yet, with its reasons."""
    return ApprovalStep(
        sign_off_id=sign_off.id or 0,
        position=position,
        role=approver.role,
        state=StepState.WAITING,
        reason=approver.written,
    )


def ask(
    desk: Desk,
    visit: Visit,
    policy: Policy,
    sign_off: SignOff,
    step: ApprovalStep,
    present: Holders,
) -> list[str]:
    """Ask for a step: its role, or whoever decides in its place. Returns the roles asked that
    nobody holds; the admins are told of them."""
    step.state, step.asked_at = StepState.PENDING, desk.now
    step.levels = first_asked(policy, sign_off, step, present)
    desk.session.add(step)
    return [] if present.get(step.levels) else need_roles(desk, visit, step.asked_roles)


def lay_out_steps(
    desk: Desk,
    visit: Visit,
    policy: Policy,
    sign_off: SignOff,
    approvers: Sequence[Approver],
    first: int = 0,
) -> list[str]:
    """Lay out the steps of a chain from a position on, and ask the first. Returns the roles that
    nobody holds."""
    present = holders_of(desk.session, visit, policy)
    steps = [new_step(sign_off, each, place) for place, each in enumerate(approvers, start=first)]
    missing = ask(desk, visit, policy, sign_off, steps[0], present)
    desk.session.add_all(steps)
    desk.session.flush()
    later = [first_asked(policy, sign_off, step, present) for step in steps[1:]]
    return list(dict.fromkeys([*missing, *(role for role in later if not present.get(role))]))


def lay_anew(
    desk: Desk, visit: Visit, policy: Policy, chain: Chain, approvers: Sequence[Approver]
) -> list[str]:
    """Lay out a chain anew in which nobody has decided yet. A role that stays keeps its step, and
    with it the card of whoever was asked; a role that goes is not asked any more. Returns the roles
    that nobody holds."""
    steps, wanted = chain.steps, [(each.role, each.written) for each in approvers]
    standing = [step for step in steps if step.state != StepState.VOID]
    if [(step.role, step.reason) for step in standing] == wanted:
        return []
    present, roles = holders_of(desk.session, visit, policy), {each.role for each in approvers}
    for step in standing:
        if step.role not in roles:
            step.state = StepState.VOID
            desk.session.add(step)
    known = {step.role: step for step in steps}
    place = max((step.position for step in steps), default=-1) + 1
    laid: list[ApprovalStep] = []
    for position, approver in enumerate(approvers, start=place):
        step = known.get(approver.role) or new_step(chain.sign_off, approver, position)
        step.position, step.reason = position, approver.written
        if step.state == StepState.VOID or (laid and step.state == StepState.PENDING):
            _wait_again(step)
        desk.session.add(step)
        laid.append(step)
    missing: list[str] = []
    if laid[0].state != StepState.PENDING:
        missing = ask(desk, visit, policy, chain.sign_off, laid[0], present)
    desk.session.flush()
    later = [first_asked(policy, chain.sign_off, step, present) for step in laid[1:]]
    return list(dict.fromkeys([*missing, *(role for role in later if not present.get(role))]))


def _wait_again(step: ApprovalStep) -> None:
    """Nobody is asked for the step; a new card goes out when its turn comes."""
    step.state, step.levels, step.asked_at, step.escalated_at = StepState.WAITING, "", None, None
    step.turn += 1


def ask_next(desk: Desk, visit: Visit, policy: Policy, sign_off: SignOff) -> list[str] | None:
    """Ask for the next step of the chain that still waits; None where there was none left.
    Returns the roles asked that nobody holds."""
    following = desk.session.exec(
        select(ApprovalStep)
        .where(
            ApprovalStep.sign_off_id == sign_off.id,
            col(ApprovalStep.state) == str(StepState.WAITING),
        )
        .order_by(col(ApprovalStep.position))
    ).first()
    if following is None:
        return None
    return ask(desk, visit, policy, sign_off, following, holders_of(desk.session, visit, policy))


def close(desk: Desk, sign_off: SignOff, state: StepState) -> None:
    """Say how the whole was decided; what still waited for somebody is void."""
    sign_off.state, sign_off.closed_at = state, desk.now
    desk.session.add(sign_off)
    void_steps(desk, sign_off)


def void_steps(desk: Desk, sign_off: SignOff) -> None:
    """Make the steps of one chain void that still wait for somebody."""
    _void(desk, col(SignOff.id) == sign_off.id)


def void_chain(desk: Desk, matter: Matter, matter_id: int, before: int | None = None) -> None:
    """Make void what of a matter is not decided; with `before` only its earlier versions."""
    of_matter = (col(SignOff.matter) == str(matter)) & (col(SignOff.matter_id) == matter_id)
    if before is not None:
        of_matter &= col(SignOff.version) < before
    _void_chains(desk, of_matter)


def void_decisions(desk: Desk, visit: Visit) -> None:
    """Make void whatever of a visit is not decided, its exceptions too: the visit is over."""
    desk.session.exec(
        update(ExceptionRequest)
        .where(
            col(ExceptionRequest.visit_id) == visit.id,
            col(ExceptionRequest.state) == str(StepState.PENDING),
        )
        .values(state=str(StepState.VOID), decided_at=desk.now)
    )
    _void_chains(desk, col(SignOff.visit_id) == visit.id)


def _void_chains(desk: Desk, of: ColumnElement[bool]) -> None:
    _void(desk, of)
    desk.session.exec(
        update(SignOff)
        .where(of, col(SignOff.state) == str(StepState.PENDING))
        .values(state=str(StepState.VOID), closed_at=desk.now)
    )
    desk.session.expire_all()


def _void(desk: Desk, of: ColumnElement[bool]) -> None:
    desk.session.exec(
        update(ApprovalStep)
        .where(
            col(ApprovalStep.sign_off_id).in_(select(SignOff.id).where(of)),
            col(ApprovalStep.state).in_(_OPEN),
        )
        .values(state=str(StepState.VOID))
    )
    desk.session.expire_all()


def reopen(desk: Desk, sign_off: SignOff, click: Sequence[ApprovalStep]) -> None:
    """Have a chain stand again as before the decision by which these steps were decided at once.

    Silence begins anew; whoever was asked after it waits again, and gets a new card then.
    """
    steps, last = _steps(desk, sign_off), click[-1]
    for step in steps:
        if step in click:
            step.state = StepState.PENDING if step.levels else StepState.WAITING
            for name in _OF_THE_DECISION:
                setattr(step, name, None)
            step.asked_at = desk.now if step.levels else None
            step.escalated_at = desk.now if step.escalated_at else None
        elif step.state == StepState.PENDING:
            _wait_again(step)
        elif step.state == StepState.VOID and step.position > last.position:
            step.state = StepState.WAITING
        desk.session.add(step)
    sign_off.state, sign_off.closed_at = StepState.PENDING, None
    desk.session.add(sign_off)


def revive(desk: Desk, sign_off: SignOff) -> None:
    """Have a chain wait again that became void while it was being decided."""
    steps = _steps(desk, sign_off)
    asked = [step for step in steps if step.state == StepState.VOID and step.levels]
    if not asked:
        return
    for step in steps:
        if step.state == StepState.VOID and step.position > asked[-1].position:
            step.state = StepState.WAITING
            desk.session.add(step)
    asked[-1].state, asked[-1].asked_at = StepState.PENDING, desk.now
    desk.session.add(asked[-1])
    sign_off.state, sign_off.closed_at = StepState.PENDING, None
    desk.session.add(sign_off)


def _steps(desk: Desk, sign_off: SignOff) -> list[ApprovalStep]:
    query = select(ApprovalStep).where(ApprovalStep.sign_off_id == sign_off.id)
    return list(desk.session.exec(query.order_by(col(ApprovalStep.position))))


def current_chain(desk: Desk, matter: Matter, matter_id: int) -> SignOff | None:
    """The latest version of a matter's sign-off."""
    return desk.session.exec(
        select(SignOff)
        .where(SignOff.matter == matter, SignOff.matter_id == matter_id)
        .order_by(col(SignOff.version).desc())
    ).first()
