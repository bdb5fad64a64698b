"""What a visit owes: the deliveries that follow from its state and its policy. Pure.

Recomputed after every change; `services.outbox` brings the stored rows in line. An owed row has a
key of its own that holds the anchor's time, so that a moved visit is reminded of anew and an
unmoved one is not.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from models.facts import facts_of
from models.outbox import CHANNEL
from models.picture import VisitPicture
from models.policy.choose import steps_for, wanted
from models.policy.conditions import Facts
from models.policy.moment import Anchor, Moment, Offset
from models.policy.rules import Condition, Policy, Step, TaskRule
from models.visit import Trip
from models.words import (
    OPEN_STATUSES,
    Party,
    Role,
    StepState,
    TaskState,
    TripKind,
    TripState,
)

_GRACE = timedelta(hours=1)  # after a late approval, before anybody is blamed for open items
NOBODY = ""
"""Recipient of a row that is no message: a verb that time brings."""


@dataclass(frozen=True)
class Owed:
    """One delivery that should exist. `expires` is when it no longer helps."""

    key: str
    kind: str
    recipient: str
    due: datetime
    expires: datetime | None = None
    args: dict[str, object] = field(default_factory=dict)


def owed(picture: VisitPicture) -> list[Owed]:
    """All deliveries that the visit's present state and policy call for, in order of due time.

    The same picture always gives the same list; keys are unique in it.
    """
    if picture.status not in OPEN_STATUSES:
        return [_card(picture)]
    rows = [_card(picture), *_approval_rows(picture)]
    if picture.is_prepared:
        rows += [*_work_cards(picture), *_transitions(picture)]
        for step in steps_for(picture.policy, facts_of(picture)):
            rows += _step_rows(picture, step)
    unique = {row.key: row for row in rows}
    return sorted(unique.values(), key=lambda row: (row.due, row.key))


def _prefix(picture: VisitPicture) -> str:
    return f"v{picture.visit.id}"


def _card(picture: VisitPicture) -> Owed:
    return Owed(f"{_prefix(picture)}:card", "visit_card", CHANNEL, due=picture.visit.created_at)


def _approval_rows(picture: VisitPicture) -> Iterator[Owed]:
    for step in picture.approvals:
        if step.state != StepState.PENDING or step.asked_at is None:
            continue
        for person in picture.deciders(step):
            yield Owed(
                f"{_prefix(picture)}:approval:{step.id}:{person}",
                "approval",
                person,
                due=step.escalated_at or step.asked_at,
                args={"step": step.id},
            )
        if step.escalated_at is None and step.escalate_to is not None:
            hours = picture.policy.escalation.hours(urgent=picture.visit.is_urgent)
            yield Owed(
                f"{_prefix(picture)}:escalate:{step.id}",
                "do:escalate",
                NOBODY,
                due=Offset(hours, "h").from_(step.asked_at, picture.visit.timezone, ""),
                args={"step": step.id},
            )


def _work_cards(picture: VisitPicture) -> Iterator[Owed]:
    visit = picture.visit
    start = visit.approved_at or visit.created_at
    if picture.trips_without_driver() and visit.left_at is None:
        newest = max(trip.id or 0 for trip in picture.trips)  # a trip added later asks anew
        for person in picture.holders.get("dispatcher", [])[:1]:
            yield Owed(f"{_prefix(picture)}:cars:{newest}:{person}", "cars", person, due=start)
    for trip in picture.trips:
        if trip.state == TripState.ASSIGNED and trip.driver_id:
            yield Owed(
                f"{_prefix(picture)}:trip:{trip.id}:{trip.assignment}",
                "trip",
                trip.driver_id,
                due=start,
                args={"trip": trip.id, "assignment": trip.assignment},
            )
    if visit.left_at is None:
        for owner in picture.people(Party.TASK_OWNERS):
            yield Owed(f"{_prefix(picture)}:tasks:{owner}", "tasks", owner, due=start)


def _transitions(picture: VisitPicture) -> Iterator[Owed]:
    visit = picture.visit
    if visit.left_at is None:
        stamp = int(visit.departure.timestamp())
        yield Owed(f"{_prefix(picture)}:left:{stamp}", "do:left", NOBODY, due=visit.departure)


def _anchors(picture: VisitPicture, anchor: Anchor) -> Iterator[tuple[datetime, Trip | None]]:
    visit = picture.visit
    match anchor:
        case Anchor.PICKUP | Anchor.DROPOFF:
            for trip in picture.trips:
                if trip.kind == TripKind(anchor.value):
                    yield trip.at, trip
            return
        case Anchor.REQUEST:
            moment: datetime | None = visit.created_at
        case Anchor.APPROVAL:
            moment = visit.approved_at
        case Anchor.ARRIVAL:
            moment = visit.arrival
        case Anchor.DEPARTURE:
            moment = visit.departure
        case Anchor.LEFT:
            moment = visit.left_at
        case Anchor.FEEDBACK:
            moment = picture.feedback.given_at if picture.feedback else None
        case Anchor.MEETING | Anchor.OUTCOME:
            moment = None  # a visit holds neither an agenda nor an outcome
    if moment is not None:
        yield moment, None


def _moment(picture: VisitPicture, moment: Moment, start: datetime, own: Anchor) -> datetime | None:
    """When a moment falls, seen from a step whose own anchor stands at `start`."""
    if moment.anchor != own:
        start = next((at for at, _ in _anchors(picture, moment.anchor)), start)
    return moment.offset.from_(start, picture.visit.timezone, picture.policy.country)


def _step_rows(picture: VisitPicture, step: Step) -> Iterator[Owed]:
    for start, trip in _anchors(picture, step.at.anchor):
        if not all(_holds(picture, condition, step, trip) for condition in step.when):
            continue
        due = _moment(picture, step.at, start, step.at.anchor)
        until = _moment(picture, step.until, start, step.at.anchor) if step.until else None
        if due is not None and _asks_for_items(step):
            due = max(due, (picture.visit.approved_at or due) + _GRACE)
        if due is None or (until is not None and until <= due):
            continue
        for number, moment in _times(picture, step, due):
            yield from _addressed(picture, step, trip, start, number, moment, until)


def _asks_for_items(step: Step) -> bool:
    return step.message == "preparation_check" or "items_open" in step.when


def _times(picture: VisitPicture, step: Step, due: datetime) -> list[tuple[int, datetime]]:
    """The due times of a step with its repeats, numbered; what was put off comes when it was put
    off to, and the others keep their numbers."""
    times = [due]
    if step.repeat is not None:
        for _ in range(step.repeat.limit):
            times.append(
                step.repeat.every.from_(times[-1], picture.visit.timezone, picture.policy.country)
            )
    numbered = list(enumerate(times))
    task = picture.task(step.task) if step.task else None
    if task is not None and task.snoozed_until is not None:
        later = [(number, time) for number, time in numbered if time > task.snoozed_until]
        put_off = len(later) < len(numbered)
        return ([(0, task.snoozed_until)] if put_off else []) + later
    return numbered


def _addressed(
    picture: VisitPicture,
    step: Step,
    trip: Trip | None,
    start: datetime,
    number: int,
    due: datetime,
    until: datetime | None,
) -> Iterator[Owed]:
    if until is not None and until <= due:
        return
    people = [p for who in step.to for p in _people(picture, step, who, trip)]
    if Party.CHANNEL in step.to:
        people.append(CHANNEL)
    task = picture.task(step.task) if step.task else None
    if task is not None and task.owner_id and picture.policy.task_rule(task.key):
        people = [task.owner_id]
    put_off = task is not None and task.snoozed_until == due
    for person in dict.fromkeys(people):
        args: dict[str, object] = {"step": step.key}
        where = ""
        if trip is not None:
            args |= {"trip": trip.id}
            drives = person == trip.driver_id  # told anew of another car, as nobody else is
            where = f":{trip.id}.{trip.assignment}" if drives else f":{trip.id}"
        what = f"{step.key}{where}:{int(start.timestamp())}.{number}"
        if put_off:  # all that was put off comes as one reminder
            what = f"put_off:{step.task}:{int(due.timestamp())}"
        key = f"{_prefix(picture)}:{what}:{person}"
        yield Owed(key, step.message, person, due, until, args)


def _people(picture: VisitPicture, step: Step, who: Role | Party, trip: Trip | None) -> list[str]:
    """Whom a step names; of the owners, where it is about open items, those who have one."""
    if who == Party.TASK_OWNERS and "items_open" in step.when:
        return [task.owner_id for task in picture.unconfirmed() if task.owner_id]
    return picture.people(who, trip)


def _holds(picture: VisitPicture, condition: Condition, step: Step, trip: Trip | None) -> bool:
    match condition:
        case "car_not_here":
            here = {TripState.HERE, TripState.ABOARD, TripState.DONE}
            return trip is not None and trip.state not in here
        case "not_aboard":
            return trip is None or trip.state not in {TripState.ABOARD, TripState.DONE}
        case "no_pickup":
            return all(t.kind != TripKind.PICKUP for t in picture.trips)
        case "items_open":
            return bool(picture.unconfirmed())
        case "task_open":
            task = picture.task(step.task or "")
            return task is not None and task.state != TaskState.DONE
        case "not_landed" | "landed" | "document_missing":
            return False  # a visit holds neither an outcome nor documents


def task_due(policy: Policy, task_key: str, picture: VisitPicture) -> datetime | None:
    """When a task of the policy is due for this visit; None while its anchor is not there."""
    rule = policy.task_rule(task_key)
    if rule is None:
        return None
    start = next((at for at, _ in _anchors(picture, rule.due.anchor)), None)
    if start is None:
        return None
    return rule.due.offset.from_(start, picture.visit.timezone, policy.country)


def applies(picture: VisitPicture, rule: TaskRule, known: Facts) -> bool:
    """Whether an item of the policy is for this visit: a car's needs a trip, others a level, a
    rank, a purpose (`only`)."""
    kinds = {trip.kind for trip in picture.trips}
    if rule.when is not None and rule.when not in kinds and not (rule.when == "trip" and kinds):
        return False
    return wanted(picture.policy, rule.only, known)
