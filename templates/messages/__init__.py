"""Every kind of message that the bot sends on its own initiative, by its kind."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from models.base.permissions import Verb
from models.base.times import local
from models.reading.picture import VisitPicture
from models.records.people import Reader
from models.reminders.outbox import CHANNEL, LIVE_KINDS
from templates.aftercare import messages as aftercare
from templates.aftercare.outcome import outcome_asked
from templates.cars import meeting
from templates.cars import messages as cars
from templates.customers import owners
from templates.day.messages import etiquette
from templates.escorts import messages as escorts
from templates.keeping import messages as keeping
from templates.measures import messages as measures
from templates.money import messages as money
from templates.people import absence
from templates.people import messages as people
from templates.people.first_steps import first_steps, trial_note
from templates.preparation import messages as preparation
from templates.preparation.chase import chase
from templates.reminders import undelivered
from templates.reminders.escalation import step_escalation
from templates.reminders.reminder import reminder
from templates.request import history, notices, taking_part
from templates.request.bulk import several_cancelled
from templates.request.calendar import calendar
from templates.request.card import visit_card
from templates.request.notice_replies import notice_missing
from templates.request.office import office_told
from templates.request.rating import rating
from templates.signoff import by_phone, exceptions, parts
from templates.signoff import messages as signoff
from templates.slack.blocks import Card
from templates.slack.message import Message, short
from templates.slack.scene import Scene
from templates.wording.language import Language

__all__ = ["KINDS", "Message", "render"]

KINDS: dict[str, Callable[[Scene], Message | None]] = {
    "visit_card": visit_card,
    "rating": rating,
    "notice_missing": notice_missing,
    "office_told": office_told,
    "approval": signoff.approval,
    "decision": signoff.decision,
    "invitation": escorts.invitation,
    "invitation_answer": escorts.answer,
    "escort_left": escorts.answer,
    "withdrawn": escorts.withdrawn,
    "taken_back": parts.taken_back,
    "spoken_word": by_phone.spoken_word,
    "word_denied": by_phone.word_denied,
    "exception": exceptions.exception,
    "exception_decided": exceptions.exception_decided,
    "overspend": money.overspend,
    "gift_refused": money.gift_refused,
    "cars": cars.cars,
    "trip": cars.trip_card,
    "trip_declined": cars.trip_declined,
    "trip_cancelled": cars.trip_cancelled,
    "car_ready": cars.car_ready,
    "car_missing": cars.car_missing,
    "call_guest": cars.call_guest,
    "meets_guests": meeting.meets_guests,
    "escort_plan": meeting.escort_plan,
    "route_missing": meeting.route_missing,
    "tasks": preparation.tasks,
    "chase": chase,
    "preparation_check": preparation.preparation_check,
    "please_confirm": preparation.please_confirm,
    "open_items": preparation.open_items,
    "task_problem": preparation.task_problem,
    "handed_over": preparation.handed_over,
    "item_done": preparation.item_done,
    "tell_again": preparation.tell_again,
    "departure_items": preparation.departure_items,
    "feedback_request": aftercare.feedback_request,
    "feedback_nudge": aftercare.feedback_nudge,
    "follow_up_task": aftercare.follow_up_task,
    "closed": aftercare.closed,
    "rescheduled": notices.rescheduled,
    "changed": notices.changed,
    "cancelled": notices.cancelled,
    "several_cancelled": several_cancelled,
    "named": people.named,
    "roles_changed": people.roles_changed,
    "first_steps": lambda scene: first_steps(scene.reader),
    "owner_changed": owners.owner_changed,
    "postponed": notices.postponed,
    "undecided": notices.undecided,
    "lapsed": notices.lapsed,
    "stands_in": absence.stands_in,
    "handed_all": absence.handed_all,
    "missing_role": notices.missing_role,
    "channel_missing": undelivered.channel_missing,
    "delivery_failed": lambda scene: undelivered.delivery_failed(scene, _lost(scene)),
    "history": history.history,
    "reminder": reminder,
    "outcome_asked": outcome_asked,
    "step_escalation": step_escalation,
    "etiquette": etiquette,
    "entry": keeping.entry,
    "document": keeping.document,
    "offer": keeping.offer,
    "calendar": calendar,
    "takes_part": taking_part.takes_part,
    "attends_today": taking_part.attends_today,
    "monthly_figures": measures.monthly_figures,
}


NEEDS: dict[str, Verb] = {
    "approval": Verb.DECIDE,
    "exception": Verb.DECIDE,
    "rating": Verb.RATE,
    "notice_missing": Verb.FILL_NOTICE,
    "cars": Verb.ASSIGN_CAR,
    "chase": Verb.HAND_OVER,
    "preparation_check": Verb.SEE,
    "open_items": Verb.SEE,
    "car_missing": Verb.SEE,
    "outcome_asked": Verb.RECORD_OUTCOME,
}
"""Cards that stand with somebody for what they are to the visit, and what that lets them do: once
it does not any more, the card shows nothing more. The other cards are their owners' by name."""


def render(
    kind: str,
    picture: VisitPicture | None,
    args: dict[str, Any],
    reader: Reader,
    now: datetime,
    late: timedelta | None = None,
) -> Message | None:
    """The message of a delivery as things stand, or None where there is nothing to say any more.

    `late` is how long after its due time it is sent, where the reader should know. Raises
    ValueError for a kind that is not known.
    """
    if kind not in KINDS:
        raise ValueError(f"there is no message of the kind {kind!r}")
    if picture is None:
        message = notices.without_visit(kind, args, reader)
        message = message or undelivered.without_visit(kind, args, reader)
        message = message or measures.without_visit(kind, args, reader)
        message = message or absence.without_visit(kind, args, reader)
        message = message or keeping.without_visit(kind, args, reader)
        message = message or owners.without_visit(kind, args, reader)
        message = message or people.without_visit(kind, args, reader)
        message = message or (first_steps(reader) if kind == "first_steps" else None)
    else:
        message = _of_visit(kind, Scene.of(reader, picture, now, args))
    if message is None:
        return None
    if picture is not None and picture.visit.trial_of is not None:
        mark = trial_note(reader, picture.visit.id or 0, with_button=kind == "visit_card")
        message = replace(message, blocks=[*message.blocks[:46], *mark.done()])
    if late is not None:
        note = late_note(reader, now, late)
        message = replace(message, blocks=[*message.blocks[:49], *note])
    return replace(message, is_live=kind in LIVE_KINDS)


def _of_visit(kind: str, scene: Scene) -> Message | None:
    needs = NEEDS.get(kind)
    if needs is None or scene.in_channel or scene.may(needs) or _was_asked(kind, scene):
        return KINDS[kind](scene)
    said = scene.say("notices", "no_longer_yours")
    return short(said)


def _was_asked(kind: str, scene: Scene) -> bool:
    """Whether the reader, who still holds the role, was asked before their turn was taken back."""
    step = scene.step() if kind == "approval" else None
    return step is not None and scene.reads(step.role)


def _lost(scene: Scene) -> Message | None:
    """The message that a notice says was not delivered, as whom it was for would read it, in the
    language of who reads the notice; None where it cannot be shown any more."""
    show = KINDS.get(str(scene.args.get("kind")))
    if show is None or scene.args.get("kind") in {"delivery_failed", "channel_missing"}:
        return None
    person = str(scene.args.get("person") or "")
    whose = Reader(
        scene.reader.locale, scene.reader.timezone, None if person == CHANNEL else person
    )
    args = dict(scene.args.get("args") or {})
    return show(Scene.of(whose, scene.picture, scene.now, args))


def late_note(reader: Reader, now: datetime, late: timedelta) -> list[dict[str, Any]]:
    """That a message comes late, and when it was due."""
    language = Language(reader, now)
    due, zone = now - late, language.zone_of()
    same_day = local(due, zone).date() == local(now, zone).date()
    when = language.time(due) if same_day else language.moment(due)
    card = Card()
    card.small(language.say("notices", "late", when=when))
    return card.done()
