"""The forms that people fill, validated: what is wrong is said for each field, all at once."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from pydantic import BaseModel, ConfigDict

from models.errors import Fault, InvalidForm
from models.words import Intention, Purpose, TravelBy

NAME_LIMIT = 200
NOTES_LIMIT = 3000
PLACE_LIMIT = 300
_LONGEST_STAY = timedelta(days=90)
_FURTHEST = timedelta(days=3 * 366)


@dataclass(frozen=True)
class GuestLine:
    """One guest as pasted: name, title, diet."""

    name: str
    title: str | None = None
    diet: str | None = None


class VisitForm(BaseModel):
    """The visit notice as a person filled it: plain values, nothing believed yet.

    `customer` is the name, known or new. Times are aware. `budget` is in the site's currency.
    """

    model_config = ConfigDict(frozen=True)

    customer: str
    purpose: str
    lead_guest: str
    lead_guest_title: str
    party_size: int | None
    arrival: datetime | None
    departure: datetime | None
    host: str
    level: str
    travel_by: str | None = None
    travel_number: str | None = None
    pickup_place: str | None = None
    pickup_time: datetime | None = None
    dropoff_time: datetime | None = None
    account_owner: str | None = None
    budget: Decimal | None = None
    guests: str | None = None
    notes: str | None = None

    def check(
        self, now: datetime, levels: list[str], max_party_size: int, kept_arrival: datetime | None
    ) -> None:
        """Raise InvalidForm with every field that cannot stand.

        `kept_arrival` is the arrival that the visit already has: unchanged, it may lie in the past.
        """
        faults: dict[str, Fault] = {}
        for field in ("customer", "lead_guest", "lead_guest_title"):
            value = getattr(self, field).strip()
            if not value:
                faults[field] = Fault("required")
            elif len(value) > NAME_LIMIT:
                faults[field] = Fault("too_long", {"limit": NAME_LIMIT, "length": len(value)})
        for field, limit in (
            ("travel_number", 32),
            ("pickup_place", PLACE_LIMIT),
            ("notes", NOTES_LIMIT),
            ("guests", NOTES_LIMIT),
        ):
            value = getattr(self, field)
            if value and len(value) > limit:
                faults[field] = Fault("too_long", {"limit": limit, "length": len(value)})
        if self.purpose not in list(Purpose):
            faults["purpose"] = Fault("required")
        if self.travel_by is not None and self.travel_by not in list(TravelBy):
            faults["travel_by"] = Fault("required")
        if self.level not in levels:
            faults["level"] = Fault("required")
        if not self.host:
            faults["host"] = Fault("required")
        if self.party_size is None or not 1 <= self.party_size <= max_party_size:
            faults["party_size"] = Fault("party_size", {"most": max_party_size})
        if self.budget is not None and not 0 <= self.budget < Decimal(10) ** 11:
            faults["budget"] = Fault("budget")
        faults |= self._check_times(now, kept_arrival)
        try:
            guests = parse_guests(self.guests or "")
        except ValueError as error:
            faults["guests"] = Fault("guest_line", {"line": str(error)})
        else:
            if self.party_size and len(guests) > max(self.party_size, 1):
                facts: dict[str, str | int] = {"count": len(guests), "size": self.party_size}
                faults.setdefault("guests", Fault("more_guests", facts))
        if faults:
            raise InvalidForm(faults)

    def _check_times(self, now: datetime, kept_arrival: datetime | None) -> dict[str, Fault]:
        faults: dict[str, Fault] = {}
        arrival, departure = self.arrival, self.departure
        if arrival is None:
            faults["arrival"] = Fault("required")
        elif arrival <= now and arrival != kept_arrival:
            faults["arrival"] = Fault("arrival_past")
        elif arrival > now + _FURTHEST:
            faults["arrival"] = Fault("too_far")
        if departure is None:
            faults["departure"] = Fault("required")
        elif arrival is not None and departure <= arrival:
            faults["departure"] = Fault("departure_before_arrival")
        elif arrival is not None and departure > arrival + _LONGEST_STAY:
            faults["departure"] = Fault("stay_too_long", {"days": _LONGEST_STAY.days})
        if self.pickup_time is not None:
            if not (self.pickup_place or "").strip():
                faults["pickup_place"] = Fault("pickup_place_missing")
            if arrival is not None and self.pickup_time > arrival:
                faults["pickup_time"] = Fault("pickup_after_arrival")
            elif arrival is not None and self.pickup_time < arrival - timedelta(days=2):
                faults["pickup_time"] = Fault("pickup_too_early")
        if self.dropoff_time is not None and arrival is not None:
            if self.dropoff_time <= arrival:
                faults["dropoff_time"] = Fault("dropoff_before_arrival")
            elif departure is not None and self.dropoff_time > departure + timedelta(days=1):
                faults["dropoff_time"] = Fault("dropoff_too_late")
        return faults


class FeedbackForm(BaseModel):
    """The feedback as the account owner filled it (R8.1). `satisfaction` runs from 0 to 100."""

    model_config = ConfigDict(frozen=True)

    satisfaction: int | None
    intention: str
    suggestions: str | None = None
    open_questions: str | None = None

    def check(self) -> None:
        """Raise InvalidForm with every field that cannot stand."""
        faults: dict[str, Fault] = {}
        if self.satisfaction is None or not 0 <= self.satisfaction <= 100:
            faults["satisfaction"] = Fault("satisfaction")
        if self.intention not in list(Intention):
            faults["intention"] = Fault("required")
        for field in ("suggestions", "open_questions"):
            value = getattr(self, field)
            if value and len(value) > NOTES_LIMIT:
                faults[field] = Fault("too_long", {"limit": NOTES_LIMIT, "length": len(value)})
        if faults:
            raise InvalidForm(faults)


def parse_guests(pasted: str) -> list[GuestLine]:
    """The guests of a pasted list: one a line, name, title and diet parted by tabs or commas.

    Takes what Excel puts on the clipboard (tabs, quoted cells, CRLF) and Chinese commas. Raises
    ValueError with the line that is too long to be a guest.
    """
    guests = []
    for line in pasted.replace("\r\n", "\n").replace("\r", "\n").split("\n"):
        parts = re.split(r"\t", line) if "\t" in line else re.split(r"[,，、;；]", line)
        cells = [cell.strip().strip('"').strip() for cell in parts]
        if not any(cells):
            continue
        if any(len(cell) > NAME_LIMIT for cell in cells):
            raise ValueError(line.strip()[:60])
        name, title, diet = (
            [*cells[:2], ", ".join(c for c in cells[2:] if c), ""][:3]
            if len(cells) > 1
            else [cells[0], "", ""]
        )
        guests.append(GuestLine(name or "–", title or None, diet or None))
    return guests


def fold(name: str) -> str:
    """The form under which two spellings of one customer's name are the same."""
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())
