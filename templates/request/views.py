"""Moving a visit and calling it off (R7.7)."""

from typing import Any

from slack_sdk.models.blocks import Block

from models.base.words import TripKind
from models.cars.drives import first_of
from models.reading.picture import VisitPicture
from models.records.people import Reader
from templates.slack import ids
from templates.slack.blocks import Card
from templates.slack.inputs import Asked
from templates.slack.metadata import FormMeta
from templates.slack.modal import modal
from templates.slack.scene import Scene
from templates.wording import terms
from templates.wording.text import Text

REASON_LIMIT = 1000
_TRIP_FIELDS = {TripKind.PICKUP: "pickup_time", TripKind.DROPOFF: "dropoff_time"}


def reschedule_form(reader: Reader, picture: VisitPicture) -> dict[str, Any]:
    """Asks for the new times; those of cars only where there are cars."""
    scene = Scene.of(reader, picture, picture.visit.arrival)
    card = Card()
    card.text(scene.say("forms", "reschedule_intro"))
    blocks: list[Block] = [*card.blocks]
    site = picture.visit.timezone
    for name, at in (("arrival", picture.visit.arrival), ("departure", picture.visit.departure)):
        asked = Asked(name, terms.field(scene.language, name), ids.VALUE)
        blocks += asked.moment(scene.language, site, at)
    hint = scene.say("forms", "trip_time_hint")
    own = [first_of(picture.trips, kind) for kind in _TRIP_FIELDS]
    for trip in sorted((trip for trip in own if trip is not None), key=lambda trip: trip.at):
        name = _TRIP_FIELDS[TripKind(trip.kind)]
        label = terms.field(scene.language, name)
        asked = Asked(name, label, ids.VALUE, optional=True, hint=hint)
        blocks += asked.moment(scene.language, site, trip.at)
    return modal(
        ids.RESCHEDULE_FORM,
        scene._("Reschedule"),
        blocks,
        submit=scene._("Reschedule"),
        close=scene._("Cancel"),
        meta=FormMeta(visit=scene.visit_id, revision=picture.visit.revision),
    )


def cancel_form(reader: Reader, picture: VisitPicture) -> dict[str, Any]:
    """Asks why a visit is called off."""
    scene = Scene.of(reader, picture, picture.visit.arrival)
    return _reason_form(scene, ids.CANCEL_FORM, scene._("Cancel visit"), "cancel_intro")


def postpone_form(reader: Reader, picture: VisitPicture) -> dict[str, Any]:
    """Asks why the date of a visit is left open."""
    scene = Scene.of(reader, picture, picture.visit.arrival)
    return _reason_form(scene, ids.POSTPONE_FORM, scene._("Date open"), "postpone_intro")


def _reason_form(scene: Scene, form: str, does: Text, intro: str) -> dict[str, Any]:
    card = Card()
    card.text(scene.say("forms", intro, when=scene.arrival))
    asked = Asked(ids.REASON, scene._("Reason"), ids.VALUE)
    return modal(
        form,
        does,
        [*card.blocks, asked.line(REASON_LIMIT, many_lines=True)],
        submit=does,
        close=scene._("Close"),
        meta=FormMeta(visit=scene.visit_id, revision=scene.visit.revision),
    )
