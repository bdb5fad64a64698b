"""Giving a trip its driver and car, and a driver who cannot (R6)."""

from typing import Any

from models.people import Reader
from models.picture import VisitPicture
from models.visit import Trip
from models.words import Role
from templates import facts, ids
from templates.blocks import Card
from templates.metadata import FormMeta
from templates.scene import Scene
from templates.views.inputs import Asked
from templates.views.modal import modal

CAR_LIMIT = 100
REASON_LIMIT = 1000


def assign_form(reader: Reader, picture: VisitPicture, trip: Trip) -> dict[str, Any]:
    """Asks for driver and car of a trip; the drivers there are stand above."""
    scene = Scene.of(reader, picture, picture.visit.arrival)
    drivers = picture.holders.get(Role.DRIVER, [])
    card = Card()
    card.text(facts.trip_line(scene, trip))
    if drivers:
        card.small(scene.say("forms", "drivers", people=scene.language.people(drivers, 20)))
    else:
        card.small(scene.say("forms", "no_drivers"))
    first = trip.driver_id or (drivers[0] if len(drivers) == 1 else None)
    placeholder = scene.say("forms", "car_placeholder")
    return modal(
        ids.ASSIGN_FORM,
        scene._("Assign driver"),
        [
            *card.blocks,
            Asked(ids.DRIVER, scene._("Driver"), ids.VALUE).person(first),
            Asked(ids.CAR, scene._("Car"), ids.VALUE, placeholder=placeholder).line(
                CAR_LIMIT, trip.car
            ),
        ],
        submit=scene._("Assign"),
        close=scene._("Back"),
        meta=FormMeta(visit=scene.visit_id, trip=trip.id, assignment=trip.assignment),
    )


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
        close=scene._("Back"),
        meta=FormMeta(visit=scene.visit_id, trip=trip.id, assignment=assignment),
    )
