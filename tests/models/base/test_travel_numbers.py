"""Numbers of flights and trains (A10)."""

import pytest

from models.base.travel_numbers import either_number, flight_number, train_number, travel_numbers


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("LH728", "LH728"),
        ("lh 728", "LH728"),
        ("  Mu-5101 ", "MU5101"),
        ("CA 0981", "CA981"),
        ("9C8888", "9C8888"),
        ("3U 8633", "3U8633"),
        ("ＬＨ７２８", "LH728"),
        ("BA117A", "BA117A"),
        ("G9 123", "G9123"),
        ("G9123", "G9123"),
        ("G1372", None),
        ("LH", None),
        ("728", None),
        ("LH72812", None),
        ("LH000", None),
        ("by plane", None),
        ("LH728; DROP TABLE", None),
        ("", None),
    ],
)
def test_a_flight(written: str, number: str | None) -> None:
    assert flight_number(written) == number


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("G1372", "G1372"),
        ("g 1372", "G1372"),
        ("D7", "D7"),
        ("K528次", "K528"),
        ("6063", "6063"),
        ("ice123", "ICE 123"),
        ("LH728", None),
        ("G13720", None),
        ("528", None),
        ("G0", None),
        ("", None),
    ],
)
def test_a_train(written: str, number: str | None) -> None:
    assert train_number(written) == number


def test_a_way_with_a_change_has_several() -> None:
    assert travel_numbers("flight", "lh728 / mu 5101") == "LH728 / MU5101"
    assert travel_numbers("flight", "LH728、G1372") is None
    assert travel_numbers("train", "G1372，D7") == "G1372 / D7"
    assert travel_numbers("own_car", "沪A·3K862") == "沪A·3K862"
    assert travel_numbers(None, " tba ") == "tba"
    assert either_number("lh728 + g1372") == "LH728 / G1372"
    assert either_number("on foot") is None
