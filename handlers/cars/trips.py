"""Cars: assigned by the dispatcher, accepted and reported by the driver (R6)."""

from collections.abc import Callable
from typing import Any

from handlers.slack.answers import Answer, Offer, Refill, Show
from handlers.slack.call import Call, wanted
from handlers.slack.edge import About
from models.base.errors import InvalidForm, Outdated
from models.base.permissions import Verb
from models.cars.drivers import Driver
from models.reading.picture import VisitPicture
from models.records.cars import Trip
from services.cars import second_thoughts, trips
from services.reading.desk import Desk
from templates.cars.views import assign_form, decline_trip_form, driver_options
from templates.slack import ids
from templates.slack.notice import with_notice
from templates.wording.errors import field_words


async def open_assign(call: Call) -> Answer:
    """Ask which driver and car."""
    return Show(await _assign_form(call, call.numbers[0]))


async def suggest_drivers(call: Call) -> Answer:
    """The drivers whose names contain the words typed so far."""
    _, _, drivers = await _without_car(call, wanted(call.meta.trip))
    return Offer(driver_options(call.reader, drivers, call.query))


async def submit_assign(call: Call) -> Answer:
    """Give the trip its driver and car; the driver is asked.

    Who became busy since the form was opened is asked about in the form anew: it had no box yet
    to say that it is meant.
    """
    trip, entries = wanted(call.meta.trip), call.entries
    driver = entries.choice(ids.DRIVER) or ""
    car = entries.text(ids.CAR) or ""
    is_meant = entries.is_ticked(ids.EVEN_SO)
    try:
        await call.act(
            Verb.ASSIGN_CAR,
            lambda desk: trips.assign_car(desk, trip, driver, car, even_if_busy=is_meant),
            About(trip=trip),
        )
    except InvalidForm as error:
        fault = error.faults.get(ids.DRIVER)
        if fault is None or fault.code != trips.DRIVER_BUSY or entries.has(ids.EVEN_SO):
            raise
        return Refill(with_notice(await _assign_form(call, trip), field_words(fault, call.reader)))
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


async def report_back(call: Call) -> Answer:
    """The last report was a slip."""
    return await _drive(call, second_thoughts.take_back_report)


async def after_all(call: Call) -> Answer:
    """The driver can, after all."""
    return await _drive(call, second_thoughts.drive_after_all)


async def open_decline(call: Call) -> Answer:
    """Ask the driver why not."""
    number, assignment = _trip(call)
    view, trip = await call.look(
        lambda desk: trips.assigned(desk, number, assignment), Verb.DRIVE, About(trip=number)
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


async def _assign_form(call: Call, trip: int) -> dict[str, Any]:
    view, found, drivers = await _without_car(call, trip)
    return assign_form(call.reader, view, found, drivers)


async def _without_car(call: Call, trip: int) -> tuple[VisitPicture, Trip, list[Driver]]:
    return await call.look(
        lambda desk: trips.without_car(desk, trip), Verb.ASSIGN_CAR, About(trip=trip)
    )


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
