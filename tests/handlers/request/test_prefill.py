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
        # Halves of the day, in words and in figures, with full-width signs.
        ("Acme 明天下午 2:30", "Acme", "2026-12-05 14:30"),
        ("Acme tomorrow 2:30 p.m.", "Acme", "2026-12-05 14:30"),
        ("Acme tomorrow 2 p. m.", "Acme", "2026-12-05 14:00"),
        ("Acme tomorrow 12 a.m.", "Acme", "2026-12-05 00:00"),
        ("蓝海科技 明天晚8：00", "蓝海科技", "2026-12-05 20:00"),
        ("蓝海科技 后天傍晚6点", "蓝海科技", "2026-12-06 18:00"),
        ("蓝海科技 明天晚上12点", "蓝海科技", "2026-12-06 00:00"),
        ("蓝海科技 12月31日半夜12点", "蓝海科技", "2027-01-01 00:00"),
        ("蓝海科技 明天中午12点", "蓝海科技", "2026-12-05 12:00"),
        ("蓝海科技 明天中午1点", "蓝海科技", "2026-12-05 13:00"),
        ("蓝海科技 明天凌晨12点", "蓝海科技", "2026-12-05 00:00"),
        ("蓝海科技明天下午三点", "蓝海科技", "2026-12-05 15:00"),
        ("蓝海科技明天下午三点一刻", "蓝海科技", "2026-12-05 15:15"),
        ("蓝海科技明天上午十点二十分", "蓝海科技", "2026-12-05 10:20"),
        ("蓝海科技 明早八点半", "蓝海科技", "2026-12-05 08:30"),
        ("蓝海科技 明晚7点整", "蓝海科技", "2026-12-05 19:00"),
        ("明天下午三点 蓝海科技", "蓝海科技", "2026-12-05 15:00"),
        ("Acme １２月１２日 １０：００", "Acme", "2026-12-12 10:00"),
        ("Acme tomorrow 10:00.", "Acme", "2026-12-05 10:00"),
        ("Acme Inc. 明天10点。", "Acme Inc.", "2026-12-05 10:00"),
        # Weeks to come.
        ("蓝海科技 下个星期五", "蓝海科技", "2026-12-11 09:00"),
        ("蓝海科技 下下周五 10:00", "蓝海科技", "2026-12-18 10:00"),
        ("蓝海科技 下个礼拜天", "蓝海科技", "2026-12-13 09:00"),
        ("蓝海科技下周五", "蓝海科技", "2026-12-11 09:00"),
        ("蓝海科技 本周六 10点", "蓝海科技", "2026-12-05 10:00"),
        ("Acme this Saturday", "Acme", "2026-12-05 09:00"),
        ("Acme Fri 10am", "Acme", "2026-12-11 10:00"),
        ("Acme Fri. 4pm", "Acme", "2026-12-04 16:00"),
        ("Fri 10am Acme", "Acme", "2026-12-11 10:00"),
        ("Acme on Sun", "Acme", "2026-12-06 09:00"),
        ("Acme Thurs", "Acme", "2026-12-10 09:00"),
        ("Acme Fri 11 Dec 10:00", "Acme", "2026-12-11 10:00"),
        ("Acme the day after tomorrow 10:00", "Acme", "2026-12-06 10:00"),
        # Month and day, either way round, where only one way is a day.
        ("Acme 12/15 10:00", "Acme", "2026-12-15 10:00"),
        ("Acme 15/12 10:00", "Acme", "2026-12-15 10:00"),
        ("Acme 12/15", "Acme", "2026-12-15 09:00"),
        ("Acme 12／15 10:00", "Acme", "2026-12-15 10:00"),
        ("Acme 12/15/2027 10:00", "Acme", "2027-12-15 10:00"),
        ("蓝海科技 十二月十五日上午十点", "蓝海科技", "2026-12-15 10:00"),
        ("Acme 15.12 10:00", "Acme", "2026-12-15 10:00"),
        ("上海机场集团 15号 10点", "上海机场集团", "2026-12-15 10:00"),
        ("上海机场集团 3号 10点", "上海机场集团", "2027-01-03 10:00"),
        ("Acme 2026年12月15日（周二）下午3点", "Acme", "2026-12-15 15:00"),
        ("Acme 10:00-12:00 tomorrow", "Acme", "2026-12-05 10:00"),
        # What is not sure stays empty.
        ("Acme 明晚", "Acme", None),
        ("Acme Friday afternoon", "Acme", None),
        ("Acme tomorrow at 3", "Acme", None),
        ("Acme 5/6 10:00", "Acme", None),
        ("蓝海科技 明天下午", "蓝海科技", None),
        ("蓝海科技 明天3点", "蓝海科技", None),
        ("Acme tomorrow afternoon", "Acme", None),
        ("Acme Monday 8 Dec 10:00", "Acme", None),
        ("Acme 8 Dec 10:00 9 Dec 16:00", "Acme", None),
        ("蓝海科技 周一或周二", "蓝海科技 周一或周二", None),
        ("蓝海科技 上周五", "蓝海科技 上周五", None),
        ("蓝海科技 本周一", "蓝海科技", None),
        # Names in which days stand.
        ("Ruby Tuesday", "Ruby Tuesday", None),
        ("Ruby Tuesday tomorrow 10am", "Ruby Tuesday", "2026-12-05 10:00"),
        ("Ruby Tuesday Tuesday", "Ruby Tuesday", "2026-12-08 09:00"),
        ("Black Friday 12 Dec 10:00", "Black Friday", "2026-12-12 10:00"),
        ("Rising Sun", "Rising Sun", None),
        ("Tomorrow Group", "Tomorrow Group", None),
        ("24/7 Media", "24/7 Media", None),
        ("今天国际", "今天国际", None),
        ("今天国际 明天 10:00", "今天国际", "2026-12-05 10:00"),
        ("周六福珠宝", "周六福珠宝", None),
        ("周六福珠宝 周六 10点", "周六福珠宝", "2026-12-05 10:00"),
        ("星期五餐厅 后天", "星期五餐厅", "2026-12-06 09:00"),
        ("美好明天", "美好明天", None),
        # Quotation marks of other kinds.
        ("＂Studio 12 Dec＂ 13 Dec", "Studio 12 Dec", "2026-12-13 09:00"),
        ("„Studio 12 Dec“ 13 Dec", "Studio 12 Dec", "2026-12-13 09:00"),
        ("‘今天国际’明天", "今天国际", "2026-12-05 09:00"),
        ("《明天》 后天", "明天", "2026-12-06 09:00"),
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


@pytest.mark.parametrize(
    ("words", "customer", "arrival"),
    [
        ("Acme Monday", "Acme Monday", None),
        ("acme monday", "acme monday", None),
        ("Acme Monday tomorrow 10:00", "Acme Monday", "2026-12-05 10:00"),
        ("Acme Monday, Friday 10:00", "Acme Monday", "2026-12-11 10:00"),
        ("Acme Monday Ltd", "Acme Monday Ltd", None),  # another one
        ("Acme Tuesday", "Acme", "2026-12-08 09:00"),
    ],
)
def test_a_known_customers_name_wins(words: str, customer: str, arrival: str | None) -> None:
    values = prefill.read(words, NOW, SHANGHAI, lambda name: name.lower() == "acme monday")
    assert values["customer"] == customer
    said = values.get("arrival")
    assert (f"{said:%Y-%m-%d %H:%M}" if isinstance(said, datetime) else None) == arrival


@pytest.mark.parametrize(
    ("words", "other"),
    [
        ("Acme Monday", "Acme Monday"),
        ("Acme  Monday", "Acme Monday"),
        ("Acme monday", None),
        ("Acme Mon", None),
        ("Acme on Monday", None),
        ("Acme Monday 10:00", None),
        ("“Acme” Monday", None),
        ("Monday", None),
    ],
)
def test_a_day_that_may_be_a_part_of_the_name_is_shown_both_ways(
    words: str, other: str | None
) -> None:
    assert prefill.read(words, NOW, SHANGHAI).get("customer_else") == other
