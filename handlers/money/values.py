"""What was spent, as it was entered."""

from handlers.slack.values import Entries
from models.money.forms import CorrectionForm, CostForm


def cost_form(entries: Entries) -> CostForm:
    """What was spent, as it was filled."""
    return CostForm(
        what=entries.choice("what") or "",
        amount=entries.amount("amount"),
        day=entries.day("day"),
        guests=entries.integer("guests"),
        note=entries.text("note"),
    )


def correction_form(entries: Entries) -> CorrectionForm:
    """What was really spent, as it was filled."""
    return CorrectionForm(amount=entries.amount("amount"), reason=entries.text("reason"))
