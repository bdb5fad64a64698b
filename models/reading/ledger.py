"""What of a ledger stands: expenses that no correction has taken back. Pure."""

from collections.abc import Iterable
from decimal import Decimal

from models.base.words import LedgerKind
from models.records.money import LedgerLine


def standing_costs(lines: Iterable[LedgerLine]) -> list[LedgerLine]:
    """The expenses that were not corrected, in order."""
    lines = list(lines)
    corrected = {line.corrects_id for line in lines}
    expenses = (line for line in lines if line.kind == LedgerKind.EXPENSE)
    return [line for line in expenses if line.id not in corrected]


def spent(lines: Iterable[LedgerLine]) -> Decimal:
    """What the lines make together, corrections and all: to the cent."""
    return sum((line.amount for line in lines), Decimal(0))
