"""Phone numbers, as people write them and as phones dial them (R1.7, A04)."""

import pytest

from models.customers.phones import dialled, read_phone, shown_phone


@pytest.mark.parametrize(
    ("written", "kept", "shown"),
    [
        ("13812345678", "+8613812345678", "+86 138 1234 5678"),
        ("138-1234-5678", "+8613812345678", "+86 138 1234 5678"),
        ("１３８１２３４５６７８", "+8613812345678", "+86 138 1234 5678"),
        ("+49 89 1234567", "+49891234567", "+49 89 1234567"),
        ("0049 89 1234567", "+49891234567", "+49 89 1234567"),
        ("Tel. (021) 6234 5678", "+862162345678", "+86 21 6234 5678"),
        ("021-62345678转12", "+862162345678;ext=12", "+86 21 6234 5678 ext. 12"),
    ],
)
def test_a_number_is_kept_as_a_phone_dials_it(written: str, kept: str, shown: str) -> None:
    assert read_phone(written, "CN") == kept
    assert shown_phone(kept) == shown
    assert read_phone(shown, "US") == kept
    assert dialled(kept) == f"tel:{kept}"


@pytest.mark.parametrize("written", ["", "12", "110", "Jane", "tomorrow 10:00", "1" * 30])
def test_what_cannot_be_dialled_is_none(written: str) -> None:
    assert read_phone(written, "CN") is None


def test_a_number_without_a_country_is_one_of_the_company() -> None:
    assert read_phone("(212) 555-0100", "US") == "+12125550100"
