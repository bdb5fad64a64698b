"""The rows of a policy's timed steps: each time of each step, and whom its silence goes on to."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from models.base.words import Outcome, Party, Role, TaskState, TripKind, TripState
from models.policy.choose import steps_for
from models.policy.moment import Anchor, Moment
from models.policy.rules import Condition, Step
from models.policy.timed_tables import REMINDER
from models.reading.facts import facts_of
from models.reading.picture import VisitPicture
from models.records.cars import Trip
from models.reminders.anchors import anchors, from_start, start_of
from models.reminders.days_off import after_rest, rested
from models.reminders.outbox import ASKS_OUTCOME, ASKS_OWNER, CHANNEL, TOPIC
from models.reminders.owed import Owed, prefix
from models.reminders.quiet import said_at

ESCALATION = "step_escalation"
_GRACE = timedelta(hours=1)  # after a late approval, before anybody is blamed for open items
_AFTERWARDS = frozenset({Anchor.LEFT, Anchor.HOME, Anchor.FEEDBACK, Anchor.OUTCOME})
_OF_THE_CAR = frozenset({"car_ready", "car_missing"})
_OPEN_ENDS = frozenset({"items_open", "task_open", "not_landed", "document_missing"})


def step_rows(picture: VisitPicture) -> Iterator[Owed]:
    """The rows of all steps that are for a visit that is under way."""
    steps = steps_for(picture.policy, facts_of(picture))
    yield from rested(picture, (row for step in steps for row in _rows(picture, step)))


def closed_rows(picture: VisitPicture) -> Iterator[Owed]:
    """What a closed visit still owes: the policy's own reminders that count from the guests'
    leaving, the feedback or the outcome and are about nothing open (R8.5: call-backs)."""
    steps = [
        step
        for step in steps_for(picture.policy, facts_of(picture))
        if step.at.anchor in _AFTERWARDS and step.message == REMINDER
        if step.task is None and not _OPEN_ENDS & set(step.when)
    ]
    yield from rested(picture, (row for step in steps for row in _rows(picture, step)))


def asks_outcome(picture: VisitPicture) -> bool:
    """Whether a step that applies waits for the outcome: until it is known the visit is open."""
    return any("not_landed" in s.when for s in steps_for(picture.policy, facts_of(picture)))


def _rows(picture: VisitPicture, step: Step) -> Iterator[Owed]:
    for start, trip in _starts(picture, step):
        if not all(_holds(picture, condition, step, trip) for condition in step.when):
            continue
        due = _moment(picture, step.at, start, step.at.anchor)
        until = _moment(picture, step.until, start, step.at.anchor) if step.until else None
        if _asks_for_items(step):
            due = max(due, (picture.visit.approved_at or due) + _GRACE)
        if until is not None and until <= due:
            continue
        for number, moment in _times(picture, step, due):
            yield from _addressed(picture, step, trip, start, number, moment, until)
        yield from _escalated(picture, step, trip, start, due, until)


def _starts(picture: VisitPicture, step: Step) -> Iterator[tuple[datetime, Trip | None]]:
    """The anchors of a step. The car of a ride is told of, and missed, as that of a pickup."""
    yield from anchors(picture, step.at.anchor)
    if step.at.anchor == Anchor.PICKUP and step.message in _OF_THE_CAR:
        yield from ((trip.at, trip) for trip in picture.trips if trip.kind == TripKind.RIDE)


def _moment(picture: VisitPicture, moment: Moment, start: datetime, own: Anchor) -> datetime:
    """When a moment falls, seen from a step whose own anchor stands at `start`."""
    if moment.anchor != own:
        start = start_of(picture, moment.anchor) or start
    return from_start(picture, moment, start)


def _asks_for_items(step: Step) -> bool:
    return step.message == "preparation_check" or "items_open" in step.when


def _times(picture: VisitPicture, step: Step, due: datetime) -> list[tuple[int, datetime]]:
    """The due times of a step with its repeats, numbered; what was put off comes when it was put
    off to, and the others keep their numbers."""
    times = [due]
    if step.repeat is not None:
        for _ in range(step.repeat.limit):
            times.append(
                step.repeat.every.from_(times[-1], picture.visit.timezone, picture.policy.work_days)
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
    task = picture.task(step.task) if step.task else None
    put_off = task is not None and task.snoozed_until == due
    for person in _told(picture, step, trip):
        args: dict[str, object] = {"step": step.key}
        topic = _topic(step)
        if topic is not None and person != CHANNEL:
            args |= {TOPIC: topic}
        where = ""
        if trip is not None:
            args |= {"trip": trip.id}
            drives = person == trip.driver_id  # told anew of another car, as nobody else is
            where = f":{trip.id}.{trip.assignment}" if drives else f":{trip.id}"
        again = f"{step.key}{where}:{int(start.timestamp())}"
        what = f"{again}.{number}"
        if put_off:  # all that was put off comes as one reminder
            what = f"put_off:{step.task}:{int(due.timestamp())}"
        key = f"{prefix(picture)}:{what}:{person}"
        series = f"{again}:{person}" if step.repeat is not None and not put_off else None
        yield Owed(key, _kind(step), person, due, until, args, series)


def _topic(step: Step) -> str | None:
    """What a step keeps reminding somebody of, where it does so more than once."""
    if step.message == ASKS_OWNER:
        return ASKS_OWNER
    return step.task or (step.key if step.repeat is not None else None)


def _kind(step: Step) -> str:
    asks = step.message == REMINDER and "not_landed" in step.when
    return ASKS_OUTCOME if asks else step.message


def _told(picture: VisitPicture, step: Step, trip: Trip | None) -> list[str]:
    """Whom a step is said to, each once; the owner of its task where the policy has that."""
    task = picture.task(step.task) if step.task else None
    if task is not None and task.owner_id and picture.policy.task_rule(task.key):
        return [task.owner_id]
    people = [p for who in step.to for p in _people(picture, step, who, trip)]
    if Party.CHANNEL in step.to:
        people.append(CHANNEL)
    return list(dict.fromkeys(people))


def _escalated(
    picture: VisitPicture,
    step: Step,
    trip: Trip | None,
    start: datetime,
    first: datetime,
    until: datetime | None,
) -> Iterator[Owed]:
    """Once for each of the step's anchors, whatever was put off and however often it is repeated:
    silence begins when the step is first said, not before the approval, in quiet hours or on days
    off. Who is told of the step itself is not told again."""
    if step.escalate is None:
        return
    zone = picture.visit.timezone
    first, until = after_rest(picture, step, max(first, picture.visit.approved_at or first), until)
    first = said_at(picture, _kind(step), first, zone, until)
    due = step.escalate.after.from_(first, zone, picture.policy.work_days)
    if due <= first or (until is not None and until <= due):
        return
    known = set(_told(picture, step, trip))
    people = [p for who in step.escalate.to for p in _people(picture, step, who, trip)]
    if Party.CHANNEL in step.escalate.to:
        people.append(CHANNEL)
    where = f":{trip.id}" if trip is not None else ""
    args: dict[str, object] = {"step": step.key, "since": int(first.timestamp())}
    if trip is not None:
        args |= {"trip": trip.id}
    for person in dict.fromkeys(people):
        if person not in known:
            what = f"{step.key}{where}:{int(start.timestamp())}.up"
            key = f"{prefix(picture)}:{what}:{person}"
            yield Owed(key, ESCALATION, person, due, until, args)


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
        case "not_landed":
            return picture.visit.outcome is None
        case "landed":
            return picture.visit.outcome == Outcome.LANDED
        case "document_missing":
            return False  # a visit holds no documents
