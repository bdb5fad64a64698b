"""The request as a matter of sign-off: its chain, and what follows from a decision (R3.1)."""

from models.base.words import Matter, StepState, VisitStatus
from models.policy.approvals import approvers_for
from models.reading.facts import facts_of
from models.reading.picture import VisitPicture
from models.records.signoff import ApprovalStep, SignOff
from models.records.visit import Visit
from services.customers.owners import settle_proposed, undo_settled
from services.keeping.chain import (
    ask_next,
    close,
    lay_anew,
    lay_out_steps,
    open_chain,
    void_chain,
    void_decisions,
)
from services.preparation.checklist import prepare
from services.reading.desk import Desk
from services.reading.looks import picture
from services.reading.versions import policy_of
from services.saying import audit, outbox
from services.signoff import exceptions

DECISIONS = frozenset({StepState.APPROVED, StepState.DECLINED, StepState.CHANGES_ASKED})


def ask_approvers(desk: Desk, visit: Visit, view: VisitPicture | None = None) -> list[str]:
    """Lay out the chain of the visit's round and ask the first (R3.1).

    Who is asked follows from level, amount, lateness and the leader who attends (R2.4); each step
    keeps the reason. Steps still open from an earlier round become void. `view` is the visit as it
    is where it has no steps yet. Returns the roles that nobody holds.
    """
    if view is None:
        void_chain(desk, Matter.REQUEST, visit.id or 0)
        view = picture(desk.session, visit.id or 0, desk.site)
    visit.status = VisitStatus.REQUESTED
    desk.session.add(visit)
    approvers = approvers_for(view.policy, facts_of(view))
    return lay_out_steps(desk, visit, view.policy, open_round(desk, visit), approvers)


def follow_facts(desk: Desk, visit: Visit) -> list[str]:
    """Bring the chain of a request in line with its facts where nobody has decided it yet: whoever
    is asked already keeps their card (R3.1). Returns the roles that nobody holds."""
    desk.session.flush()
    view = picture(desk.session, visit.id or 0, desk.site)
    chain = view.chain(Matter.REQUEST, visit.id or 0)
    if visit.is_held_back or chain is None:
        return []  # the approvers are asked once it is rated, or its notice complete
    approvers = approvers_for(view.policy, facts_of(view))
    return lay_anew(desk, visit, view.policy, chain, approvers)


def open_round(desk: Desk, visit: Visit) -> SignOff:
    """Begin the sign-off of the visit's present round."""
    number, round_ = visit.id or 0, visit.approval_round
    return open_chain(desk, Matter.REQUEST, number, visit, visit.requester_id, round_)


def follow(
    desk: Desk, visit: Visit, sign_off: SignOff, step: ApprovalStep, decision: StepState
) -> list[str]:
    """What follows from a decision on a request: the next is asked, or the visit is on, declined,
    or given back for changes. Returns roles that nobody holds."""
    by = {"recorded_by": step.recorded_by} if step.recorded_by else {}
    if step.on_behalf_of:
        by["on_behalf_of"] = step.on_behalf_of
    audit.note(desk, visit, decision, step=step.id, role=step.role, comment=step.comment, **by)
    if decision == StepState.APPROVED:
        policy = policy_of(desk.session, visit, desk.site)
        missing = ask_next(desk, visit, policy, sign_off)
        if missing is not None:
            return missing
        close(desk, sign_off, decision)
        return all_approved(desk, visit, step)
    declined = decision == StepState.DECLINED
    visit.status = VisitStatus.DECLINED if declined else VisitStatus.CHANGES_ASKED
    desk.session.add(visit)
    close(desk, sign_off, decision)
    if declined:
        void_decisions(desk, visit)
    if declined and visit.approved_at is not None:  # it was on already: nobody shall wait
        outbox.call_off(desk, visit, step.comment or "")
        return []
    if declined:
        outbox.call_off_invited(desk, visit, step.comment or "")
    _tell_decision(desk, visit, step, decision)
    return []


def undo(desk: Desk, visit: Visit, _: SignOff, step: ApprovalStep) -> list[str]:
    """The request is being decided again; what it made void waits again. Returns who has been told
    of the decision."""
    at = step.decided_at or desk.now
    visit.status = VisitStatus.REQUESTED
    if visit.approved_at == at:
        visit.approved_at = None
    desk.session.add(visit)
    undo_settled(desk, visit, at)
    if step.state == StepState.DECLINED:
        exceptions.revive_void(desk, visit, at)
    told = outbox.recall(desk, visit.id or 0, ["decision"], at, step=step.id)
    return told + outbox.recall(desk, visit.id or 0, ["cancelled"], at)


def all_approved(desk: Desk, visit: Visit, step: ApprovalStep) -> list[str]:
    """The visit is on: preparation begins, requester and host are told. `step` was the last one
    decided. Returns roles that are needed and nobody holds."""
    visit.status = VisitStatus.APPROVED
    visit.approved_at = visit.approved_at or desk.now
    missing = prepare(desk, visit)
    desk.session.add(visit)
    desk.session.flush()
    settle_proposed(desk, picture(desk.session, visit.id or 0, desk.site))
    _tell_decision(desk, visit, step, StepState.APPROVED)
    return [str(role) for role in missing]


def _tell_decision(desk: Desk, visit: Visit, step: ApprovalStep, decision: StepState) -> None:
    for person in dict.fromkeys([visit.requester_id, visit.host_id]):
        if person != desk.actor_id:
            key = f"v{visit.id}:decision:{step.id}:{person}"
            args = {"step": step.id, "outcome": str(decision)}
            outbox.owe(desk, "decision", person, key, visit.id, **args)
