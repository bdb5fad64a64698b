"""What an item's owner needs to know of the visit, beside the item: as its rule says (R5.1)."""

from models.base.times import local
from models.policy.timed_tables import ItemFact
from models.records.preparation import Task
from templates.reading import facts, rules
from templates.reading.diets import counted_diets
from templates.slack.scene import Scene
from templates.wording.text import Text, joined


def needs_line(scene: Scene, task: Task) -> Text | None:
    """Heads, diets, nights, the meeting or the cap, in a line; no guest's name."""
    rule = scene.picture.policy.task_rule(task.key)
    shows: list[ItemFact] = rule.shows if rule is not None else []
    return joined(" · ", [_fact(scene, each) for each in shows]) or None


def _fact(scene: Scene, what: ItemFact) -> Text | None:
    match what:
        case "people":
            return facts.people_count(scene)
        case "diets":
            return _diets(scene)
        case "stay":
            return _nights(scene)
        case "meeting":
            return facts.meeting(scene)
        case _:
            return next((line for of, line in rules.caps(scene) if of == what), None)


def _diets(scene: Scene) -> Text | None:
    """How many eat what, and of how many it is not known."""
    diets = [guest.diet for guest in scene.picture.guests]
    counted = counted_diets(scene.language, scene.picture.policy, diets)
    unknown = sum(not diet for diet in diets)
    if unknown and unknown < len(diets):
        counted.append(scene.say("preparation", "diets_unknown", count=unknown))
    return joined(scene.language.comma, counted) or None


def _nights(scene: Scene) -> Text | None:
    """Between which days they sleep here; None for a visit of one day."""
    visit = scene.visit
    first, last = (local(at, visit.timezone).date() for at in (visit.arrival, visit.departure))
    nights = (last - first).days
    if nights < 1:
        return None
    days = {"first": scene.language.calendar_day(first), "last": scene.language.calendar_day(last)}
    return scene.say("preparation", "nights", count=nights, **days)
