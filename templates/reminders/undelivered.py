"""What Usher could not say: the visits channel is closed to it, or a message did not arrive."""

import html
import re
from collections.abc import Mapping
from typing import Any

from models.base.permissions import Ability
from models.records.people import Reader
from models.reminders.outbox import CHANNEL
from templates.reading import facts
from templates.slack.blocks import Card
from templates.slack.message import Message
from templates.slack.scene import Scene
from templates.wording.language import Language
from templates.wording.text import Text, guard, mention

_UNKNOWN = frozenset({"channel_not_found", "not_in_channel"})
_GONE = frozenset(
    {
        "channel_not_found",
        "is_inactive",
        "user_disabled",
        "user_not_found",
        "user_not_visible",
        "users_not_found",
    }
)
_CLOSED = frozenset(
    {
        "cannot_dm_bot",
        "is_archived",
        "method_not_supported_for_channel_type",
        "not_in_channel",
        "restricted_action",
    }
)


def channel_missing(scene: Scene) -> Message:
    """Visit cards wait, because their channel is closed to Usher: why, and what to do."""
    return _channel(
        scene.language, str(scene.args["fault"]), is_admin=scene.is_able(Ability.ADMINISTERS)
    )


def delivery_failed(scene: Scene, lost: Message | None) -> Message:
    """A message did not arrive: whose, why, what it said, and who got it instead."""
    return _failed(scene.language, scene.args, scene, lost)


def without_visit(kind: str, args: Mapping[str, Any], reader: Reader) -> Message | None:
    """The same of what belongs to no visit; then it goes to the admins, as a rule."""
    language = Language(reader)
    if kind == "channel_missing":
        return _channel(language, str(args["fault"]), is_admin=True)
    return _failed(language, args, None, None) if kind == "delivery_failed" else None


def _channel(language: Language, code: str, *, is_admin: bool) -> Message:
    name, to_do = "channel_closed", "channel_closed_do"
    if code in _UNKNOWN:
        name, to_do = "channel_unknown", "channel_unknown_do"
    elif code == "channel_is_shared":
        name, to_do = "channel_shared", "channel_shared_do"
    elif code == "is_archived":
        name, to_do = "channel_archived", "channel_archived_do"
    why = language.say("undelivered", name)
    card = Card()
    card.text(language.say("undelivered", "channel_missing", why=why))
    card.text(language.say("undelivered", to_do))
    if is_admin:
        card.small(language.say("undelivered", "channel_small", code=guard(code)))
    return Message(
        language.say("undelivered", "channel_missing_push", why=why).fallback(), card.done()
    )


def _failed(
    language: Language, args: Mapping[str, Any], scene: Scene | None, lost: Message | None
) -> Message:
    reason = str(args["reason"])
    way, _, code = reason.rpartition(":")
    who = _who(language, str(args["person"]))
    why = language.say("undelivered", _why(way, code))
    told = {"who": who, "why": why}
    card = Card()
    if scene is not None:
        card.text(scene.say("undelivered", "failed", **told))
    else:
        card.text(language.say("undelivered", "failed_plain", **told))
    if lost is not None:
        card.quote(_again(lost.text))
    card.text(_drive(scene, args) if scene is not None else None)
    instead = args.get("instead")
    if instead:
        card.text(language.say("undelivered", "failed_instead", instead=mention(str(instead))))
    elif args["person"] not in {CHANNEL, ""}:
        card.text(language.say("undelivered", "failed_do"))
    if code in _GONE and args["person"] != CHANNEL:
        card.small(language.say("undelivered", "failed_roles"))
    if scene is None or scene.is_able(Ability.ADMINISTERS):
        card.small(language.say("undelivered", "failed_small", code=guard(code)))
    card.buttons(scene.details_button() if scene is not None else None)
    name = "failed_push" if lost is not None else "failed_push_short"
    what = _again(lost.text) if lost is not None else ""
    return Message(language.say("undelivered", name, who=who, what=what).fallback(), card.done())


def _drive(scene: Scene, args: Mapping[str, Any]) -> Text | None:
    """Of which drive the lost message spoke: when, where, who drives which car; None of none."""
    told = args.get("args") or {}
    trip = scene.picture.trip(int(told.get("trip") or 0))
    return facts.trip_line(scene, trip) if trip is not None else None


def _who(language: Language, person: str) -> Text:
    if person == CHANNEL:
        return language.say("undelivered", "the_channel")
    return mention(person) if person else language.say("undelivered", "nobody")


def _why(way: str, code: str) -> str:
    if way.startswith("gave_up"):
        return "why_gave_up"
    if code == "too_much_said":
        return "why_unsure"
    if code in _GONE:
        return "why_gone"
    return "why_closed" if code in _CLOSED else "why_refused"


def _again(shown: str) -> Text:
    """What a message shows on a phone, to be said within another one."""
    parts = re.split(r"<@(\w+)>", shown, flags=re.ASCII)
    return Text(
        "".join(
            mention(part) if place % 2 else _kept(html.unescape(part))
            for place, part in enumerate(parts)
        )
    )


def _kept(words: str) -> Text:
    """Made inert, with the spaces around it."""
    before = " " if words[:1].isspace() else ""
    after = " " if words.strip() and words[-1:].isspace() else ""
    return Text(f"{before}{guard(words)}{after}")
