"""The etiquette cards beside a message of the day that its reader gets anyway (P07)."""

from models.reminders.etiquette import cards_of
from templates.slack import ids
from templates.slack.blocks import Button
from templates.slack.scene import Scene
from templates.wording.text import Text, joined


def cards_line(scene: Scene) -> Text | None:
    """The titles of the cards that are for the reader, while they help."""
    cards = cards_of(scene.picture, scene.reader.user_id or "")
    if not cards or scene.is_over or scene.visit.left_at is not None:
        return None
    titles = [scene.language.own(card.title) for card in cards]
    return scene.say("etiquette", "carried", titles=joined(scene.language.comma, titles))


def cards_button(scene: Scene) -> Button:
    """*Etiquette*: the lines of the cards."""
    return Button(ids.SHOW_ETIQUETTE, scene._("Etiquette"), ids.pack(scene.visit_id))
