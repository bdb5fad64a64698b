"""App Home: one person's visits, what waits for them with the button to do it, and today."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from slack_sdk.models.views import View

from models.base.permissions import Verb
from models.base.words import TripState
from models.cars.drivers import is_soon
from models.reading.picture import HomeAgenda, VisitPicture, WaitingItem
from models.records.cars import Trip
from models.records.people import Reader
from templates.aftercare.outcome import outcome_buttons
from templates.cars.driving import drive_buttons
from templates.cars.messages import assign_button
from templates.money import lines
from templates.people.absence import absence_lines, away_button, hand_all_button
from templates.preparation.messages import task_buttons
from templates.reading import drives, facts
from templates.reading.attending import answer_buttons
from templates.reading.clashes import clash_lines
from templates.request.notices import assign_people
from templates.request.replies import visit_line
from templates.signoff.brief import budget_line, flags
from templates.signoff.parts import decision_buttons
from templates.slack import ids
from templates.slack.blocks import VIEW_BLOCKS, Button, Card, few, rest
from templates.slack.message import Message
from templates.slack.scene import Scene
from templates.slack.wire import wire
from templates.wording import terms
from templates.wording.language import Language
from templates.wording.text import Text, joined

_ABSENCES = 10


def home_view(
    reader: Reader,
    agenda: HomeAgenda,
    now: datetime,
    allowed: frozenset[Verb],
    today: date,
    first: Callable[[Language, Card], None] | None = None,
) -> dict[str, Any]:
    """The Home tab as views.publish takes it. `today` is the day at the site;
    `first` puts down what stands before all else."""
    language = Language(reader, now)
    card = Card(VIEW_BLOCKS)
    if first is not None:
        first(language, card)
    card.header(language.say("home", "title"))
    card.buttons(
        Button(ids.NEW_VISIT, language._("New visit"), "-", "primary"),
        assign_people(language) if Verb.SET_ROLES in allowed else None,
        hand_all_button(language) if Verb.HAND_OVER_ALL in allowed else None,
        away_button(language),
    )
    absence_lines(language, card, agenda.absences[:_ABSENCES], today)
    card.divider()
    _waiting(language, card, agenda.waiting, now)
    _visits(language, card, agenda.today, now, today=True)
    _visits(language, card, agenda.my_visits, now, today=False)
    view = View(type="home", callback_id=ids.HOME_VIEW, blocks=card.blocks)
    return wire(view)


def waiting_reply(reader: Reader, agenda: HomeAgenda, now: datetime) -> Message:
    """What waits for the person, as a message."""
    language = Language(reader, now)
    card = Card()
    _waiting(language, card, agenda.waiting, now)
    said = language.say("home", "waiting", count=len(agenda.waiting))
    return Message(said.fallback(), card.done())


def _waiting(language: Language, card: Card, items: list[WaitingItem], now: datetime) -> None:
    if not items:
        card.header(language.say("home", "waiting", count=0))
        card.text(language.say("home", "waiting_none"))
        return
    card.header(language.say("home", "waiting", count=len(items)))
    shown = few(card, items[:15], size=2)
    for item in shown:
        scene = Scene.of(language.reader, item.picture, now)
        card.text(_waiting_line(scene, item))
        card.buttons(*_waiting_buttons(scene, item))
    rest(card, language, items, shown)


def _waiting_line(scene: Scene, item: WaitingItem) -> Text:
    when = scene.when(item.due)
    if item.trip is not None:
        kind = scene.trip_kind(item.trip.kind)
        line = scene.say("home", item.kind, kind=kind, when=when)
        return joined(" · ", [line, drives.way(scene, item.trip)])
    if item.task is not None:
        title = terms.task_of(scene.language, item.picture, item.task)
        return scene.say("home", "task", item=title, when=when)
    if item.kind == "exception" and item.step is not None:
        return scene.say("home", "exception", what=lines.of_step(scene, item.step), when=when)
    people = facts.people_count(scene)
    line = scene.say("home", item.kind, when=when, people=people)
    if item.kind != "approval" or item.step is None:
        return line
    level = Text(f"*{terms.level(scene.language, item.picture)}*")
    said = joined(" · ", [level, budget_line(scene), flags(scene, item.step)])
    return joined("\n", [line, said, *clash_lines(scene)])


def _waiting_buttons(scene: Scene, item: WaitingItem) -> list[Button]:
    details = scene.details_button()
    chain = item.picture.chain_of(item.step.id) if item.step is not None else None
    if chain is not None and item.step is not None:
        return [*decision_buttons(scene, chain, item.step), details]
    if item.invitation is not None:
        return [*answer_buttons(scene, item.invitation), details]
    if item.kind == "changes":
        words = scene._("Change request")
        value = ids.pack(scene.visit_id, scene.visit.revision)
        return [Button(ids.CHANGE_REQUEST, words, value, "primary"), details]
    if item.kind == "outcome":
        return [*outcome_buttons(scene), details]
    if item.kind == "car" and item.trip is not None:
        return [assign_button(scene, item.trip), details]
    if item.kind == "trip" and item.trip is not None:
        return [*_trip_buttons(scene, item.trip), details]
    if item.task is not None and item.task.key == "feedback":
        words = scene._("Give feedback")
        return [Button(ids.GIVE_FEEDBACK, words, ids.pack(scene.visit_id), "primary"), details]
    return [*(task_buttons(scene, item.task) if item.task is not None else []), details]


def _trip_buttons(scene: Scene, trip: Trip) -> list[Button]:
    value = ids.pack(trip.id, trip.assignment)
    if trip.state == TripState.ASSIGNED:
        return [
            Button(ids.ACCEPT_TRIP, scene._("Accept"), value, "primary"),
            Button(ids.DECLINE_TRIP, scene._("Can't"), value, "danger"),
        ]
    if trip.state == TripState.ACCEPTED and not is_soon(trip, scene.now):
        return [Button(ids.DECLINE_TRIP, scene._("Can't"), value)]
    return drive_buttons(scene, trip)


def _visits(
    language: Language, card: Card, pictures: list[VisitPicture], now: datetime, *, today: bool
) -> None:
    card.divider()
    title = language.say("home", "today", day=language.day(now)) if today else None
    card.header(title or language.say("home", "mine"))
    if not pictures:
        card.text(language.say("home", "today_none" if today else "mine_none"))
        return
    shown = few(card, pictures, size=2, spare=8 if today else 0)
    for picture in shown:
        scene = Scene.of(language.reader, picture, now)
        line = visit_line(scene)
        state = facts.preparation_line(scene) if picture.visit.left_at is None else None
        trips = [facts.trip_line(scene, trip) for trip in picture.trips] if today else []
        card.text(joined("\n", [line, state, *trips]), scene.details_button())
    rest(card, language, pictures, shown)
