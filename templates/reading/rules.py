"""What the company's procedure says about a visit, in the reader's words."""

from collections.abc import Iterator
from decimal import Decimal

from models.policy.caps import Allowance, caps_for, gifts_for, leisure_for
from models.policy.conditions import Conditions, Qualifies
from models.policy.level_tables import Level, Lodging, Meal
from models.policy.levels import Proposal, propose_level
from models.policy.rules import Policy
from models.reading.facts import allowed_of, facts_of
from models.records.signoff import ApprovalStep
from templates.reading import facts
from templates.slack.scene import Scene
from templates.wording import terms
from templates.wording.language import Language
from templates.wording.text import Text, guard, joined

MEALS: tuple[Meal, ...] = ("breakfast", "lunch", "dinner", "banquet")
_FLAGS = {
    "overseas": ("overseas", "overseas_not"),
    "new_customer": ("new_customer", "new_customer_not"),
    "important": ("important", "important_not"),
    "same_day": ("same_day", "same_day_not"),
    "pickup": ("pickup", "pickup_not"),
    "own_car": ("own_car", "own_car_not"),
}
_RANK = ("rank", "rank_range", "rank_from", "rank_to")
_STARS = ("stars", "stars_range", "stars_from", "stars_to")


# Who is asked


def reason_line(scene: Scene, step: ApprovalStep, *, is_exception: bool = False) -> Text | None:
    """Why a role is asked, in one line; None for a step that keeps no reason, or none that its card
    does not begin with: who attends, an exception without words of its own."""
    reasons = [_reason(scene, why, key) for why, key in step.reasons]
    plain = {scene.say("rules", "why_attending")}
    if is_exception:
        plain.add(scene.say("rules", "why_exception"))
    if plain.issuperset(reasons):
        return None
    named = joined(scene.language.comma, list(dict.fromkeys(reasons)))
    return scene.say("rules", "asked_because", reasons=named)


def _reason(scene: Scene, why: str, key: str) -> Text:
    policy, own = scene.picture.policy, scene.language.own
    match why:
        case "level":
            return scene.say(
                "rules", "why_level", level=terms.after_level(own(policy.level(key).name))
            )
        case "rule":
            rule = next((rule for rule in policy.approvers if rule.key == key), None)
            if rule is not None and rule.why is not None:
                return own(rule.why)
            if rule is not None and rule.amount_above is not None:
                amount = facts.money(scene, rule.amount_above)
                return scene.say("rules", "why_above", amount=amount)
            return scene.say("rules", "why_rule", key=key)
        case "exception":
            found = next((rule for rule in policy.exceptions if rule.key == key), None)
            if found is not None and found.why is not None:
                return own(found.why)
            return scene.say("rules", "why_exception")
        case _:
            return scene.say("rules", "why_attending")


# The level


def proposal(scene: Scene) -> Proposal:
    """The level that the procedure gives the visit, by the guests that are known."""
    return propose_level(scene.picture.policy, facts_of(scene.picture))


def level_line(scene: Scene) -> Text | None:
    """The rule behind the level, or that it was overruled; None where no rule claims the guests."""
    found = proposal(scene)
    if found.rule is None:
        return None
    rule = conditions(scene, found.rule)
    chosen = terms.after_level(terms.level(scene.language, scene.picture))
    if found.level.key == scene.picture.level.key:
        return scene.say("rules", "level_fits", level=chosen, rule=rule)
    proposed = scene.language.own(found.level.name)
    return scene.say("rules", "level_overruled", level=chosen, proposed=proposed, rule=rule)


def overruled(scene: Scene) -> Text | None:
    """That another level was chosen than the procedure proposes; None where it was not."""
    found = proposal(scene)
    return level_line(scene) if found.level.key != scene.picture.level.key else None


def overruled_line(scene: Scene) -> Text | None:
    """To whoever chose another level than the procedure proposes, without saying why; None where
    it is the same, or where the form has asked for the reason."""
    found = proposal(scene)
    is_same = found.level.key == scene.picture.level.key
    if found.rule is None or is_same or scene.visit.level_reason:
        return None
    return scene.say(
        "rules",
        "level_yours",
        level=terms.level(scene.language, scene.picture),
        proposed=terms.after_level(scene.language.own(found.level.name)),
        rule=conditions(scene, found.rule),
    )


def conditions(scene: Scene, rule: Conditions) -> Text:
    """For which guests a rule of the visit's policy is."""
    return conditions_of(scene.language, scene.picture.policy, rule)


def conditions_of(language: Language, policy: Policy, rule: Conditions) -> Text:
    """For which guests a rule is."""
    return joined(language.comma, list(_conditions(language, policy, rule)))


def _conditions(language: Language, policy: Policy, rule: Conditions) -> Iterator[Text]:
    if rule.customers:
        names = {kind.key: language.own(kind.name) for kind in policy.customer_kinds}
        found = joined(" / ", [names.get(key) or guard(key) for key in rule.customers])
        yield language.say("rules", "customers", names=found)
    if rule.purposes:
        found = joined(" / ", [terms.purpose(language, each) for each in rule.purposes])
        yield language.say("rules", "purposes", names=found)
    low, high = (policy.rank(key) for key in (rule.rank_from, rule.rank_to))
    if low is not None or high is not None:
        name = _range(_RANK, low and low.key, high and high.key)
        words = {
            part: language.own(rank.name)
            for part, rank in (("low", low), ("high", high))
            if rank is not None
        }
        yield language.say("rules", name, **words)
    for name in ("party_from", "party_to"):
        size = getattr(rule, name)
        if size is not None:
            yield language.say("rules", name, size=size)
    for flag, (yes, no) in _FLAGS.items():
        wanted = getattr(rule, flag)
        if wanted is not None:
            yield language.say("rules", yes if wanted else no)
    if isinstance(rule, Qualifies):
        for name in ("capital_from", "capital_below"):
            money = getattr(rule, name)
            if money is not None:
                number = language.inert(money.amount)
                yield language.say("rules", name, amount=Text(f"{guard(money.currency)} {number}"))


# What may be spent


def overspend(language: Language, policy: Policy) -> Text:
    """Who bears what is spent above without an approved exception (R2.3), within a sentence."""
    shares = policy.overspend.shares if policy.overspend is not None else {}
    parts = [
        language.say("rules", f"share_{who}", part=part) for who, part in shares.items() if part
    ]
    if not parts or shares.get("company") == 100:
        return language.say("rules", "overspend_company")
    return language.say("rules", "overspend_shared", shares=joined(language.comma, parts))


def cap_lines(scene: Scene) -> Text | None:
    """What the level allows: meals, lodging, gifts and leisure, a line each."""
    lines = [line for _, line in caps(scene)]
    if not lines:
        return None
    return joined("\n", [scene.say("rules", "caps"), *lines, _together(scene)])


def _together(scene: Scene) -> Text | None:
    """What the caps make together beside what is planned; None where one of them is open."""
    allowed, planned = allowed_of(scene.picture), scene.visit.budget
    if allowed is None:
        return None
    amount = facts.money(scene, allowed)
    if planned is None:
        return scene.say("rules", "together", amount=amount)
    return scene.say("rules", "planned", amount=amount, planned=facts.money(scene, planned))


def caps(scene: Scene) -> Iterator[tuple[str, Text]]:
    """Each cap of the visit's level with what it is of: `actual`, `meals`, `lodging`, …"""
    level = scene.picture.level
    if level.spend == "actual":
        yield "actual", scene.say("rules", "actual")
    meals = list(meal_caps(scene))
    if meals:
        named = joined(scene.language.comma, [words for _, words in meals])
        yield "meals", scene.say("rules", "meals", people=facts.people_count(scene), meals=named)
    if level.lodging is not None:
        parts = joined(scene.language.comma, list(_lodging(scene, level.lodging)))
        yield "lodging", scene.say("rules", "lodging", parts=parts)
    yield from _sums(scene, level)


def meal_caps(scene: Scene) -> Iterator[tuple[Meal, Text]]:
    """What each meal of the whole party may cost."""
    policy, visit = scene.picture.policy, scene.visit
    for meal in MEALS:
        cap = caps_for(policy, visit.level, visit.party_size, meal)
        if cap.amount is not None:
            yield meal, scene.say("rules", meal, amount=_amount(scene, cap))


def _sums(scene: Scene, level: Level) -> Iterator[tuple[str, Text]]:
    policy, size = scene.picture.policy, scene.visit.party_size
    for what, name, cap in (
        ("leisure", "leisure", leisure_for(policy, level.key, size)),
        ("gift", "gifts", gifts_for(policy, level.key, size)),
    ):
        if cap.amount:
            yield what, scene.say("rules", name, amount=_amount(scene, cap))


def _lodging(scene: Scene, rule: Lodging) -> Iterator[Text]:
    paid = facts.money(scene, rule.guest_pays_a_day) if rule.guest_pays_a_day is not None else ""
    yield scene.say("rules", f"borne_{rule.borne_by}", amount=paid)
    if rule.stars_from is not None or rule.stars_to is not None:
        name = _range(_STARS, rule.stars_from, rule.stars_to)
        yield scene.say("rules", name, low=rule.stars_from, high=rule.stars_to)
    if rule.price_to is not None:
        low, high = rule.price_from, facts.money(scene, rule.price_to)
        if low is None:
            yield scene.say("rules", "room_price_to", high=high)
        else:
            yield scene.say("rules", "room_price", low=facts.money(scene, low), high=high)


def _amount(scene: Scene, cap: Allowance) -> Text:
    return facts.money(scene, cap.amount or Decimal(0))


def _range(names: tuple[str, str, str, str], low: object, high: object) -> str:
    one, both, lowest, highest = names
    if low is None:
        return highest
    if high is None:
        return lowest
    return one if low == high else both
