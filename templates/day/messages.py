"""The etiquette cards that apply, by their titles; the button shows their lines (P07)."""

from templates.reading import facts
from templates.reading.manners import card_titles, cards_button
from templates.slack.blocks import Card
from templates.slack.message import Message
from templates.slack.scene import Scene


def etiquette(scene: Scene) -> Message | None:
    """One short message; nothing for whom no card is any more."""
    titles = card_titles(scene)
    if titles is None:
        return None
    card = Card()
    card.text(scene.say("etiquette", "intro", when=scene.arrival))
    card.small(titles)
    card.small(facts.contact_line(scene))
    card.buttons(cards_button(scene, scene._("Show")))
    return Message(scene.say("etiquette", "push", titles=titles).fallback(), card.done())
