"""Exceptions and costs in the reader's words: what they are of, and how they stand."""

from collections.abc import Sequence
from datetime import date, datetime, time
from decimal import Decimal
from zoneinfo import ZoneInfo

from models.base.words import CostKind, Matter, StepState
from models.money.forms import COSTS
from models.money.spending import ask_of, days_of, limit_now
from models.policy.conditions import Beyond
from models.policy.exception_asks import BORNE, STARS, Ask
from models.reading.ledger import spent
from models.records.exception import ExceptionRequest
from models.records.money import LedgerLine
from models.records.signoff import ApprovalStep
from templates.reading import facts
from templates.reading.notice_terms import answer
from templates.slack import ids
from templates.slack.blocks import Button, Card, few, rest
from templates.slack.scene import Scene
from templates.wording import terms
from templates.wording.language import Language
from templates.wording.terms import N_
from templates.wording.text import Text, guard, joined, mention

_SIGNS = {
    StepState.PENDING: "⏳",
    StepState.APPROVED: "✅",
    StepState.DECLINED: "⛔",
    StepState.VOID: "·",
}
_MEALS = {
    "breakfast": N_("Breakfast"),
    "lunch": N_("Lunch"),
    "dinner": N_("Dinner"),
    "banquet": N_("Banquet"),
}
_COSTS = {
    CostKind.MEALS: N_("Meals"),
    CostKind.LODGING: N_("Lodging"),
    CostKind.VEHICLE: N_("Vehicle"),
    CostKind.LEISURE: N_("Leisure"),
    CostKind.GIFT: N_("Gifts"),
    CostKind.OTHER: N_("Other"),
}
_VEHICLES = {
    "own": N_("the guests' own car"),
    "taxi": N_("taxi"),
    "company_car": N_("company car"),
    "business_car": N_("business car"),
    "hired_premium": N_("hired premium car"),
    "bus": N_("bus"),
    "special": N_("special vehicle"),
}
_SIGHTS = {"short": N_("short"), "long": N_("long")}


# What it is of


def ask_name(scene: Scene, ask: Ask, day: date | None = None) -> Text:
    """What an exception is for, without the amount."""
    match ask.what:
        case Beyond.MEALS:
            return meal_name(scene, ask.item or "", day)
        case Beyond.LODGING if ask.item == STARS:
            return scene.say("exceptions", "hotel", stars=guard(ask.planned or ""))
        case Beyond.LODGING if ask.item == BORNE:
            bearer = answer(scene.language, ask.planned or "")
            return scene.say("exceptions", "bearer", who=bearer)
        case Beyond.LODGING:
            return scene.say("exceptions", "room")
        case Beyond.LEISURE | Beyond.GIFT:
            return scene._(_COSTS[CostKind(ask.what)])
        case Beyond.VEHICLE:
            name = vehicle(scene.language, ask.planned or "")
            return scene.say("exceptions", "vehicle", vehicle=name)
        case Beyond.SIGHTSEEING:
            return scene.say("exceptions", "sightseeing", length=_length(scene, ask.planned or ""))
        case Beyond.ESCORT:
            return scene.say("exceptions", "escort", rank=_rank(scene, ask.planned or ""))
        case _:
            return scene.say("exceptions", "total")


def exception_name(scene: Scene, exception: ExceptionRequest) -> Text:
    """What an exception is for, without the amount."""
    return ask_name(scene, ask_of(exception), exception.day)


def of_step(scene: Scene, step: ApprovalStep) -> Text:
    """What the exception of a step is for."""
    asked = asked_by_step(scene, step.id)
    return exception_name(scene, asked) if asked is not None else Text("–")


def asked_by_step(scene: Scene, step_id: object) -> ExceptionRequest | None:
    """The exception that a step decides; None for a step of another matter."""
    chain = scene.picture.chain_of(step_id)
    if chain is None or chain.sign_off.matter != Matter.EXCEPTION:
        return None
    number = chain.sign_off.matter_id
    return next((each for each in scene.picture.exceptions if each.id == number), None)


def cost_name(scene: Scene, cost: LedgerLine) -> Text:
    """What money was spent on."""
    return kind_name(scene, CostKind(cost.what), cost.item, cost.day)


def kind_name(scene: Scene, kind: CostKind, meal: str | None, day: date | None = None) -> Text:
    """A kind of cost; of meals the meal."""
    return meal_name(scene, meal, day) if meal else scene._(_COSTS[kind])


def cost_options(scene: Scene) -> list[tuple[str, Text]]:
    """What a cost can be of: code and words."""
    return [(code, kind_name(scene, kind, meal)) for code, (kind, meal) in COSTS.items()]


def meal_name(scene: Scene, meal: str, day: date | None) -> Text:
    """A meal, with its day where the visit has several."""
    name = scene._(_MEALS[meal]) if meal in _MEALS else guard(meal)
    if day is None or len(days_of(scene.visit)) < 2:
        return name
    return scene.say("exceptions", "meal", meal=name, day=day_name(scene, day))


def day_name(scene: Scene, day: date) -> Text:
    """A day of the visit, on the site's calendar."""
    zone = scene.visit.timezone
    return scene.language.day(datetime.combine(day, time(12), ZoneInfo(zone)), zone)


def vehicle(language: Language, code: str) -> Text:
    """A kind of vehicle, within a sentence."""
    return language._(_VEHICLES[code]) if code in _VEHICLES else guard(code)


def named(scene: Scene, what: str, item: str | None, planned: str | None) -> Text:
    """What an entry of the audit trail is about."""
    if what in set(Beyond):
        return ask_name(scene, Ask(Beyond(what), item, planned))
    return kind_name(scene, CostKind(what), item) if what in set(CostKind) else guard(what)


def _length(scene: Scene, code: str) -> Text:
    return scene._(_SIGHTS[code]) if code in _SIGHTS else guard(code)


def _rank(scene: Scene, key: str) -> Text:
    rank = scene.picture.policy.rank(key)
    return scene.language.own(rank.name) if rank is not None else guard(key)


# How it stands


def allowed(scene: Scene, exception: ExceptionRequest) -> Text | None:
    """What the level allows of what an exception is for; None where it sets no limit."""
    ask, level = ask_of(exception), scene.picture.level
    if ask.is_money:
        limit = limit_now(scene.picture, ask)
        if ask.what == Beyond.LODGING and limit == 0:
            return scene.say("exceptions", "nobody_pays")
        return facts.money(scene, limit) if limit is not None else None
    match ask.what:
        case Beyond.LODGING if ask.item == BORNE and level.lodging is not None:
            return answer(scene.language, level.lodging.borne_by)
        case Beyond.LODGING if level.lodging is not None and level.lodging.stars_to is not None:
            return scene.say("rules", "stars_to", high=level.lodging.stars_to)
        case Beyond.VEHICLE:
            names = [vehicle(scene.language, each) for each in level.vehicles or ()]
        case Beyond.SIGHTSEEING:
            names = [_length(scene, each) for each in level.sightseeing or ()]
        case Beyond.ESCORT if level.escorts is not None:
            names = [_rank(scene, each) for each in level.escorts.ranks]
        case _:
            return None
    nothing = scene.say("exceptions", "nothing_allowed")
    return joined(scene.language.comma, names) or nothing


def exception_line(scene: Scene, exception: ExceptionRequest) -> Text:
    """An exception with its amount, where it stands, and who decides or decided."""
    head = Text(f"{_SIGNS[StepState(exception.state)]} *{exception_name(scene, exception)}*")
    amount = facts.money(scene, exception.amount) if exception.amount is not None else None
    state = terms.step_state(scene.language, exception.state)
    steps = scene.picture.exception_steps(exception.id)
    who: Text | None = None
    if exception.state == StepState.PENDING:
        asked = next((step for step in steps if step.state == StepState.PENDING), None)
        people = scene.picture.deciders(asked) if asked is not None else []
        who = scene.language.people(people, 4) or scene._("nobody holds this role")
    else:
        who = joined(
            scene.language.comma,
            [mention(step.decided_by) for step in steps if step.decided_by is not None],
        )
    when = exception.decided_at
    moment = scene.language.moment(when) if when is not None else None
    return joined(" · ", [head, amount, state, who, moment])


def cost_line(scene: Scene, cost: LedgerLine) -> Text:
    """A cost with its amount, how it was held, and who noted it."""
    amount = facts.money(scene, cost.amount)
    sign = "⚠️" if cost.over else "▪️"
    head = Text(f"{sign} *{cost_name(scene, cost)}*{scene.language.colon}{amount}")
    line = joined(" · ", [head, mention(cost.spent_by), held_words(scene, cost)])
    note = guard(cost.note, 200) if cost.note else None
    return joined("\n", [line, note])


def held_words(scene: Scene, cost: LedgerLine) -> Text | None:
    """That a cost is within its cap, or how much above and who bears that; None without a cap."""
    if cost.allowed is None:
        return None
    allowed_sum = facts.money(scene, cost.allowed)
    by = cost.held_by or "cap"
    if not cost.over:
        name = "within_exception" if by == "exception" else "within_cap"
        return scene.say("costs", name, allowed=allowed_sum)
    shares = [
        scene.say("costs", f"share_{who}", amount=facts.money(scene, Decimal(part)))
        for who, part in cost.shares.items()
    ]
    return scene.say(
        "costs",
        f"over_{by}",
        over=facts.money(scene, cost.over),
        allowed=allowed_sum,
        shares=joined(scene.language.comma, shares),
    )


def spending(scene: Scene, card: Card, *, corrects: bool) -> None:
    """The exceptions and costs of a visit, each under its heading: what is still to be decided
    first, then the newest. For whoever `corrects` costs, with the button."""
    exceptions, costs = scene.picture.exceptions[::-1], scene.picture.costs[::-1]
    exceptions.sort(key=lambda each: each.state != StepState.PENDING)
    if exceptions:
        card.divider()
        card.text(scene.say("details", "exceptions"))
        shown: Sequence[ExceptionRequest] = few(card, exceptions, size=2, spare=30, most=8)
        for exception in shown:
            card.text(exception_line(scene, exception))
            card.quote(guard(exception.reason, 300))
        rest(card, scene.language, exceptions, shown)
    if costs:
        card.divider()
        card.text(scene.say("details", "costs"))
        listed: Sequence[LedgerLine] = few(card, costs, size=1, spare=20, most=10)
        for cost in listed:
            value = ids.pack(scene.visit_id, cost.id)
            button = Button(ids.CORRECT_COST, scene._("Correct"), value)
            card.text(cost_line(scene, cost), button if corrects else None)
        rest(card, scene.language, costs, listed)
        card.small(scene.say("costs", "total", amount=facts.money(scene, spent(costs))))
