"""Who is asked again when a visit is edited: those whose decision does not stand (R3.2, C04)."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Self

from models.base.times import local
from models.policy.approvals import Approver, approvers_for
from models.policy.asked_anew import Edited, asked_anew
from models.reading.facts import facts_of, rank_of_person
from models.reading.picture import VisitPicture
from models.records.visit import Visit
from models.request.forms import VisitForm
from services.reading.desk import Desk
from services.reading.looks import picture
from services.signoff import limits
from services.signoff.approval import ask_approvers
from services.signoff.attendance import follow_attendance
from services.signoff.new_round import approved_steps, begin_round


@dataclass(frozen=True)
class Asked:
    """Whom the policy asks for a visit as it is now, and why; and the highest rank of ours that
    attends. To be remembered before an edit."""

    chain: list[Approver]
    attending: str | None

    @classmethod
    def of(cls, view: VisitPicture) -> Self:
        known = facts_of(view)
        return cls(approvers_for(view.policy, known), known.attending)


def edited_of(view: VisitPicture, before: VisitForm, form: VisitForm) -> set[Edited]:
    """What leaders decide on of what an edit changes. `view` is the visit before it, at least its
    policy, people and zone."""
    found: set[Edited] = set()
    zone = view.visit.timezone
    for old, new in ((before.arrival, form.arrival), (before.departure, form.departure)):
        if old and new and local(old, zone).date() != local(new, zone).date():
            found.add("day")
    if before.level != form.level:
        found.add("level")
    if (form.budget or Decimal(0)) > (before.budget or Decimal(0)):
        found.add("budget")
    for was, now in ((before.host, form.host), (before.second_host, form.second_host)):
        if was and was != now and rank_of_person(view, was) is not None:
            found.add("leader")
    return found


def ask_anew(
    desk: Desk, visit: Visit, before: Asked, edited: set[Edited], *, whole: bool
) -> tuple[bool, list[str]]:
    """Ask the `whole` chain, or those whose decision does not stand and those who are called for
    only now. Returns whether anybody is asked, and the roles that nobody holds. Does not recompute
    the outbox."""
    if visit.is_held_back:
        return False, []  # the approvers are asked once it is rated
    if whole:
        visit.approval_round += 1
        limits.asking_anew(desk, visit)
        return True, ask_approvers(desk, visit)
    desk.session.flush()
    view = picture(desk.session, visit.id or 0, desk.site)
    chain = Asked.of(view).chain
    anew = asked_anew(view.policy, before.chain, chain, edited)
    approved = approved_steps(desk, visit).keys()
    gone = approved - {each.role for each in chain} if edited else set()
    if not (anew & approved or gone):  # who decides no more has not approved this
        followed = follow_attendance(desk, visit, before.attending)
        if followed is not None:
            return followed.to is not None, followed.missing_roles
        if [each.written for each in chain] == [each.written for each in before.chain]:
            return False, []
    limits.asking_anew(desk, visit)
    moved = begin_round(desk, visit, view, chain, anew)
    return moved.to is not None, moved.missing_roles
