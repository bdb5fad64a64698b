"""Two people change one visit at the same moment: the second goes on from what the first left."""

import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import text

from models.aftercare.forms import FeedbackForm
from models.base.errors import AlreadyDecided
from models.base.words import Outcome, StepState, TaskState, TripKind, VisitStatus
from models.policy import load_policy
from services.aftercare import follow_up, outcome
from services.cars import trips
from services.people import roles
from services.preparation import checklist
from services.reading.desk import Desk
from services.request import changes
from services.signoff import decisions
from services.store.database import Database
from tests.services.conftest import CHEN, LIN, LIU, MA, ROLES, RUTH, SITE, TOM, Office

_WAITERS = text("SELECT count(*) FROM pg_locks WHERE NOT granted")
DAY = timedelta(days=1)


def at_once(
    office: Office,
    first: Callable[[Desk], Any],
    second: Callable[[Desk], Any],
    by: tuple[str, str] = (LIN, CHEN),
) -> None:
    """Do `second` while `first` is done and not yet committed."""
    raised: list[Exception] = []

    def other() -> None:
        try:
            with office.database.session() as session:
                second(Desk(session, office.now, SITE, by[1], "slack"))
        except Exception as error:  # noqa: BLE001 - handed to the test
            raised.append(error)

    thread = threading.Thread(target=other)
    with office.database.session() as session:
        first(Desk(session, office.now, SITE, by[0], "slack"))
        session.flush()
        thread.start()
        with office.database.reading() as looking:
            while not looking.connection().execute(_WAITERS).scalar():
                assert thread.is_alive(), "the second did not wait for the first"
    thread.join()
    assert not raised


@pytest.fixture
def postgres_office(postgres_url: str) -> Any:
    with Database(postgres_url) as database:
        office = Office(database)
        for role, people in ROLES.items():
            office.do("U01ADMIN", roles.set_role, role, people)
        yield office


def moved(office: Office, visit_id: int) -> Callable[[Desk], Any]:
    visit = office.look(visit_id).visit
    arrival, departure = visit.arrival + DAY, visit.departure + DAY
    return lambda desk: changes.reschedule_visit(
        desk, visit_id, visit.revision, arrival, departure, None, None
    )


def test_an_approval_during_a_move_reminds_of_the_new_time(postgres_office: Office) -> None:
    office = postgres_office
    visit_id = office.submit(level="c")
    step = office.look(visit_id).pending_step
    assert step is not None
    at_once(
        office,
        moved(office, visit_id),
        lambda desk: decisions.decide(desk, step.id or 0, StepState.APPROVED, None),
    )
    view = office.look(visit_id)
    assert view.status == VisitStatus.APPROVED
    checks = [at for at, _ in office.waiting("preparation_check")]
    assert checks == [view.visit.arrival - DAY, view.visit.arrival - DAY / 2]


def test_a_move_during_an_approval_asks_the_approver_again(postgres_office: Office) -> None:
    office = postgres_office
    visit_id = office.submit(level="c")
    step = office.look(visit_id).pending_step
    assert step is not None
    at_once(
        office,
        lambda desk: decisions.decide(desk, step.id or 0, StepState.APPROVED, None),
        moved(office, visit_id),
    )
    view = office.look(visit_id)
    assert view.status == VisitStatus.REQUESTED
    assert view.pending_step is not None


def test_the_last_two_items_done_at_once_close_the_visit(postgres_office: Office) -> None:
    office = postgres_office
    office.site = replace(SITE, policy=load_policy("thirteen_steps"))
    visit_id = office.approved(level=office.site.policy.levels[-1].key)
    office.now = office.look(visit_id).visit.departure
    office.do(None, follow_up.guests_left, visit_id, office.now)
    tasks = {task.key: task.id or 0 for task in office.look(visit_id).follow_up}
    for key in tasks.keys() - {"feedback", "summary"}:
        office.do(LIN, checklist.finish_task, tasks[key])
    feedback = FeedbackForm(satisfaction=95, intention="signed")
    at_once(
        office,
        lambda desk: follow_up.record_feedback(desk, visit_id, feedback),
        lambda desk: checklist.finish_task(desk, tasks["summary"]),
        by=(RUTH, LIN),
    )
    assert office.look(visit_id).status == VisitStatus.CLOSED


def test_two_drivers_who_accept_at_once_settle_the_cars(postgres_office: Office) -> None:
    office = postgres_office
    visit_id = office.approved(level="c")
    drivers = {TripKind.PICKUP: MA, TripKind.DROPOFF: TOM}
    ids = {trip.kind: trip.id or 0 for trip in office.look(visit_id).trips}
    for kind, driver in drivers.items():
        office.do(LIU, trips.assign_car, ids[kind], driver, "GL8")
    at_once(
        office,
        lambda desk: trips.accept_trip(desk, ids[TripKind.PICKUP], 1),
        lambda desk: trips.accept_trip(desk, ids[TripKind.DROPOFF], 1),
        by=(MA, TOM),
    )
    car = office.look(visit_id).task("car")
    assert car is not None
    assert car.state == TaskState.DONE


def test_two_words_on_the_outcome_at_once_one_counts(postgres_office: Office) -> None:
    office = postgres_office
    visit_id = office.approved(level="c")
    office.now = office.look(visit_id).visit.departure
    office.do(None, follow_up.guests_left, visit_id, office.now)

    def too_late(desk: Desk) -> None:
        with pytest.raises(AlreadyDecided) as refused:
            outcome.record_outcome(desk, visit_id, Outcome.ENDED)
        assert refused.value.facts["by"] == RUTH

    at_once(
        office,
        lambda desk: outcome.record_outcome(desk, visit_id, Outcome.LANDED),
        too_late,
        by=(RUTH, LIN),
    )
    assert office.look(visit_id).visit.outcome == "landed"


def test_the_outcome_and_the_last_item_at_once_close_the_visit(postgres_office: Office) -> None:
    office = postgres_office
    visit_id = office.approved(level="c")
    office.now = office.look(visit_id).visit.departure
    office.do(None, follow_up.guests_left, visit_id, office.now)
    feedback = FeedbackForm(satisfaction=95, intention="will_sign")
    at_once(
        office,
        lambda desk: outcome.record_outcome(desk, visit_id, Outcome.LANDED),
        lambda desk: follow_up.record_feedback(desk, visit_id, feedback),
        by=(RUTH, LIN),
    )
    assert office.look(visit_id).status == VisitStatus.CLOSED
