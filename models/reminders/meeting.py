"""Who meets and accompanies the guests hears what they need for it: whoever greets them (F12), the
escorts of hotel, restaurant and car (E20), the coordinator of a route that is missing (F08). Pure.
"""

from collections.abc import Iterator

from models.base.permissions import Ability
from models.base.words import Party, TaskState, TravelBy
from models.reading.notice import wanted_keys
from models.reading.picture import VisitPicture
from models.records.preparation import Task
from models.reminders.outbox import TOPIC
from models.reminders.owed import Owed, prefix

MEETS_GUESTS = "meets_guests"
ESCORT_PLAN = "escort_plan"
ROUTE_MISSING = "route_missing"
_STAY = ("lodging", "meals")


def meeting_rows(picture: VisitPicture) -> Iterator[Owed]:
    """One card for whoever greets, one for each escort with what is booked, one for a missing
    route; none once the guests have left."""
    if picture.visit.left_at is not None or picture.visit.approved_at is None:
        return
    yield from _greeting(picture)
    yield from _escorts(picture)
    yield from _route(picture)


def greets(picture: VisitPicture) -> str | None:
    """Who greets the guests, where the notice names somebody."""
    who = picture.notice.get("greeting_person")
    return str(who) if who else None


def booked(picture: VisitPicture) -> list[Task]:
    """The items of hotel and restaurants that are done, in the policy's order."""
    rules = {rule.key: rule for rule in picture.policy.tasks}
    return [
        task
        for task in picture.preparation
        if task.state == TaskState.DONE and task.key in rules
        if any(each in rules[task.key].shows for each in _STAY)
    ]


def escorts(picture: VisitPicture) -> list[str]:
    """Second host, the leaders who attend, and who rides along in a car, each once. The host sees
    what is booked on the visit's card, and is not told of each item."""
    people = [*picture.people(Party.SECOND_HOST), *picture.attending]
    riding = [who for trip in picture.trips for who in trip.escorts]
    return [who for who in dict.fromkeys([*people, *riding]) if who != picture.visit.host_id]


def lacks_route(picture: VisitPicture) -> bool:
    """Whether the guests come in their own car and nobody has said where they are met (R6.6)."""
    return picture.visit.travel_by == TravelBy.OWN_CAR and "car_route" not in picture.notice


def _greeting(picture: VisitPicture) -> Iterator[Owed]:
    visit, who = picture.visit, greets(picture)
    if who is not None and who not in {visit.host_id, visit.requester_id}:
        since = visit.approved_at or visit.created_at
        yield Owed(f"{prefix(picture)}:meets:{who}", MEETS_GUESTS, who, since, visit.departure)


def _escorts(picture: VisitPicture) -> Iterator[Owed]:
    """Told at once: of the hotel by its name, of an item when it is done. Where the hotel is not
    named nor a seat in a car is theirs, there is nothing that they could do by it."""
    visit = picture.visit
    since = visit.approved_at or visit.created_at
    told = {task.key: (max(task.done_at or since, since), task.done_by) for task in booked(picture)}
    if "hotel" in picture.notice:
        told["named"] = (since, None)
    topic: dict[str, object] = {TOPIC: ESCORT_PLAN}
    riding = {who for trip in picture.trips for who in trip.escorts}
    for person in escorts(picture):
        if "hotel" not in picture.notice and person not in riding:
            continue
        series = f"plan:{person}"
        for what, (due, by) in told.items():
            knows = person == by or (by is None and person in {visit.host_id, visit.requester_id})
            if not knows:
                key = f"{prefix(picture)}:plan:{what}:{person}"
                yield Owed(key, ESCORT_PLAN, person, due, visit.departure, topic, series)


def _route(picture: VisitPicture) -> Iterator[Owed]:
    visit = picture.visit
    if not lacks_route(picture) or "car_route" in wanted_keys(picture):
        return
    due = max(visit.approved_at or visit.created_at, picture.window_opens())
    stamp = int(visit.arrival.timestamp())
    for person in picture.able(Ability.PREPARES)[:1] or [visit.host_id]:
        key = f"{prefix(picture)}:route:{stamp}:{person}"
        yield Owed(key, ROUTE_MISSING, person, due, visit.arrival)
