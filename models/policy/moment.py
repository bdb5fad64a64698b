"""Moments of a policy: an anchor of the visit and an offset, such as `arrival -1d 17:00`."""

import re
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from models.base.calendar import WorkCalendar


class Anchor(StrEnum):
    """What an offset counts from. `pickup` and `dropoff` exist once for each trip of that kind.

    What a policy says of the car at a pickup (`car_ready`, `car_missing`) holds for rides as well.
    """

    REQUEST = "request"
    APPROVAL = "approval"
    ARRIVAL = "arrival"
    PICKUP = "pickup"
    DROPOFF = "dropoff"
    MEETING = "meeting"  # once for each meeting of the agenda
    SEND_OFF = "send_off"  # the guests set off: the first car of the last day, else the departure
    DEPARTURE = "departure"
    LEFT = "left"  # the guests have left: last drop-off, or the departure time
    HOME = "home"  # they should be home: so long after they left as the policy says
    FEEDBACK = "feedback"
    OUTCOME = "outcome"  # what came of the visit is known: landed or ended


_FORM = re.compile(
    r"(?P<sign>[+-])(?P<number>\d{1,4})(?P<unit>m|h|d|wd)(?: (?P<at>[0-2]\d:[0-5]\d))?"
)


@dataclass(frozen=True)
class Offset:
    """A distance in time: minutes, hours, days or working days, the last two with a time of day.

    Minutes and hours are elapsed time. Days keep the wall clock of the site's zone, also over a
    change to or from daylight saving; `at` sets the time of day there.
    """

    number: int = 0
    unit: str = "m"
    at: time | None = None

    @classmethod
    def parse(cls, written: str) -> "Offset":
        """Read `-24h`, `-15m`, `+2d`, `+1d 09:00`, `-3wd`. Raises ValueError for other forms."""
        match = _FORM.fullmatch(written.strip())
        if match is None:
            raise ValueError(
                f"{written!r} is not an offset: write it like -24h, -15m, +2d, +1d 09:00 or -3wd"
            )
        if match["at"] and match["unit"] in "mh":
            raise ValueError(f"{written!r}: a time of day goes with days (d) or working days (wd)")
        number = int(match["number"]) * (-1 if match["sign"] == "-" else 1)
        return cls(number, match["unit"], time.fromisoformat(match["at"]) if match["at"] else None)

    def from_(self, start: datetime, zone: str, calendar: WorkCalendar) -> datetime:
        """The moment at this distance from `start` (aware), counted in the site's zone and the
        company's working days."""
        if self.unit == "m":
            return start + timedelta(minutes=self.number)
        if self.unit == "h":
            return start + timedelta(hours=self.number)
        wall = start.astimezone(ZoneInfo(zone))
        if self.unit == "d":
            day = wall.date() + timedelta(days=self.number)
        else:
            day = calendar.add(wall.date(), self.number)
        moment = datetime.combine(day, self.at or wall.timetz().replace(tzinfo=None))
        return moment.replace(tzinfo=ZoneInfo(zone)).astimezone(start.tzinfo)

    def __str__(self) -> str:
        """As a policy file writes it; empty for no distance."""
        if not self.number and self.unit == "m":
            return ""
        at = f" {self.at:%H:%M}" if self.at else ""
        return f"{'-' if self.number < 0 else '+'}{abs(self.number)}{self.unit}{at}"


@dataclass(frozen=True)
class Moment:
    """An anchor with an offset, written `arrival -24h`, or the bare anchor."""

    anchor: Anchor
    offset: Offset

    @classmethod
    def parse(cls, written: str) -> "Moment":
        """Raises ValueError naming the anchor or the offset that cannot be read."""
        anchor, _, rest = written.strip().partition(" ")
        if anchor not in list(Anchor):
            raise ValueError(f"{anchor!r} is not an anchor: use one of {', '.join(Anchor)}")
        return cls(Anchor(anchor), Offset.parse(rest) if rest.strip() else Offset())

    def __str__(self) -> str:
        """As a policy file writes it."""
        return f"{self.anchor} {self.offset}".strip()
