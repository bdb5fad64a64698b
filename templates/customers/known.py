"""What is known of guests who come again: proposed with where it comes from, never taken over
silently (P09)."""

from collections.abc import Sequence

from babel.dates import format_timedelta

from models.customers.contacts import Proposal
from templates.slack import ids
from templates.slack.blocks import Button, Card
from templates.slack.scene import Scene
from templates.wording.terms import N_
from templates.wording.text import Text, guard

_SHOWN = 6
_KEYS = {
    "diet": N_("Diet"),
    "language": N_("Language"),
    "faith": N_("Faith and customs"),
    "taboos": N_("Taboos"),
    "nationality": N_("Nationality"),
    "sex": N_("Sex"),
}


def show_known(scene: Scene, card: Card, proposals: Sequence[Proposal]) -> None:
    """A line for each thing that is known and not said yet, with *Take over* and *Strike out*."""
    for proposal in proposals[:_SHOWN]:
        card.text(_line(scene, proposal))
        value = ids.pack(scene.visit_id, proposal.known.fact.id)
        card.buttons(
            Button(ids.TAKE_OVER_KNOWN, scene._("Take over"), value),
            Button(ids.STRIKE_KNOWN, scene._("Strike out"), value),
        )
    left = len(proposals) - _SHOWN
    if left > 0:
        card.small(scene.say("customers", "known_more", count=left))


def _line(scene: Scene, proposal: Proposal) -> Text:
    fact = proposal.known.fact
    age = format_timedelta(
        fact.known_at - scene.now, add_direction=True, locale=scene.language.locale
    )
    return scene.say(
        "customers",
        "known",
        who=guard(proposal.name),
        field=scene._(_KEYS[fact.key]),
        value=guard(fact.value),
        number=guard(proposal.known.number),
        age=guard(age),
    )
