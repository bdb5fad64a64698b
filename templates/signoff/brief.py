"""A request in few words, for who decides on a phone: what has changed, level, budget and cap."""

from models.base.times import local
from models.reading.edits import Edited, edits_since_decided
from models.reading.facts import allowed_of, is_over_budget
from models.records.signoff import ApprovalStep
from templates.reading import facts
from templates.reading.clashes import clash_line
from templates.slack.scene import Scene
from templates.wording import terms
from templates.wording.text import Text, guard, joined, mention

_VALUE = 40
"""Characters of a value of somebody's beside another one."""
_LEVEL = 18


def brief(scene: Scene, *, with_arrival: bool) -> Text:
    """Urgent, level, people, when; the budget beside what the level allows; a clash: in few
    words."""
    level = guard(scene.picture.level.name.in_(scene.language.locale), _LEVEL)
    when = scene.arrival if with_arrival else None
    parts = [urgent_line(scene), Text(f"*{level}*"), facts.people_count(scene), when]
    return joined("\n", [joined(" · ", parts), budget_line(scene), clash_line(scene)])


def budget_line(scene: Scene) -> Text | None:
    """The budget beside what the caps of the level make together; None where both are open."""
    planned, allowed = scene.visit.budget, allowed_of(scene.picture)
    if planned is None and allowed is None:
        return None
    name = "over" if is_over_budget(scene.picture) else "within"
    name = "none" if planned is None else "open" if allowed is None else name
    amounts = {
        key: facts.money(scene, amount)
        for key, amount in (("planned", planned), ("allowed", allowed))
        if amount is not None
    }
    return scene.say("approval", f"budget_{name}", **amounts)


def flags(scene: Scene, step: ApprovalStep) -> Text | None:
    """That the request is urgent, and what has changed since it was decided on, by its names."""
    changed = _names(scene, edits_since_decided(scene.picture, step)[:4])
    changed = scene.say("approval", "changed_names", names=changed) if changed else changed
    return joined(" · ", [urgent_line(scene), changed]) or None


def urgent_line(scene: Scene) -> Text | None:
    """That the request is urgent, in a word."""
    return scene.say("approval", "urgent_short") if facts.urgency(scene) else None


def change_lines(scene: Scene, step: ApprovalStep) -> list[Text]:
    """What is other than when the role decided last, old → new, a line each; of what is long or
    many only the names, in a last line."""
    edits = edits_since_decided(scene.picture, step)
    shown = [_line(scene, each) for each in edits if each.is_shown]
    others = _names(scene, [each for each in edits if not each.is_shown])
    return [*shown, *([scene.say("approval", "changed_too", names=others)] if others else [])]


def _names(scene: Scene, edits: list[Edited]) -> Text:
    return joined(scene.language.comma, [terms.field(scene.language, each.name) for each in edits])


def _line(scene: Scene, edited: Edited) -> Text:
    label = terms.field(scene.language, edited.name)
    old, new = (_value(scene, edited.name, value) for value in (edited.old, edited.new))
    if edited.name in {"arrival", "departure", "meeting_time"} and edited.old and edited.new:
        old, new = _times(scene, edited)
    return Text(f"*{label}*{scene.language.colon}{old} → {new}")


def _times(scene: Scene, edited: Edited) -> tuple[Text, Text]:
    """Two moments; on the site's clock the day once where only the hour differs, the hour once
    where only the day does."""
    zone, language = scene.visit.timezone, scene.language
    if not language.shares_clock(edited.old, zone):
        return scene.when(edited.old), scene.when(edited.new)
    old, new = (local(at, zone) for at in (edited.old, edited.new))
    if old.date() == new.date():
        return language.moment(edited.old, zone), language.time(edited.new, zone)
    if old.time() == new.time():
        return language.day(edited.old, zone), language.moment(edited.new, zone)
    return language.moment(edited.old, zone), language.moment(edited.new, zone)


def _value(scene: Scene, name: str, value: object) -> Text:
    if value is None or value == "":
        return Text("–")
    match name:
        case "level":
            level = next((each for each in scene.picture.policy.levels if each.key == value), None)
            return scene.language.own(level.name) if level is not None else guard(value, _VALUE)
        case "budget":
            return facts.money(scene, value)  # type: ignore[arg-type]
        case "host" | "second_host":
            return mention(str(value))
        case "arrival" | "departure" | "meeting_time":
            return scene.when(value)  # type: ignore[arg-type]
        case "purpose":
            return terms.purpose(scene.language, str(value))
        case _:
            return guard(value, _VALUE)
