"""That other visits are on at the same time, for requester and approver."""

from models.reading.clashes import Clash
from templates.slack.scene import Scene
from templates.wording.text import Text, guard, joined, mention

_MOST = 3


def clash_lines(scene: Scene) -> list[Text]:
    """A second visit of the customer at that time, and a host who is elsewhere, a line each."""
    return [_line(scene, clash) for clash in scene.picture.clashes[:_MOST]]


def clash_line(scene: Scene) -> Text | None:
    """The first of them in a few words."""
    for clash in scene.picture.clashes[:1]:
        name = "clash_customer_short" if clash.is_same_customer else "clash_host_short"
        other, theirs = guard(clash.number), guard(clash.customer, 14)
        return scene.say("approval", name, other=other, theirs=theirs)
    return None


def _line(scene: Scene, clash: Clash) -> Text:
    other, when = guard(clash.number), scene.when(clash.arrival)
    if clash.is_same_customer:
        return scene.say("approval", "clash_customer", other=other, when=when)
    who = joined(scene.language.comma, [mention(host) for host in clash.hosts])
    theirs = guard(clash.customer, 40)
    return scene.say("approval", "clash_host", who=who, other=other, theirs=theirs, when=when)
