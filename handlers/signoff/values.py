"""An exception as it was entered."""

from handlers.slack.values import Entries
from models.money.forms import ExceptionForm


def exception_form(entries: Entries) -> ExceptionForm:
    """What is to go beyond the procedure, as it was filled."""
    return ExceptionForm(
        what=entries.choice("what") or "",
        amount=entries.amount("amount"),
        day=entries.day("day"),
        reason=entries.text("reason"),
    )
