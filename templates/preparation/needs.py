"""What an item's owner needs to know of the visit, beside the item: as its rule says (R5.1)."""

from models.base.times import local
from models.customers.names import fold
from models.customers.phones import dialled, shown_phone
from models.policy.notice_fields import Section, fields_of
from models.policy.timed_tables import ItemFact
from models.records.preparation import Task
from templates.reading import facts, notice_lines, rules
from templates.reading.diets import counted_diets
from templates.slack.scene import Scene
from templates.wording.text import Text, dial, guard, joined

_NAME = 60
_NAMES = 8


def needs_line(scene: Scene, task: Task) -> Text | None:
    """What the item's rule names of the visit, in a line. What people eat is counted, and never
    stands beside a name."""
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
        case "names":
            return _names(scene)
        case "phone":
            return _phone(scene)
        case "journey":
            return joined(" · ", [facts.travel(scene), _noted(scene, Section.TRAVEL)]) or None
        case "greeting":
            return _noted(scene, Section.GREETING)
        case "rooms":
            return (
                joined(" · ", [_noted(scene, Section.LODGING), _noted(scene, Section.ROOMS)])
                or None
            )
        case "board":
            return _noted(scene, Section.MEALS)
        case "sights":
            return _noted(scene, Section.SIGHTS)
        case "gifts":
            return _noted(scene, Section.GIFTS)
        case "topics":
            return notice_lines.values_line(scene, ("topics", "places_to_see"))
        case _:
            return next((line for of, line in rules.caps(scene) if of == what), None)


def _names(scene: Scene) -> Text:
    """Who comes, the lead guest first; of many the first ones."""
    lead, guests = scene.visit.lead_guest, scene.picture.guests
    others = [guest.name for guest in guests if fold(guest.name) != fold(lead)]
    shown = [guard(name, _NAME) for name in (lead, *others)[:_NAMES]]
    more = len(others) + 1 - len(shown)
    if more:
        shown.append(scene.language.and_more(more))
    return joined(scene.language.comma, shown)


def _phone(scene: Scene) -> Text | None:
    """The phone of the contact on the customer's side, to be pressed."""
    kept = scene.visit.contact_phone
    return dial(dialled(kept), shown_phone(kept)) if kept is not None else None


def _noted(scene: Scene, section: Section) -> Text | None:
    """What the notice says in a section; amounts are for those who see the budget (R10.1)."""
    keys = [field.key for field in fields_of(section) if field.kind != "amount"]
    return notice_lines.values_line(scene, keys)


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
