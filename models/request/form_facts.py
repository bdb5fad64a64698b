"""The facts of a request that is being filled, as rules of the policy ask for them."""

from zoneinfo import ZoneInfo

from models.base.words import TravelBy
from models.customers.guests import parse_guests
from models.policy.base import Money
from models.policy.conditions import Facts
from models.policy.currencies import capital_currencies
from models.policy.levels import highest_rank
from models.policy.rules import Policy
from models.request.capital import parse_capital
from models.request.forms import AS_PROPOSED, VisitForm


def facts_of_form(
    policy: Policy, form: VisitForm, timezone: str, *, is_new_customer: bool = False
) -> Facts:
    """The facts of a form as far as it is filled (no field has to be), for the proposed level.

    What cannot be read (a guest line, a capital) is unknown here; the form's check names it.
    """
    zone = ZoneInfo(timezone)
    try:
        guests = parse_guests(form.guests or "")
    except ValueError:
        guests = []
    rank = highest_rank(policy, [form.lead_guest_title, *(guest.title for guest in guests)])
    days = {at.astimezone(zone).date() if at else None for at in (form.arrival, form.departure)}
    return Facts(
        level=form.level if form.level and form.level != AS_PROPOSED else None,
        customer=form.customer_kind or None,
        rank=rank.key if rank else None,
        capital=capital_of_form(policy, form),
        party_size=form.party_size or 1,
        purpose=form.purpose or None,
        overseas=form.overseas,
        new_customer=is_new_customer,
        important=form.important,
        same_day=len(days) == 1 and None not in days,
        pickup=form.pickup_time is not None or bool((form.pickup_place or "").strip()),
        own_car=form.travel_by == TravelBy.OWN_CAR,
        amount=form.budget,
    )


def capital_of_form(policy: Policy, form: VisitForm) -> Money | None:
    """The capital that a form states; None where it states none that can be read."""
    if not (form.capital or "").strip():
        return None
    try:
        return parse_capital(form.capital or "", capital_currencies(policy))
    except ValueError:
        return None
