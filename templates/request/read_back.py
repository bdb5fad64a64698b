"""The sheet that is read back to the customer in their language, and what they confirmed (R1.3)."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from slack_sdk.models.blocks import Block

from models.base.words import TripKind
from models.customers.phones import shown_phone
from models.reading.picture import VisitPicture
from models.reading.read_back import is_read_back, key_facts
from models.records.people import Reader
from templates.reading import facts
from templates.slack import ids
from templates.slack.blocks import Button, Card
from templates.slack.inputs import Asked
from templates.slack.metadata import FormMeta
from templates.slack.modal import modal
from templates.slack.scene import Scene
from templates.wording import terms
from templates.wording.text import Text, guard, joined

SHEET_LIMIT = 3000


def read_back_form(
    reader: Reader,
    picture: VisitPicture,
    now: datetime,
    locale: str,
    behind: Sequence[str] = (),
) -> dict[str, Any]:
    """The sheet in the customer's language (`en` or `zh`), to be copied, and a tick for each fact
    that they have confirmed. `behind` are the views below, by their callback ids."""
    scene = Scene.of(reader, picture, now)
    found = key_facts(picture)
    sheet = Asked(ids.SHEET, scene._("To read out or to copy"), f"{ids.VALUE}_{locale}", True)
    ticks = Asked(ids.CONFIRMED, scene._("Confirmed by the customer"), ids.VALUE, True)
    options = [(each.key, _line(scene, each.key)) for each in found]
    confirmed = [each.key for each in found if each.is_confirmed]
    card = Card()
    card.text(scene.say("notice", "read_back_intro"))
    card.buttons(
        Button(ids.READ_BACK_EN, Text("English"), ids.pack(scene.visit_id)),
        Button(ids.READ_BACK_ZH, Text("中文"), ids.pack(scene.visit_id)),
    )
    blocks: list[Block] = [
        *card.blocks,
        sheet.line(SHEET_LIMIT, sheet_text(picture, now, locale), many_lines=True),
        ticks.choices(options, confirmed),
    ]
    return modal(
        ids.READ_BACK_FORM,
        scene._("Read back"),
        blocks,
        submit=scene._("Save"),
        close=scene._("Cancel"),
        meta=FormMeta(
            visit=scene.visit_id,
            marks={each.key: each.mark for each in found},
            behind=list(behind),
        ),
    )


def sheet_text(picture: VisitPicture, now: datetime, locale: str) -> str:
    """The key facts as the customer reads them: their language, the site's clock."""
    scene = Scene.of(Reader(locale, picture.visit.timezone, None), picture, now)
    city = scene.language.city(picture.visit.timezone)
    lines = [scene.say("notice", "sheet_title"), *(_line(scene, f.key) for f in key_facts(picture))]
    lines.append(scene.say("notice", "sheet_clock", city=city))
    return "\n".join(line.plain(SHEET_LIMIT) for line in lines)


def read_back_line(scene: Scene) -> Text | None:
    """How many of the key facts the customer has confirmed, and which are open."""
    if scene.is_over or not is_read_back(scene.picture):
        return None
    found = key_facts(scene.picture)
    still = [terms.field(scene.language, each.key) for each in found if not each.is_confirmed]
    known = {"confirmed": len(found) - len(still), "total": len(found)}
    if not still:
        return scene.say("notice", "read_back_all", **known)
    if len(still) == len(found):
        return scene.say("notice", "read_back_none", **known)
    names = joined(scene.language.comma, still)
    return scene.say("notice", "read_back_some", fields=names, **known)


def _line(scene: Scene, key: str) -> Text:
    name = terms.field(scene.language, key)
    return Text(f"{name}{scene.language.colon}{_value(scene, key)}")


def _value(scene: Scene, key: str) -> Text:
    visit, picture = scene.visit, scene.picture
    match key:
        case "lead_guest":
            return facts.lead_guest(scene)
        case "guests":
            return joined(scene.language.comma, [guard(g.name, 60) for g in picture.guests])
        case "party_size":
            return facts.people_count(scene)
        case "arrival" | "departure":
            return scene.when(getattr(visit, key))
        case "travel_number":
            return facts.travel(scene) or Text("–")
        case "contact_phone":
            return guard(shown_phone(visit.contact_phone or ""))
        case "pickup_place" | "dropoff_place":
            kind = TripKind.PICKUP if key == "pickup_place" else TripKind.DROPOFF
            trips = [trip for trip in picture.trips if trip.kind == kind]
            said = [joined(" · ", [scene.when(t.at), guard(t.place)]) for t in trips]
            return joined(scene.language.comma, said)
        case _:
            return facts.meeting(scene) or Text("–")
