"""Who of ours leads and who may be invited: protocol grade, escorts, substitutes (R4.5, P04)."""

from dataclasses import dataclass
from typing import Literal

from models.base.words import InvitationState
from models.policy.company_tables import Rank
from models.policy.level_tables import Grade
from models.policy.levels import rank_of_title
from models.policy.protocol import escort_ranks, protocol_grade, wanted_grade
from models.policy.source import Source
from models.reading.facts import rank_of_person
from models.reading.notice import suggested_leaders
from models.reading.picture import VisitPicture
from models.records.escorts import Invitation

_TAKES_PART = {InvitationState.ASKED, InvitationState.ACCEPTED}
Fit = Literal["wanted", "raised", "differs"]
"""How a grade stands to the one that the level wants: that very one, above it as the procedure
allows, or neither."""


@dataclass(frozen=True)
class Leading:
    """Our leading person's rank against the lead guest's. None: no role or title tells it."""

    person: str | None
    ours: Rank | None
    guest: Rank | None
    grade: Grade | None
    wanted: Grade
    rule: Source
    fit: Fit | None


@dataclass(frozen=True)
class Escort:
    """One rank that the level's procedure wants: whether it may lead, and who is known to hold it
    and takes no part yet. `is_known` says whether a role tells who holds the rank at all."""

    rank: Rank
    leads: bool
    people: tuple[str, ...]
    is_known: bool


def leading(picture: VisitPicture) -> Leading:
    """The protocol grade as things stand: the highest of host and attending leaders."""
    policy, visit = picture.policy, picture.visit
    known = [
        (rank, person)
        for person in dict.fromkeys([visit.host_id, *picture.attending])
        if (rank := rank_of_person(picture, person)) is not None
    ]
    ours, person = max(known, key=lambda pair: pair[0].grade) if known else (None, None)
    guest = rank_of_title(policy, visit.lead_guest_title)
    wanted, rule = wanted_grade(policy, visit.level)
    grade = protocol_grade(policy, _key(ours), _key(guest))
    fit: Fit | None = None
    if grade is not None:
        raised = policy.protocol.may_raise and grade == "high" and wanted == "equal"
        fit = "wanted" if grade == wanted else "raised" if raised else "differs"
    return Leading(person, ours, guest, grade, wanted, rule, fit)


def escorts(picture: VisitPicture) -> list[Escort]:
    """The ranks that the level wants, those that may lead first and the most fitting of them
    foremost; then who accompanies them, from the top. Empty where the level names no escorts."""
    rule = picture.level.escorts
    if rule is None:
        return []
    leads = _leads(picture)
    keys = {rank.key for rank in leads}
    others = [r for r in picture.policy.ranks if r.key in rule.ranks and r.key not in keys]
    others.sort(key=lambda rank: -rank.grade)
    return [
        Escort(rank, rank.key in keys, tuple(_free(picture, rank)), rank.role is not None)
        for rank in [*leads, *others]
    ]


def suggested(picture: VisitPicture) -> list[str]:
    """Whom to invite: the first who may lead, unless one does already, and of each rank below
    them that accompanies the guests one person, unless one takes part already."""
    wanted = escorts(picture)
    ranks = _ranks_there(picture)
    leads = {escort.rank.key for escort in wanted if escort.leads}
    people: list[str] = []
    top = max((rank.grade for rank in ranks if rank.key in leads), default=None)
    if top is None and leads_rightly(picture):
        return []
    if top is None:
        leader = next((each for each in wanted if each.leads and each.people), None)
        if leader is not None:
            people.append(leader.people[0])
            top = leader.rank.grade
    there = {rank.key for rank in ranks}
    for each in sorted(wanted, key=lambda escort: -escort.rank.grade):
        below = top is None or each.rank.grade < top
        if below and each.rank.key not in there and each.people:
            people.append(each.people[0])
    people += [who for who in suggested_leaders(picture) if not takes_part(picture, who)]
    return list(dict.fromkeys(people))


def leads_rightly(picture: VisitPicture) -> bool:
    """Whether somebody of a rank that may lead takes part, or was asked and has not said no.

    Where the lowest rank of ours may lead, any host does.
    """
    leads = _leads(picture)
    lowest = min((rank.grade for rank in picture.policy.ranks if rank.side != "guests"), default=0)
    if any(rank.grade == lowest for rank in leads):
        return True
    keys = {rank.key for rank in leads}
    return any(rank.key in keys for rank in _ranks_there(picture))


def substitute(picture: VisitPicture, invitation: Invitation) -> str | None:
    """Who might go instead of a leader who cannot: another of the same rank, else, for a rank
    that may lead, the next in the procedure's order (R4.5). None: nobody is known."""
    rank = picture.policy.rank(invitation.rank)
    order = [rank] if rank is not None else []
    leads = _leads(picture)
    if rank is None or rank.key in {each.key for each in leads}:
        order += leads
    for each in order:
        for person in _free(picture, each):
            return person
    return None


def rank_asked(
    picture: VisitPicture, user_id: str, instead: Invitation | None = None
) -> str | None:
    """The key of the rank that somebody is asked as: their own by their roles, else that of the
    leader whom they stand in for."""
    own = rank_of_person(picture, user_id)
    return own.key if own is not None else instead.rank if instead is not None else None


def takes_part(picture: VisitPicture, user_id: str) -> bool:
    """Whether somebody hosts, or was asked to attend and has not said no."""
    visit = picture.visit
    return user_id in {visit.host_id, visit.second_host_id, *_partners(picture)}


def _partners(picture: VisitPicture) -> list[str]:
    return [each.user_id for each in picture.invitations if each.state in _TAKES_PART]


def _ranks_there(picture: VisitPicture) -> list[Rank]:
    """The ranks, as far as roles tell them, of the host and of whoever was asked."""
    people = [picture.visit.host_id, *_partners(picture)]
    ranks = [rank_of_person(picture, person) for person in people]
    return [rank for rank in ranks if rank is not None]


def _key(rank: Rank | None) -> str | None:
    return rank.key if rank is not None else None


def _leads(picture: VisitPicture) -> list[Rank]:
    guest = rank_of_title(picture.policy, picture.visit.lead_guest_title)
    return escort_ranks(picture.policy, picture.visit.level, _key(guest))


def _free(picture: VisitPicture, rank: Rank) -> list[str]:
    """The holders of a rank's role, and of those that bear its rank, who neither host nor were
    asked."""
    if rank.role is None:
        return []
    visit = picture.visit
    taken = {visit.host_id, visit.second_host_id, *(i.user_id for i in picture.invitations)}
    company, holders = picture.policy.company, picture.holders
    bearers = [rank.role, *(r.key for r in company if r.rank_of == rank.role)]
    people = dict.fromkeys(person for role in bearers for person in holders.get(role, []))
    return [person for person in people if person not in taken]
