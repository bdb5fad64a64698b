"""Who is away and who stands in: the form, the lines of App Home, what people are told; and the
handing over of all that somebody has."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from models.policy import Policy
from models.records.people import Absence, Reader
from templates.slack import ids
from templates.slack.blocks import Button, Card
from templates.slack.inputs import Asked
from templates.slack.message import Message, short
from templates.slack.modal import modal
from templates.slack.scene import Scene
from templates.wording.language import Language
from templates.wording.text import Text, mention

REASON_LIMIT = 1000


def away_form(reader: Reader, policy: Policy, today: date) -> dict[str, Any]:
    """From which day to which, and who stands in."""
    language = Language(reader)
    card = Card()
    card.text(language.say("away", "form_intro"))
    if policy.approval.delegation == "none":
        card.text(language.say("away", "form_decisions"))
    return modal(
        ids.AWAY_FORM,
        language._("I am away"),
        [
            *card.blocks,
            Asked(ids.AWAY_FROM, language._("First day"), ids.VALUE).day(today),
            Asked(ids.AWAY_TO, language._("Last day"), ids.VALUE).day(None),
            Asked(ids.STAND_IN, language._("Who stands in"), ids.VALUE).person(),
        ],
        submit=language._("Save"),
        close=language._("Cancel"),
    )


def hand_all_form(reader: Reader) -> dict[str, Any]:
    """Whose visits, items, customers and trips go to whom."""
    language = Language(reader)
    card = Card()
    card.text(language.say("away", "hand_all_intro"))
    return modal(
        ids.HAND_ALL_FORM,
        language._("Hand over all"),
        [
            *card.blocks,
            Asked(ids.HANDED_FROM, language._("From whom"), ids.VALUE).person(),
            Asked(ids.HANDED_TO, language._("Who takes over"), ids.VALUE).person(),
            Asked(ids.REASON, language._("Reason"), ids.VALUE, optional=True).line(REASON_LIMIT),
        ],
        submit=language._("Hand over"),
        close=language._("Cancel"),
    )


def hand_all_button(language: Language) -> Button:
    """Opens the form that hands over all of somebody."""
    return Button(ids.HAND_ALL, language._("Hand over all"), "-")


def away_button(language: Language) -> Button:
    """Opens the form that says from when to when one is away."""
    return Button(ids.AWAY, language._("I am away"), "-")


def handed_all_reply(reader: Reader, who: str, to: str, visits: int, customers: int) -> Message:
    """What has gone from one person to another, for who did it."""
    language = Language(reader)
    people = {"who": mention(who), "to": mention(to)}
    if visits or customers:
        said = language.say("away", "handed_all", count=visits, customers=customers, **people)
    else:
        said = language.say("away", "nothing_to_hand", **people)
    return short(said)


def absence_lines(language: Language, card: Card, absences: Sequence[Absence], today: date) -> None:
    """The reader's absences with the button that ends each, and for whom they stand in."""
    for absence in absences:
        facts = {
            "first": language.calendar_day(absence.from_day),
            "last": language.calendar_day(absence.to_day),
        }
        if not language.reader.is_among([absence.user_id]):
            card.text(language.say("away", "you_stand_in", who=mention(absence.user_id), **facts))
            continue
        name = "you_were" if absence.to_day < today else "you_are"
        name = "you_will" if absence.from_day > today else name
        card.text(language.say("away", name, who=mention(absence.stand_in), **facts))
        card.buttons(Button(ids.BACK, language._("I am back"), ids.pack(absence.id), "primary"))


def stands_in(scene: Scene) -> Message:
    """For whom the reader stands in, and from when to when."""
    return short(_stands_in(dict(scene.args), scene.language))


def handed_all(scene: Scene) -> Message:
    """That all of somebody was handed over, for the two whom it concerns."""
    return short(_handed_all(dict(scene.args), scene.language))


def without_visit(kind: str, args: dict[str, Any], reader: Reader) -> Message | None:
    """What is said of people, not of a visit."""
    said = _WITHOUT_VISIT.get(kind)
    return short(said(args, Language(reader))) if said is not None else None


def _stands_in(args: dict[str, Any], language: Language) -> Text:
    first, last = (date.fromisoformat(args[name]) for name in ("from_day", "to_day"))
    days = {"first": language.calendar_day(first), "last": language.calendar_day(last)}
    return language.say("away", "stands_in", who=mention(args["other"]), **days)


def _handed_all(args: dict[str, Any], language: Language) -> Text:
    facts = {"by": mention(args["by"]), "count": args["count"]}
    if language.reader.is_among([args["to"]]):
        return language.say("away", "handed_to_you", who=mention(args["other"]), **facts)
    return language.say("away", "handed_from_you", who=mention(args["to"]), **facts)


_WITHOUT_VISIT: dict[str, Callable[[dict[str, Any], Language], Text]] = {
    "stands_in": _stands_in,
    "handed_all": _handed_all,
}
