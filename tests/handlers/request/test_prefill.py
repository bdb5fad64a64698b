"""What people type behind `/visit new`, and what the form then shows."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.request import prefill

SHANGHAI = "Asia/Shanghai"
# A Friday, a quarter past two in the afternoon in Shanghai.
NOW = datetime(2026, 12, 4, 14, 15, tzinfo=ZoneInfo(SHANGHAI))


@pytest.mark.parametrize(
    ("words", "customer", "arrival"),
    [
        ("", None, None),
        ("Acme", "Acme", None),
        ("Acme 12 Dec 10:00", "Acme", "2026-12-12 10:00"),
        ("Acme GmbH & Co. KG 12 Dec 10:00", "Acme GmbH & Co. KG", "2026-12-12 10:00"),
        ("12 Dec 10:00 Acme", "Acme", "2026-12-12 10:00"),
        ("Acme 12 December 2027", "Acme", "2027-12-12 09:00"),
        ("Acme Dec 12th, 10am", "Acme", "2026-12-12 10:00"),
        ("Acme on 12 Dec at 3pm", "Acme", "2026-12-12 15:00"),
        ("Acme 2026-12-12", "Acme", "2026-12-12 09:00"),
        ("Acme 2026/12/12 08:30", "Acme", "2026-12-12 08:30"),
        ("Acme 12.12.2026 8:30", "Acme", "2026-12-12 08:30"),
        ("Acme 12.12. 8:30", "Acme", "2026-12-12 08:30"),
        ("蓝海科技 12月12日 10:00", "蓝海科技", "2026-12-12 10:00"),
        ("蓝海科技12月12日下午3点半", "蓝海科技", "2026-12-12 15:30"),
        ("蓝海科技 2027年1月5日上午9点", "蓝海科技", "2027-01-05 09:00"),
        ("蓝海科技 明天 10:00", "蓝海科技", "2026-12-05 10:00"),
        ("蓝海科技明天10点", "蓝海科技", "2026-12-05 10:00"),
        ("蓝海科技 后天", "蓝海科技", "2026-12-06 09:00"),
        ("蓝海科技 下周五 14:00", "蓝海科技", "2026-12-11 14:00"),
        ("蓝海科技 周一", "蓝海科技", "2026-12-07 09:00"),
        ("Acme tomorrow", "Acme", "2026-12-05 09:00"),
        ("Acme tomorrow 10:00", "Acme", "2026-12-05 10:00"),
        ("Acme Monday", "Acme", "2026-12-07 09:00"),
        ("Acme monday 10:00", "Acme", "2026-12-07 10:00"),
        ("Acme next Friday", "Acme", "2026-12-11 09:00"),
        # The next one to come.
        ("Acme 3 Jan", "Acme", "2027-01-03 09:00"),
        ("Acme 3 Dec", "Acme", "2027-12-03 09:00"),
        ("Acme 29 Feb", "Acme", "2028-02-29 09:00"),
        ("Acme 4 Dec 10:00", "Acme", "2027-12-04 10:00"),
        ("Acme 4 Dec 16:00", "Acme", "2026-12-04 16:00"),
        ("Acme Friday 10:00", "Acme", "2026-12-11 10:00"),
        ("Acme Friday 16:00", "Acme", "2026-12-04 16:00"),
        ("Acme 16:00", "Acme", "2026-12-04 16:00"),
        ("Acme 10:00", "Acme", "2026-12-05 10:00"),
        ("Acme today", "Acme", "2026-12-04 15:00"),
        # What was said with a year is taken as it was said; the form says what is wrong with it.
        ("Acme 2020-12-12 10:00", "Acme", "2020-12-12 10:00"),
        # No day, no time: part of the name.
        ("Studio 54", "Studio 54", None),
        ("Acme 31 Feb", "Acme 31 Feb", None),
        ("Acme 2026-13-01", "Acme 2026-13-01", None),
        ("Acme 25:00", "Acme 25:00", None),
        ("3M", "3M", None),
        ("May & Baker", "May & Baker", None),
        ("Friday Systems", "Friday Systems", None),
        ("Sun Hydraulics", "Sun Hydraulics", None),
        ('"Studio 12 Dec" 13 Dec', "Studio 12 Dec", "2026-12-13 09:00"),
        ("“明天集团” 后天", "明天集团", "2026-12-06 09:00"),
        ('<!channel> *Acme* & "Söhne" 公司', '<!channel> *Acme* & "Söhne" 公司', None),
    ],
)
def test_words_behind_the_command(words: str, customer: str | None, arrival: str | None) -> None:
    values = prefill.read(words, NOW, SHANGHAI)

    assert values.get("customer") == customer
    moment = values.get("arrival")
    shown = moment.strftime("%Y-%m-%d %H:%M") if isinstance(moment, datetime) else None
    assert shown == arrival


def test_the_day_is_the_persons_own() -> None:
    late_in_london = datetime(2026, 12, 4, 23, 30, tzinfo=UTC)

    at_home = prefill.read("Acme tomorrow 10:00", late_in_london, "Europe/London")["arrival"]
    in_shanghai = prefill.read("Acme tomorrow 10:00", late_in_london, SHANGHAI)["arrival"]

    assert at_home == datetime(2026, 12, 5, 10, 0, tzinfo=UTC)
    assert in_shanghai == datetime(2026, 12, 6, 2, 0, tzinfo=UTC)


@given(st.text())
def test_no_words_are_too_strange(words: str) -> None:
    values = prefill.read(words, NOW, SHANGHAI)

    arrival = values.get("arrival")
    assert arrival is None or (isinstance(arrival, datetime) and arrival.tzinfo is not None)
