"""What one person sees: exactly what they may, at the same price however many visits there are."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from itertools import product
from typing import Any

from sqlalchemy import event
from sqlmodel import select

from models.base.permissions import Verb, may
from models.base.words import StepState
from models.reading.finding import Wanted
from models.records.visit import Visit
from services.cars import trips
from services.escorts import invitations
from services.people.roles import set_role
from services.preparation import checklist
from services.reading import home
from services.reading.desk import Desk
from services.reading.finding import find
from services.reading.standing import Subject, standing
from services.signoff import decisions
from services.store.database import Database
from tests.services.conftest import CHEN, DEV, LIN, LIU, MA, MEI, RUTH, START, TOM, XU, ZHAO, Office

GUEST, EXPERT, SECOND, OTHER = "U01NOBODY", "U01EXPERT", "U01SECOND", "U01OTHER"
EVERYBODY = [LIN, CHEN, ZHAO, MEI, LIU, MA, TOM, DEV, XU, RUTH, GUEST, EXPERT, SECOND, OTHER]


def several(office: Office) -> list[int]:
    """Visits in all kinds of states, in which different people have a part."""
    plain = office.submit(customer="Plain", host=OTHER)
    driven = office.approved(customer="Driven", second_host=SECOND)
    handed = office.approved(customer="Handed")
    office.do(LIU, trips.assign_car, office.look(driven).trips[0].id, MA, "GL8")
    task = next(t for t in office.look(handed).preparation if t.owner_id == MEI)
    office.do(MEI, checklist.hand_over, task.id, GUEST)
    office.do(LIN, invitations.invite, handed, [EXPERT])
    step = office.look(plain).pending_step
    assert step is not None
    office.do(CHEN, decisions.decide, step.id, StepState.APPROVED, None)
    return [plain, driven, handed]


def listed(desk: Desk) -> object:
    return find(desk, Wanted())


def may_see(desk: Desk) -> set[int]:
    visits = desk.session.exec(select(Visit)).all()
    return {visit.id or 0 for visit in visits if may(standing(desk, Subject(visit)), Verb.SEE)}


def test_everybody_is_listed_what_they_may_see_and_nothing_else(office: Office) -> None:
    known = several(office)
    office.do("U01ADMIN", set_role, "vice_president", [TOM])
    for person in EVERYBODY:
        seen = [view.visit.id for view in office.do(person, find, Wanted(), 20).visits]
        assert set(seen) == office.do(person, may_see), person
        assert len(set(seen)) == len(seen)
    assert {view.visit.id for view in office.do(MEI, find, Wanted()).visits} == set(known)


def test_what_happens_today_is_shown_to_those_who_may_see_it(office: Office) -> None:
    several(office)
    office.now = START + timedelta(days=9)
    for person in EVERYBODY:
        today = {view.visit.id for view in office.do(person, home.home_agenda).today}
        assert today == office.do(person, may_see) - {1}, person  # the first one waits for approval


def test_lists_end_with_the_nearest_twenty(office: Office) -> None:
    for day in reversed(range(21)):
        office.submit(
            customer=f"Customer {day}",
            arrival=START + timedelta(days=9 + day),
            departure=START + timedelta(days=9 + day, hours=8),
            pickup_place=None,
            pickup_time=None,
            dropoff_time=None,
        )
        office.now += timedelta(minutes=4)  # one person asks so often in an hour
    for person in (LIN, MEI, RUTH):
        views = office.do(person, find, Wanted(), 20).visits
        assert [v.visit.arrival for v in views] == [
            START + timedelta(days=9 + day) for day in range(20)
        ]
    waiting = office.do(CHEN, home.home_agenda).waiting
    assert [item.due for item in waiting] == [START + timedelta(days=9 + day) for day in range(20)]


@contextmanager
def statements(database: Database) -> Iterator[list[str]]:
    """The statements sent to the database meanwhile."""
    sent: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        sent.append(statement)

    event.listen(database.engine, "before_cursor_execute", note)
    try:
        yield sent
    finally:
        event.remove(database.engine, "before_cursor_execute", note)


def test_the_price_does_not_rise_with_the_visits(office: Office) -> None:
    looks: tuple[Callable[[Desk], object], ...] = (listed, home.home_agenda)
    prices = []
    for _ in range(2):
        for number in range(3):
            office.approved(customer=f"Customer {number}")
        price = {}
        for person, look in product((MEI, LIU, CHEN, GUEST), looks):
            with statements(office.database) as sent:
                office.do(person, look)
            price[person, look.__name__] = len(sent)
        prices.append(price)
    assert max(prices[0].values()) <= 40
    assert prices[1] == prices[0]


def test_without_a_dispatcher_cars_wait_for_the_coordinator(office: Office) -> None:
    office.approved()
    kinds = [item.kind for item in office.do(MEI, home.home_agenda).waiting]
    assert "car" not in kinds
    office.do("U01ADMIN", set_role, "dispatcher", [])
    kinds = [item.kind for item in office.do(MEI, home.home_agenda).waiting]
    assert kinds.count("car") == 2
