"""What lies above the caps is told, and a gift that was refused (R2.3, R10.2)."""

from decimal import Decimal

from templates.money import lines
from templates.reading import facts
from templates.slack.blocks import Card
from templates.slack.message import Message
from templates.slack.scene import Scene
from templates.wording.text import mention


def overspend(scene: Scene) -> Message | None:
    """To host and finance: what was noted above the cap, and who bears it."""
    wanted = scene.args.get("cost")
    cost = next((each for each in scene.picture.costs if each.id == wanted), None)
    if cost is None:
        return None
    what = lines.cost_name(scene, cost)
    amount = facts.money(scene, cost.amount)
    card = Card()
    card.text(scene.say("costs", "overspend", who=mention(cost.spent_by), what=what, amount=amount))
    card.text(lines.held_words(scene, cost))
    card.buttons(scene.details_button())
    return Message(scene.say("costs", "overspend_push", what=what).fallback(), card.done())


def gift_refused(scene: Scene) -> Message:
    """To the keeper and finance: somebody wanted to note a gift above the procedure (R10.2)."""
    sums = {
        name: facts.money(scene, Decimal(scene.args[name]))
        for name in ("amount", "allowed", "left")
    }
    card = Card()
    card.text(scene.say("costs", "gift_refused", who=mention(scene.args["by"]), **sums))
    card.buttons(scene.details_button())
    return Message(scene.say("costs", "gift_refused_push").fallback(), card.done())
