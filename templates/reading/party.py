"""Who comes, for whoever meets them: names and titles, flight and terminal (F12). No diet and no
money: their item needs neither."""

from models.customers.names import fold
from models.records.customers import Guest
from templates.slack.scene import Scene
from templates.wording.text import Text, guard, joined

_SHOWN = 15


def party_lines(scene: Scene) -> Text | None:
    """The guests who are named, the lead guest first, each with the title; of many, the first
    ones. None where nobody but the lead guest is known."""
    guests = _in_order(scene)
    if not guests:
        return None
    lines = [_named(scene, guest) for guest in guests[:_SHOWN]]
    if len(guests) > _SHOWN:
        lines.append(scene.language.and_more(len(guests) - _SHOWN))
    return joined("\n", [scene.say("drives", "party"), *lines, photo_line(scene)])


def photo_line(scene: Scene) -> Text | None:
    """Of whom the visit has a photograph, and with whom it is."""
    names = [guard(guest.name, 100) for guest in scene.picture.guests if guest.photo_id is not None]
    shown = joined(scene.language.comma, names)
    return scene.say("drives", "photo", names=shown) if names else None


def _in_order(scene: Scene) -> list[Guest]:
    lead = fold(scene.visit.lead_guest)
    return sorted(
        scene.picture.guests,
        key=lambda guest: (not guest.leads, fold(guest.name) != lead, guest.position),
    )


def _named(scene: Scene, guest: Guest) -> Text:
    parts = [guard(part, 100) for part in (guest.name, guest.name_other, guest.title) if part]
    return joined(scene.language.apposition, parts)
