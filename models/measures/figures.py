"""The figures of a month (R11.1), worked out from its visits as they are stored. Pure.

A visit belongs to the month in which its guests left. Errors are counted nowhere yet, so there is
no figure for them.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import ROUND_DOWN, Decimal

from models.base.words import Intention, Outcome
from models.policy.company_tables import Measure
from models.policy.span import Ahead, ahead
from models.reading.facts import is_short
from models.reading.picture import VisitPicture

_TENTH = Decimal("0.1")
_MEANS_TO = frozenset({Intention.SIGNED, Intention.WILL_SIGN})


@dataclass(frozen=True)
class Figure:
    """What a measure comes to. `value` is in points or percent, to a tenth and never rounded up;
    None where there is nothing to work it out from. It rests on `part` of `of` visits or items.
    `is_open`: it may still rise by what becomes of these visits."""

    measure: Measure
    value: Decimal | None
    part: int
    of: int
    is_open: bool = False

    @property
    def is_excellent(self) -> bool:
        """Whether it is as the policy calls excellent."""
        least = self.measure.excellent_from
        return self.value is not None and least is not None and self.value >= least


@dataclass(frozen=True)
class Figures:
    """A month's figures. `month` is its first day."""

    month: date
    visits: int
    figures: tuple[Figure, ...]


def figures(
    month: date, visits: Sequence[VisitPicture], measures: Sequence[Measure], now: datetime
) -> Figures:
    """What the measures come to for the visits of a month, as of `now` (aware). A measure that is
    not worked out is left out."""
    known = (measure for measure in measures if measure.key in _WORK_OUT)
    found = tuple(_WORK_OUT[measure.key](measure, visits, now) for measure in known)
    return Figures(month, len(visits), found)


def _satisfaction(measure: Measure, visits: Sequence[VisitPicture], _: datetime) -> Figure:
    """The mean of the points given, of 100 (R8.1)."""
    points = [view.feedback.satisfaction for view in visits if view.feedback is not None]
    mean = _down(Decimal(sum(points)) / len(points)) if points else None
    return Figure(measure, mean, len(points), len(visits))


def _conversion(measure: Measure, visits: Sequence[VisitPicture], now: datetime) -> Figure:
    """The visits of which, within the measure's days after the guests left, somebody said that the
    project landed, or that they sign; what ended has not converted, whatever was meant."""
    won = [_has_converted(view, _limit(measure, view)) for view in visits]
    is_open = any(
        not has and view.visit.outcome is None and _still(_limit(measure, view), now)
        for has, view in zip(won, visits, strict=True)
    )
    return _share(measure, won, is_open=is_open)


def _has_converted(view: VisitPicture, limit: datetime | None) -> bool:
    visit, feedback = view.visit, view.feedback
    if visit.outcome is not None and visit.outcome_at is not None and _by(visit.outcome_at, limit):
        return visit.outcome == Outcome.LANDED
    means_to = feedback is not None and feedback.intention in _MEANS_TO
    return means_to and feedback is not None and _by(feedback.given_at, limit)


def _limit(measure: Measure, view: VisitPicture) -> datetime | None:
    if measure.within_days is None:
        return None
    left = view.visit.left_at or view.visit.departure
    return left + timedelta(days=measure.within_days)


def _by(moment: datetime, limit: datetime | None) -> bool:
    return limit is None or moment <= limit


def _still(limit: datetime | None, now: datetime) -> bool:
    return limit is None or now < limit


def _lead_time_kept(measure: Measure, visits: Sequence[VisitPicture], _: datetime) -> Figure:
    """The visits that were asked for as early as their policy wants (R1.5)."""
    # By the day of the request: a change on the day itself makes no request late.
    return _share(measure, [not is_short(view, _asked(view)) for view in visits])


def _asked(view: VisitPicture) -> Ahead:
    visit = view.visit
    return ahead(visit.created_at, visit.arrival, visit.timezone, view.policy.work_days)


def _prepared_on_time(measure: Measure, visits: Sequence[VisitPicture], _: datetime) -> Figure:
    """The items of the preparation that were done when they were due (R5.1)."""
    return _share(measure, list(_done_in_time(visits)))


def _done_in_time(visits: Sequence[VisitPicture]) -> Iterator[bool]:
    for view in visits:
        for task in view.preparation:
            yield task.done_at is not None and task.done_at <= task.due_at


def _share(measure: Measure, each: Sequence[bool], *, is_open: bool = False) -> Figure:
    part, of = sum(each), len(each)
    value = _down(Decimal(100 * part) / of) if of else None
    return Figure(measure, value, part, of, is_open)


def _down(value: Decimal) -> Decimal:
    return value.quantize(_TENTH, ROUND_DOWN)


_WORK_OUT: Mapping[str, Callable[[Measure, Sequence[VisitPicture], datetime], Figure]] = {
    "satisfaction": _satisfaction,
    "conversion": _conversion,
    "lead_time_kept": _lead_time_kept,
    "prepared_on_time": _prepared_on_time,
}
"""How each of `WORKED_OUT` is worked out."""
