"""The card of whoever chases the preparation: what is open and what help is needed (P18)."""

from models.base.words import TaskState
from models.records.preparation import Task
from templates.preparation.messages import owned_line, remind_button
from templates.reading import facts
from templates.slack import ids
from templates.slack.blocks import Button, Card, few, rest
from templates.slack.message import Message, short
from templates.slack.scene import Scene
from templates.wording.text import Text


def chase(scene: Scene) -> Message:
    """One card for each visit, brought up to date with every change and at each check."""
    items, card = scene.picture.unconfirmed(), Card()
    total = len(scene.picture.preparation)
    told = {"when": scene.arrival, "open": len(items), "stand": total - len(items), "total": total}
    if scene.is_over or scene.visit.left_at is not None:
        return short(scene.say("preparation", "tasks_over"))
    card.header(scene.say("preparation", "chase_title"))
    card.text(scene.say("preparation", "chase_intro", **told))
    stuck = [task for task in items if needs_help(scene, task)]
    trips = scene.picture.trips_without_driver()
    if stuck or trips:
        card.text(scene.say("preparation", "chase_help"))
        for trip in trips:
            card.text(facts.trip_line(scene, trip))
    shown = few(card, stuck, size=1, spare=2)
    for task in shown:
        hand_over = Button(ids.TASK_HAND_OVER, scene._("Hand over"), ids.pack(task.id))
        is_done = task.state == TaskState.DONE
        card.text(_line(scene, task), None if is_done else hand_over)
    rest(card, scene.language, stuck, shown)
    moving = [task for task in items if task not in stuck]
    if moving:
        card.text(scene.say("preparation", "chase_open"))
    shown = few(card, moving, size=1, spare=1)
    for task in shown:
        card.text(_line(scene, task))
    rest(card, scene.language, moving, shown)
    card.buttons(remind_button(scene), scene.details_button())
    push = scene.say("preparation", "chase_push", **told)
    return Message(push.fallback(), card.done())


def needs_help(scene: Scene, task: Task) -> bool:
    """Whether an item does not go on by itself: a problem, nobody who has it, or overdue."""
    is_late = task.state == TaskState.OPEN and task.due_at <= scene.now
    return task.state == TaskState.PROBLEM or task.owner_id is None or is_late


def _line(scene: Scene, task: Task) -> Text:
    due = scene.say("preparation", "due", when=scene.when(task.due_at))
    first, mark, rest_of = owned_line(scene, task).partition("\n")
    return Text(f"{first} · {due}{mark}{rest_of}")
