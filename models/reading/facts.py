"""The facts of a visit that rules of the policy ask for."""

from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from models.base.times import local
from models.base.words import TravelBy, TripKind
from models.policy.base import Money
from models.policy.beyond import Planned, Point, beyond
from models.policy.caps import total_for
from models.policy.company_tables import Rank
from models.policy.conditions import Beyond, Facts
from models.policy.leadtime import earliness, lead_needed
from models.policy.levels import highest_rank
from models.policy.rules import Policy
from models.policy.span import Ahead, ahead, unsure_year
from models.reading.discretion import chosen_of
from models.reading.picture import VisitPicture
from models.records.visit import Visit


def facts_of(picture: VisitPicture) -> Facts:
    """The facts of a stored visit. A leader who hosts, or has said yes, attends (R2.4)."""
    visit, zone = picture.visit, ZoneInfo(picture.visit.timezone)
    titles = [visit.lead_guest_title, *(guest.title for guest in picture.guests)]
    rank = highest_rank(picture.policy, titles)
    return Facts(
        level=visit.level,
        customer=visit.customer_kind,
        rank=rank.key if rank else None,
        capital=capital_of(visit),
        party_size=visit.party_size,
        purpose=visit.purpose,
        overseas=visit.is_overseas,
        new_customer=picture.is_new_customer,
        important=visit.is_important,
        same_day=visit.arrival.astimezone(zone).date() == visit.departure.astimezone(zone).date(),
        pickup=any(trip.kind == TripKind.PICKUP for trip in picture.trips),
        own_car=visit.travel_by == TravelBy.OWN_CAR,
        amount=visit.budget,
        late=visit.is_urgent,
        exceptions=frozenset(_exceptions(picture)),
        attending=_attending(picture),
        chosen=chosen_of(picture),
    )


def _exceptions(picture: VisitPicture) -> Iterator[str]:
    """For what the request itself asks an exception: being late, and with a written reason a
    budget above what the level allows (R2.2)."""
    if picture.visit.is_urgent:
        yield str(Beyond.LATE)
    if picture.visit.exception_reason and is_over_budget(picture):
        yield str(Beyond.BUDGET)


def allowed_total(
    policy: Policy, level: str, party_size: int, arrival: datetime, departure: datetime, zone: str
) -> Decimal | None:
    """What the level's caps make together for a party and stay; None where one of them is open."""
    site = ZoneInfo(zone)
    stay = departure.astimezone(site).date() - arrival.astimezone(site).date()
    return total_for(policy, level, party_size, stay.days + 1).amount


def allowed_of(picture: VisitPicture) -> Decimal | None:
    """What the caps of a visit's level make together; None where one of them is open."""
    visit = picture.visit
    return allowed_total(
        picture.policy,
        visit.level,
        visit.party_size,
        visit.arrival,
        visit.departure,
        visit.timezone,
    )


def is_over_budget(picture: VisitPicture) -> bool:
    """Whether the visit's budget is above what its level allows."""
    budget, allowed = picture.visit.budget, allowed_of(picture)
    return budget is not None and allowed is not None and budget > allowed


def _attending(picture: VisitPicture) -> str | None:
    """The highest rank of our own that is known to take part: the host's and those of the leaders
    who accepted, by their roles."""
    people = [picture.visit.host_id, *picture.attending]
    ranks = [rank for person in people if (rank := rank_of_person(picture, person)) is not None]
    return max(ranks, key=lambda rank: rank.grade).key if ranks else None


def rank_of_person(picture: VisitPicture, user_id: str) -> Rank | None:
    """The highest rank that one of ours has by their roles; None where no role tells one."""
    company = picture.policy.company
    roles = {company.borne(r) for r, people in picture.holders.items() if user_id in people}
    ranks = [rank for rank in picture.policy.ranks if rank.role in roles]
    return max(ranks, key=lambda rank: rank.grade, default=None)


def capital_of(visit: Visit) -> Money | None:
    """The customer's registered capital, as far as it is known."""
    if visit.capital is None or visit.capital_currency is None:
        return None
    return Money(visit.capital, visit.capital_currency)


def points_of(picture: VisitPicture) -> list[Point]:
    """In what the visit goes beyond the policy, as far as it is known (R2.2): how late it was asked
    for, whether in writing where that is wanted, the rank of who leads, and the budget.

    It is in writing when its notes say what for: choosing from lists is not. What was in time when
    it was sent has not become late by an edit.
    """
    visit = picture.visit
    planned = Planned(
        ahead=ahead_of(picture) if visit.is_urgent else None,
        in_writing=bool((visit.notes or "").strip()),
        escort=_attending(picture),
        total=visit.budget,
        budget=allowed_of(picture),
    )
    return beyond(picture.policy, facts_of(picture), planned)


def ahead_of(picture: VisitPicture) -> Ahead:
    """How far ahead of the arrival the visit was asked for, as it was measured (R1.5): when the
    request was sent, or when the day of the arrival was changed last."""
    visit = picture.visit
    return ahead(*_measured(visit), visit.timezone, picture.policy.work_days)


def is_short_notice(picture: VisitPicture) -> bool:
    """Whether a visit, as it was measured, gives less notice than its policy wants (R1.5)."""
    return is_short(picture, ahead_of(picture))


def is_short(picture: VisitPicture, asked: Ahead) -> bool:
    """Whether asking for the visit so far ahead is less notice than its policy wants (R1.5)."""
    return earliness(picture.policy, facts_of(picture), asked) in {"late", "urgent"}


def unpublished_year(picture: VisitPicture) -> int | None:
    """The year whose official calendar is not published yet, where it may decide whether the visit
    was asked for in time; None where nothing hangs on it."""
    visit, policy = picture.visit, picture.policy
    wanted = lead_needed(policy, facts_of(picture)).span
    return unsure_year(*_measured(visit), visit.timezone, policy.work_days, wanted)


def measure_notice(picture: VisitPicture, now: datetime) -> None:
    """Measure how far ahead the visit is asked for: from now, to the arrival as it is agreed now,
    and whether that is less notice than its policy wants (R1.5)."""
    visit = picture.visit
    visit.notice_from, visit.notice_until = now, visit.arrival
    visit.is_urgent = is_short_notice(picture)


def is_on_another_day(visit: Visit) -> bool:
    """Whether the arrival lies on another day, by the site's zone, than when it was measured."""
    was, now = (local(at, visit.timezone).date() for at in (_measured(visit)[1], visit.arrival))
    return was != now


def _measured(visit: Visit) -> tuple[datetime, datetime]:
    """From when until when the lead time was measured."""
    return visit.notice_from or visit.created_at, visit.notice_until or visit.arrival
