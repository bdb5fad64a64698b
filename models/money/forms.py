"""The forms for exceptions and costs, validated: what is wrong is said for each field."""

from datetime import date
from decimal import Decimal

from pydantic import BaseModel, ConfigDict

from models.base.errors import Fault
from models.base.words import CostKind
from models.policy.level_tables import Meal

REASON_LIMIT = 1000
NOTE_LIMIT = 500
_MOST = Decimal(10) ** 11
_CENT = Decimal("0.01")


class ExceptionForm(BaseModel):
    """What is to go beyond the procedure, as a person filled it (R2.2).

    `what` is the code of a `models.policy.exception_asks.Ask`, `amount` in the policy's currency,
    `day` that of a meal.
    """

    model_config = ConfigDict(frozen=True)

    what: str
    amount: Decimal | None = None
    day: date | None = None
    reason: str | None = None

    def faults(self) -> dict[str, Fault]:
        """What is wrong with it whatever the visit; whether it needs an amount the ask says."""
        found: dict[str, Fault] = {}
        if self.amount is not None:
            found |= _amount(self.amount)
        found |= _words("reason", self.reason, REASON_LIMIT)
        if not (self.reason or "").strip():
            found["reason"] = Fault("required")
        return found


class CostForm(BaseModel):
    """What was spent, as a person filled it. `what` is a CostKind, or a meal behind it such as
    `meals:dinner`; `guests` ate it, of lodging it counts rooms by nights."""

    model_config = ConfigDict(frozen=True)

    what: str
    amount: Decimal | None = None
    day: date | None = None
    guests: int | None = None
    note: str | None = None

    @property
    def kind(self) -> tuple[CostKind, str | None] | None:
        """What it was spent on, with the meal; None for what is no kind of cost."""
        return COSTS.get(self.what)

    def faults(self, most: int) -> dict[str, Fault]:
        """What is wrong with it; `most` guests can have eaten it."""
        found: dict[str, Fault] = {}
        if self.kind is None:
            found["what"] = Fault("required")
        found |= {"amount": Fault("required")} if self.amount is None else _amount(self.amount)
        if self.guests is not None and not 1 <= self.guests <= most:
            found["guests"] = Fault("cost_guests", {"most": most})
        return found | _words("note", self.note, NOTE_LIMIT)


class CorrectionForm(BaseModel):
    """What was really spent instead of a noted cost (nothing: zero), and why, as a person filled
    it."""

    model_config = ConfigDict(frozen=True)

    amount: Decimal | None = None
    reason: str | None = None

    def faults(self, noted: Decimal) -> dict[str, Fault]:
        """What is wrong with it, beside the amount that was noted."""
        found: dict[str, Fault] = {}
        if self.amount is None:
            found["amount"] = Fault("required")
        elif self.amount and _amount(self.amount):
            found["amount"] = Fault("budget")
        elif self.amount == noted:
            found["amount"] = Fault("same_amount")
        if not (self.reason or "").strip():
            found["reason"] = Fault("required")
        return found | _words("reason", self.reason, REASON_LIMIT)


_MEALS: tuple[Meal, ...] = ("breakfast", "lunch", "dinner", "banquet")
COSTS: dict[str, tuple[CostKind, str | None]] = {
    **{f"{CostKind.MEALS}:{meal}": (CostKind.MEALS, meal) for meal in _MEALS},
    **{str(kind): (kind, None) for kind in CostKind if kind != CostKind.MEALS},
}
"""Every kind of cost by its code, meals each by itself, in the order in which they are offered."""


def _amount(amount: Decimal) -> dict[str, Fault]:
    if not 0 < amount < _MOST or amount != amount.quantize(_CENT):
        return {"amount": Fault("amount")}
    return {}


def _words(field: str, words: str | None, limit: int) -> dict[str, Fault]:
    if words and len(words) > limit:
        return {field: Fault("too_long", {"limit": limit, "length": len(words)})}
    return {}
