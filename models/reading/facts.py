"""The facts of a visit that rules of the policy ask for."""

from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from models.base.calendar import working_days_between
from models.base.words import TravelBy, TripKind
from models.policy.base import Money
from models.policy.beyond import Planned, Point, beyond
from models.policy.caps import total_for
from models.policy.company_tables import Rank
from models.policy.conditions import Beyond, Facts
from models.policy.leadtime import earliness
from models.policy.levels import highest_rank
from models.policy.rules import Policy
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

    It is in writing when its notes say what for: choosing from lists is not.
    """
    visit = picture.visit
    planned = Planned(
        working_days=working_days_ahead(visit, picture.asked_at, picture.policy.country),
        in_writing=bool((visit.notes or "").strip()),
        escort=_attending(picture),
        total=visit.budget,
        budget=allowed_of(picture),
    )
    return beyond(picture.policy, facts_of(picture), planned)


def working_days_ahead(visit: Visit, asked: datetime, country: str) -> int:
    """The working days that lie between a moment of asking and the visit's arrival (R1.5)."""
    zone = ZoneInfo(visit.timezone)
    start, end = asked.astimezone(zone).date(), visit.arrival.astimezone(zone).date()
    return working_days_between(start, end, country)


def is_short_notice(picture: VisitPicture, asked: datetime) -> bool:
    """Whether a visit asked for at that moment gives less notice than its policy wants (R1.5)."""
    visit, policy = picture.visit, picture.policy
    days = working_days_ahead(visit, asked, policy.country)
    hours = (visit.arrival - asked).total_seconds() / 3600
    return earliness(policy, facts_of(picture), days, hours) in {"late", "urgent"}
