"""An exception, and an approval by phone, as they were entered."""

from handlers.slack.values import Entries
from models.money.forms import ExceptionForm
from services.keeping.files import Stored
from services.signoff.by_phone import SpokenWord
from templates.slack import ids


def exception_form(entries: Entries) -> ExceptionForm:
    """What is to go beyond the procedure, as it was filled."""
    return ExceptionForm(
        what=entries.choice("what") or "",
        amount=entries.amount("amount"),
        day=entries.day("day"),
        reason=entries.text("reason"),
    )


def spoken_word(entries: Entries, picture: Stored | None) -> SpokenWord:
    """What a leader said, as it was filled, with a picture of it that the store has."""
    return SpokenWord(
        leader=entries.person(ids.LEADER),
        said_at=entries.moment(ids.SAID_AT),
        words=entries.text(ids.SAID),
        picture=picture,
    )
