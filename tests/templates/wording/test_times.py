"""Times as each reader reads them: their own zone, the site's beside it, also on DST days."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest

from models.records.people import Reader
from templates.slack.scene import Scene
from templates.wording.language import Language
from tests.templates.scenes import make

SHANGHAI, BERLIN, NEW_YORK = "Asia/Shanghai", "Europe/Berlin", "America/New_York"
NOW = datetime(2026, 12, 1, tzinfo=UTC)
AT = datetime(2026, 12, 10, 2, 0, tzinfo=UTC)


def speak(locale: str = "en", zone: str = SHANGHAI) -> Language:
    return Language(Reader(locale, zone), NOW)


@pytest.mark.parametrize(
    ("locale", "zone", "shown"),
    [
        ("en", SHANGHAI, "Thu 10 Dec, 10:00"),
        ("zh", SHANGHAI, "12月10日 周四 10:00"),
        ("en", "Asia/Singapore", "Thu 10 Dec, 10:00"),
        ("en", BERLIN, "Thu 10 Dec, 03:00 (10:00 Shanghai time)"),
        ("zh", BERLIN, "12月10日 周四 03:00（上海时间 10:00）"),
        ("en", NEW_YORK, "Wed 9 Dec, 21:00 (Thu 10 Dec, 10:00 Shanghai time)"),
        ("en", "Nowhere/Land", "Thu 10 Dec, 02:00 (10:00 Shanghai time)"),
    ],
)
def test_a_moment_for_a_reader(locale: str, zone: str, shown: str) -> None:
    assert speak(locale, zone).when(AT, SHANGHAI) == shown


def test_the_year_is_there_when_it_is_another() -> None:
    next_year = AT.replace(year=2027)
    assert speak().when(next_year, SHANGHAI) == "Fri 10 Dec 2027, 10:00"
    assert speak("zh").when(next_year, SHANGHAI) == "2027年12月10日 周五 10:00"


def test_the_hour_that_comes_twice_is_told_apart() -> None:
    first, second = (datetime(2026, 10, 25, hour, 30, tzinfo=UTC) for hour in (0, 1))
    berlin = speak(zone=BERLIN)
    assert berlin.time(first) == "02:30 GMT+02:00"
    assert berlin.time(second) == "02:30 GMT+01:00"
    assert berlin.moment(first, BERLIN) == "Sun 25 Oct, 02:30 GMT+02:00"


def test_zones_that_agree_in_winter_only() -> None:
    """London and Lisbon agree always; Berlin and Lagos agree in winter, not in summer."""
    lagos = speak(zone="Africa/Lagos")
    winter, summer = AT, datetime(2026, 7, 10, 8, 0, tzinfo=UTC)
    assert lagos.when(winter, BERLIN) == "Thu 10 Dec, 03:00"
    assert lagos.when(summer, BERLIN) == "Fri 10 Jul, 09:00 (10:00 Berlin time)"


def test_times_need_a_form() -> None:
    with pytest.raises(TypeError):
        speak().inert(AT)


def test_money_numbers_and_people() -> None:
    assert speak().money(Decimal("20000.5"), "CNY") == "CN¥20,000.50"
    assert speak("zh").money(Decimal("20000.5"), "CNY") == "¥20,000.50"
    assert speak().money(Decimal(100), "EUR") == "€100"
    assert speak().inert(12345) == "12,345"
    assert speak().people(["U1", "U2", "U3"], most=2) == "<@U1>, <@U2>, and 1 more"
    assert speak("zh").people(["U1", "U2"]) == "<@U1>、<@U2>"


def test_a_channel_reads_the_sites_time_and_a_person_their_own() -> None:
    picture = make()
    channel = Scene.of(Reader("en", SHANGHAI), picture, NOW)
    person = Scene.of(Reader("en", NEW_YORK, "U01LIN"), picture, NOW)
    assert channel.arrival == "Thu 10 Dec, 10:00"
    assert person.time(AT) == "21:00 (10:00 Shanghai time)"
