"""What a leader is warned of on the card that asks them, and in Details (R1.4)."""

from models.reading.warnings import warnings
from templates.slack.scene import Scene
from templates.wording.terms import N_
from templates.wording.text import Text, joined

_SHORT = {
    "new": N_("new customer"),
    "unverified": N_("could not be verified"),
    "like_products": N_("makes like products"),
}


def warning_lines(scene: Scene) -> Text | None:
    """A line for each warning, with what it asks the leader to think of; None without any."""
    lines = [scene.say("customers", f"warn_{code}") for code in warnings(scene.picture)]
    return joined("\n", lines) or None


def warning_short(scene: Scene) -> Text | None:
    """All of them in one line, for a card that asks again."""
    words = [scene._(_SHORT[code]) for code in warnings(scene.picture)]
    if not words:
        return None
    return scene.say("customers", "warn_short", what=joined(scene.language.comma, words))
