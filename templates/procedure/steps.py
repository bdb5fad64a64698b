"""What time still brings for a visit, and which step of the policy says so: for `/visit why`."""

from collections.abc import Iterator, Sequence

from models.policy.choose import steps_for
from models.policy.moment import Anchor
from models.policy.rules import Step
from models.policy.source import Source, source
from models.reading.facts import facts_of
from models.reminders.anchors import start_of
from models.reminders.due import owed
from models.reminders.etiquette import etiquette_rows
from models.reminders.owed import Owed
from models.reminders.timed import ESCALATION, asks_outcome
from templates.slack.scene import Scene
from templates.wording import terms
from templates.wording.text import Text, guard, joined

Said = tuple[Text, Source]
_TO_COME = frozenset({Anchor.APPROVAL, Anchor.LEFT, Anchor.HOME, Anchor.FEEDBACK, Anchor.OUTCOME})
_WORDS = 60  # characters of a step's own text


def coming_steps(scene: Scene) -> Iterator[Said]:
    """The quiet hours and the etiquette cards, then the steps still to come, the next one first,
    with those to whom they go on; last those that wait for the guests to leave or for the outcome.
    """
    if scene.is_off:
        return
    yield from _quiet(scene)
    yield from _etiquette(scene)
    policy = scene.picture.policy
    for row in _coming(scene):
        step = policy.step(str(row.args["step"]))
        if step is not None and step.message != "preparation_check":
            yield _said(scene, step, row), _place(scene, step, row)
    for step in _waiting(scene):
        what, who, at = _what(scene, step), _who(scene, step.to), guard(str(step.at))
        said = scene.say("why", "step_not_yet", what=what, who=who, at=at)
        yield said, source(policy, f"step.{step.key}")


def _coming(scene: Scene) -> list[Owed]:
    """The next row of each step and of each escalation, in order of time."""
    rows = [row for row in owed(scene.picture) if "step" in row.args and row.due >= scene.now]
    steps = [row for row in rows if scene.picture.policy.step(str(row.args["step"])) is not None]
    first = {(row.args["step"], row.kind): row for row in reversed(steps)}
    return sorted(first.values(), key=lambda row: (row.due, row.key))


def _waiting(scene: Scene) -> list[Step]:
    """The steps whose anchor is still to come of itself."""
    picture = scene.picture
    return [
        step
        for step in steps_for(picture.policy, facts_of(picture))
        if step.at.anchor in _TO_COME and start_of(picture, step.at.anchor) is None
    ]


def _said(scene: Scene, step: Step, row: Owed) -> Text:
    what, when = _what(scene, step), scene.when(row.due)
    if row.kind == ESCALATION and step.escalate is not None:
        who = _who(scene, step.escalate.to)
        return scene.say("why", "escalated", what=what, when=when, who=who)
    who = _who(scene, step.to)
    if step.repeat is not None:
        every = guard(str(step.repeat.every).lstrip("+"))
        return scene.say("why", "step_again", what=what, who=who, when=when, every=every)
    return scene.say("why", "step", what=what, who=who, when=when)


def _place(scene: Scene, step: Step, row: Owed) -> Source:
    key = ".escalate" if row.kind == ESCALATION else ""
    return source(scene.picture.policy, f"step.{step.key}{key}")


def _what(scene: Scene, step: Step) -> Text:
    if step.text is not None:
        return guard(step.text.in_(scene.language.locale), _WORDS)
    if step.task is not None:
        return terms.task(scene.language, scene.picture, step.task)
    return scene.say("why", f"step_{step.message}")


def _who(scene: Scene, who: Sequence[str]) -> Text:
    names = [terms.role(scene.language, str(each)) for each in who]
    return joined(scene.language.comma, names)


def _etiquette(scene: Scene) -> Iterator[Said]:
    rows = [row for row in etiquette_rows(scene.picture) if row.due >= scene.now]
    if scene.picture.is_prepared and rows:
        people = scene.language.people([row.recipient for row in rows])
        said = scene.say("why", "etiquette", who=people)
        yield said, source(scene.picture.policy, "cards")


def _quiet(scene: Scene) -> Iterator[Said]:
    quiet = scene.picture.policy.quiet_hours
    if quiet is not None:
        start, end = f"{quiet.start:%H:%M}", f"{quiet.end:%H:%M}"
        said = scene.say("why", "quiet", start=guard(start), end=guard(end))
        yield said, source(scene.picture.policy, "quiet_hours")


def until_outcome(scene: Scene) -> Iterator[Said]:
    """Which step keeps the visit open until it landed or ended (R8.4)."""
    picture = scene.picture
    if picture.visit.outcome is None and not scene.is_over and asks_outcome(picture):
        steps = steps_for(picture.policy, facts_of(picture))
        step = next(each for each in steps if "not_landed" in each.when)
        yield scene.say("why", "until_outcome"), source(picture.policy, f"step.{step.key}.when")
