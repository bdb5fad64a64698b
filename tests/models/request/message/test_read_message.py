"""What single sentences state, what they leave open, and what is no fact at all."""

from datetime import datetime
from typing import Any

import pytest

from models.customers.guests import parse_guests
from models.request.message.first import first_values
from models.request.message.read import LONGEST, read_message
from models.request.message.said import Found
from tests.models.request.message.score import NOW, ZONE


def read(text: str) -> Found:
    return read_message(text, NOW, ZONE)


def value(found: Found, name: str) -> Any:
    """A field as it is compared: moments of the site's clock, cut to the minute."""
    if name == "party_size":
        return found.party_size.value if found.party_size else None
    said = found.texts.get(name) or found.moments.get(name)
    if said is None or said.value is None:
        return None
    if isinstance(said.value, datetime):
        return said.value.astimezone(NOW.tzinfo).strftime("%Y-%m-%d %H:%M")
    return said.value


@pytest.mark.parametrize(
    ("text", "arrival"),
    [
        ("We arrive on 12/15 at 9am.", "2026-12-15 09:00"),
        ("We arrive on Friday 12/11 at 9am.", "2026-12-11 09:00"),
        ("ETA Mon 7/12 06:45, back Wed 9/12.", "2026-12-07 06:45"),
        ("We land on 14 Dec at 10:00 CET.", "2026-12-14 17:00"),
        ("We land on 14 Dec at 10:00 GMT+9.", "2026-12-14 09:00"),
        ("She lands in Tokyo on 14 Dec at 10:00 with NH968.", "2026-12-14 09:00"),
        ("LH728 departs Munich 13 Dec 22:10 and arrives 14 Dec 16:05.", "2026-12-14 16:05"),
        ("Landing Sunday 13 Dec 23:55. I fly out Monday night at 23:10.", "2026-12-13 23:55"),
        ("The visit moves from 9 Dec to 10 Dec, we arrive at 14:00.", "2026-12-10 14:00"),
        ("原定12月8日的拜访要改到12月9日下午3点", "2026-12-09 15:00"),
        ("下周一到周三来访，周一下午两点半到", "2026-12-07 14:30"),
        ("下下周五上午十点到", "2026-12-18 10:00"),
        ("12月9日北京时间14:00到达", "2026-12-09 14:00"),
        ("12月22日（周二）下午拜访贵司，两点到四点", "2026-12-22 14:00"),
        (
            "We sign on 18 Dec at 15:00. They arrive the day before, on 17 Dec at 20:10.",
            "2026-12-17 20:10",
        ),
        ("The contract was signed on Friday. They come on January 12 at 9:00.", "2027-01-12 09:00"),
        (
            "Mr. Park lands at 10:45 on Tue 15 Dec. Dinner 18:30. Visit Wed 16 Dec 9:00.",
            "2026-12-15 10:45",
        ),
        ("We come on 10 and 11 December, arrival Thursday 08:30.", "2026-12-10 08:30"),
        ("December 15th is fine, 10 o'clock.", "2026-12-15 10:00"),
    ],
)
def test_the_arrival(text: str, arrival: str) -> None:
    assert value(read(text), "arrival") == arrival


@pytest.mark.parametrize(
    "text",
    [
        "We arrive on 12/11.",
        "Shall we come next Friday at 10?",
        "We arrive on Tuesday 16 December at 10:00.",
        "We could come on 8 or 10 December.",
        "We arrive on 14 Dec at 10:00 CST.",
        "12月8日或12月10日都可以过去",
        "明天三点到",
    ],
)
def test_what_is_unclear_has_candidates_and_no_value(text: str) -> None:
    arrival = read(text).moments["arrival"]
    assert arrival.value is None
    assert len(arrival.candidates) > 1


@pytest.mark.parametrize(
    "text",
    [
        "Please cancel the visit on 8 December.",
        "Please reply by 5 December.",
        "Thank you for the visit on 24 November.",
        "Our office is closed on 24 December.",
        "The container arrives on 9 December.",
        "We may come in the week of 11 January.",
        "请在12月3日前回复",
        "我司定于12月15日至17日参加上海工业展",
        "今天下午三点的来访取消",
        "订单12月20日交货",
    ],
)
def test_what_is_no_arrival(text: str) -> None:
    assert value(read(text), "arrival") is None


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("We land with LH 728.", "LH728"),
        ("Flight: QF129, arrival 20 Jan 18:35; QF130, departure 22 Jan 20:30.", "QF129"),
        ("坐高铁G1372过来", "G1372"),
        ("去程MU586，返程MU583", "MU586"),
        ("landing at 10 AM 15 Dec, order PO 1234, batch LH 728", None),
        ("请留车位，车牌沪B66666", None),
        ("The G20 meets; we land at T2.", None),
        ("Flights LH728 and CA1234 bring us.", None),
    ],
)
def test_the_flight_or_train(text: str, number: str | None) -> None:
    assert value(read(text), "travel_number") == number


@pytest.mark.parametrize(
    ("text", "phone"),
    [
        ("电话 136-0000-2222", "+8613600002222"),
        ("T +1 415 555 2671, Fax +1 415 555 2672", "+14155552671"),
        ("Office +852 2345 6789, Mobile: +852 9123 4567", "+85291234567"),
        ("My number is (212) 736-5000", None),
        ("Order 4500123456 of 2026-12-08", None),
        ("Call +1 415 555 2671 or +1 415 555 2672", None),
    ],
)
def test_the_phone(text: str, phone: str | None) -> None:
    assert value(read(text), "contact_phone") == phone


@pytest.mark.parametrize(
    ("text", "customer"),
    [
        ("Company: Voith Turbo. Date: 2026-12-07.", "Voith Turbo"),
        ("I am the Purchase Head of Tata Fasteners Pvt Ltd, Pune.", "Tata Fasteners Pvt Ltd"),
        ("今天下午三点德国贺利氏公司来访", "德国贺利氏公司"),
        ("比亚迪的采购总监唐军过来", "比亚迪"),
        ("现调整至12月11日下午1:30与博世公司的技术交流", "博世公司"),
        ("17日全天在厂里做审核，抵达贵公司", None),
        ("Acme Ltd and Bosch GmbH come.", None),
    ],
)
def test_the_customer(text: str, customer: str | None) -> None:
    assert value(read(text), "customer") == customer


@pytest.mark.parametrize(
    ("text", "size"),
    [
        ("We are three.", 3),
        ("Only me.", 1),
        ("It will be me and two colleagues.", 3),
        ("一行5人", 5),
        ("我们三个人过去", 3),
        ("俞总带3个人来", None),
        ("徐总和2位工程师", None),
        ("费用5人民币", None),
        ("3 people arrive at ten, 2 people later", None),
    ],
)
def test_the_party(text: str, size: int | None) -> None:
    assert value(read(text), "party_size") == size


@pytest.mark.parametrize(
    ("text", "lead"),
    [
        ("Dear Mr. Lin, we will come.", None),
        ("Our buyer Jane Doe (Purchasing Manager) will join by phone.", None),
        ("Two visitors, Mr. Suzuki and Mr. Honda, will come.", None),
        ("收到，谢谢林经理", None),
        ("我是山东重工的采购经理刘强，想来拜访", "刘强"),
        ("王处长带队，张工、李工陪同", "王处长"),
    ],
)
def test_who_leads(text: str, lead: str | None) -> None:
    assert value(read(text), "lead_guest") == lead


def test_a_phone_of_one_of_us_in_a_quoted_mail_is_not_the_guests() -> None:
    found = read(
        "Yes, fine.\n\nOn Mon, 30 Nov 2026 at 10:12, Lin <l@x.com> wrote:\n> +86 138 1234 5678"
    )
    assert "contact_phone" not in found.texts


def test_first_values_hold_what_is_certain_and_guests_that_are_read_back() -> None:
    found = read("来访人员：陈志明 总经理、林美玲 经理。12/11到，或12/12到。电话13812345678")
    first = first_values(found)
    assert first["lead_guest"] == "陈志明"
    assert first["contact_phone"] == "+86 138 1234 5678"
    assert [guest.name for guest in parse_guests(first["guests"])] == ["林美玲"]
    assert "arrival" not in first


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   \n\t",
        "👍🎉",
        "\u200b\u3164",
        "<@U1> & *_~`",
        ">" * 500,
        "?" * LONGEST,
        "12:99 99/99 +0",
    ],
)
def test_nothing_is_found_in_nothing(text: str) -> None:
    assert read(text).is_empty


@pytest.mark.parametrize(
    "piece",
    ["A", " ", "王", "Ab ", "12 ", ". ", "+1 ", "(张", "@a.", "经理", "12月5日", "Mr. ", "\n", "1"],
)
def test_any_length_is_read(piece: str) -> None:
    assert isinstance(read(piece * LONGEST), Found)
