"""A past visit by the file it kept and by another one: what each would have asked for. Pure."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime
from decimal import Decimal

from models.base.words import CostKind, Phase, TripState, VisitStatus
from models.money.spending import hold
from models.policy import Policy
from models.policy.choose import choose
from models.policy.levels import propose_level
from models.policy.span import Span
from models.reading.facts import allowed_of, facts_of, is_short_notice
from models.reading.picture import VisitPicture
from models.records.cars import Trip
from models.records.money import LedgerLine
from models.records.preparation import Task
from models.records.visit import Visit
from models.reminders.due import Owed, applies, owed, task_due

_NOTHING = Decimal(0)


@dataclass(frozen=True)
class Ruling:
    """What one file says of a visit.

    `level` is what it is held at, `proposed` what the file proposes. `allowed` is what all caps
    make together (None: no limit), amounts in the file's currency. `over` lies above caps and
    approved exceptions, borne by `shares`.
    """

    level: str
    proposed: str
    approvers: list[str]
    lead: Span
    is_late: bool
    allowed: Decimal | None
    over_budget: Decimal
    over: Decimal
    shares: dict[str, Decimal]
    reminders: int


@dataclass(frozen=True)
class Replayed:
    """A past visit by both files. `spent` None: nothing was noted. Without one currency in both
    files amounts cannot be set side by side."""

    number: str
    customer: str
    arrival: datetime
    zone: str
    budget: Decimal | None
    spent: Decimal | None
    currency: str
    has_one_currency: bool
    then: Ruling
    now: Ruling

    @property
    def is_same(self) -> bool:
        """Whether both files say the same of it, levels' names aside."""
        return self.then == self.now


@dataclass(frozen=True)
class Totals:
    """All visits of a replay together. Pairs are of then and now."""

    visits: int = 0
    differing: int = 0
    other_level: int = 0
    approvals: tuple[int, int] = (0, 0)
    late: tuple[int, int] = (0, 0)
    reminders: tuple[int, int] = (0, 0)
    over_budget: tuple[int, int] = (0, 0)
    spent: Decimal = _NOTHING
    over: tuple[Decimal, Decimal] = (_NOTHING, _NOTHING)
    shares: dict[str, tuple[Decimal, Decimal]] = field(default_factory=dict)
    currency: str = ""
    not_comparable: int = 0


def replay(picture: VisitPicture, policy: Policy) -> Replayed:
    """Set what the visit's own file says beside what another one says of it.

    The visit is held at the level that was chosen where it was not the proposed one and the other
    file has it, else at the level that the file proposes.
    """
    kept, visit = picture.policy, picture.visit
    proposed = propose_level(kept, facts_of(picture)).level.key
    other = replace(picture, policy=policy)
    level = propose_level(policy, facts_of(other)).level.key
    if visit.level != proposed and any(each.key == visit.level for each in policy.levels):
        level = visit.level
    amounts = [cost.amount for cost in picture.costs]
    return Replayed(
        number=visit.number,
        customer=picture.customer.name,
        arrival=visit.arrival,
        zone=visit.timezone,
        budget=visit.budget,
        spent=sum(amounts, _NOTHING) if amounts else None,
        currency=kept.currency,
        has_one_currency=kept.currency == policy.currency,
        then=_ruling(picture, visit.level),
        now=_ruling(other, level),
    )


def totals(visits: Iterable[Replayed]) -> Totals:
    """The visits of a replay together; amounts only where both files have one currency."""
    found = list(visits)
    money = [each for each in found if each.has_one_currency]
    parties = dict.fromkeys(
        who for each in money for ruling in (each.then, each.now) for who in ruling.shares
    )
    return Totals(
        visits=len(found),
        differing=sum(not each.is_same for each in found),
        other_level=sum(each.then.level != each.now.level for each in found),
        approvals=_both(found, lambda ruling: len(ruling.approvers)),
        late=_both(found, lambda ruling: int(ruling.is_late)),
        reminders=_both(found, lambda ruling: ruling.reminders),
        over_budget=_both(money, lambda ruling: int(ruling.over_budget > 0)),
        spent=sum((each.spent or _NOTHING for each in money), _NOTHING),
        over=(_sum(each.then.over for each in money), _sum(each.now.over for each in money)),
        shares={
            who: (
                _sum(each.then.shares.get(who, _NOTHING) for each in money),
                _sum(each.now.shares.get(who, _NOTHING) for each in money),
            )
            for who in parties
        },
        currency=money[0].currency if money else "",
        not_comparable=len(found) - len(money),
    )


def _both(found: list[Replayed], count: Callable[[Ruling], int]) -> tuple[int, int]:
    return sum(count(each.then) for each in found), sum(count(each.now) for each in found)


def _sum(amounts: Iterable[Decimal]) -> Decimal:
    return sum(amounts, _NOTHING)


def _ruling(picture: VisitPicture, level: str) -> Ruling:
    policy = picture.policy
    visit = Visit(**picture.visit.model_dump() | {"level": level})
    view = replace(picture, visit=visit)
    visit.is_urgent = is_short_notice(view)
    chosen = choose(policy, facts_of(view))
    allowed = allowed_of(view)
    beyond = visit.budget - allowed if visit.budget is not None and allowed is not None else None
    over, shares = _overspend(view)
    return Ruling(
        level=level,
        proposed=chosen.proposal.level.key,
        approvers=[str(each.role) for each in chosen.approvers],
        lead=chosen.lead.span,
        is_late=visit.is_urgent,
        allowed=allowed,
        over_budget=max(beyond or _NOTHING, _NOTHING),
        over=over,
        shares=shares,
        reminders=_reminders(view),
    )


def _overspend(picture: VisitPicture) -> tuple[Decimal, dict[str, Decimal]]:
    """What of the costs lies above caps and exceptions, each held as if it were noted now."""
    before: list[LedgerLine] = []
    over, shares = _NOTHING, dict[str, Decimal]()
    for cost in picture.costs:
        view = replace(picture, costs=before)
        guests = cost.guests or picture.visit.party_size
        held = hold(view, CostKind(cost.what), cost.item, cost.day, cost.amount, guests)
        over += held.over
        for who, part in held.shares.items():
            shares[who] = shares.get(who, _NOTHING) + part
        parts = {who: str(part) for who, part in held.shares.items()}
        before = [*before, LedgerLine(**cost.model_dump() | {"shares": parts})]
    return over, shares


def _reminders(picture: VisitPicture) -> int:
    """How many reminders the file plans for the visit, approved and followed up as it was: what
    comes after an item was done, or after the visit was closed, does not count."""
    visit = picture.visit
    if visit.approved_at is None:
        return 0
    on_the_way = replace(
        picture,
        visit=Visit(**visit.model_dump() | {"status": VisitStatus.APPROVED, "left_at": None}),
        trips=[Trip(**trip.model_dump() | {"state": TripState.ACCEPTED}) for trip in picture.trips],
        tasks=[],
    )
    left = visit.left_at or visit.departure
    gone = replace(
        picture,
        visit=Visit(**visit.model_dump() | {"status": VisitStatus.FOLLOW_UP, "left_at": left}),
        tasks=[],
    )
    views = [
        replace(view, tasks=_tasks(view, phase))
        for view, phase in ((on_the_way, Phase.PREPARATION), (gone, Phase.FOLLOW_UP))
    ]
    return len({row.key for view in views for row in owed(view) if _counts(picture, view, row)})


def _counts(picture: VisitPicture, view: VisitPicture, row: Owed) -> bool:
    """Whether a row is a reminder of a step that still helped when it was due."""
    step = view.policy.step(str(row.args.get("step")))
    if step is None:
        return False
    task = picture.task(step.task) if step.task else None
    done = task.done_at if task is not None else None
    return all(at is None or row.due <= at for at in (done, picture.visit.closed_at))


def _tasks(picture: VisitPicture, phase: Phase) -> list[Task]:
    """The items of a phase as the file lays them out, open, each with its owner."""
    known, tasks = facts_of(picture), []
    for number, rule in enumerate(picture.policy.tasks, start=1):
        due = task_due(picture.policy, rule.key, picture)
        if rule.phase == phase and due is not None and applies(picture, rule, known):
            tasks.append(
                Task(
                    id=number,
                    visit_id=picture.visit.id or 0,
                    phase=phase,
                    key=rule.key,
                    owner_role=rule.owner,
                    owner_id=next(iter(picture.people(rule.owner)), str(rule.owner)),
                    due_at=due,
                    needs_recheck=rule.recheck,
                )
            )
    return tasks
