"""Leaders are asked to attend, and answer; a decline offers who might go instead (R4.4, R4.5)."""

from dataclasses import dataclass, field

from sqlmodel import col, select, update

from models.base.errors import AlreadyDecided, Fault, InvalidForm, Outdated, VisitOver
from models.base.permissions import Ability
from models.base.words import InvitationState, VisitStatus
from models.escorts.ranks import rank_asked, substitute, takes_part
from models.reading.picture import VisitPicture
from models.records.escorts import Invitation
from models.records.visit import Visit
from services.people.told import Why, needs_reason, tell_again
from services.reading.desk import Desk
from services.reading.looks import picture
from services.saying import audit, outbox
from services.signoff.attendance import attending_of, follow_attendance
from services.signoff.new_round import Moved
from services.store.hold import hold

REASON_LIMIT = 1000
_BEFORE_THE_END = {VisitStatus.REQUESTED, VisitStatus.CHANGES_ASKED, VisitStatus.APPROVED}
_TAKES_PART = (InvitationState.ASKED, InvitationState.ACCEPTED)
ATTENDS, CANNOT = "attends", "cannot"
"""What a leader answers, as messages and refusals name it."""
STANDS = "stands"
"""In the place of the role that decides now: those who have approved already decide."""


@dataclass(frozen=True)
class Invited:
    """Who is asked now, and who of those named takes part or was asked already."""

    visit: Visit
    asked: list[str] = field(default_factory=list)
    already: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Answered:
    """The invitation as answered; `moved` where the decision goes to others with it (R2.4)."""

    visit: Visit
    invitation: Invitation
    moved: Moved | None = None


# Asking


def invite(desk: Desk, visit_id: int, people: list[str], instead: int | None = None) -> Invited:
    """Ask people to attend, each by one card. Who hosts or was asked already is left alone; who
    has said no is asked anew. `instead` is the invitation whose leader cannot.

    Raises InvalidForm for nobody, VisitOver.
    """
    people = list(dict.fromkeys(person for person in people if person))
    if not people:
        raise InvalidForm({"people": Fault("required")})
    visit = hold(desk.session, visit_id)
    need_future(visit)
    view = picture(desk.session, visit_id, desk.site)
    already = [person for person in people if takes_part(view, person)]
    asked = [person for person in people if person not in already]
    if not asked:
        return Invited(visit, [], already)
    replaced = view.invitation(instead) if instead is not None else None
    known = {each.user_id: each for each in view.invitations}
    for person in asked:
        found = known.get(person) or Invitation(
            visit_id=visit_id, user_id=person, asked_by=desk.person, asked_at=desk.now, turn=0
        )
        _ask(desk, found, rank_asked(view, person, replaced), instead)
    audit.note(desk, visit, "invite", people=asked)
    outbox.changed(desk, visit)
    return Invited(visit, asked, already)


def invite_substitute(desk: Desk, invitation_id: int) -> Invited:
    """Ask whom a leader who cannot has named. Raises Outdated where nobody is named any more."""
    found = desk.session.get(Invitation, invitation_id)
    if found is None or found.state != InvitationState.DECLINED or found.substitute_id is None:
        raise Outdated
    return invite(desk, found.visit_id, [found.substitute_id], invitation_id)


def withdraw(desk: Desk, invitation_id: int, turn: int, reason: str | None = None) -> Answered:
    """A leader is asked no longer, be it that they had accepted; who was told of it is told.

    Raises AlreadyDecided where they have said no since, Outdated, VisitOver, and InvalidForm
    without a reason where the guests were told that they come (D12).
    """
    visit = hold(desk.session, _visit_of(desk, invitation_id))
    need_future(visit)
    before = attending_of(desk, visit)
    leader = desk.session.get_one(Invitation, invitation_id)
    was_there = leader.state == InvitationState.ACCEPTED
    reason = (reason or "").strip() or None
    if leader.turn == turn and (fault := _reason_fault(desk, visit, leader, reason)) is not None:
        raise InvalidForm({"reason": fault})
    won = desk.session.exec(
        update(Invitation)
        .where(
            col(Invitation.id) == invitation_id,
            col(Invitation.turn) == turn,
            col(Invitation.state).in_([str(state) for state in _TAKES_PART]),
        )
        .values(state=str(InvitationState.WITHDRAWN), turn=turn + 1, asked_again_at=None)
    )
    desk.session.expire_all()
    found = desk.session.get_one(Invitation, invitation_id)
    if won.rowcount == 0:
        raise _refusal(found)
    audit.note(desk, visit, "withdraw_invitation", people=[found.user_id])
    if found.user_id in outbox.told_by(desk, visit.id or 0, "invitation"):
        key = f"v{visit.id}:withdrawn:{found.id}:{found.turn}"
        outbox.owe(desk, "withdrawn", found.user_id, key, visit.id, by=desk.person)
    moved = follow_attendance(desk, visit, before)
    if was_there:
        tell_again(desk, visit, Why(reason))
    outbox.changed(desk, visit)
    return Answered(visit, found, moved)


def ask_again(desk: Desk, visit: Visit) -> None:
    """A visit has moved: whoever was asked to attend is asked for the new time. Until they answer,
    those who have accepted attend. Their cards follow; old buttons do nothing any more."""
    for each in desk.session.exec(
        select(Invitation).where(
            Invitation.visit_id == visit.id,
            col(Invitation.state).in_([str(state) for state in _TAKES_PART]),
        )
    ):
        each.turn += 1
        if each.state == InvitationState.ACCEPTED:
            each.asked_again_at = desk.now
        desk.session.add(each)
    desk.session.flush()


# Answering


def attend(desk: Desk, invitation_id: int, turn: int) -> Answered:
    """The leader will attend; if that changes who decides, the decision moves (R2.4).

    Raises AlreadyDecided with what was answered, Outdated, VisitOver.
    """
    return _answer(desk, invitation_id, turn, InvitationState.ACCEPTED, None, None)


def cannot_attend(
    desk: Desk, invitation_id: int, turn: int, reason: str | None, instead: str | None
) -> Answered:
    """The leader cannot, and may name who might go instead (R4.5).

    Raises InvalidForm for too many words, for none where the guests were told that the leader comes
    (D12), or for somebody who takes part, and what `attend` raises.
    """
    reason = (reason or "").strip() or None
    faults: dict[str, Fault] = {}
    view, invitation = open_invitation(desk, invitation_id)
    fault = _reason_fault(desk, view.visit, invitation, reason)
    if fault is not None and invitation.turn == turn:
        faults["reason"] = fault
    if instead and (instead == invitation.user_id or takes_part(view, instead)):
        faults["substitute"] = Fault("takes_part")
    if faults:
        raise InvalidForm(faults)
    return _answer(desk, invitation_id, turn, InvitationState.DECLINED, reason, instead or None)


def _reason_fault(desk: Desk, visit: Visit, found: Invitation, reason: str | None) -> Fault | None:
    if reason is not None and len(reason) > REASON_LIMIT:
        return Fault("too_long", {"limit": REASON_LIMIT, "length": len(reason)})
    return Fault("told_reason") if reason is None and _is_told(desk, visit, found) else None


def _is_told(desk: Desk, visit: Visit, found: Invitation) -> bool:
    """Whether the guests were told that this leader comes."""
    return found.state == InvitationState.ACCEPTED and needs_reason(desk, visit)


def _answer(
    desk: Desk,
    invitation_id: int,
    turn: int,
    state: InvitationState,
    reason: str | None,
    instead: str | None,
) -> Answered:
    visit_id = _visit_of(desk, invitation_id)
    visit = hold(desk.session, visit_id)
    need_future(visit)
    before = attending_of(desk, visit)
    was_there = desk.session.get_one(Invitation, invitation_id).state == InvitationState.ACCEPTED
    won = desk.session.exec(
        update(Invitation)
        .where(
            col(Invitation.id) == invitation_id,
            col(Invitation.turn) == turn,
            col(Invitation.state) != str(InvitationState.WITHDRAWN),
        )
        .values(
            state=str(state),
            answered_at=desk.now,
            reason=reason,
            substitute_id=instead,
            asked_again_at=None,
            turn=turn + 1,
        )
    )
    desk.session.expire_all()
    invitation = desk.session.get_one(Invitation, invitation_id)
    if won.rowcount == 0:
        raise _refusal(invitation)
    attends = state == InvitationState.ACCEPTED
    audit.note(desk, visit, "attend" if attends else "cannot_attend")
    moved = follow_attendance(desk, visit, before)
    _tell(desk, visit, invitation, moved, left=was_there and not attends)
    if was_there and not attends:
        tell_again(desk, visit, Why(reason))
    outbox.changed(desk, visit)
    return Answered(visit, invitation, moved)


def _tell(
    desk: Desk, visit: Visit, invitation: Invitation, moved: Moved | None, *, left: bool
) -> None:
    """Host and requester hear each answer once; the coordinator too where a leader who had said
    yes does not come, for the guests may have been told (R4.4)."""
    people = [visit.host_id, visit.requester_id]
    if left:
        people += picture(desk.session, visit.id or 0, desk.site).able(Ability.PREPARES)[:1]
    attends = invitation.state == InvitationState.ACCEPTED
    args = {
        "invitation": invitation.id,
        "by": invitation.user_id,
        "answer": ATTENDS if attends else CANNOT,
        "reason": invitation.reason,
        "substitute": invitation.substitute_id,
        "left": left,
        "moved": None if moved is None else str(moved.to) if moved.to is not None else STANDS,
    }
    for person in dict.fromkeys(people):
        if person != desk.actor_id:
            key = f"v{visit.id}:answer:{invitation.id}:{invitation.turn}:{person}"
            kind = "escort_left" if left else "invitation_answer"
            outbox.owe(desk, kind, person, key, visit.id, **args)


# Before a form opens


def open_invitation(
    desk: Desk, invitation_id: int, turn: int | None = None
) -> tuple[VisitPicture, Invitation]:
    """An invitation that can be answered, as of that turn. Raises what `attend` raises."""
    view = picture(desk.session, _visit_of(desk, invitation_id), desk.site)
    need_future(view.visit)
    found = view.invitation(invitation_id)
    if found is None:
        raise Outdated
    if turn is not None and found.turn != turn:
        raise _refusal(found)
    return view, found


@dataclass(frozen=True)
class Leaving:
    """A leader who cannot, or is asked no longer: who might go instead, and whether the guests were
    told that they come, so that it needs a reason (D12)."""

    view: VisitPicture
    invitation: Invitation
    substitute: str | None
    is_told: bool


def leaving(desk: Desk, invitation_id: int, turn: int) -> Leaving:
    """What is asked before a leader drops out. Raises what `attend` raises."""
    view, found = open_invitation(desk, invitation_id, turn)
    return Leaving(view, found, substitute(view, found), _is_told(desk, view.visit, found))


def invitable(desk: Desk, visit_id: int) -> VisitPicture:
    """A visit to which leaders may still be invited. Raises VisitOver."""
    view = picture(desk.session, visit_id, desk.site)
    need_future(view.visit)
    return view


def need_future(visit: Visit) -> None:
    """Raise VisitOver where the guests have left, or will not come."""
    if visit.status not in _BEFORE_THE_END or visit.left_at is not None:
        raise VisitOver(visit.status)


def _visit_of(desk: Desk, invitation_id: int) -> int:
    query = select(Invitation.visit_id).where(Invitation.id == invitation_id)
    visit_id = desk.session.exec(query).first()
    if visit_id is None:
        raise Outdated
    return visit_id


def _refusal(found: Invitation) -> AlreadyDecided | Outdated:
    """Why a click does nothing: it was answered before, or asked anew since."""
    if found.is_waiting or found.answered_at is None or found.state == InvitationState.WITHDRAWN:
        return Outdated()
    said = ATTENDS if found.state == InvitationState.ACCEPTED else CANNOT
    return AlreadyDecided(found.user_id, found.answered_at, said)


def _ask(desk: Desk, found: Invitation, rank: str | None, instead: int | None) -> None:
    """Ask somebody, be it once more after they have said no."""
    found.state, found.rank, found.instead_of = InvitationState.ASKED, rank, instead
    found.asked_by, found.asked_at = desk.person, desk.now
    found.answered_at = found.asked_again_at = found.reason = found.substitute_id = None
    found.turn += 1
    desk.session.add(found)
    desk.session.flush()
