"""A registered capital as people write it."""

import pytest

from models.request.capital import (
    UnknownCurrency,
    UnreadableCapital,
    parse_capital,
    written_capital,
)

KNOWN = ["CNY", "USD"]


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("USD 2,000,000", "USD 2,000,000"),
        ("2,000,000 USD", "USD 2,000,000"),
        ("usd2000000", "USD 2,000,000"),
        ("US$2m", "USD 2,000,000"),
        ("$ 2 million", "USD 2,000,000"),
        ("200万美元", "USD 2,000,000"),
        ("2000000", "CNY 2,000,000"),
        ("200 万元", "CNY 2,000,000"),
        ("人民币 200 万元", "CNY 2,000,000"),
        ("￥５万", "CNY 50,000"),
        ("1 亿元", "CNY 100,000,000"),
        ("USD 1999999.999", "USD 1,999,999.99"),  # never rounded up to what a rule wants
        ("2.5 million", "CNY 2,500,000"),
    ],
)
def test_amounts_are_read(written: str, read: str) -> None:
    found = parse_capital(written, KNOWN)
    assert written_capital(found) == read
    assert parse_capital(written_capital(found), KNOWN) == found


@pytest.mark.parametrize(
    "written", ["many", "USD", "-3", "0", "2,00", "1e9", "USD 2 CNY", "9" * 16]
)
def test_what_is_no_amount_is_refused(written: str) -> None:
    with pytest.raises(UnreadableCapital):
        parse_capital(written, KNOWN)


@pytest.mark.parametrize(
    ("written", "unit"), [("JPY 3000", "JPY"), ("2 tons", "TONS"), ("5 公斤", "公斤")]
)
def test_a_unit_that_the_policy_cannot_judge_is_named(written: str, unit: str) -> None:
    with pytest.raises(UnknownCurrency) as caught:
        parse_capital(written, KNOWN)
    assert caught.value.unit == unit
