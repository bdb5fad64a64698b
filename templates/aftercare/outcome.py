"""What came of a visit: the reminders that ask until it is known, with the two answers (R8.4)."""

from datetime import datetime

from models.aftercare.outcome import may_take_back
from models.base.words import OFF_STATUSES, Outcome
from templates.slack import ids
from templates.slack.blocks import Button, Card, Question
from templates.slack.message import Message
from templates.slack.scene import Scene
from templates.wording.text import Text, joined, mention


def outcome_asked(scene: Scene) -> Message | None:
    """The step's own words, with Won and Lost; afterwards who said what came of it."""
    step = scene.picture.policy.step(str(scene.args.get("step")))
    if step is None or step.text is None or scene.is_off:
        return None
    said = scene.language.own(step.text)
    card = Card()
    owners = {scene.visit.host_id, scene.picture.account_owner}
    buttons = outcome_buttons(scene) if scene.reader.is_among(owners) else []
    known = outcome_line(scene)
    if known is not None:
        card.text(known)
        card.small(scene.title)
        card.buttons(*buttons)
        return Message(joined(" · ", [scene.title, known]).fallback(), card.done())
    card.text(joined(" ", [scene.addressed(), Text(f"⏰ {said}")]))
    card.small(joined(" · ", [scene.title, scene.arrival]))
    card.buttons(*buttons, scene.details_button())
    return Message(joined(" · ", [said, scene.title]).fallback(), card.done())


def outcome_buttons(scene: Scene) -> list[Button]:
    """Won and Lost, each asked about first, while it is not known which; for a day after that the
    way back. None before the guests have left."""
    visit, value = scene.visit, ids.pack(scene.visit_id)
    if visit.left_at is None or scene.picture.status in OFF_STATUSES:
        return []
    if visit.outcome is not None:
        back = Button(ids.OUTCOME_BACK, scene._("Take back"), value)
        return [back] if may_take_back(visit, scene.now) else []
    won, lost = scene._("Won"), scene._("Lost")
    return [
        Button(ids.LANDED, won, value, "primary", _question(scene, "won", won)),
        Button(ids.ENDED, lost, value, None, _question(scene, "lost", lost)),
    ]


def _question(scene: Scene, name: str, yes: Text) -> Question:
    title, text = scene.say("outcome", f"ask_{name}"), scene.say("outcome", f"ask_text_{name}")
    return Question(title, text, yes, scene._("Cancel"))


def outcome_line(scene: Scene) -> Text | None:
    """What came of it, who said so and when; None while nobody has."""
    visit = scene.visit
    if visit.outcome is None:
        return None
    at: datetime = visit.outcome_at or scene.now
    name = "landed" if visit.outcome == Outcome.LANDED else "ended"
    who = mention(visit.outcome_by) if visit.outcome_by else scene.say("history", "clock")
    return scene.say("outcome", name, who=who, when=scene.language.moment(at))
