"""Asking a leader to attend, and telling the host what they answered (R4.4, R4.5)."""

from models.base.words import InvitationState
from models.records.escorts import Invitation
from templates.reading import attending, facts
from templates.slack import ids
from templates.slack.blocks import Button, Card, Fact
from templates.slack.message import Message, short
from templates.slack.scene import CHANGEABLE, Scene
from templates.wording import terms
from templates.wording.text import Text, guard, joined, mention

_ANSWERS = ("attends", "cannot", "left")


def invitation(scene: Scene) -> Message:
    """The leader's card: what the visit is, and the two answers; then what was answered."""
    found = scene.picture.invitation(int(scene.args.get("invitation") or 0))
    over = _over(scene, found)
    if over is not None or found is None:
        may_look = found is not None and found.state != InvitationState.WITHDRAWN
        return _short(scene, over or scene.say("escorts", "over_off"), may_look=may_look)
    card = Card()
    card.header(scene.say("escorts", "title" if found.is_waiting else "title_answered"))
    for line in _lines(scene, found):
        card.text(line)
    if found.state == InvitationState.DECLINED and found.reason:
        card.quote(guard(found.reason, 1000, keep_lines=True))
    card.facts(_facts(scene))
    card.text(attending.leaders_line(scene, besides=found))
    card.buttons(*attending.answer_buttons(scene, found), scene.details_button())
    push = scene.say("escorts", "push", when=scene.arrival, people=facts.people_count(scene))
    said = push if found.is_waiting else joined(" · ", [scene.title, *_lines(scene, found)[:1]])
    return Message(said.fallback(), card.done())


def answer(scene: Scene) -> Message | None:
    """What a leader answered, for host and requester; who might go instead, with one button."""
    args = scene.args
    kind = "left" if args.get("left") else str(args.get("answer"))
    if kind not in _ANSWERS or scene.is_off:
        return None
    who = mention(str(args.get("by")))
    said = scene.say("escorts", f"answer_{kind}", who=who, when=scene.arrival)
    card = Card()
    card.text(said)
    if args.get("reason"):
        card.quote(guard(args["reason"], 1000, keep_lines=True))
    if args.get("moved") == "stands":
        card.text(scene.say("escorts", "answer_stands"))
    elif args.get("moved"):
        role = terms.role(scene.language, args["moved"])
        card.text(scene.say("escorts", "answer_moved", role=role))
        if scene.picture.is_prepared:
            card.text(scene.say("escorts", "answer_goes_on"))
    substitute = args.get("substitute")
    if substitute:
        card.text(scene.say("escorts", "answer_substitute", who=mention(str(substitute))))
    declined = None if kind == "attends" else _next_button(scene)
    card.buttons(declined, scene.details_button())
    return Message(said.fallback(), card.done())


def withdrawn(scene: Scene) -> Message:
    """A leader who was asked is asked no longer."""
    who = mention(str(scene.args.get("by")))
    said = scene.say("escorts", "withdrawn", who=who, when=scene.arrival)
    return short(said)


def _next_button(scene: Scene) -> Button | None:
    """Invites whom the leader has proposed, else opens the form that invites."""
    if scene.picture.status not in CHANGEABLE or scene.visit.left_at is not None:
        return None
    if not scene.args.get("substitute"):
        return attending.invite_button(scene)
    value = ids.pack(int(scene.args.get("invitation") or 0))
    return Button(ids.INVITE_SUBSTITUTE, scene._("Invite them instead"), value, "primary")


def _lines(scene: Scene, found: Invitation) -> list[Text]:
    """What is asked, or what was answered."""
    when = scene.language.moment(found.answered_at) if found.answered_at is not None else ""
    if found.asked_again_at is not None:
        return [scene.say("escorts", "asks_again", when=scene.arrival)]
    if found.state == InvitationState.ACCEPTED:
        return [scene.say("escorts", "said_attends", when=when)]
    if found.state == InvitationState.DECLINED:
        lines = [scene.say("escorts", "said_cannot", when=when)]
        if found.substitute_id:
            lines.append(scene.say("escorts", "said_instead", who=mention(found.substitute_id)))
        return lines
    rank, who = attending.rank_name(scene, found.rank), mention(found.asked_by)
    lines = [scene.say("escorts", "asks" if rank else "asks_plain", who=who, rank=rank or "")]
    instead = scene.picture.invitation(found.instead_of or 0)
    if instead is not None:
        lines.append(scene.say("escorts", "asks_instead", instead=mention(instead.user_id)))
    return lines


def _facts(scene: Scene) -> list[Fact]:
    language, visit = scene.language, scene.visit
    rule = scene.picture.level.escorts
    return [
        (language._("Lead guest"), facts.lead_guest(scene)),
        (language._("Party"), facts.people_count(scene)),
        (language._("Arrival"), scene.arrival),
        (language._("Departure"), scene.when(visit.departure)),
        (language._("First meeting"), facts.meeting(scene)),
        (
            language._("Greeting at"),
            scene.say("escorts", f"place_{rule.greet_at}") if rule and rule.greet_at else None,
        ),
        (language._("Host"), mention(visit.host_id)),
        (language._("Purpose"), terms.purpose(language, visit.purpose)),
        (language._("Level"), terms.level(language, scene.picture)),
    ]


def _over(scene: Scene, found: Invitation | None) -> Text | None:
    """Why the card asks nothing any more; None while it does."""
    if scene.visit.left_at is not None:
        return scene.say("escorts", "over_left")
    if scene.is_over or found is None:
        return scene.say("escorts", "over_off")
    if found.state == InvitationState.WITHDRAWN:
        return scene.say("escorts", "over_withdrawn")
    asked = scene.args.get("asked")
    if asked is not None and int(asked) != int(found.asked_at.timestamp()):
        return scene.say("escorts", "over_anew")
    return None


def _short(scene: Scene, said: Text, *, may_look: bool) -> Message:
    card = Card()
    card.header(scene.say("escorts", "title_answered"))
    card.text(said)
    card.buttons(scene.details_button() if may_look else None)
    return Message(joined(" · ", [scene.title, said]).fallback(), card.done())
