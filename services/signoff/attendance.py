"""Who attends decides who sets the standard: the decision moves with the leaders (R2.4)."""

from dataclasses import replace

from models.base.words import VisitStatus
from models.policy.approvals import approvers_for
from models.reading.facts import facts_of
from models.records.visit import Visit
from services.reading.desk import Desk
from services.reading.looks import picture
from services.saying import audit
from services.signoff.new_round import MOVED, Moved, begin_round


def attending_of(desk: Desk, visit: Visit) -> str | None:
    """The highest rank of ours that takes part, to be remembered before a change of it."""
    return facts_of(picture(desk.session, visit.id or 0, desk.site)).attending


def follow_attendance(desk: Desk, visit: Visit, before: str | None) -> Moved | None:
    """Ask anew whoever decides now that another rank attends than `before`; None: nothing moves.

    A new round begins in which every role that has approved the same request stays approved, with
    who and when; whoever is being asked stays asked by the same card; only what is new is asked.
    The visit keeps being prepared meanwhile. Does not recompute the outbox.
    """
    if visit.is_held_back or visit.status not in {VisitStatus.REQUESTED, VisitStatus.APPROVED}:
        return None  # asked-for changes ask the whole chain when they are made
    desk.session.flush()
    view = picture(desk.session, visit.id or 0, desk.site)
    known = facts_of(view)
    chain = approvers_for(view.policy, known)
    was = approvers_for(view.policy, replace(known, attending=before))
    if [each.role for each in chain] == [each.role for each in was]:
        return None
    moved = begin_round(desk, visit, view, chain)
    role = moved.to or chain[-1].role
    audit.note(desk, visit, MOVED, role=role, round=visit.approval_round)
    return moved
