"""When guests arrive and leave, by the days and times of a message and what is said of them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from models.request.message.clauses import Clauses, Role
from models.request.message.days import Day, days_in
from models.request.message.hours import Hour, hours_in, in_half
from models.request.message.said import Read, Span
from models.request.message.zones import zone_of_landing

OPEN_ARRIVAL = 9 * 60
OPEN_DEPARTURE = 18 * 60
"""Minutes from the day's start, for a moment of which no time was said."""
_MOST = 40
"""Days, and times, of a part that are looked at: a message with more is a calendar."""
_CLOSE = 4
"""Signs between a day and a time that are said as one."""


@dataclass(frozen=True)
class Moment:
    """A day, with its time as far as one was said, and what it is."""

    day: Day
    hour: Hour | None
    role: Role
    span: Span
    zone: str | None = None


@dataclass(frozen=True)
class Stay:
    """Arrival and departure, as far as they are stated."""

    arrival: Read[datetime] | None = None
    departure: Read[datetime] | None = None


class Times:
    """The days and times of a text, counted from `today`; `clauses` say what they are."""

    def __init__(self, text: str, today: date, taken: Sequence[Span] = ()) -> None:
        free = _without(text, taken)
        self.text = text
        self.days = days_in(free, today)[:_MOST]
        spans = [day.span for day in self.days]
        self.hours = hours_in(_without(free, spans))[:_MOST]
        self.clauses = Clauses(text, [*spans, *(hour.span for hour in self.hours)])

    @property
    def spans(self) -> list[Span]:
        """Where the days and times stand."""
        return [day.span for day in self.days] + [hour.span for hour in self.hours]

    def stay(self, zone: str) -> Stay:
        """When they arrive and leave. `zone` is that of times without one of their own."""
        moments = self._moments()
        arrivals = _arrivals(moments)
        first = _one(arrivals, zone, OPEN_ARRIVAL)
        departure = self._departure(moments, arrivals, first, zone)
        return Stay(first, departure)

    def _moments(self) -> list[Moment]:
        moments: list[Moment] = []
        has_hour: set[Span] = set()
        for hour in self.hours:
            day = self._day_of(hour)
            if day is None or (not hour.choices and self._has_exact(day, hour)):
                continue
            is_close = 0 <= _gap(day.span, hour.span) <= _CLOSE
            whole = _over(day.span, hour.span) if is_close else hour.span
            own_spans = [day.span, *(each.span for each in self.hours if not each.choices)]
            role = self.clauses.role(whole, own_spans)
            if self.clauses.at(hour.span.begin) != self.clauses.at(day.span.begin):
                same = self._sentence(hour.span) == self._sentence(day.span)
                is_open = same or not self._has_exact(day, hour)
                if (role is Role.NONE and is_open) or (same and role is Role.VISITS):
                    own = self.clauses.role(day.span)
                    role = own if own is not Role.NONE else role
            has_hour.add(day.span)
            near = self._sentence(hour.span) == self._sentence(day.span)
            span = _over(day.span, hour.span) if near else hour.span
            kept = self._settled(hour, day) if hour.choices else None
            moments.append(Moment(day, kept, role, span, self._landing(hour, role)))
        moments += [
            Moment(day, None, self.clauses.role(day.span), day.span)
            for day in self.days
            if day.span not in has_hour
        ]
        return sorted(moments, key=lambda moment: moment.span)

    def _day_of(self, hour: Hour) -> Day | None:
        """The day of a time: the nearest in its clause, else the last one before it that is no
        deadline, else the next in its sentence."""
        clause = self.clauses.at(hour.span.begin)
        own = [day for day in self.days if self.clauses.at(day.span.begin) == clause]
        if own:
            return min(own, key=lambda day: _gap(day.span, hour.span))
        before = [
            day
            for day in self.days
            if day.span.end <= hour.span.begin and self.clauses.role(day.span) is not Role.NOT
        ]
        sentence = self._sentence(hour.span)
        behind = [
            day
            for day in self.days
            if day.span.begin >= hour.span.end and self._sentence(day.span) == sentence
        ]
        if before and (self._sentence(before[-1].span) == sentence or not behind):
            return before[-1]
        return behind[0] if behind else None

    def _settled(self, hour: Hour, day: Day) -> Hour:
        """An hour that may be either half of the day, as the part of the day that is named with the
        same day settles it."""
        halves = [each for each in self.hours if not each.choices and self._day_of(each) is day]
        if len(halves) != 1:
            return hour
        return in_half(hour, self.text[halves[0].span.begin : halves[0].span.end])

    def _has_exact(self, day: Day, vague: Hour) -> bool:
        """Whether the sentence of a day has a time of it, other than this one."""
        sentence = self._sentence(day.span)
        return any(
            hour.choices and self._sentence(hour.span) == sentence and self._day_of(hour) is day
            for hour in self.hours
            if hour is not vague
        )

    def _sentence(self, span: Span) -> Span:
        return self.clauses.all[self.clauses.at(span.begin)].sentence

    def _landing(self, hour: Hour, role: Role) -> str | None:
        """The zone of the place in which they land, where its name stands with the time."""
        if role is not Role.ARRIVES:
            return None
        clause = self.clauses.all[self.clauses.at(hour.span.begin)]
        named = zone_of_landing(clause.text)
        if named is not None:
            return named
        return zone_of_landing(self.clauses.text[clause.sentence.begin : clause.span.end])

    def _departure(
        self,
        moments: Sequence[Moment],
        arrivals: Sequence[Moment],
        first: Read[datetime] | None,
        zone: str,
    ) -> Read[datetime] | None:
        leaving = [m for m in moments if m.role is Role.LEAVES and m not in arrivals]
        leaving += [m for m in moments if m.role is Role.STARTS_OUT and _is_back(m, arrivals)]
        leaving = _with_hours(leaving, [])
        if first is not None and first.value is not None:
            leaving = [_later(moment, first.value, zone) for moment in leaving]
        found = _one(leaving, zone, OPEN_DEPARTURE) or _ended(arrivals, first, zone)
        if found is None or found.value is None or first is None or first.value is None:
            return found
        return found if found.value > first.value else None


def _arrivals(moments: Sequence[Moment]) -> list[Moment]:
    """The moments that may be the arrival: what is said outright first."""
    leaves = {Role.NOT, Role.LEAVES, Role.STARTS_OUT}
    others = [moment for moment in moments if moment.role not in leaves]
    for role in (Role.NEW, Role.ARRIVES, Role.VISITS, Role.NONE):
        pool = [moment for moment in moments if moment.role is role]
        if pool:
            return _with_hours(pool, others)
    return []


def _with_hours(pool: Sequence[Moment], others: Sequence[Moment]) -> list[Moment]:
    """The moments, each day once: a day without a time takes that which is said of it elsewhere."""
    timed = [moment for moment in pool if moment.hour is not None]
    found = list(timed)
    for moment in pool:
        if moment.hour is not None:
            continue
        if any(_same_day(moment, each) for each in timed):
            continue
        elsewhere = [m for m in others if m.hour is not None and _same_day(moment, m)]
        if elsewhere and moment.day.last is None:
            found += elsewhere[:1] if len(elsewhere) == 1 else elsewhere
        elif not any(_same_day(moment, each) for each in found):
            found.append(moment)
    return found


def _same_day(one: Moment, other: Moment) -> bool:
    return bool(set(one.day.choices) & set(other.day.choices))


def _one(pool: Sequence[Moment], zone: str, unsaid: int) -> Read[datetime] | None:
    """The one moment of these, or all that they may mean."""
    if not pool:
        return None
    meant: dict[datetime, Moment] = {}
    for moment in pool:
        for at in _choices(moment, zone, unsaid):
            meant.setdefault(at, moment)
    spans = [moment.span for moment in pool]
    if len(meant) == 1:
        at, moment = next(iter(meant.items()))
        return Read(at, moment.span, is_open=moment.hour is None)
    is_open = all(moment.hour is None for moment in pool)
    return Read(None, _whole(spans), tuple(sorted(meant)), is_open=is_open)


def _choices(moment: Moment, zone: str, unsaid: int) -> Iterable[datetime]:
    hour = moment.hour
    zones = (hour.zones if hour is not None else ()) or (moment.zone or zone,)
    later = timedelta(days=hour.days_later if hour is not None else 0)
    for day in moment.day.choices:
        for minutes in hour.choices if hour is not None else (unsaid,):
            for own in zones:
                yield _at(day + later, minutes, own)


def _ended(
    arrivals: Sequence[Moment], first: Read[datetime] | None, zone: str
) -> Read[datetime] | None:
    """The end of the hours or days that the arrival begins."""
    if first is None or first.value is None:
        return None
    for moment in arrivals:
        own = _zone(moment, zone)
        if moment.day.last is not None:
            at = _at(moment.day.last, OPEN_DEPARTURE, own)
            return Read(at, moment.span, is_open=True)
        if moment.hour is not None and moment.hour.until is not None:
            return Read(_at(moment.day.choices[0], moment.hour.until, own), moment.span)
    return None


def _later(moment: Moment, arrival: datetime, zone: str) -> Moment:
    """A departure whose hour may be either half of the day is after the arrival."""
    hour = moment.hour
    if hour is None or len(hour.choices) < 2:
        return moment
    right = tuple(
        minutes
        for minutes in hour.choices
        for day in moment.day.choices
        if _at(day, minutes, _zone(moment, zone)) > arrival
    )
    return replace(moment, hour=replace(hour, choices=right)) if len(right) == 1 else moment


def _zone(moment: Moment, site: str) -> str:
    """The zone of a moment: the one that is said, that of where they land, or the site's."""
    return next(iter(moment.hour.zones if moment.hour else ()), moment.zone or site)


def _is_back(moment: Moment, arrivals: Sequence[Moment]) -> bool:
    """Whether a start is the way back: no arrival follows it."""
    return bool(arrivals) and all(
        moment.day.choices[0] >= arrival.day.choices[0] and moment.span > arrival.span
        for arrival in arrivals
    )


def _at(day: date, minutes: int, zone: str) -> datetime:
    days, rest = divmod(minutes, 24 * 60)
    hour = time(*divmod(rest, 60))
    return datetime.combine(day + timedelta(days=days), hour, tzinfo=ZoneInfo(zone))


def _without(text: str, spans: Iterable[Span]) -> str:
    signs = list(text)
    for begin, end in spans:
        signs[begin:end] = "\x02" * (end - begin)
    return "".join(signs)


def _gap(one: Span, other: Span) -> int:
    return max(one.begin, other.begin) - min(one.end, other.end)


def _over(one: Span, other: Span) -> Span:
    return Span(min(one.begin, other.begin), max(one.end, other.end))


def _whole(spans: Sequence[Span]) -> Span:
    return Span(min(span.begin for span in spans), max(span.end for span in spans))
