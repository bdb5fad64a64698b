"""What could not be delivered is told once to who can mend it, and goes to who stands in."""

import asyncio
from collections.abc import Callable
from datetime import timedelta

import pytest

from models.base.words import DeliveryState
from models.records.people import RoleHolder
from models.reminders.outbox import CHANNEL
from sandbox.server import Sandbox
from services.store.database import Database
from tests.scheduler.conftest import LIN, MA, NOW, RUTH, SAM, Dispatch, Outbox, Time, texts

GONE = "chat.postMessage:channel_not_found"
Staff = Callable[..., None]


@pytest.fixture
def staff(database: Database) -> Staff:
    """Gives roles to people: `staff(coordinator=[...])`."""

    def give(**roles: list[str]) -> None:
        with database.session() as session:
            for role, people in roles.items():
                for place, person in enumerate(people):
                    session.add(RoleHolder(role=role, user_id=person, position=place))

    return give


def leave(sandbox: Sandbox, *people: str) -> None:
    for person in people:
        sandbox.workspace.users[person].deleted = True


def failed_notices(outbox: Outbox) -> dict[str, dict[str, object]]:
    return {row.recipient: row.args for row in outbox.rows() if row.kind == "delivery_failed"}


async def test_the_coordinator_is_told_once_for_each_visit_person_and_cause(
    outbox: Outbox, dispatch: Dispatch, sandbox: Sandbox, visit: int, staff: Staff, time: Time
) -> None:
    staff(coordinator=[SAM, LIN], admin=[LIN])
    leave(sandbox, RUTH)
    rows = [outbox.owe(RUTH, "feedback_request", visit_id=visit, text=str(n)) for n in range(3)]
    dispatcher = dispatch()
    await dispatcher.drain(NOW)
    outbox.owe(RUTH, "closed", visit_id=visit)
    await dispatcher.drain(time.advance(days=1))
    assert {outbox.state(row) for row in rows} == {DeliveryState.FAILED}
    notices = [row for row in outbox.rows() if row.kind == "delivery_failed"]
    assert [row.recipient for row in notices] == [SAM]
    assert notices[0].args == {
        "person": RUTH,
        "reason": GONE,
        "kind": "feedback_request",
        "args": {"text": "0"},
        "instead": None,
    }
    assert texts(sandbox, SAM) == ["delivery_failed"]


async def test_without_a_coordinator_the_admins_are_told(
    outbox: Outbox, dispatch: Dispatch, sandbox: Sandbox, visit: int, staff: Staff
) -> None:
    staff(admin=[SAM, LIN])
    leave(sandbox, RUTH)
    outbox.owe(RUTH, "closed", visit_id=visit)
    await dispatch().drain(NOW)
    assert sorted(failed_notices(outbox)) == [LIN, SAM]


async def test_the_next_holder_of_the_role_gets_what_the_first_cannot(
    outbox: Outbox, dispatch: Dispatch, sandbox: Sandbox, visit: int, staff: Staff
) -> None:
    staff(dispatcher=[RUTH, MA, LIN], coordinator=[SAM])
    leave(sandbox, RUTH, MA)
    outbox.owe(RUTH, "cars", visit_id=visit)
    await dispatch().drain(NOW)
    assert texts(sandbox, LIN) == ["cars"]
    told = failed_notices(outbox)
    assert list(told) == [SAM], "and the coordinator, not the host too"
    assert {row.args["instead"] for row in outbox.rows() if row.kind == "delivery_failed"} == {
        MA,
        LIN,
    }


async def test_of_a_step_that_goes_to_a_role_too(
    outbox: Outbox, dispatch: Dispatch, sandbox: Sandbox, visit: int, staff: Staff
) -> None:
    staff(dispatcher=[RUTH, SAM])
    leave(sandbox, RUTH)
    args = {"step": "car_missing_pickup", "trip": 1}
    outbox.owe(RUTH, "car_missing", visit_id=visit, args=args)
    await dispatch().drain(NOW)
    stand_in = [row for row in outbox.rows() if row.recipient == SAM]
    assert [(row.kind, row.args) for row in stand_in] == [("car_missing", args)]


async def test_of_a_step_that_is_repeated_each_time(
    outbox: Outbox, dispatch: Dispatch, sandbox: Sandbox, visit: int, staff: Staff, time: Time
) -> None:
    staff(dispatcher=[RUTH, SAM])
    leave(sandbox, RUTH)
    args = {"step": "car_missing_pickup", "trip": 1}
    for hours in (0, 1):
        due = NOW + timedelta(hours=hours)
        outbox.owe(RUTH, "car_missing", visit_id=visit, args=args, due=due)
    dispatcher = dispatch()
    await dispatcher.drain()
    await dispatcher.drain(time.advance(hours=1))
    assert texts(sandbox, SAM) == ["car_missing"] * 2


async def test_who_has_the_message_already_does_not_get_it_twice(
    outbox: Outbox, dispatch: Dispatch, sandbox: Sandbox, visit: int, staff: Staff
) -> None:
    staff(dispatcher=[RUTH, SAM], coordinator=[LIN])
    leave(sandbox, RUTH)
    outbox.owe(RUTH, "cars", visit_id=visit)
    outbox.owe(SAM, "cars", visit_id=visit)
    await dispatch().drain(NOW)
    assert texts(sandbox, SAM) == ["cars"]
    assert failed_notices(outbox)[LIN]["instead"] == SAM


async def test_for_a_driver_host_and_dispatcher_are_told(
    outbox: Outbox, dispatch: Dispatch, sandbox: Sandbox, visit: int, staff: Staff
) -> None:
    staff(dispatcher=[SAM], coordinator=[RUTH])
    leave(sandbox, MA)
    outbox.owe(MA, "trip", visit_id=visit, args={"trip": 1, "assignment": 1})
    await dispatch().drain(NOW)
    assert sorted(failed_notices(outbox)) == sorted([LIN, SAM, RUTH])


async def test_a_dispatcher_without_a_deputy_is_stood_in_for_by_the_host(
    outbox: Outbox, dispatch: Dispatch, sandbox: Sandbox, visit: int, staff: Staff
) -> None:
    staff(dispatcher=[SAM], coordinator=[RUTH])
    leave(sandbox, SAM)
    outbox.owe(SAM, "cars", visit_id=visit)
    await dispatch().drain(NOW)
    assert sorted(failed_notices(outbox)) == sorted([LIN, RUTH])


async def test_a_notice_that_fails_goes_on_to_the_next_and_ends(
    outbox: Outbox, dispatch: Dispatch, sandbox: Sandbox, visit: int, staff: Staff
) -> None:
    staff(coordinator=[SAM, RUTH], admin=[LIN])
    leave(sandbox, SAM, RUTH, MA)
    outbox.owe(MA, "closed", visit_id=visit)
    await dispatch().drain(NOW)
    assert texts(sandbox, LIN) == ["delivery_failed"]
    assert len(outbox.rows()) == 4
    leave(sandbox, LIN)
    outbox.owe(MA, "closed")
    await dispatch().drain(NOW)
    assert {outbox.state(row.id) for row in outbox.rows() if row.visit_id is None} == {
        DeliveryState.FAILED
    }


async def test_a_message_that_slack_refuses_is_not_sent_to_others(
    outbox: Outbox, dispatch: Dispatch, sandbox: Sandbox, visit: int, staff: Staff
) -> None:
    staff(dispatcher=[RUTH, MA], coordinator=[SAM])
    outbox.owe(RUTH, "cars", visit_id=visit, text="x" * 40_001)
    outbox.owe(CHANNEL, "visit_card", visit_id=visit, text="y" * 40_001)
    await dispatch().drain(NOW)
    notices = [row for row in outbox.rows() if row.kind == "delivery_failed"]
    assert sorted(str(row.args["person"]) for row in notices if row.recipient == SAM) == [
        CHANNEL,
        RUTH,
    ]
    assert not any(row.recipient == MA for row in outbox.rows())


async def test_several_bots_tell_of_one_cause_once(
    outbox: Outbox, dispatch: Dispatch, sandbox: Sandbox, visit: int, staff: Staff
) -> None:
    staff(coordinator=[SAM])
    leave(sandbox, RUTH, MA)
    for number in range(40):
        outbox.owe(RUTH if number % 2 else MA, "closed", visit_id=visit)
    bots = [dispatch(claim_size=3) for _ in range(2)]
    await asyncio.gather(*(bot.drain(NOW) for bot in bots))
    await bots[0].drain(NOW)
    assert texts(sandbox, SAM) == ["delivery_failed"] * 2
