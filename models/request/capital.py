"""A registered capital as people write it: `USD 2,000,000`, `2 million dollars`, `200 万美元`."""

import re
import unicodedata
from collections.abc import Collection
from decimal import ROUND_DOWN, Decimal

from models.policy.base import Money

_MOST = Decimal(10) ** 15
_NAMES = {
    "us$": "USD",
    "$": "USD",
    "dollar": "USD",
    "dollars": "USD",
    "us dollars": "USD",
    "美元": "USD",
    "美金": "USD",
    "€": "EUR",
    "euro": "EUR",
    "euros": "EUR",
    "欧元": "EUR",
    "£": "GBP",
    "英镑": "GBP",
    "rmb": "CNY",
    "yuan": "CNY",
    "人民币": "CNY",
    "元": "CNY",
    "元人民币": "CNY",
    "日元": "JPY",
    "港元": "HKD",
    "港币": "HKD",
}
_TIMES = {
    "k": 10**3,
    "thousand": 10**3,
    "千": 10**3,
    "万": 10**4,
    "萬": 10**4,
    "十万": 10**5,
    "m": 10**6,
    "mn": 10**6,
    "mio": 10**6,
    "million": 10**6,
    "百万": 10**6,
    "千万": 10**7,
    "亿": 10**8,
    "億": 10**8,
    "b": 10**9,
    "bn": 10**9,
    "billion": 10**9,
    "十亿": 10**9,
}
_NUMBER = r"(?P<number>\d{1,3}(?:[, ']\d{3})+(?:\.\d{1,2})?|\d{1,15}(?:\.\d{1,6})?)"
_SCALE = "|".join(sorted(_TIMES, key=len, reverse=True))
_UNIT = r"[^\W\d_]{1,3}\$|[^\W\d_][^\W\d_ ]*(?: dollars)?|[$€£¥]"
_WRITTEN = re.compile(
    rf"(?P<before>{_UNIT})?\s*{_NUMBER}\s*(?:(?P<scale>{_SCALE})(?![a-z]))?\s*(?P<after>{_UNIT})?"
)


class UnreadableCapital(ValueError):
    """The words are no amount of money."""


class UnknownCurrency(ValueError):
    """The amount is in a unit that the policy cannot judge."""

    def __init__(self, unit: str) -> None:
        super().__init__(unit)
        self.unit = unit


def parse_capital(written: str, known: Collection[str]) -> Money:
    """Read an amount with its currency; a plain number is in the first of the `known` ones.

    Raises UnreadableCapital for what is no amount, UnknownCurrency for a unit that is not known.
    """
    text = " ".join(unicodedata.normalize("NFKC", written).casefold().split())
    match = _WRITTEN.fullmatch(text)
    if match is None or (match["before"] and match["after"] not in {None, "元"}):
        raise UnreadableCapital(written)
    number = Decimal(re.sub(r"[, ']", "", match["number"]))
    amount = (number * _TIMES.get(match["scale"] or "", 1)).quantize(Decimal("0.01"), ROUND_DOWN)
    if not 0 < amount < _MOST:
        raise UnreadableCapital(written)
    return Money(amount, _currency(match["before"] or match["after"], known))


def _currency(unit: str | None, known: Collection[str]) -> str:
    own = next(iter(known))
    if unit is None:
        return own
    if unit == "¥":  # the sign of two currencies
        found = own if own in {"CNY", "JPY"} else "CNY"
    else:
        found = _NAMES.get(unit, unit.upper())
    if found not in known:
        raise UnknownCurrency(unit.upper() if unit.isascii() else unit)
    return found


def written_capital(money: Money) -> str:
    """An amount as people write it, such as `USD 2,000,000`."""
    decimals = 0 if money.amount == money.amount.to_integral_value() else 2
    return f"{money.currency} {money.amount:,.{decimals}f}"
