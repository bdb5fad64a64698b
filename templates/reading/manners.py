"""The titles of the etiquette cards for a reader, and the button that shows their lines (P07)."""

from models.reminders.etiquette import cards_of
from templates.slack import ids
from templates.slack.blocks import Button
from templates.slack.scene import Scene
from templates.wording.text import Text, joined


def card_titles(scene: Scene) -> Text | None:
    """The titles of the cards that are for the reader, while they help."""
    cards = cards_of(scene.picture, scene.reader.user_id or "")
    if not cards or scene.is_over or scene.visit.left_at is not None:
        return None
    return joined(scene.language.comma, [scene.language.own(card.title) for card in cards])


def cards_line(scene: Scene) -> Text | None:
    """The same as a line beside something else."""
    titles = card_titles(scene)
    return scene.say("etiquette", "carried", titles=titles) if titles is not None else None


def cards_button(scene: Scene, label: Text) -> Button:
    """Shows the lines of the cards."""
    return Button(ids.SHOW_ETIQUETTE, label, ids.pack(scene.visit_id))
