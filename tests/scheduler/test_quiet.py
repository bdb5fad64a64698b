"""Quiet hours: a row waits, as it was, until its reader's morning; by the policy of its visit."""

from datetime import UTC, datetime, timedelta

import pytest

from models.base.words import DeliveryState, VisitStatus
from models.policy import load_policy
from models.records.people import Person
from models.reminders.outbox import CHANNEL, QUIET
from sandbox.server import Sandbox
from scheduler.dispatcher import Unwatched
from scheduler.rows import Outcome
from services.reading import people, versions
from services.reading.desk import Desk
from services.saying import outbox as rows
from services.saying.backlog import backlog
from services.store.database import Database
from services.store.hold import hold
from tests.models.visits import ARRIVAL
from tests.scheduler.conftest import LIN, SAM, SITE, Dispatch, Outbox, Time, add_visit, calls, texts

NIGHTS = load_policy("key_account")  # quiet from 22:00 to 07:00
NIGHT = datetime(2026, 12, 3, 15, 0, tzinfo=UTC)  # 23:00 in Shanghai, a week before the arrival
MORNING = NIGHT + timedelta(hours=8)


@pytest.fixture
def visit(database: Database, time: Time) -> int:
    """A visit that keeps a policy with quiet hours; the site's own has none. It is night."""
    time.now = NIGHT
    with database.session() as session:
        versions.keep(Desk(session, NIGHT, SITE, None, "tick"), NIGHTS)
    return add_visit(database, policy_digest=NIGHTS.digest)


class Seen(Unwatched):
    """Keeps what became of the rows."""

    def __init__(self) -> None:
        self.outcomes: list[Outcome] = []

    def landed(self, outcome: Outcome) -> None:
        self.outcomes.append(outcome)


async def test_what_can_wait_is_put_back_and_said_in_the_morning(
    outbox: Outbox, dispatch: Dispatch, time: Time, sandbox: Sandbox, visit: int
) -> None:
    row = outbox.owe(LIN, "tasks", due=NIGHT, visit_id=visit)
    alert = outbox.owe(LIN, "car_missing", due=NIGHT, visit_id=visit)
    counts = await dispatch().drain()
    assert (counts.sent, counts.put_back, counts.by_reason) == (1, 1, {QUIET: 1})
    assert outbox.state(alert) == DeliveryState.SENT
    waits = outbox.row(row)
    assert (waits.state, waits.next_try_at) == (DeliveryState.PENDING, MORNING)
    assert (waits.attempts, waits.is_uncertain, waits.reason) == (0, False, QUIET)
    time.now = MORNING - timedelta(seconds=1)
    assert (await dispatch().drain()).sent == 0
    time.now = MORNING
    watch = Seen()
    assert (await dispatch(watch=watch).drain()).sent == 1
    assert texts(sandbox, LIN) == ["car_missing", "tasks"]  # not called late
    assert [outcome.row.due_at for outcome in watch.outcomes] == [MORNING]  # nor counted so
    assert outbox.row(row).reason is None


async def test_only_what_comes_after_the_morning_is_late(
    outbox: Outbox, dispatch: Dispatch, time: Time, sandbox: Sandbox, visit: int
) -> None:
    outbox.owe(LIN, "tasks", due=NIGHT, visit_id=visit)
    time.now = MORNING + timedelta(hours=1)  # the bot was down all night
    await dispatch().drain()
    assert texts(sandbox, LIN) == ["tasks late 1:00:00"]


async def test_each_reader_has_their_own_night_and_the_channel_the_sites(
    outbox: Outbox, dispatch: Dispatch, sandbox: Sandbox, visit: int, database: Database
) -> None:
    with database.session() as session:
        person = Person(
            user_id=SAM,
            name="Sam",
            locale="en",
            timezone="America/New_York",
            refreshed_at=NIGHT,
        )
        people.remember(session, [person])
    outbox.owe(SAM, "tasks", due=NIGHT, visit_id=visit)
    in_channel = outbox.owe(CHANNEL, "visit_card", due=NIGHT, visit_id=visit)
    await dispatch().drain()
    assert texts(sandbox) == ["tasks"]  # ten in the morning in New York
    assert outbox.row(in_channel).next_try_at == MORNING


async def test_a_card_that_stands_is_brought_up_to_date_in_the_night(
    outbox: Outbox, dispatch: Dispatch, time: Time, sandbox: Sandbox, visit: int
) -> None:
    time.now = NIGHT - timedelta(hours=4)
    card = outbox.owe(LIN, "tasks", due=time.now, visit_id=visit, text="first")
    await dispatch().drain()
    time.now = NIGHT
    outbox.touch(card, NIGHT, text="second")
    assert (await dispatch().drain()).updated == 1
    assert texts(sandbox, LIN) == ["second"]
    assert calls(sandbox, "chat.update") == 1


async def test_what_would_expire_in_the_night_goes_out_in_it(
    outbox: Outbox, dispatch: Dispatch, sandbox: Sandbox, visit: int
) -> None:
    outbox.owe(LIN, "open_items", due=NIGHT, expires_at=MORNING, visit_id=visit)
    await dispatch().drain()
    assert texts(sandbox, LIN) == ["open_items"]


async def test_by_the_policy_that_the_visit_keeps(
    outbox: Outbox, dispatch: Dispatch, time: Time, sandbox: Sandbox, database: Database
) -> None:
    time.now = NIGHT
    outbox.owe(LIN, "tasks", due=NIGHT, visit_id=add_visit(database))
    outbox.owe(SAM, "missing_role", due=NIGHT)  # about no visit
    await dispatch().drain()
    assert sorted(texts(sandbox)) == ["missing_role", "tasks"]


async def test_a_visit_moved_close_in_the_night_waits_no_longer(
    outbox: Outbox,
    dispatch: Dispatch,
    sandbox: Sandbox,
    visit: int,
    database: Database,
    time: Time,
) -> None:
    row = outbox.owe(LIN, "task_problem", due=NIGHT, visit_id=visit)
    await dispatch().drain()
    time.advance(minutes=30)
    with database.session() as session:
        held = hold(session, visit)
        held.arrival = MORNING + timedelta(hours=1)
        rows.changed(Desk(session, time.now, SITE, LIN, "slack"), held)
    assert outbox.row(row).next_try_at == time.now
    await dispatch().drain()
    assert outbox.state(row) == DeliveryState.SENT
    assert "task_problem" in texts(sandbox, LIN)[0]


async def test_an_uncertain_row_is_still_looked_for_in_the_morning(
    outbox: Outbox, dispatch: Dispatch, time: Time, sandbox: Sandbox, visit: int
) -> None:
    row = outbox.owe(LIN, "tasks", due=NIGHT, visit_id=visit, is_uncertain=True)
    await dispatch().drain()
    assert outbox.row(row).is_uncertain
    time.now = MORNING
    await dispatch().drain()
    assert texts(sandbox, LIN) == ["tasks"]
    assert calls(sandbox, "conversations.history") == 1


async def test_what_waits_for_the_morning_is_no_backlog(
    outbox: Outbox, dispatch: Dispatch, time: Time, visit: int, database: Database
) -> None:
    outbox.owe(LIN, "tasks", due=NIGHT, visit_id=visit)
    await dispatch().drain()
    time.advance(hours=3)
    with database.reading() as session:
        stands = backlog(session, time.now, timedelta(minutes=5))
    assert (stands.late, stands.waiting, stands.due) == (0, 1, 0)


async def test_after_the_guests_left_an_urgent_visit_lets_people_sleep(
    outbox: Outbox, dispatch: Dispatch, time: Time, database: Database
) -> None:
    time.now = NIGHT
    with database.session() as session:
        versions.keep(Desk(session, NIGHT, SITE, None, "tick"), NIGHTS)
    gone = ARRIVAL - timedelta(days=20)
    visit = add_visit(
        database,
        policy_digest=NIGHTS.digest,
        is_urgent=True,
        status=VisitStatus.FOLLOW_UP,
        arrival=gone,
        departure=gone + timedelta(hours=8),
        left_at=gone + timedelta(hours=8),
    )
    row = outbox.owe(LIN, "feedback_nudge", due=NIGHT, visit_id=visit)
    await dispatch().drain()
    assert outbox.row(row).next_try_at == MORNING
