"""What people ask for in their own words, in both languages, and what is no request."""

import pytest

from handlers.commands import WORDS
from handlers.talk.words import OPEN_THINGS, asked, number_in

ASKED = [
    ("help", "help"),
    ("Help!", "Help"),
    ("What can you do?", "help"),
    ("帮助", "帮助"),
    ("你能做什么？", "help"),
    ("/visit list mine", "list mine"),
    ("visit show Acme", "show Acme"),
    ("new visit Acme tomorrow 3pm", "new Acme tomorrow 3pm"),
    ("New visit", "new"),
    ("Please request a visit for Acme on 12 Dec 10:00", "new Acme on 12 Dec 10:00"),
    ("I would like to book a new visit of Söhne & Co Friday", "new Söhne & Co Friday"),
    ("Hi Usher, can you create a new visit for Acme please", "new Acme"),
    ("新建来访 华为 明天下午3点", "new 华为 明天下午3点"),
    ("申请接待：Acme 下周五 10:00", "new Acme 下周五 10:00"),
    ("帮我新建一个接待 Acme", "new Acme"),
    ("我要申请来访", "new"),
    ("新来访 Acme 明天", "new Acme 明天"),
    ("我的接待", "list mine"),
    ("我的来访有哪些？", "list mine"),
    ("my visits", "list mine"),
    ("Show me my open visits", "list mine"),
    ("today's visits", "list today"),
    ("今天的接待", "list today"),
    ("Who comes today?", "list today"),
    ("visits this week", "list week"),
    ("本周接待", "list week"),
    ("list all visits", "list"),
    ("接待列表", "list"),
    ("列表", "列表"),
    ("list", "list"),
    ("my open things", OPEN_THINGS),
    ("What is waiting for me?", OPEN_THINGS),
    ("我的待办", OPEN_THINGS),
    ("show V-2026-0001", "show V-2026-0001"),
    ("why v-2026-0001", "why v-2026-0001"),
    ("费用 V-2026-0001", "费用 V-2026-0001"),
    ("why #V-2026-0001.", "why #V-2026-0001"),
    ("依据 “Ｖ－２０２６－０００１”", "依据 “Ｖ－２０２６－０００１”"),
    ("setup", "setup"),
]


@pytest.mark.parametrize(("said", "command"), ASKED, ids=[said for said, _ in ASKED])
def test_what_is_asked_for(said: str, command: str) -> None:
    assert asked(said, WORDS) == command


@pytest.mark.parametrize(
    "said",
    [
        "",
        "Lunch?",
        "3 guests",
        "Why did they cancel",
        "cost was 300 for the taxi",
        "Dr. Smith wants a *second* offer",
        "please note that they come by train",
        "New contact at Acme is Ann",
        "客人对接待很满意",
        "来访客人迟到了",
        "They would like to help us with the new visit of their chairman",
        "help " * 100,
    ],
)
def test_what_is_no_request_stays_words(said: str) -> None:
    assert asked(said, WORDS) is None


@pytest.mark.parametrize(
    ("said", "number"),
    [
        ("V-2026-0001", "V-2026-0001"),
        ("the guests of v-2026-0012 are late", "v-2026-0012"),
        ("关于V－2026－0001的客人", "V－2026－0001"),
        ("关于Ｖ－２０２６－０００１的客人", "Ｖ－２０２６－０００１"),
        ("what about #V–2026–0003?", "V–2026–0003"),
        ("V-20 and more", None),
    ],
)
def test_the_visit_named_in_a_sentence(said: str, number: str | None) -> None:
    assert number_in(said) == number
