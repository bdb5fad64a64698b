"""Many requests of one person, cancelled at once: the form, its answer, and the news of it."""

from collections.abc import Mapping, Sequence
from typing import Any

from models.base.limits import REASON_LIMIT
from models.records.people import Reader
from templates.slack import ids
from templates.slack.blocks import Card
from templates.slack.inputs import Asked
from templates.slack.message import Message, short
from templates.slack.modal import modal
from templates.slack.scene import Scene
from templates.wording.language import Language
from templates.wording.text import Text, guard, joined, mention

_LISTED = 15


def cancel_several_form(reader: Reader, waiting: Mapping[str, int]) -> dict[str, Any]:
    """Asks whose requests are cancelled; `waiting` says how many each person has."""
    language = Language(reader)
    card = Card()
    card.text(language.say("forms", "cancel_several_intro"))
    lines = [
        language.say("forms", "cancel_several_line", who=mention(who), count=count)
        for who, count in list(waiting.items())[:_LISTED]
    ]
    card.text(joined("\n", lines) or language.say("forms", "cancel_several_none"))
    who = Asked(ids.OWNER, language._("Requests of"), ids.VALUE)
    why = Asked(ids.REASON, language._("Reason"), ids.VALUE)
    return modal(
        ids.CANCEL_SEVERAL_FORM,
        language._("Cancel requests"),
        [
            *card.blocks,
            who.person(next(iter(waiting), None)),
            why.line(REASON_LIMIT, many_lines=True),
        ],
        submit=language._("Cancel requests"),
        close=language._("Close"),
    )


def called_off_reply(reader: Reader, person: str, numbers: Sequence[str], left: int) -> Message:
    """How many were cancelled, and how many of theirs still wait."""
    language = Language(reader)
    facts = {"who": mention(person), "count": len(numbers), "left": left}
    said = language.say(
        "replies", "several_cancelled_more" if left else "several_cancelled", **facts
    )
    return short(said)


def several_cancelled(scene: Scene) -> Message:
    """Which requests that concern the reader were cancelled at once, by whom and why."""
    numbers = [str(number) for number in scene.args.get("numbers") or ()]
    named = joined(scene.language.comma, [guard(number) for number in numbers[:_LISTED]])
    rest = len(numbers) - _LISTED
    shown = named if rest <= 0 else Text(f"{named} {scene.language.and_more(rest)}")
    by = mention(str(scene.args.get("by")))
    said = scene.say("notices", "several_cancelled", who=by, count=len(numbers), numbers=shown)
    card = Card()
    card.text(said)
    card.quote(guard(scene.args.get("reason") or "–", 1000, keep_lines=True))
    return Message(said.fallback(), card.done())
