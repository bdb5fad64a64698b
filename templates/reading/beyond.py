"""Where a request leaves the procedure, in the reader's words: the points, and the reasons."""

from collections.abc import Iterator
from decimal import Decimal

from models.policy.beyond import Point
from models.policy.conditions import Beyond
from models.reading.facts import is_over_budget, points_of
from templates.reading import facts, rules
from templates.slack.blocks import Card
from templates.slack.scene import Scene
from templates.wording.text import Text, guard, joined


def show_points(scene: Scene, card: Card) -> None:
    """Every point beyond the procedure but lateness, which is a line of its own (`urgency`); of the
    budget the reason for the exception, or that none was asked for (R2.2)."""
    card.text(joined("\n", [*_points(scene), unasked(scene)]) or None)
    show_exception_reason(scene, card)


def show_level(scene: Scene, card: Card) -> None:
    """The rule behind the level; of another level that was chosen the reason (R2.1)."""
    card.text(rules.level_line(scene))
    if rules.overruled(scene) is not None:
        show_level_reason(scene, card)


def show_level_reason(scene: Scene, card: Card) -> None:
    """Why another level was chosen than the proposed one, in the requester's words."""
    if scene.visit.level_reason:
        card.small(scene.say("rules", "level_reason"))
        card.quote(guard(scene.visit.level_reason, 1000, keep_lines=True))


def show_exception_reason(scene: Scene, card: Card) -> None:
    """Why the budget is to be above what the level allows, in the requester's words."""
    reason = scene.visit.exception_reason
    if reason and is_over_budget(scene.picture):
        card.small(scene.say("rules", "exception_reason"))
        card.quote(guard(reason, 1000, keep_lines=True))


def unasked(scene: Scene) -> Text | None:
    """That the budget is above the caps without an exception asked for, and who bears what is spent
    above (R2.3); None where it is not so."""
    if scene.visit.exception_reason or not is_over_budget(scene.picture):
        return None
    shared = rules.overspend(scene.language, scene.picture.policy)
    return scene.say("rules", "no_exception", shared=shared)


def _points(scene: Scene) -> Iterator[Text]:
    for point in points_of(scene.picture):
        match point.what:
            case Beyond.BUDGET:
                planned, allowed = (
                    facts.money(scene, Decimal(each)) for each in (point.planned, point.allowed)
                )
                yield scene.say("rules", "beyond_budget", planned=planned, allowed=allowed)
            case Beyond.ESCORT:
                yield _escort(scene, point)
            case Beyond.NOT_IN_WRITING:
                yield scene.say("rules", "beyond_not_in_writing")


def _escort(scene: Scene, point: Point) -> Text:
    policy, rule = scene.picture.policy, scene.picture.level.escorts
    names = {rank.key: scene.language.own(rank.name) for rank in policy.ranks}
    rank = names.get(point.planned) or guard(point.planned)
    low, high = (rule.lead_from, rule.lead_to) if rule is not None else (None, None)
    grade = policy.grades.get(point.planned, 0)
    if low is not None and grade < policy.grades[low]:
        wanted = scene.say("rules", "lead_from", low=names[low])
    elif high is not None and grade > policy.grades[high]:
        wanted = scene.say("rules", "lead_to", high=names[high])
    else:
        listed = rule.ranks if rule is not None else []
        wanted = joined(scene.language.comma, [names[key] for key in listed])
    return scene.say("rules", "beyond_escort", rank=rank, wanted=wanted)
