"""A request read once: guests, capital, phone, and the facts that rules of the policy ask for."""

from dataclasses import dataclass
from zoneinfo import ZoneInfo

from models.base.errors import Fault
from models.base.limits import GUESTS_LIMIT
from models.base.words import TravelBy
from models.customers.guests import GuestLine, UnclearGuests, parse_guests
from models.customers.phones import read_phone
from models.policy.base import Money
from models.policy.conditions import Facts
from models.policy.currencies import capital_currencies
from models.policy.levels import highest_rank
from models.policy.rules import Policy
from models.request.capital import UnknownCurrency, UnreadableCapital, parse_capital
from models.request.forms import AS_PROPOSED, VisitForm


@dataclass(frozen=True)
class ReadForm:
    """What a form says, as far as it is filled. What cannot be read in it (a guest line, a capital,
    a phone) is left out, and stands in `faults` by its field."""

    guests: list[GuestLine]
    capital: Money | None
    phone: str | None
    facts: Facts
    faults: dict[str, Fault]


def read_form(
    policy: Policy, form: VisitForm, timezone: str, *, is_new_customer: bool = False
) -> ReadForm:
    """Read a form; no field has to be filled. `timezone` is the site's."""
    faults: dict[str, Fault] = {}
    guests = _guests(form, faults)
    capital = _capital(policy, form, faults)
    phone = _phone(policy, form, faults)
    zone = ZoneInfo(timezone)
    rank = highest_rank(policy, [form.lead_guest_title, *(guest.title for guest in guests)])
    days = {at.astimezone(zone).date() if at else None for at in (form.arrival, form.departure)}
    facts = Facts(
        level=form.level if form.level and form.level != AS_PROPOSED else None,
        customer=form.customer_kind or None,
        rank=rank.key if rank else None,
        capital=capital,
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
    return ReadForm(guests, capital, phone, facts, faults)


def _guests(form: VisitForm, faults: dict[str, Fault]) -> list[GuestLine]:
    try:
        guests = parse_guests(form.guests or "")
    except UnclearGuests as error:
        faults["guests"] = Fault(error.code, {"line": error.shown})
        return []
    if len(guests) > GUESTS_LIMIT:
        faults["guests"] = Fault("too_many_guests", {"count": len(guests), "most": GUESTS_LIMIT})
    elif form.party_size and len(guests) > max(form.party_size, 1):
        counts: dict[str, str | int] = {"count": len(guests), "size": form.party_size}
        faults["guests"] = Fault("more_guests", counts)
    return guests


def _capital(policy: Policy, form: VisitForm, faults: dict[str, Fault]) -> Money | None:
    if not (form.capital or "").strip():
        return None
    known = capital_currencies(policy)
    try:
        return parse_capital(form.capital or "", known)
    except UnreadableCapital:
        fault = Fault("capital", {"currency": known[-1]})
    except UnknownCurrency as error:
        fault = Fault("capital_unit", {"unit": error.unit, "known": ", ".join(known)})
    if "capital" in policy.asked:
        faults["capital"] = fault
    return None


def _phone(policy: Policy, form: VisitForm, faults: dict[str, Fault]) -> str | None:
    written = (form.contact_phone or "").strip()
    if not written:
        return None
    phone = read_phone(written, policy.country)
    if phone is None:
        faults["contact_phone"] = Fault("phone")
    return phone
