"""Asking how important a request is, before its approvers (P18)."""

from templates.reading import facts
from templates.slack import ids
from templates.slack.blocks import Card
from templates.slack.message import Message
from templates.slack.scene import Scene


def rating(scene: Scene) -> Message:
    """The request with one choice; afterwards how it was rated, and by whom."""
    card = Card()
    if not scene.visit.awaits_rating or scene.is_over:
        said = facts.rating_line(scene)
        card.text(scene.say("approval", "rating_over", said=said or scene.title))
        card.buttons(scene.details_button())
        return Message(said.fallback() if said else scene.title.fallback(), card.done())
    title = scene.say("approval", "rating_title")
    card.header(title)
    card.text(scene.say("approval", "rating_intro"))
    card.facts(facts.visit_facts(scene))
    policy, own = scene.picture.policy, scene.language.own
    options = [(f"{scene.visit_id}:{level.key}", own(level.name)) for level in policy.levels]
    card.select(ids.RATE, scene._("Importance"), options)
    card.buttons(scene.details_button())
    push = scene.say("approval", "rating_push", when=scene.arrival)
    return Message(push.fallback(), card.done())
