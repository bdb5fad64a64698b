"""The facts of a visit that rules of the policy ask for."""

from zoneinfo import ZoneInfo

from models.forms import VisitForm, parse_guests
from models.picture import VisitPicture
from models.policy.conditions import Facts
from models.policy.levels import highest_rank
from models.policy.rules import Policy
from models.words import TravelBy, TripKind


def facts_of(picture: VisitPicture) -> Facts:
    """The facts of a stored visit. What is not kept of a customer (kind, capital, country) is
    unknown, and so holds no rule that asks for it."""
    visit, zone = picture.visit, ZoneInfo(picture.visit.timezone)
    titles = [visit.lead_guest_title, *(guest.title for guest in picture.guests)]
    rank = highest_rank(picture.policy, titles)
    return Facts(
        level=visit.level,
        rank=rank.key if rank else None,
        party_size=visit.party_size,
        purpose=visit.purpose,
        same_day=visit.arrival.astimezone(zone).date() == visit.departure.astimezone(zone).date(),
        pickup=any(trip.kind == TripKind.PICKUP for trip in picture.trips),
        own_car=visit.travel_by == TravelBy.OWN_CAR,
        amount=visit.budget,
        late=visit.is_urgent,
    )


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
