"""Amounts as people write them: no decimals where there are none."""

from decimal import Decimal

import pytest

from templates.wording.language import Language
from tests.templates.scenes import reader


@pytest.mark.parametrize(
    ("locale", "amount", "written"),
    [
        ("en", "12000.00", "CN¥12,000"),
        ("en", "12000.50", "CN¥12,000.50"),
        ("zh", "8000", "¥8,000"),
        ("zh", "0.5", "¥0.50"),
    ],
)
def test_amounts(locale: str, amount: str, written: str) -> None:
    assert Language(reader(locale)).money(Decimal(amount), "CN") == written
