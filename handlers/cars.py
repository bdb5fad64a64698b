"""Cars: assigned by the dispatcher, accepted and reported by the driver (R6)."""

from collections.abc import Callable

from handlers.answers import Answer, Show
from handlers.call import Call, wanted
from handlers.edge import About
from models.errors import Outdated
from models.permissions import Verb
from models.visit import Trip
from services import openings, trips
from services.desk import Desk
from templates import ids
from templates.views import assign_form, decline_trip_form


async def open_assign(call: Call) -> Answer:
    """Ask which driver and car."""
    number = call.numbers[0]
    view, trip = await call.look(
        lambda desk: openings.without_car(desk, number), Verb.ASSIGN_CAR, About(trip=number)
    )
    return Show(assign_form(call.reader, view, trip))


async def submit_assign(call: Call) -> Answer:
    """Give the trip its driver and car; the driver is asked."""
    trip = wanted(call.meta.trip)
    driver = call.entries.person(ids.DRIVER) or ""
    car = call.entries.text(ids.CAR) or ""
    await call.act(
        Verb.ASSIGN_CAR, lambda desk: trips.assign_car(desk, trip, driver, car), About(trip=trip)
    )
    return None


async def accept(call: Call) -> Answer:
    """The driver takes the trip."""
    return await _drive(call, trips.accept_trip)


async def car_here(call: Call) -> Answer:
    """The car stands at the pickup point (R6.3)."""
    return await _drive(call, trips.report_car_here)


async def guests_aboard(call: Call) -> Answer:
    """The guests are in the car."""
    return await _drive(call, trips.report_guests_aboard)


async def dropped_off(call: Call) -> Answer:
    """The guests are where they wanted to be."""
    return await _drive(call, trips.report_dropped_off)


async def open_decline(call: Call) -> Answer:
    """Ask the driver why not."""
    number, assignment = _trip(call)
    view, trip = await call.look(
        lambda desk: openings.assigned(desk, number, assignment), Verb.DRIVE, About(trip=number)
    )
    return Show(decline_trip_form(call.reader, view, trip, assignment))


async def submit_decline(call: Call) -> Answer:
    """The driver cannot; the dispatcher is told."""
    trip, assignment = wanted(call.meta.trip), wanted(call.meta.assignment)
    reason = call.entries.text(ids.REASON)
    await call.act(
        Verb.DRIVE,
        lambda desk: trips.decline_trip(desk, trip, assignment, reason),
        About(trip=trip),
    )
    return None


async def _drive(call: Call, verb: Callable[[Desk, int, int], Trip]) -> Answer:
    trip, assignment = _trip(call)
    await call.act(Verb.DRIVE, lambda desk: verb(desk, trip, assignment), About(trip=trip))
    return None


def _trip(call: Call) -> tuple[int, int]:
    """The trip and its assignment that a driver's button carries."""
    numbers = call.numbers
    if len(numbers) != 2:
        raise Outdated
    return numbers[0], numbers[1]
