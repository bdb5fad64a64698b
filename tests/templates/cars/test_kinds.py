"""A drive is called in Chinese by how the guests come: 接机 by air, 接站 by rail."""

import pytest

from models.base.words import TravelBy, TripKind
from templates.wording import terms
from templates.wording.language import Language
from templates.wording.text import Text
from tests.templates.scenes import reader


@pytest.mark.parametrize(
    ("by", "pickup", "dropoff"),
    [
        (TravelBy.FLIGHT, "接机", "送机"),
        (TravelBy.TRAIN, "接站", "送站"),
        (TravelBy.SHIP, "接来宾", "送来宾"),
        (None, "接来宾", "送来宾"),
    ],
)
def test_chinese_names_a_drive_by_the_way_they_come(
    by: TravelBy | None, pickup: str, dropoff: str
) -> None:
    zh, en = Language(reader("zh")), Language(reader())
    assert terms.trip_kind(zh, TripKind.PICKUP, by) == pickup
    assert terms.trip_kind(zh, TripKind.DROPOFF, by) == dropoff
    assert terms.trip_kind(en, TripKind.PICKUP, by) == "Pickup"
    assert terms.trip_kind(en, TripKind.DROPOFF, by) == "Drop-off"


@pytest.mark.parametrize(
    ("by", "number", "chinese", "english"),
    [
        (TravelBy.FLIGHT, "LH728", "航班 LH728", "Flight LH728"),
        (TravelBy.TRAIN, "G12", "车次 G12", "Train G12"),
        (TravelBy.FLIGHT, None, "飞机", "Flight"),
        (None, "G12", "G12", "G12"),
        (None, None, None, None),
    ],
)
def test_the_number_goes_with_the_way(
    by: TravelBy | None, number: str | None, chinese: str | None, english: str | None
) -> None:
    said = Text(number) if number else None
    assert terms.travel(Language(reader("zh")), by, said) == chinese
    assert terms.travel(Language(reader()), by, said) == english
