"""The figures of a month (R11.1), from visits as they are stored."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from models.base.words import Intention, Outcome, Phase, VisitStatus
from models.measures.figures import Figure, figures
from models.policy.company_tables import WORKED_OUT
from models.reading.picture import VisitPicture
from models.records.aftercare import Feedback
from tests.models.visits import (
    ARRIVAL,
    DEPARTURE,
    REQUESTED,
    STANDARD,
    make_picture,
    make_tasks,
    make_visit,
)

MONTH = date(2026, 12, 1)
DAY = timedelta(days=1)
LATER = DEPARTURE + 100 * DAY
"""When nothing of the month is open any more."""


def held(
    satisfaction: int | None = None,
    intention: str = Intention.INTERESTED,
    after: float = 1,
    **changes: Any,
) -> VisitPicture:
    """A visit whose guests have left, with the feedback so many days after that."""
    facts = {"status": VisitStatus.FOLLOW_UP, "left_at": DEPARTURE} | changes
    given = Feedback(
        visit_id=7,
        satisfaction=satisfaction or 0,
        intention=intention,
        given_by="U01RUTH",
        given_at=DEPARTURE + after * DAY,
    )
    return make_picture(make_visit(**facts), feedback=None if satisfaction is None else given)


def figure(key: str, *visits: VisitPicture, now: datetime = LATER, **changes: Any) -> Figure:
    measures = [
        measure.model_copy(update=changes) if measure.key == key else measure
        for measure in STANDARD.measures
    ]
    found = figures(MONTH, visits, measures, now)
    assert found.visits == len(visits)
    return next(each for each in found.figures if each.measure.key == key)


def test_every_measure_that_can_be_worked_out_is_and_errors_are_not() -> None:
    assert "errors" in {measure.key for measure in STANDARD.measures}
    found = figures(MONTH, [held()], STANDARD.measures, LATER)
    assert tuple(each.measure.key for each in found.figures) == WORKED_OUT
    assert (found.month, found.visits) == (MONTH, 1)


@pytest.mark.parametrize(
    ("points", "mean", "is_excellent"),
    [
        ([90], "90", True),
        ([0, 100], "50", False),
        ([None, 95, None], "95", True),
        ([89, 90, 90], "89.6", False),  # 89.67: never rounded up
        ([90, 90, 91], "90.3", True),
    ],
)
def test_satisfaction_is_the_mean_of_the_feedback_there_is(
    points: list[int | None], mean: str, is_excellent: bool
) -> None:
    found = figure("satisfaction", *map(held, points))
    assert (found.value, found.is_excellent) == (Decimal(mean), is_excellent)
    given = [each for each in points if each is not None]
    assert (found.part, found.of) == (len(given), len(points))


def test_without_feedback_there_is_no_satisfaction() -> None:
    found = figure("satisfaction", held(), held())
    assert (found.value, found.part, found.of, found.is_excellent) == (None, 0, 2, False)


@pytest.mark.parametrize(
    ("visit", "has_converted"),
    [
        (held(), False),
        (held(80, Intention.SIGNED), True),
        (held(80, Intention.WILL_SIGN), True),
        (held(80, Intention.INTERESTED), False),
        (held(80, Intention.WILL_SIGN, after=30), True),
        (held(80, Intention.WILL_SIGN, after=30.01), False),
        (held(outcome=Outcome.LANDED, outcome_at=DEPARTURE + 30 * DAY), True),
        (held(outcome=Outcome.LANDED, outcome_at=DEPARTURE + 31 * DAY), False),
        (held(80, outcome=Outcome.LANDED, outcome_at=DEPARTURE + 3 * DAY), True),
        (held(80, Intention.WILL_SIGN, outcome=Outcome.ENDED, outcome_at=DEPARTURE + DAY), False),
        # What ended after the thirty days had converted in them.
        (held(80, Intention.SIGNED, outcome=Outcome.ENDED, outcome_at=DEPARTURE + 31 * DAY), True),
    ],
)
def test_converted_is_who_signed_or_means_to_within_thirty_days(
    visit: VisitPicture, has_converted: bool
) -> None:
    found = figure("conversion", visit, held())
    assert (found.part, found.of) == (int(has_converted), 2)
    assert found.value == (50 if has_converted else 0)


def test_without_a_limit_of_days_it_converts_at_any_time() -> None:
    late = held(outcome=Outcome.LANDED, outcome_at=DEPARTURE + 90 * DAY)
    assert figure("conversion", late, within_days=None).value == 100
    assert figure("conversion", held(), within_days=None).is_open


@pytest.mark.parametrize(
    ("visit", "days", "is_open"),
    [
        (held(), 29, True),
        (held(), 30, False),
        (held(80, Intention.SIGNED), 2, False),
        (held(outcome=Outcome.ENDED, outcome_at=DEPARTURE + DAY), 2, False),
        (held(80, Intention.UNDECIDED), 2, True),
    ],
)
def test_conversion_is_open_while_it_can_still_rise(
    visit: VisitPicture, days: int, is_open: bool
) -> None:
    assert figure("conversion", visit, now=DEPARTURE + days * DAY).is_open is is_open


def test_lead_time_is_kept_by_the_request_not_by_a_later_change() -> None:
    in_time = held(is_urgent=True)  # as a change on the day before marks it
    late = held(created_at=ARRIVAL - 2 * DAY)
    urgent = held(created_at=ARRIVAL - timedelta(hours=5))
    found = figure("lead_time_kept", in_time, late, urgent)
    assert (found.part, found.of, found.value) == (1, 3, Decimal("33.3"))


def test_preparation_is_in_time_when_each_item_was_done_as_due() -> None:
    tasks = make_tasks(STANDARD, Phase.PREPARATION)[:4]
    for task, hours in zip(tasks, (-1.0, 0.0, 0.01), strict=False):
        task.done_at = task.due_at + timedelta(hours=hours)
    follow_up = make_tasks(STANDARD, Phase.FOLLOW_UP)
    view = make_picture(make_visit(left_at=DEPARTURE), tasks=[*tasks, *follow_up])
    found = figure("prepared_on_time", view, held())
    assert (found.part, found.of, found.value) == (2, 4, Decimal(50))


def test_with_nothing_to_prepare_there_is_no_figure() -> None:
    assert figure("prepared_on_time", held()).value is None


def test_what_the_policy_calls_excellent_goes_for_each_figure() -> None:
    visit = held(created_at=REQUESTED)
    assert figure("lead_time_kept", visit, excellent_from=Decimal(100)).is_excellent
    assert not figure("lead_time_kept", visit).is_excellent
