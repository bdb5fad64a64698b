"""What came of a visit: the reminders that ask until it is known, with the two answers (R8.4)."""

from datetime import datetime

from models.base.words import OFF_STATUSES, Outcome
from templates.slack import ids
from templates.slack.blocks import Button, Card
from templates.slack.message import Message
from templates.slack.scene import Scene
from templates.wording.text import Text, joined, mention


def outcome_asked(scene: Scene) -> Message | None:
    """The step's own words, with Landed and Ended; afterwards who said what came of it."""
    step = scene.picture.policy.step(str(scene.args.get("step")))
    if step is None or step.text is None or scene.is_off:
        return None
    said = scene.language.own(step.text)
    card = Card()
    known = outcome_line(scene)
    if known is not None:
        card.text(known)
        card.small(scene.title)
        return Message(joined(" · ", [scene.title, known]).fallback(), card.done())
    card.text(Text(f"⏰ {said}"))
    card.small(joined(" · ", [scene.title, scene.arrival]))
    owners = {scene.visit.host_id, scene.picture.account_owner}
    buttons = outcome_buttons(scene) if scene.reader.is_among(owners) else []
    card.buttons(*buttons, scene.details_button())
    return Message(joined(" · ", [said, scene.title]).fallback(), card.done())


def outcome_buttons(scene: Scene) -> list[Button]:
    """Landed and Ended, while it is not known which; none before the guests have left."""
    visit = scene.visit
    over = scene.picture.status in OFF_STATUSES
    if visit.outcome is not None or visit.left_at is None or over:
        return []
    value = ids.pack(scene.visit_id)
    return [
        Button(ids.LANDED, scene._("Landed"), value, "primary"),
        Button(ids.ENDED, scene._("Ended"), value),
    ]


def outcome_line(scene: Scene) -> Text | None:
    """What came of it, who said so and when; None while nobody has."""
    visit = scene.visit
    if visit.outcome is None:
        return None
    at: datetime = visit.outcome_at or scene.now
    name = "landed" if visit.outcome == Outcome.LANDED else "ended"
    who = mention(visit.outcome_by) if visit.outcome_by else scene.say("history", "clock")
    return scene.say("outcome", name, who=who, when=scene.language.moment(at))
