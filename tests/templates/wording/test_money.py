"""Amounts as people write them: no decimals where there are none."""

from decimal import Decimal

import pytest

from templates.wording.language import Language
from tests.templates.scenes import reader


@pytest.mark.parametrize(
    ("locale", "amount", "code", "written"),
    [
        ("en", "12000.00", "CNY", "CN¥12,000"),
        ("en", "12000.50", "CNY", "CN¥12,000.50"),
        ("zh", "8000", "CNY", "¥8,000"),
        ("zh", "0.5", "CNY", "¥0.50"),
        ("en", "8000", "USD", "$8,000"),
        ("zh", "8000.5", "USD", "US$8,000.50"),
        ("zh", "8000", "EUR", "€8,000"),
    ],
)
def test_amounts(locale: str, amount: str, code: str, written: str) -> None:
    assert Language(reader(locale)).money(Decimal(amount), code) == written


@pytest.mark.parametrize(
    ("locale", "code", "name"),
    [
        ("en", "USD", "US Dollar"),
        ("zh", "USD", "美元"),
        ("zh", "CNY", "人民币"),
    ],
)
def test_names_of_currencies(locale: str, code: str, name: str) -> None:
    assert Language(reader(locale)).currency(code) == name
