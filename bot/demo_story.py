"""What has happened in the demo's company before it opens: one visit, requested days ago,
approved, with cars and half of the preparation. Told through the verbs that people use."""

from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from sqlmodel import Session, select

from models.base.words import Purpose, StepState, TravelBy, TripKind
from models.records.cars import Trip
from models.records.preparation import Task
from models.records.signoff import ApprovalStep
from models.request.forms import VisitForm
from services.cars.trips import accept_trip, assign_car
from services.people import first_steps
from services.people.roles import set_role
from services.preparation.checklist import finish_task
from services.reading.desk import Desk
from services.request.requests import submit_visit
from services.signoff.decisions import decide

ZONE = ZoneInfo("Asia/Shanghai")

# The seeded company's people, by their Slack ids.
LIN, RUTH = "U01LINWEI", "U03RUTHADLER"
CHEN, ZHAO, PARK, WANG = "U05CHENHAO", "U06ZHAOMIN", "U07HELENPARK", "U08WANGGUO"
MEI, LIU, MA, REED = "U09MEIFANG", "U10LIUYANG", "U11MALONG", "U12TOMREED"
NAIR, XU, GAO, ANA = "U13DEVNAIR", "U14XULI", "U15GAOYUN", "U16ANASILVA"

ROLES = {
    "department_manager": [CHEN],
    "vice_president": [ZHAO],
    "general_manager": [PARK],
    "chairman": [WANG],
    "coordinator": [MEI],
    "dispatcher": [LIU],
    "driver": [MA, REED],
    "front_desk": [XU],
    "it": [NAIR],
    "finance": [GAO],
    "admin": [ANA],
}
_DONE = {"hotel": MEI, "meals": MEI, "gate": XU, "materials": LIN, "demonstration": NAIR}
FIRST = ["dev.nair", "lin.wei"]
"""As whom the demo opens, by the browser's language: each has two things waiting."""

Run = Callable[[datetime, str, Callable[[Desk], None]], Awaitable[None]]
"""Does one deed of a person at a moment, and lets what follows from it be said."""


@dataclass(frozen=True)
class Deed:
    """Who did what, and how long before the arrival."""

    before: timedelta
    actor: str
    do: Callable[[Desk], None]


def arrival_tomorrow(now: datetime) -> datetime:
    """Tomorrow at ten, or so late that one day before is still to come.

    Late at night tomorrow has no such hour any more: then it is the day after, at ten.
    """
    today = now.astimezone(ZONE)
    ten = datetime.combine(today.date() + timedelta(days=1), time(10), ZONE)
    half_hours = today + timedelta(days=1, hours=1)
    later = half_hours.replace(minute=30 * (half_hours.minute // 30), second=0, microsecond=0)
    arrival = max(ten, later)
    if arrival.date() == ten.date() and arrival.time() <= time(22):
        return arrival
    return ten + timedelta(days=1)


async def tell(run: Run, arrival: datetime) -> None:
    """Let it all happen, each deed at its own time."""
    for deed in _deeds(arrival):
        await run(arrival - deed.before, deed.actor, deed.do)


def _deeds(arrival: datetime) -> Iterator[Deed]:
    yield Deed(timedelta(days=6), LIN, lambda desk: _request(desk, arrival))
    yield Deed(timedelta(days=6, minutes=-40), CHEN, _approve)
    yield Deed(timedelta(days=6, minutes=-95), ZHAO, _approve)
    yield Deed(timedelta(days=5, hours=1), LIU, _assign_cars)
    yield Deed(timedelta(days=5, minutes=50), MA, _accept)
    yield Deed(timedelta(days=5, minutes=30), REED, _accept)
    for number, (key, owner) in enumerate(_DONE.items()):
        yield Deed(timedelta(days=3, hours=4 - number), owner, lambda desk, k=key: _finish(desk, k))  # type: ignore[misc]


def assign_roles(desk: Desk) -> None:
    """Give every role to its people; the first thing that a company does. Its first steps lie
    behind it."""
    first_steps.tick(desk, first_steps.LEFT)
    for role, people in ROLES.items():
        set_role(desk, role, people)


def _request(desk: Desk, arrival: datetime) -> None:
    departure = arrival + timedelta(hours=6, minutes=30)
    form = VisitForm(
        customer="Acme Robotics",
        purpose=Purpose.SITE_AUDIT,
        lead_guest="Marta Nowak",
        lead_guest_title="VP Procurement",
        party_size=4,
        arrival=arrival,
        departure=departure,
        host=LIN,
        level="b",
        level_reason="A working visit: the managers of both sides asked to be among themselves.",
        travel_by=TravelBy.FLIGHT,
        travel_number="LH728",
        pickup_place="Pudong Airport T2, exit 7",
        pickup_time=arrival - timedelta(minutes=75),
        dropoff_time=departure,
        account_owner=RUTH,
        budget=Decimal(8000),
        guests=(
            "Marta Nowak, VP Procurement\n"
            "Jonas Weber, Quality manager, vegetarian\n"
            "Priya Rao, Supply engineer, no pork\n"
            "Tomás Silva, Interpreter"
        ),
        notes="They would like to see the calibration line first.",
    )
    submit_visit(desk, form, "demo")


def _approve(desk: Desk) -> None:
    step = desk.session.exec(
        select(ApprovalStep).where(ApprovalStep.state == StepState.PENDING)
    ).one()
    decide(desk, step.id or 0, StepState.APPROVED, None)


def _assign_cars(desk: Desk) -> None:
    cars = {TripKind.PICKUP: (MA, "Buick GL8, 沪A·3K862"), TripKind.DROPOFF: (REED, "沪B·9D017")}
    for kind, (driver, car) in cars.items():
        assign_car(desk, _trip(desk.session, kind=kind).id or 0, driver, car)


def _accept(desk: Desk) -> None:
    trip = _trip(desk.session, driver=desk.person)
    accept_trip(desk, trip.id or 0, trip.assignment)


def _finish(desk: Desk, key: str) -> None:
    finish_task(desk, desk.session.exec(select(Task.id).where(Task.key == key)).one() or 0)


def _trip(session: Session, kind: str | None = None, driver: str | None = None) -> Trip:
    wanted = Trip.kind == kind if kind is not None else Trip.driver_id == driver
    return session.exec(select(Trip).where(wanted)).one()
