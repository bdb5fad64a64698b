"""Messages that are said once: rescheduled, changed, cancelled, a role that nobody holds."""

from datetime import datetime
from typing import Any

from models.base.permissions import Ability, Verb
from models.base.words import VisitStatus
from models.policy.base import Text as Name
from models.records.people import Reader
from models.reminders.due import is_undecided
from templates.reading.attending import answer_buttons
from templates.request.history import field_names
from templates.slack import ids
from templates.slack.blocks import Button, Card
from templates.slack.message import Message, short
from templates.slack.scene import Scene
from templates.wording import terms
from templates.wording.language import Language
from templates.wording.text import Text, guard, joined, mention


def rescheduled(scene: Scene) -> Message:
    """Old and new time, for everybody who was told the old one (R7.7)."""
    old = (
        datetime.fromisoformat(scene.args["old_arrival"]),
        datetime.fromisoformat(scene.args["old_departure"]),
    )
    card = Card()
    card.text(scene.say("notices", "rescheduled", who=_by(scene)))
    card.facts(
        [
            (scene._("New time"), _times(scene, scene.visit.arrival, scene.visit.departure)),
            (scene._("Old time"), _times(scene, *old)),
        ]
    )
    _ask_again(scene, card)
    card.buttons(scene.details_button())
    push = scene.say("notices", "rescheduled_push", when=scene.arrival)
    return Message(push.fallback(), card.done())


def _ask_again(scene: Scene, card: Card) -> None:
    """A leader who was asked to attend answers for the new time."""
    mine = next((i for i in scene.picture.invitations if scene.reader.is_among([i.user_id])), None)
    if mine is not None and mine.is_waiting and not scene.is_over:
        card.text(scene.say("escorts", "moved_answer"))
        card.buttons(*answer_buttons(scene, mine))


def changed(scene: Scene) -> Message:
    """What somebody else changed."""
    fields = list(scene.args.get("fields") or [])
    names = field_names(scene, fields)
    said = scene.say(
        "notices", "changed" if fields else "changed_plain", who=_by(scene), fields=names
    )
    return short(said, scene.details_button())


def cancelled(scene: Scene) -> Message:
    """The visit was called off, by whom and why."""
    card = Card()
    reads = scene.may(Verb.READ_WORDS)
    name = "cancelled" if reads else "cancelled_plain"
    card.text(scene.say("notices", name, who=_by(scene), when=scene.arrival))
    if reads:
        card.quote(_reason(scene))
    push = scene.say("notices", "cancelled_push", when=scene.arrival)
    return Message(push.fallback(), card.done())


def postponed(scene: Scene) -> Message:
    """The date is open, by whom and why."""
    reads = scene.may(Verb.READ_WORDS)
    name = "postponed" if reads else "postponed_plain"
    said = scene.say("notices", name, who=_by(scene), when=scene.arrival)
    card = Card()
    card.text(said)
    if reads:
        card.quote(_reason(scene))
    card.buttons(scene.details_button())
    return Message(said.fallback(), card.done())


def undecided(scene: Scene) -> Message | None:
    """To the requester: nobody has decided, and the arrival is near."""
    if not is_undecided(scene.picture):
        return None
    step = scene.picture.pending_step
    people = scene.picture.deciders(step) if step is not None else []
    said = scene.say("notices", "undecided", when=scene.arrival)
    card = Card()
    card.text(said)
    if people:
        shown = scene.language.people(people, 4)
        card.text(scene.say("notices", "undecided_waits", people=shown))
    reschedule = scene.visit_button(ids.RESCHEDULE, scene._("Reschedule"))
    card.buttons(reschedule, scene.details_button())
    return Message(said.fallback(), card.done())


def lapsed(scene: Scene) -> Message | None:
    """The arrival came before a decision: the visit is not approved."""
    if scene.picture.status != VisitStatus.LAPSED:
        return None
    said = scene.say("notices", "lapsed", when=scene.arrival)
    card = Card()
    card.text(said)
    visit = scene.visit
    can_move = scene.reader.is_among([visit.requester_id, visit.host_id])
    reschedule = scene.visit_button(ids.RESCHEDULE, scene._("Reschedule"))
    card.buttons(reschedule if can_move else None, scene.details_button())
    return Message(said.fallback(), card.done())


def missing_role(scene: Scene) -> Message:
    """A role that a visit needs and nobody holds, with what to do."""
    said, push = role_words(scene.language, list(scene.args["roles"]), scene)
    is_admin = scene.is_able(Ability.ADMINISTERS)
    card = Card()
    card.text(said)
    name = "missing_role_admin" if is_admin else "missing_role_requester"
    card.text(scene.say("notices", name))
    card.buttons(assign_people(scene.language, scene.args["roles"]) if is_admin else None)
    return Message(push.fallback(), card.done())


def role_words(
    language: Language, roles: list[str], scene: Scene | None = None
) -> tuple[Text, Text]:
    """That nobody holds these roles, in full and for a notification."""
    named = joined(language.comma, [terms.role(language, role) for role in roles])
    push = language.say("notices", "missing_role_push", roles=named)
    if scene is not None:
        return scene.say("notices", "missing_role", roles=named), push
    return language.say("notices", "missing_role_plain", roles=named), push


def assign_people(language: Language, roles: list[str] | None = None) -> Button:
    """Opens the form that gives roles to people."""
    return Button(ids.ASSIGN_PEOPLE, language._("Assign people"), roles[0] if roles else "-")


def without_visit(kind: str, args: dict[str, Any], reader: Reader) -> Message | None:
    """A message that belongs to no visit."""
    if kind != "missing_role":
        return None
    names = {key: Name.model_validate(words) for key, words in args.get("names", {}).items()}
    language = Language(reader, roles=names)
    said, push = role_words(language, list(args["roles"]))
    card = Card()
    card.text(said)
    card.text(language.say("notices", "missing_role_admin"))
    card.buttons(assign_people(language, args["roles"]))
    return Message(push.fallback(), card.done())


def _reason(scene: Scene) -> Text:
    return guard(scene.args.get("reason") or "–", 1000, keep_lines=True)


def _by(scene: Scene) -> Text:
    by = scene.args.get("by")
    return mention(by) if by else scene.say("history", "clock")


def _times(scene: Scene, start: datetime, end: datetime) -> Text:
    return scene.say("notices", "times", start=scene.when(start), end=scene.when(end))
