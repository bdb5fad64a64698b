"""A timed step whose condition still holds after its time: told to those whom the policy names."""

from datetime import UTC, datetime

from models.policy.rules import Step
from templates.slack.blocks import Card
from templates.slack.message import Message
from templates.slack.scene import Scene
from templates.wording import terms
from templates.wording.text import Text, joined, mention


def step_escalation(scene: Scene) -> Message | None:
    """That it is an escalation, of what, since when, and who was told first."""
    step = scene.picture.policy.step(str(scene.args.get("step")))
    if step is None or scene.is_over:
        return None
    what = _what(scene, step)
    title = scene.say("outcome", "escalation_title", what=what)
    card = Card()
    since = datetime.fromtimestamp(int(scene.args.get("since") or 0), UTC)
    card.text(scene.say("outcome", "escalation_text", since=scene.when(since)))
    card.quote(what)
    told = [p for who in step.to for p in scene.picture.people(who, scene.trip())]
    people = scene.language.people(list(dict.fromkeys(told)))
    card.text(scene.say("outcome", "escalation_told", people=people) if told else None)
    card.small(joined(" · ", [scene.title, scene.arrival]))
    card.buttons(scene.details_button())
    return Message(joined(" · ", [title, scene.title]).fallback(), card.done())


def _what(scene: Scene, step: Step) -> Text:
    """What still stands: the step's own words, else what its condition says."""
    trip = scene.trip()
    if step.text is not None:
        return scene.language.own(step.text)
    if step.task is not None:
        return _about_task(scene, step.task)
    if "items_open" in step.when or step.message == "preparation_check":
        count = len(scene.picture.unconfirmed())
        return scene.say("outcome", "about_items", count=count)
    if trip is not None:
        name = "about_car" if "car_not_here" in step.when else "about_aboard"
        kind = scene.trip_kind(trip.kind)
        return scene.say("outcome", name, kind=kind, when=scene.when(trip.at))
    return scene.say("outcome", "about_visit")


def _about_task(scene: Scene, key: str) -> Text:
    """The item, the day it was due and from whom."""
    item, task = terms.task(scene.language, scene.picture, key), scene.picture.task(key)
    if task is None:
        return scene.say("outcome", "about_visit")
    when = scene.when(task.due_at)
    if task.owner_id is None:
        return scene.say("outcome", "about_task_unowned", item=item, when=when)
    return scene.say("outcome", "about_task", item=item, when=when, who=mention(task.owner_id))
