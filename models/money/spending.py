"""What a visit may spend, what was noted, and what lies above without an exception. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Literal
from zoneinfo import ZoneInfo

from models.base.words import CostKind, StepState, VisitStatus
from models.policy.beyond import Point
from models.policy.caps import caps_for, overspend_shares
from models.policy.conditions import Beyond
from models.policy.exception_asks import Ask, limit, point
from models.reading.facts import allowed_of, facts_of
from models.reading.picture import VisitPicture
from models.records.exception import ExceptionRequest
from models.records.money import LedgerLine
from models.records.visit import Visit

HeldBy = Literal["cap", "exception", "budget"]
_CAPPED = {
    CostKind.MEALS: Beyond.MEALS,
    CostKind.LODGING: Beyond.LODGING,
    CostKind.LEISURE: Beyond.LEISURE,
    CostKind.GIFT: Beyond.GIFT,
}
_NOTHING = Decimal(0)
_UNDECIDED = {
    VisitStatus.REQUESTED,
    VisitStatus.CHANGES_ASKED,
    VisitStatus.DECLINED,
    VisitStatus.LAPSED,
}


@dataclass(frozen=True)
class Held:
    """A sum against what is allowed: `allowed` is the cap or the approved exception (None: there
    is no cap), `left` what of it was left before, `over` what lies above, borne by `shares`."""

    allowed: Decimal | None = None
    by: HeldBy | None = None
    left: Decimal | None = None
    over: Decimal = _NOTHING
    shares: dict[str, Decimal] = field(default_factory=dict)


def days_of(visit: Visit) -> list[date]:
    """The days of a visit, on the site's calendar."""
    zone = ZoneInfo(visit.timezone)
    first, last = (at.astimezone(zone).date() for at in (visit.arrival, visit.departure))
    return [date.fromordinal(day) for day in range(first.toordinal(), last.toordinal() + 1)]


def day_at(visit: Visit, now: datetime) -> date:
    """Today, or the day of the visit that is nearest to it."""
    days = days_of(visit)
    return min(max(now.astimezone(ZoneInfo(visit.timezone)).date(), days[0]), days[-1])


def room_nights(visit: Visit) -> int:
    """A room for each guest and night; at least one."""
    return max(visit.party_size * (len(days_of(visit)) - 1), 1)


def budget_limit(picture: VisitPicture) -> Decimal | None:
    """What the visit may cost as a whole, without exceptions asked for later; None: no limit.

    A budget that was approved with its written reason stands (R2.2); one without, or one that
    waits for its decision, counts up to what all caps of the level make.
    """
    visit, caps = picture.visit, allowed_of(picture)
    if visit.budget is None or caps is None:
        return caps if visit.budget is None else visit.budget
    is_excepted = visit.exception_reason is not None and picture.status not in _UNDECIDED
    return visit.budget if is_excepted else min(visit.budget, caps)


def approved(
    picture: VisitPicture, what: Beyond, item: str | None = None, day: date | None = None
) -> Decimal | None:
    """The highest sum that was approved as an exception of that kind; None where none was."""
    sums = [
        each.amount
        for each in picture.exceptions
        if each.state == StepState.APPROVED and each.amount is not None
        if (each.what, each.item, each.day) == (what, item, day)
    ]
    return max(sums, default=None)


def ask_of(exception: ExceptionRequest) -> Ask:
    """What an exception is for, as the policy's rules take it."""
    what = Beyond(exception.what)
    return Ask(what, exception.item, exception.planned, exception.amount)


def beyond_now(picture: VisitPicture, ask: Ask) -> Point | None:
    """In what the ask goes beyond the visit's level as it is now; None where it does not."""
    return point(picture.policy, facts_of(picture), ask, budget_limit(picture))


def limit_now(picture: VisitPicture, ask: Ask) -> Decimal | None:
    """What the visit's level allows of a sum as it is now; None: it sets no limit."""
    return limit(picture.policy, facts_of(picture), ask, budget_limit(picture))


def noted(
    costs: Iterable[LedgerLine], what: CostKind, item: str | None = None, day: date | None = None
) -> list[LedgerLine]:
    """The costs of a kind; of a meal, those of that meal on that day."""
    return [each for each in costs if (each.what, each.item, each.day) == (what, item, day)]


def is_spent(picture: VisitPicture, ask: Ask, day: date | None) -> bool:
    """Whether the money of an exception has been spent already, as far as costs were noted (R2.2).

    A meal is spent once it was noted; a sum of the whole visit once that much of it was.
    """
    costs, amount = picture.costs, ask.amount or _NOTHING
    match ask.what:
        case Beyond.MEALS:
            return bool(noted(costs, CostKind.MEALS, ask.item, day))
        case Beyond.LODGING | Beyond.VEHICLE:
            return bool(noted(costs, CostKind(ask.what)))
        case Beyond.LEISURE | Beyond.GIFT:
            return _sum(noted(costs, CostKind(ask.what))) >= amount
        case Beyond.BUDGET:
            return _sum(costs) >= amount
        case _:
            return False


def hold(
    picture: VisitPicture,
    what: CostKind,
    item: str | None,
    day: date | None,
    amount: Decimal,
    guests: int,
) -> Held:
    """Hold a sum against its cap, or against the exception approved for it before (R2.2, R2.3).

    All bills of one meal, of lodging, of leisure and of gifts count together; what was shared of an
    earlier one no longer counts. What is within its own cap can still go beyond the budget.
    """
    own = _own(picture, what, item, day, guests)
    left = own.left
    over = max(amount - left, _NOTHING) if left is not None else _NOTHING
    budget = _budget(picture)
    if budget.left is not None and amount - over > budget.left:
        if over == 0:
            own = budget
        over = amount - budget.left
    return Held(own.allowed, own.by, own.left, over, overspend_shares(picture.policy, over))


def _own(
    picture: VisitPicture, what: CostKind, item: str | None, day: date | None, guests: int
) -> Held:
    if what not in _CAPPED:
        return Held()
    visit = picture.visit
    before = noted(picture.costs, what, item, day)
    cap = limit_now(picture, Ask(_CAPPED[what], item))
    if cap is None:
        return Held()
    excepted = approved(picture, _CAPPED[what], item, day)
    eaters = sum(cost.guests or 0 for cost in before) + guests
    if what == CostKind.MEALS:
        most = max([visit.party_size, guests, *(cost.guests or 0 for cost in before)])
        cap = _meal_cap(picture, item, min(eaters, most))
    elif what == CostKind.LODGING:
        count = min(eaters, room_nights(visit))
        cap, excepted = cap * count, excepted * count if excepted is not None else None
    by: HeldBy = "exception" if excepted is not None and excepted > cap else "cap"
    return _left(max(cap, excepted or cap), by, before)


def _meal_cap(picture: VisitPicture, meal: str | None, guests: int) -> Decimal:
    cap = caps_for(picture.policy, picture.visit.level, guests, meal)  # type: ignore[arg-type]
    return cap.amount or _NOTHING


def _budget(picture: VisitPicture) -> Held:
    """What is left of the visit's budget; no limit where it was given none."""
    excepted = approved(picture, Beyond.BUDGET)
    if picture.visit.budget is None and excepted is None:
        return Held()
    known = budget_limit(picture)
    if known is None:
        return Held()
    return _left(max(known, excepted or known), "budget", picture.costs)


def _left(allowed: Decimal, by: HeldBy, before: Iterable[LedgerLine]) -> Held:
    kept = sum((cost.kept for cost in before), _NOTHING)
    return Held(allowed, by, max(allowed - kept, _NOTHING))


def _sum(costs: Iterable[LedgerLine]) -> Decimal:
    return sum((cost.amount for cost in costs), _NOTHING)
