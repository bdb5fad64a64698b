"""The office is told of a request that needs the top leaders at its sending (P05)."""

from templates.reading import facts
from templates.reading.attending import invite_button
from templates.slack.blocks import Card
from templates.slack.message import Message
from templates.slack.scene import Scene


def office_told(scene: Scene) -> Message | None:
    """That a plan is wanted and leaders are to be invited, before anybody has approved."""
    if scene.is_over:
        return None
    title = scene.say("visit", "office_title")
    card = Card()
    card.header(title)
    card.text(scene.say("visit", "office_told", when=scene.arrival))
    card.facts(facts.visit_facts(scene))
    card.buttons(invite_button(scene), scene.details_button())
    return Message(title.fallback(), card.done())
