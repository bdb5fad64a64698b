"""What people entered, as Slack reports it (`view.state.values`), made into plain typed values.

Nothing here raises for what a payload holds: a missing, foreign or unreadable value is None (or
empty), and the form's own check then says what is wrong beside the field.
"""

from collections.abc import Mapping
from datetime import UTC, date, datetime, time
from decimal import Decimal, InvalidOperation
from typing import Any
from zoneinfo import ZoneInfo

from models.base.errors import Fault
from models.base.times import on_clock
from models.base.visible import seen
from templates.slack import ids

NO_AMOUNT = Decimal(-1)
"""Stands for an amount that cannot be read: no check lets it pass."""

_NUMBER_LENGTH = 20


def clean(text: str) -> str:
    """Text that every database and encoding takes: no lone surrogates, no NUL."""
    joined = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return joined.replace("\x00", "")


class Entries:
    """The entries of a form by block id. The action ids do not matter: one input, one block."""

    def __init__(self, values: object) -> None:
        self._values = values if isinstance(values, Mapping) else {}

    def has(self, block: str) -> bool:
        """Whether the form had such an input."""
        return isinstance(self._values.get(block), Mapping)

    @property
    def blocks(self) -> list[str]:
        """The inputs that the form had."""
        return [block for block in self._values if self.has(block)]

    def text(self, block: str) -> str | None:
        """Typed text; None when empty, also where it only looks so to whoever reads it."""
        value = self._entry(block).get("value")
        text = clean(value) if isinstance(value, str) else ""
        return text if seen(text) else None

    def choice(self, block: str) -> str | None:
        """The value of the option chosen."""
        option = self._entry(block).get("selected_option")
        value = option.get("value") if isinstance(option, Mapping) else None
        return clean(value) if isinstance(value, str) else None

    def day(self, block: str) -> date | None:
        """The day chosen of a few."""
        try:
            return date.fromisoformat(self.choice(block) or "")
        except ValueError:
            return None

    def calendar_day(self, block: str) -> date | None:
        """The day chosen of the calendar."""
        value = self._entry(block).get("selected_date")
        try:
            return date.fromisoformat(value) if isinstance(value, str) else None
        except ValueError:
            return None

    def person(self, block: str) -> str | None:
        """The user id chosen."""
        value = self._entry(block).get("selected_user")
        return clean(value) or None if isinstance(value, str) else None

    def is_ticked(self, block: str) -> bool:
        """Whether the one box of an input is ticked."""
        return bool(self._entry(block).get("selected_options"))

    def choices(self, block: str) -> list[str]:
        """The values of the options chosen."""
        options = self._entry(block).get("selected_options")
        values = [each.get("value") for each in options or () if isinstance(each, Mapping)]
        return [clean(value) for value in values if isinstance(value, str)]

    def people(self, block: str) -> list[str]:
        """The user ids chosen."""
        value = self._entry(block).get("selected_users")
        return [clean(each) for each in value or () if isinstance(each, str)]

    def files(self, block: str) -> list[tuple[str, str]]:
        """The files chosen: Slack's id and the name of each."""
        value = self._entry(block).get("files")
        files = [each for each in value or () if isinstance(each, Mapping)]
        return [(clean(str(each.get("id"))), clean(str(each.get("name") or ""))) for each in files]

    def integer(self, block: str) -> int | None:
        """A whole number; None for anything else, such as 12.5."""
        value = self.text(block)
        try:
            return int(value) if value and len(value) <= _NUMBER_LENGTH else None
        except ValueError:
            return None

    def amount(self, block: str) -> Decimal | None:
        """An amount with its decimals; NO_AMOUNT for what is none."""
        value = self.text(block)
        return None if value is None else amount_of(value)

    def moment(self, block: str) -> datetime | None:
        """A day with its time, aware: by one input, or by two of the site's clock, which says
        nothing until both are there and such a time is (`faults`)."""
        clock = self._clock(block)
        if clock is None:
            return moment_of(self._entry(block).get("selected_date_time"))
        day, at, zone = self.calendar_day(block), self._time(clock), _zone_of(clock)
        return on_clock(day, at, zone) if day and at and zone else None

    @property
    def faults(self) -> dict[str, Fault]:
        """What is wrong with days and times of two inputs, by block: one is missing, or the clocks
        skip that hour."""
        found: dict[str, Fault] = {}
        for clock in self.blocks:
            if (pair := ids.clock_of(clock)) is None:
                continue
            day, at = self.calendar_day(pair[0]), self._time(clock)
            if day is None and at is not None:
                found[pair[0]] = Fault("day_missing")
            elif day is not None and at is None:
                found[clock] = Fault("clock_missing")
            elif day is not None and self.moment(pair[0]) is None:
                found[clock] = Fault("clock_skipped")
        return found

    def _clock(self, block: str) -> str | None:
        """The input that asks for the time of day beside this one."""
        beside = (each for each in self.blocks if (ids.clock_of(each) or ("", ""))[0] == block)
        return next(beside, None)

    def _time(self, block: str) -> time | None:
        value = self._entry(block).get("selected_time")
        try:
            return time.fromisoformat(value) if isinstance(value, str) else None
        except ValueError:
            return None

    def _entry(self, block: str) -> Mapping[str, Any]:
        inputs = self._values.get(block)
        if not isinstance(inputs, Mapping):
            return {}
        entry = next(iter(inputs.values()), None)
        return entry if isinstance(entry, Mapping) else {}


def _zone_of(clock: str) -> str | None:
    """The zone that an input's id names, if it is one."""
    zone = (ids.clock_of(clock) or ("", ""))[1]
    try:
        ZoneInfo(zone)
    except (KeyError, ValueError, OSError):
        return None
    return zone


def amount_of(value: str) -> Decimal:
    try:
        amount = Decimal(value) if len(value) <= _NUMBER_LENGTH else NO_AMOUNT
    except InvalidOperation:
        return NO_AMOUNT
    return amount if amount.is_finite() else NO_AMOUNT


def moment_of(value: object) -> datetime | None:
    if not isinstance(value, int):
        return None
    try:
        return datetime.fromtimestamp(value, tz=UTC)
    except (OverflowError, ValueError, OSError):
        return None
