"""The forms that people fill, validated: what is wrong is said for each field, all at once."""

from datetime import datetime, timedelta
from decimal import Decimal

from pydantic import BaseModel, ConfigDict

from models.base.errors import Fault
from models.base.limits import (
    CUSTOMER_LIMIT,
    GUEST_LIST_LIMIT,
    NAME_LIMIT,
    NOTES_LIMIT,
    PLACE_LIMIT,
    REASON_LIMIT,
)
from models.base.travel_numbers import travel_numbers
from models.base.visible import seen
from models.base.words import Purpose, TravelBy, TripKind
from models.customers.names import length
from models.policy.rules import Policy

AS_PROPOSED = "as-proposed"
"""In the place of a level's key (which has no hyphen): the level that the procedure proposes."""
BUDGET_LIMIT = Decimal(10) ** 11
"""In the policy's currency; what lies beyond is a slip of the keys."""
_LONGEST_STAY = timedelta(days=90)
_FURTHEST = timedelta(days=3 * 366)


class VisitDetails(BaseModel):
    """What of a visit notice is asked after the sending, and can be left out: plain values, nothing
    believed yet. Times are aware; `budget` is in the policy's currency. A drop-off goes back to the
    pickup place where it names no place of its own."""

    model_config = ConfigDict(frozen=True)

    guests: str | None = None
    travel_by: str | None = None
    travel_number: str | None = None
    pickup_place: str | None = None
    pickup_time: datetime | None = None
    dropoff_time: datetime | None = None
    dropoff_place: str | None = None
    meeting_time: datetime | None = None
    meeting_place: str | None = None
    budget: Decimal | None = None
    exception_reason: str | None = None
    second_host: str | None = None
    account_owner: str | None = None
    told_reason: str | None = None
    notes: str | None = None


class VisitForm(VisitDetails):
    """The whole visit notice as a person filled it.

    `customer` is the name, known or new. `capital` is as it was written, with its currency, and so
    is `contact_phone`. `level` is a key of the policy, or AS_PROPOSED.
    """

    customer: str
    purpose: str
    lead_guest: str
    lead_guest_title: str
    party_size: int | None
    arrival: datetime | None
    departure: datetime | None
    host: str
    level: str
    level_reason: str | None = None
    contact_phone: str | None = None
    customer_kind: str | None = None
    capital: str | None = None
    overseas: bool = False
    important: bool = False

    def with_details(self, details: VisitDetails) -> "VisitForm":
        """The same notice with these details in place of its own."""
        return self.model_copy(update={name: getattr(details, name) for name in DETAILS})

    def faults(
        self, now: datetime, policy: Policy, kept: "VisitForm | None" = None
    ) -> dict[str, Fault]:
        """Every field that cannot stand, with what is wrong with it.

        What has to be read to be judged (guests, capital, phone) `read_form` judges. `kept` is the
        form of the visit as it already is: times that stay so may lie in the past.
        """
        faults: dict[str, Fault] = {}
        for field in ("customer", "lead_guest", "lead_guest_title"):
            value = seen(getattr(self, field))
            is_customer = field == "customer"
            limit = CUSTOMER_LIMIT if is_customer else NAME_LIMIT
            characters = length(value) if is_customer else len(value)
            if not value:
                faults[field] = Fault("required")
            elif characters > limit:
                faults[field] = Fault("too_long", {"limit": limit, "length": characters})
        for field, limit in (
            ("travel_number", 32),
            ("pickup_place", PLACE_LIMIT),
            ("dropoff_place", PLACE_LIMIT),
            ("meeting_place", PLACE_LIMIT),
            ("level_reason", REASON_LIMIT),
            ("exception_reason", REASON_LIMIT),
            ("told_reason", REASON_LIMIT),
            ("notes", NOTES_LIMIT),
            ("guests", GUEST_LIST_LIMIT),
        ):
            value = getattr(self, field)
            if value and len(value) > limit:
                faults[field] = Fault("too_long", {"limit": limit, "length": len(value)})
        if self.purpose not in list(Purpose):
            faults["purpose"] = Fault("required")
        elif self.purpose not in policy.purposes:
            faults["purpose"] = Fault("choice_gone", {"choice": self.purpose})
        if self.travel_by is not None and self.travel_by not in list(TravelBy):
            faults["travel_by"] = Fault("required")
        number = (self.travel_number or "").strip()
        stands = kept is not None and number == (kept.travel_number or "")
        if number and not stands and travel_numbers(self.travel_by, number) is None:
            faults.setdefault("travel_number", Fault(f"{self.travel_by}_number"))
        if not self.host:
            faults["host"] = Fault("required")
        most = policy.max_party_size
        if self.party_size is None or not 1 <= self.party_size <= most:
            faults["party_size"] = Fault("party_size", {"most": most})
        if self.budget is not None and not 0 <= self.budget < BUDGET_LIMIT:
            faults["budget"] = Fault("budget")
        faults |= self._check_policy(policy)
        faults |= self._check_times(now, kept)
        faults |= self.car_faults(now, kept)
        return faults

    def _check_policy(self, policy: Policy) -> dict[str, Fault]:
        """What only the policy can say: keys that it may no longer have."""
        faults: dict[str, Fault] = {}
        if not self.level:
            faults["level"] = Fault("required")
        elif self.level not in {AS_PROPOSED, *(level.key for level in policy.levels)}:
            faults["level"] = Fault("choice_gone", {"choice": self.level})
        asked = policy.asked
        kinds = {kind.key for kind in policy.customer_kinds}
        if self.customer_kind and "customer_kind" in asked and self.customer_kind not in kinds:
            faults["customer_kind"] = Fault("choice_gone", {"choice": self.customer_kind})
        return faults

    def _check_times(self, now: datetime, kept: "VisitForm | None") -> dict[str, Fault]:
        faults: dict[str, Fault] = {}
        arrival, departure = self.arrival, self.departure
        if arrival is None:
            faults["arrival"] = Fault("required")
        elif arrival <= now and not (kept and arrival == kept.arrival):
            faults["arrival"] = Fault("arrival_past")
        elif arrival > now + _FURTHEST:
            faults["arrival"] = Fault("too_far")
        if departure is None:
            faults["departure"] = Fault("required")
        elif arrival is not None and departure <= arrival:
            faults["departure"] = Fault("departure_before_arrival")
        elif arrival is not None and departure > arrival + _LONGEST_STAY:
            faults["departure"] = Fault("stay_too_long", {"days": _LONGEST_STAY.days})
        meeting = self.meeting_time
        if meeting is not None and arrival is not None and meeting < arrival:
            faults["meeting_time"] = Fault("meeting_before_arrival")
        elif meeting is not None and departure is not None and meeting >= departure:
            faults["meeting_time"] = Fault("meeting_after_departure")
        return faults

    def car_faults(self, now: datetime, kept: "VisitForm | None") -> dict[str, Fault]:
        """Pickup and drop-off: a time to come, in the visit's order, and a place (R6.1)."""
        faults: dict[str, Fault] = {}
        pickup, dropoff, arrival = self.pickup_time, self.dropoff_time, self.arrival
        if pickup is not None:
            if not _said(self.pickup_place):
                faults["pickup_place"] = Fault("pickup_place_missing")
            stands = kept is not None and (pickup, arrival) == (kept.pickup_time, kept.arrival)
            if arrival is not None and pickup > arrival and not stands:
                faults["pickup_time"] = Fault("pickup_after_arrival")
            elif pickup <= now and not (kept and pickup == kept.pickup_time):
                faults["pickup_time"] = Fault("pickup_past")
            elif arrival is not None and pickup < arrival - timedelta(days=2):
                faults["pickup_time"] = Fault("pickup_too_early")
        if dropoff is None:
            if _said(self.dropoff_place):
                faults["dropoff_time"] = Fault("dropoff_time_missing")
            return faults
        if not self._has_way_back and not (kept and kept.dropoff_time and not kept._has_way_back):
            faults["dropoff_place"] = Fault("dropoff_place_missing")
        meeting, departure = self.meeting_time, self.departure
        if arrival is not None and dropoff <= arrival:
            faults["dropoff_time"] = Fault("dropoff_before_arrival")
        elif dropoff <= now and not (kept and dropoff == kept.dropoff_time):
            faults["dropoff_time"] = Fault("dropoff_past")
        elif meeting is not None and dropoff <= meeting:
            faults["dropoff_time"] = Fault("dropoff_before_meeting")
        elif departure is not None and dropoff > departure + timedelta(days=1):
            faults["dropoff_time"] = Fault("dropoff_too_late")
        return faults

    def wanted_trips(self) -> dict[TripKind, tuple[datetime | None, str]]:
        """Time (None: no such trip) and place of the pickup and the drop-off asked for (R6.1).

        A pickup place without a time means pickup at the arrival; a drop-off that names no place
        goes back to that one.
        """
        place = (self.pickup_place or "").strip()
        pickup_at = self.pickup_time or (self.arrival if place else None)
        back = (self.dropoff_place or "").strip() or place
        return {TripKind.PICKUP: (pickup_at, place), TripKind.DROPOFF: (self.dropoff_time, back)}

    @property
    def _has_way_back(self) -> bool:
        """Whether a drop-off has somewhere to go."""
        return _said(self.dropoff_place) or _said(self.pickup_place)


DETAILS = tuple(VisitDetails.model_fields)
"""The fields of a notice that are asked after the sending."""


def is_beyond_input(guests: str | None) -> bool:
    """Whether a guest list is longer than an input of a form holds: then it is not asked there."""
    return len(guests or "") > NOTES_LIMIT


def _said(words: str | None) -> bool:
    return bool((words or "").strip())
