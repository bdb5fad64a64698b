"""A clock that jumps does nothing that cannot be undone: it is looked at a second time before."""

from datetime import timedelta

import pytest

from models.base.words import DeliveryState
from sandbox.server import Sandbox
from scheduler.dispatcher import Dispatcher
from scheduler.guard import ClockGuard
from scheduler.rows import Claimed
from scheduler.transitions import BROUGHT_BY_TIME, VERBS
from services.people import leaving
from services.reading.desk import Desk
from tests.scheduler.conftest import NOW, Dispatch, Outbox, Time, texts

HOUR, SECOND = timedelta(hours=1), timedelta(seconds=1)


class Run:
    """A clock that only runs; the one that may be set goes with it."""

    def __init__(self, time: Time) -> None:
        self.time = time
        self.seconds = 1000.0

    def __call__(self) -> float:
        return self.seconds

    def pass_by(self, seconds: float, jump: timedelta = timedelta(0)) -> None:
        """Time passes, and somebody sets the clock."""
        self.seconds += seconds
        self.time.now += timedelta(seconds=seconds) + jump


@pytest.fixture
def run(time: Time) -> Run:
    return Run(time)


@pytest.mark.parametrize(
    ("passed", "jump", "unsure"),
    [
        (1, timedelta(0), False),
        (86400, timedelta(0), False),
        (1, HOUR, False),
        (1, HOUR + SECOND, True),
        (1, -HOUR - SECOND, True),
        (1, timedelta(days=365), True),
        (7200, -2 * HOUR, True),
    ],
)
def test_more_than_an_hour_against_the_running_clock_is_a_jump(
    run: Run, time: Time, passed: float, jump: timedelta, unsure: bool
) -> None:
    guard = ClockGuard(60, run)
    assert not guard.is_unsure(time())
    run.pass_by(passed, jump)
    assert guard.is_unsure(time()) is unsure
    run.pass_by(59)
    assert guard.is_unsure(time()) is unsure
    run.pass_by(1)
    assert not guard.is_unsure(time())


def test_a_second_jump_begins_the_wait_anew(run: Run, time: Time) -> None:
    guard = ClockGuard(60, run)
    guard.is_unsure(time())
    run.pass_by(1, 5 * HOUR)
    assert guard.is_unsure(time())
    run.pass_by(50, -5 * HOUR)
    assert guard.is_unsure(time())
    run.pass_by(59)
    assert guard.is_unsure(time())
    run.pass_by(1)
    assert not guard.is_unsure(time())


def test_0_switches_it_off(run: Run, time: Time) -> None:
    guard = ClockGuard(0, run)
    guard.is_unsure(time())
    run.pass_by(1, timedelta(days=30))
    assert not guard.is_unsure(time())


def test_what_follows_from_what_people_do_is_not_held() -> None:
    assert set(VERBS) - BROUGHT_BY_TIME == {"do:role", "do:freshen", "do:hand", leaving.LEFT}
    assert set(VERBS) >= BROUGHT_BY_TIME


class Done:
    """What time has brought."""

    def __init__(self) -> None:
        self.kinds: list[str] = []

    def __call__(self, desk: Desk, row: Claimed) -> None:
        self.kinds.append(row.kind)


@pytest.fixture
def done() -> Done:
    return Done()


@pytest.fixture
def dispatcher(dispatch: Dispatch, run: Run, done: Done) -> Dispatcher:
    return dispatch(guard=ClockGuard(60, run), verbs=dict.fromkeys(VERBS, done))


async def test_a_jump_that_is_set_right_within_the_minute_has_done_nothing(
    dispatcher: Dispatcher, outbox: Outbox, run: Run, done: Done, sandbox: Sandbox
) -> None:
    lapse = outbox.owe(kind="do:lapse", due=NOW + timedelta(days=20))
    outbox.owe(kind="do:freshen", due=NOW + timedelta(days=20))
    outbox.owe(text="reminder", due=NOW + timedelta(days=20))
    await dispatcher.drain()
    run.pass_by(1, timedelta(days=30))
    for _ in range(58):
        await dispatcher.drain()
        run.pass_by(1)
    assert done.kinds == ["do:freshen"]
    assert texts(sandbox) != [], "what is only said is said, early"
    run.pass_by(1, -timedelta(days=30))
    for _ in range(70):
        await dispatcher.drain()
        run.pass_by(1)
    assert done.kinds == ["do:freshen"]
    assert outbox.state(lapse) == DeliveryState.PENDING
    run.pass_by(20 * 86400)
    await dispatcher.drain()
    assert done.kinds == ["do:freshen", "do:lapse"], "in its time, without a wait"


async def test_a_clock_that_stays_where_it_jumped_to_is_believed_at_the_second_look(
    dispatcher: Dispatcher, outbox: Outbox, run: Run, done: Done
) -> None:
    for kind in sorted(BROUGHT_BY_TIME):
        outbox.owe(kind=kind, due=NOW + 2 * HOUR)
    await dispatcher.drain()
    run.pass_by(1, 3 * HOUR)
    await dispatcher.drain()
    run.pass_by(59)
    await dispatcher.drain()
    assert done.kinds == []
    run.pass_by(1)
    await dispatcher.drain()
    assert sorted(done.kinds) == sorted(BROUGHT_BY_TIME)


async def test_a_machine_that_was_away_for_hours_makes_up_at_once_when_it_starts(
    dispatch: Dispatch, outbox: Outbox, run: Run, done: Done
) -> None:
    """It has no clock of before to hold this one against."""
    outbox.owe(kind="do:escalate", due=NOW - 5 * HOUR)
    await dispatch(guard=ClockGuard(60, run), verbs=dict.fromkeys(VERBS, done)).drain()
    assert done.kinds == ["do:escalate"]
