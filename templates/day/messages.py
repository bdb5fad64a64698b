"""The etiquette cards that apply, by their titles; the button shows their lines (P07)."""

from models.reminders.etiquette import cards_of
from templates.reading import facts
from templates.slack import ids
from templates.slack.blocks import Button, Card
from templates.slack.message import Message
from templates.slack.scene import Scene
from templates.wording.text import joined


def etiquette(scene: Scene) -> Message | None:
    """One short message; nothing for whom no card is any more."""
    cards = cards_of(scene.picture, scene.reader.user_id or "")
    if not cards or scene.is_over or scene.visit.left_at is not None:
        return None
    titles = joined(scene.language.comma, [scene.language.own(card.title) for card in cards])
    card = Card()
    card.text(scene.say("etiquette", "intro", when=scene.arrival))
    card.small(titles)
    card.small(facts.contact_line(scene))
    card.buttons(Button(ids.SHOW_ETIQUETTE, scene._("Show"), ids.pack(scene.visit_id)))
    return Message(scene.say("etiquette", "push", titles=titles).fallback(), card.done())
