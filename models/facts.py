"""The facts of a visit that rules of the policy ask for."""

from datetime import datetime
from zoneinfo import ZoneInfo

from models.calendar import working_days_between
from models.forms import VisitForm, parse_guests
from models.picture import VisitPicture
from models.policy.base import Money
from models.policy.beyond import Planned, Point, beyond
from models.policy.caps import total_for
from models.policy.company_tables import Rank
from models.policy.conditions import Beyond, Facts
from models.policy.levels import highest_rank
from models.policy.rules import Policy
from models.visit import Visit
from models.words import TravelBy, TripKind


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
        exceptions=frozenset({str(Beyond.LATE)} if visit.is_urgent else ()),
        attending=_attending(picture),
    )


def _attending(picture: VisitPicture) -> str | None:
    """The highest rank of our own that is known to take part: the host's and those of the leaders
    who accepted, by their roles."""
    people = [picture.visit.host_id, *picture.attending]
    ranks = [rank for person in people if (rank := rank_of_person(picture, person)) is not None]
    return max(ranks, key=lambda rank: rank.grade).key if ranks else None


def rank_of_person(picture: VisitPicture, user_id: str) -> Rank | None:
    """The highest rank that one of ours has by their roles; None where no role tells one."""
    roles = {role for role, people in picture.holders.items() if user_id in people}
    ranks = [rank for rank in picture.policy.ranks if rank.role in roles]
    return max(ranks, key=lambda rank: rank.grade, default=None)


def capital_of(visit: Visit) -> Money | None:
    """The customer's registered capital, as far as it is known."""
    if visit.capital is None or visit.capital_currency is None:
        return None
    return Money(visit.capital, visit.capital_currency)


def points_of(picture: VisitPicture) -> list[Point]:
    """In what the visit goes beyond the policy, as far as it is kept (R2.2): how late it was asked
    for, and a budget above all that its level's caps make together."""
    visit, policy = picture.visit, picture.policy
    zone = ZoneInfo(visit.timezone)
    stay = visit.departure.astimezone(zone).date() - visit.arrival.astimezone(zone).date()
    allowed = total_for(policy, visit.level, visit.party_size, stay.days + 1).amount
    planned = Planned(
        working_days=working_days_ahead(visit, picture.asked_at, policy.country),
        total=visit.budget,
        budget=allowed,
    )
    return beyond(policy, facts_of(picture), planned)


def working_days_ahead(visit: Visit, asked: datetime, country: str) -> int:
    """The working days that lie between a moment of asking and the visit's arrival (R1.5)."""
    zone = ZoneInfo(visit.timezone)
    start, end = asked.astimezone(zone).date(), visit.arrival.astimezone(zone).date()
    return working_days_between(start, end, country)


def facts_of_form(policy: Policy, form: VisitForm, timezone: str) -> Facts:
    """The facts of a form as far as it is filled (no field has to be), for the proposed level."""
    zone = ZoneInfo(timezone)
    try:
        guests = parse_guests(form.guests or "")
    except ValueError:  # the form's own check names the line
        guests = []
    rank = highest_rank(policy, [form.lead_guest_title, *(guest.title for guest in guests)])
    days = {at.astimezone(zone).date() if at else None for at in (form.arrival, form.departure)}
    return Facts(
        level=form.level or None,
        rank=rank.key if rank else None,
        party_size=form.party_size or 1,
        purpose=form.purpose or None,
        same_day=len(days) == 1 and None not in days,
        pickup=form.pickup_time is not None,
        own_car=form.travel_by == TravelBy.OWN_CAR,
        amount=form.budget,
    )
