"""What a timed step of the company's own says: its text, about which visit."""

from models.policy.moment import Anchor
from templates.reading import facts
from templates.slack.blocks import Card
from templates.slack.message import Message
from templates.slack.scene import Scene
from templates.wording.text import Text, joined


def reminder(scene: Scene) -> Message | None:
    """The step's own words; nothing where a newer policy no longer has them."""
    step = scene.picture.policy.step(str(scene.args.get("step")))
    if step is None or step.text is None or scene.is_off:
        return None
    said = scene.language.own(step.text)
    when = facts.meeting(scene) if step.at.anchor == Anchor.MEETING else scene.arrival
    card = Card()
    card.text(joined(" ", [scene.addressed(), Text(f"⏰ {said}")]))
    card.small(joined(" · ", [scene.title, when]))
    card.small(facts.contact_line(scene) if scene.visit.left_at is None else None)
    card.buttons(scene.details_button())
    return Message(joined(" · ", [said, scene.title, when]).fallback(), card.done())
