"""Who is deactivated in Slack is passed over at once: decisions, items, cars, cards."""

from datetime import UTC, datetime

from models.base.words import DeliveryState, TripState
from models.records.people import Person
from scheduler.transitions import VERBS
from services.cars.trips import assign_car
from services.people.leaving import LEFT, remember
from services.people.roles import set_role
from services.reading.desk import Desk
from tests.services.conftest import CHEN, CHEN2, LIU, MA, MEI, Office

OTHER = "U01OTHER"


def slack_says(office: Office, person: str, *, is_active: bool) -> None:
    """What the event of a changed user, or the look-up at the start, brings; and the tick."""

    def keep(desk: Desk) -> None:
        when = datetime(2026, 12, 1, tzinfo=UTC)
        found = Person(
            user_id=person, name=person, locale="en-US", timezone="UTC", refreshed_at=when
        )
        found.is_active = is_active
        remember(desk, [found])

    office.do(None, keep)
    for row in office.rows(LEFT, DeliveryState.PENDING):
        office.do(None, VERBS[LEFT], row)


def test_decisions_go_to_the_next_holder(office: Office) -> None:
    visit_id = office.submit()
    office.send()
    slack_says(office, CHEN, is_active=False)
    view = office.look(visit_id)
    assert view.pending_step is not None
    assert view.deciders(view.pending_step) == [CHEN2]
    assert view.people("department_manager") == [CHEN2]


def test_without_a_next_one_the_admins_are_told(office: Office) -> None:
    office.do("U01ADMIN", set_role, "admin", ["U01ADMIN"])
    office.do("U01ADMIN", set_role, "department_manager", [CHEN])
    office.submit()
    slack_says(office, CHEN, is_active=False)
    told = {row.recipient: row.args["roles"] for row in office.rows("missing_role")}
    assert told["U01ADMIN"] == ["department_manager"]


def test_items_go_to_the_next_holder_and_come_back_to_nobody(office: Office) -> None:
    office.do("U01ADMIN", set_role, "coordinator", [MEI, OTHER])
    visit_id = office.approved()
    before = {task.key for task in office.look(visit_id).tasks if task.owner_id == MEI}
    assert before
    slack_says(office, MEI, is_active=False)
    tasks = office.look(visit_id).tasks
    assert {task.key for task in tasks if task.owner_id == OTHER} >= before
    assert not [task for task in tasks if task.owner_id == MEI]
    assert OTHER in {who for _, who in office.waiting("tasks")}
    slack_says(office, MEI, is_active=True)  # back: asked again from now on, takes nothing away
    assert office.look(visit_id).people("coordinator") == [MEI]
    assert not [task for task in office.look(visit_id).tasks if task.owner_id == MEI]


def test_a_drivers_trips_go_back_to_the_dispatcher(office: Office) -> None:
    visit_id = office.approved()
    trip = office.look(visit_id).trips[0]
    office.do(LIU, assign_car, trip.id, MA, "GL8")
    slack_says(office, MA, is_active=False)
    trip = office.look(visit_id).trips[0]
    assert (trip.state, trip.driver_id) == (TripState.DECLINED, None)
    assert [row.recipient for row in office.rows("trip_declined")] == [LIU]


def test_somebody_without_a_role_changes_nothing(office: Office) -> None:
    office.approved()
    slack_says(office, "U01NOBODY", is_active=False)
    assert office.rows(LEFT) == []
