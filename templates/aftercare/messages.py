"""After the visit: feedback, its nudges, the host's letters, and the closing (R8)."""

from datetime import timedelta

from models.base.words import TaskState, VisitStatus
from models.records.preparation import Task
from templates.slack import ids
from templates.slack.blocks import Button, Card
from templates.slack.message import Message, short
from templates.slack.scene import Scene
from templates.wording import terms
from templates.wording.text import Text, joined

_PARTS = ("title", "text", "push")
_SOON = timedelta(days=2)


def feedback_request(scene: Scene) -> Message:
    """Asks the account owner how the visit went; afterwards it says thanks (R8.1)."""
    task = _task(scene)
    if task is None or _is_in(scene):
        return _settled(scene, task)
    when = scene.when(task.due_at)
    is_late = task.due_at < scene.now
    names = {part: f"nudge_late_{part}" if is_late else f"request_{part}" for part in _PARTS}
    card = Card()
    card.header(scene.say("follow_up", names["title"]))
    card.text(scene.say("follow_up", names["text"], when=when))
    card.small(_put_off(scene, task))
    _feedback_buttons(scene, card, task)
    _besides(scene, card, task)
    return Message(scene.say("follow_up", names["push"], when=when).fallback(), card.done())


def _besides(scene: Scene, card: Card, task: Task) -> None:
    """What else of the follow-up is the reader's in these days, each with its button."""
    for other in scene.picture.follow_up:
        is_soon = other.due_at <= task.due_at + _SOON
        if other.id == task.id or not is_soon or not scene.reader.is_among([other.owner_id]):
            continue
        item = terms.task_of(scene.language, scene.picture, other)
        when = scene.when(other.due_at)
        if other.state == TaskState.DONE:
            card.text(scene.say("follow_up", "besides_done", item=item))
        else:
            done = Button(ids.TASK_DONE, scene._("Done"), ids.pack(other.id))
            card.text(scene.say("follow_up", "besides", item=item, when=when), done)


def feedback_nudge(scene: Scene) -> Message:
    """The same in a line, which names its reader, so that an answer in a thread is noticed: until
    when, or since when it is overdue."""
    task = _task(scene)
    if task is None or _is_in(scene):
        return _settled(scene, task)
    late = "late_" if task.due_at < scene.now else ""
    when = scene.when(task.due_at)
    card = Card()
    said = scene.say("follow_up", f"nudge_{late}text", when=when)
    card.text(joined(" ", [scene.addressed(), said]))
    card.small(_put_off(scene, task))
    _feedback_buttons(scene, card, task)
    return Message(scene.say("follow_up", f"nudge_{late}push", when=when).fallback(), card.done())


def follow_up_task(scene: Scene) -> Message | None:
    """A letter or summary that the host owes (R8.3, R8.6)."""
    task = _task(scene)
    if task is None:
        return None
    item = terms.task_of(scene.language, scene.picture, task)
    if task.state == TaskState.DONE:
        return short(scene.say("follow_up", "task_done", item=item))
    if scene.is_over:
        return short(scene.say("follow_up", "over"))
    if not scene.reader.is_among([task.owner_id]):
        return short(scene.say("follow_up", "task_gone", item=item))
    when = scene.when(task.due_at)
    late = "late_" if task.due_at < scene.now else ""
    card = Card()
    card.header(scene.say("follow_up", "task_title", item=item))
    said = scene.say("follow_up", f"task_{late}text", when=when)
    card.text(joined(" ", [scene.addressed(), said]))
    card.small(_put_off(scene, task))
    value = ids.pack(task.id)
    card.buttons(
        Button(ids.TASK_DONE, scene._("Done"), value, "primary"),
        Button(ids.REMIND_TOMORROW, scene._("Later"), value),
    )
    push = scene.say("follow_up", "task_push", item=item, when=when)
    return Message(push.fallback(), card.done())


def closed(scene: Scene) -> Message:
    """All is in: host and account owner are told."""
    card = Card()
    card.text(scene.say("follow_up", "closed_title"))
    card.buttons(scene.details_button())
    return Message(scene.say("follow_up", "closed_push").fallback(), card.done())


def _task(scene: Scene) -> Task | None:
    """The item that the policy's step is about."""
    step = scene.picture.policy.step(str(scene.args.get("step")))
    key = step.task if step is not None and step.task else "feedback"
    return scene.picture.task(key)


def _is_in(scene: Scene) -> bool:
    task = _task(scene)
    done = task is not None and task.state == TaskState.DONE
    return done or scene.picture.feedback is not None or scene.is_over


def _settled(scene: Scene, task: Task | None) -> Message:
    feedback = scene.picture.feedback
    if feedback is not None:
        intention = terms.intention(scene.language, feedback.intention)
        satisfaction = feedback.satisfaction
        thanks = scene.say("follow_up", "thanks", satisfaction=satisfaction, intention=intention)
        card = Card()
        card.text(thanks)
        if task is not None and not scene.is_over:
            _besides(scene, card, task)
        return Message(thanks.fallback(), card.done())
    if task is not None and task.state == TaskState.DONE:
        return short(scene.say("follow_up", "thanks_plain"))
    return short(scene.say("follow_up", "over"))


def _put_off(scene: Scene, task: Task) -> Text | None:
    """That the reminder was put off, until when."""
    if task.snoozed_until is None or task.snoozed_until <= scene.now:
        return None
    if scene.picture.status != VisitStatus.FOLLOW_UP:
        return None
    return scene.say("follow_up", "put_off", when=scene.language.moment(task.snoozed_until))


def _feedback_buttons(scene: Scene, card: Card, task: Task) -> None:
    give = scene._("Give feedback")
    card.buttons(
        Button(ids.GIVE_FEEDBACK, give, ids.pack(scene.visit_id), "primary"),
        Button(ids.REMIND_TOMORROW, scene._("Later"), ids.pack(task.id)),
    )
