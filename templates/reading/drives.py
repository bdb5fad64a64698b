"""A drive as it is read: its way, and what the car request says of it (P14)."""

from models.cars.drives import ends_of, greeting_of, is_late
from models.records.cars import Trip
from templates.slack.scene import Scene
from templates.wording.text import Text, guard, joined, mention

_SHOWN = 500


def way(scene: Scene, trip: Trip) -> Text | None:
    """From where to where."""
    start, end = (guard(each) if each else None for each in ends_of(trip))
    if start and end:
        return scene.say("drives", "way", start=start, end=end)
    return scene.say("cars", "to_place", place=end) if end else start


def late_mark(scene: Scene, trip: Trip) -> Text | None:
    """That the car was asked for later than the policy wants (F02)."""
    if not is_late(trip, scene.visit, scene.picture.policy):
        return None
    return scene.say("drives", "late")


def length(scene: Scene, trip: Trip) -> Text | None:
    """For how many days the car is needed, where it is more than one."""
    if trip.days < 2:
        return None
    return scene.language.ngettext("%(num)s day", "%(num)s days", trip.days, num=trip.days)


def meeting_wishes(scene: Scene, trip: Trip) -> list[tuple[Text, Text | None]]:
    """What whoever drives or meets the guests brings: sign, flowers, banner, and room for luggage,
    with labels."""
    greeting, language = greeting_of(scene.picture, trip), scene.language
    return [
        (language._("Name sign"), _words(greeting.name_sign)),
        (language._("Flowers"), language._("Yes") if greeting.flowers else None),
        (language._("Banner"), _words(greeting.banner)),
        (language._("Luggage"), _words(trip.luggage)),
        (language._("Use in town"), _words(trip.purpose)),
        (language._("Remarks"), _words(trip.note)),
    ]


def request_line(scene: Scene, trip: Trip) -> Text | None:
    """The whole car request beyond time and way, for whoever gives it a car; None where it says no
    more."""
    language = scene.language
    riding = [mention(who) for who in trip.escorts]
    facts = [
        *meeting_wishes(scene, trip),
        (language._("Special vehicle"), _words(greeting_of(scene.picture, trip).special_vehicle)),
        (language._("Rides along"), joined(language.comma, riding) or None),
        (language._("Department"), _words(trip.department)),
    ]
    said = [Text(f"{label}{language.colon}{value}") for label, value in facts if value]
    return joined("\n", [late_mark(scene, trip), joined(" · ", said) or None]) or None


def _words(value: str | None) -> Text | None:
    return guard(value, _SHOWN) if value else None
