"""The first steps of an admin, on App Home; and that a visit is on trial."""

from collections.abc import Sequence

from models.base.words import Role
from models.policy import Policy
from models.records.people import Reader
from templates.slack import ids
from templates.slack.blocks import Button, Card, Question
from templates.slack.message import Message, short
from templates.wording import terms
from templates.wording.language import Language
from templates.wording.text import Text, joined

CALENDAR, LEFT = "calendar", "left"
_NAMED = 6


def step_lines(
    language: Language,
    card: Card,
    policy: Policy,
    missing: Sequence[Role],
    trial: int | None,
    *,
    has_calendar: bool,
    has_tried: bool,
) -> None:
    """Roles, calendar, trial visit: each done or open, with the button that does it."""
    say = language.say
    card.header(say("first", "title"))
    card.text(say("first", "intro"))
    names = [terms.role(language, role) for role in missing[:_NAMED]]
    more = Text("…") if len(missing) > _NAMED else None
    roles = say("first", "roles", names=joined(language.comma, [*names, more]))
    card.text(_line(roles if missing else say("first", "roles_done"), is_done=not missing))
    if missing:
        card.buttons(Button(ids.ASSIGN_PEOPLE, language._("Assign people"), "-", "primary"))
    calendar = policy.calendar
    days = {"holidays": len(calendar.holidays), "working": len(calendar.working)}
    said = say("first", "calendar", country=policy.country, file=policy.file, **days)
    card.text(_line(said, is_done=has_calendar))
    if not has_calendar:
        card.buttons(Button(ids.TICK_STEP, language._("The calendar is right"), CALENDAR))
    card.text(_line(say("first", "trial"), is_done=has_tried))
    card.buttons(
        delete_button(language, trial) if trial else None,
        None if trial else Button(ids.START_TRIAL, language._("Make a trial visit"), "-"),
        Button(ids.TICK_STEP, language._("Leave these steps"), LEFT),
    )
    card.divider()


def _line(said: Text, *, is_done: bool) -> Text:
    return Text(f"{'✅' if is_done else '⬜'} {said}")


def delete_button(language: Language, visit_id: int) -> Button:
    """Deletes a trial visit, once that is confirmed."""
    label = language._("Delete trial visit")
    asks = Question(label, language.say("first", "delete_asks"), label, language._("Cancel"))
    return Button(ids.DELETE_TRIAL, label, ids.pack(visit_id), "danger", asks)


def trial_note(reader: Reader, visit_id: int, *, with_button: bool) -> Card:
    """That a visit is on trial, and on its card the button that deletes it."""
    language = Language(reader)
    card = Card()
    card.small(language.say("first", "is_trial"))
    if with_button:
        card.buttons(delete_button(language, visit_id))
    return card


def trial_names(reader: Reader) -> tuple[str, str, str]:
    """What customer, guest and title of a trial visit are called."""
    language = Language(reader)
    names = (language._("Trial customer"), language._("Trial guest"), language._("CEO"))
    return names[0], names[1], names[2]


def trial_made(reader: Reader) -> Message:
    """That the trial has begun, and where it shows."""
    return short(Language(reader).say("first", "made"))


def trial_deleted(reader: Reader) -> Message:
    """That nothing of it is left."""
    return short(Language(reader).say("first", "deleted"))


def first_steps(reader: Reader) -> Message:
    """Where an admin begins."""
    language = Language(reader)
    assign = Button(ids.ASSIGN_PEOPLE, language._("Assign people"), "-", "primary")
    return short(language.say("first", "told"), assign)
