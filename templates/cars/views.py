"""Giving a trip its driver and car, and a driver who cannot (R6)."""

from collections.abc import Sequence
from typing import Any

from slack_sdk.models.blocks import InputBlock

from models.cars.drivers import Driver
from models.customers.names import fold
from models.reading.picture import VisitPicture
from models.records.cars import Trip
from models.records.people import Reader
from templates.reading import facts
from templates.slack import ids
from templates.slack.blocks import Card
from templates.slack.inputs import OPTIONS, Asked, option
from templates.slack.metadata import FormMeta
from templates.slack.modal import modal
from templates.slack.scene import Scene
from templates.wording.language import Language
from templates.wording.text import Text, guard

CAR_LIMIT = 100
REASON_LIMIT = 1000
_NAME_LENGTH = 40


def assign_form(
    reader: Reader, picture: VisitPicture, trip: Trip, drivers: Sequence[Driver]
) -> dict[str, Any]:
    """Asks for driver and car of a trip. Who has another drive then is marked, and can be chosen
    only together with the box that says so (R4.3). Without drivers it says what to do."""
    scene = Scene.of(reader, picture, picture.visit.arrival)
    card = Card()
    card.text(facts.trip_line(scene, trip))
    if not drivers:
        card.text(scene.say("forms", "no_drivers"))
        return modal(ids.NOTICE_VIEW, scene._("Assign driver"), card.blocks, close=scene._("Close"))
    placeholder = scene.say("forms", "car_placeholder")
    inputs = [
        _asked_driver(scene, trip, drivers),
        Asked(ids.CAR, scene._("Car"), ids.VALUE, placeholder=placeholder).line(
            CAR_LIMIT, trip.car
        ),
    ]
    if any(driver.busy for driver in drivers):
        box = Asked(ids.EVEN_SO, scene._("Two drives at once"), ids.VALUE, optional=True)
        inputs.append(box.tick(scene._("Assign even so")))
    return modal(
        ids.ASSIGN_FORM,
        scene._("Assign driver"),
        [*card.blocks, *inputs],
        submit=scene._("Assign"),
        close=scene._("Cancel"),
        meta=FormMeta(visit=scene.visit_id, trip=trip.id, assignment=trip.assignment),
    )


def driver_options(reader: Reader, drivers: Sequence[Driver], query: str) -> list[dict[str, Any]]:
    """What the search for a driver offers: those whose names contain the words typed so far."""
    language, typed = Language(reader), fold(query)
    found = [driver for driver in drivers if typed in fold(driver.name)][:OPTIONS]
    return [option(_named(language, driver), driver.user_id).to_dict() for driver in found]


def _asked_driver(scene: Scene, trip: Trip, drivers: Sequence[Driver]) -> InputBlock:
    """One of the list, or of a search where there are more than a list takes."""
    chosen = next((driver for driver in drivers if driver.user_id == trip.driver_id), None)
    if chosen is None and len(drivers) == 1 and drivers[0].busy is None:
        chosen = drivers[0]
    first = chosen.user_id if chosen else None
    label, choose = scene._("Driver"), scene._("Choose a driver")
    if len(drivers) > OPTIONS:
        words = _named(scene.language, chosen) if chosen else None
        asked = Asked(ids.DRIVER, label, ids.DRIVER_SEARCH, placeholder=choose)
        return asked.search(first, words)
    options = [(driver.user_id, _named(scene.language, driver)) for driver in drivers]
    return Asked(ids.DRIVER, label, ids.VALUE, placeholder=choose).choice(options, first)


def _named(language: Language, driver: Driver) -> Text:
    """A driver's name, with the time of the other drive where they have one."""
    if driver.busy is None:
        return guard(driver.name, _NAME_LENGTH)
    start, end = language.time(driver.busy.start), language.time(driver.busy.end)
    name = guard(driver.name, _NAME_LENGTH)
    return language._("%(name)s · busy %(start)s–%(end)s", name=name, start=start, end=end)


def decline_trip_form(
    reader: Reader, picture: VisitPicture, trip: Trip, assignment: int
) -> dict[str, Any]:
    """Asks a driver why they cannot; they need not say."""
    scene = Scene.of(reader, picture, picture.visit.arrival)
    card = Card()
    card.text(facts.trip_line(scene, trip, with_state=False))
    card.text(scene.say("forms", "decline_trip_intro"))
    asked = Asked(ids.REASON, scene._("Reason"), ids.VALUE, optional=True)
    return modal(
        ids.DECLINE_TRIP_FORM,
        scene._("Can't"),
        [*card.blocks, asked.line(REASON_LIMIT, many_lines=True)],
        submit=scene._("Send"),
        close=scene._("Cancel"),
        meta=FormMeta(visit=scene.visit_id, trip=trip.id, assignment=assignment),
    )
