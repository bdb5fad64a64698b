"""People's words stay words: they cannot ping, link, format or turn anything around them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.records.people import Reader
from templates.slack.blocks import Button, Card
from templates.wording.language import Language
from templates.wording.text import Text, clip, guard, joined, mention
from tests.templates.scenes import NAMES

HOSTILE = '<!channel> *Acme* & "Söhne" 公司'
LABEL = Text("Open")


def test_a_name_that_would_ping_and_format() -> None:
    text = guard(HOSTILE)
    assert text.plain() == HOSTILE
    assert text.fallback() == '&lt;!channel&gt; *Acme* &amp; "Söhne" 公司'
    assert text.needs_rich
    card = Card()
    card.text(Text(f"Visit of *{text}* for <@U1>"))
    (block,) = card.done()
    elements = block["elements"][0]["elements"]
    assert elements[1] == {"type": "text", "text": HOSTILE, "style": {"bold": True}}
    assert elements[-1] == {"type": "user", "user_id": "U1"}


def test_an_ordinary_name_stays_mrkdwn_with_bold_label() -> None:
    card = Card()
    card.facts([(Text("Customer"), guard('Smith & Sons "Ltd"')), (Text("Level"), None)])
    (block,) = card.done()
    assert block["fields"] == [
        {"type": "mrkdwn", "text": '*Customer*\nSmith &amp; Sons "Ltd"', "verbatim": True}
    ]


def test_a_fact_that_would_format_becomes_plain() -> None:
    card = Card()
    card.facts([(Text("Customer"), guard(HOSTILE))])
    (block,) = card.done()
    assert block["fields"] == [
        {"type": "plain_text", "text": f"Customer\n{HOSTILE}", "emoji": False}
    ]


@pytest.mark.parametrize("words", ["a_b", "> quoted", "`x`", "~gone~", ":boom:", "*", "x*y"])
def test_what_could_format(words: str) -> None:
    assert guard(words).could_format
    assert guard(words).plain() == words


@pytest.mark.parametrize("words", ["10:30", "A&B", "<tag", "Smith, Jones", "50% off", "公司：一"])
def test_what_cannot_format(words: str) -> None:
    assert not guard(words).could_format


def test_our_own_bold_beside_chinese_needs_rich_text() -> None:
    assert Text("*紧急*：提前").needs_rich
    assert not Text("*Urgent*: soon").needs_rich
    assert not Text("✅ *已同意* · 经理").needs_rich


def test_hidden_characters_do_nothing() -> None:
    assert guard("a\u202eb\u2066c\x00d\U000f0041e").plain() == "abc d\ufffde"
    assert guard("two\nlines\r\n and  more").plain() == "two lines and more"
    assert guard("two\nlines ", keep_lines=True).plain() == "two\nlines"
    rtl = guard("שלום").plain()
    assert rtl == "\u2068שלום\u2069"


def test_a_mention_is_only_ever_of_a_user_id() -> None:
    assert mention("U123") == "<@U123>"
    assert "<" not in mention("U1> <!channel")


def test_cuts_do_not_split() -> None:
    family = "👩‍👩‍👧‍👦"
    assert clip(family * 3, 12).startswith(family)
    assert clip(family * 3, 12).endswith("…")
    assert clip(family * 3, 12).count("👩") == 2
    long = Text("*" + "a" * 50 + " <@U123456>*")
    assert long.mrkdwn(40).endswith("…*")
    assert Text("x" * 30 + "<@U123456>").mrkdwn(38) == "x" * 30 + "…"


def test_joined_leaves_out_what_says_nothing() -> None:
    assert joined(", ", [Text("a"), None, Text(""), Text("b")]) == "a, b"


def test_a_button_beside_text_that_would_format_stands_below() -> None:
    card = Card()
    card.text(guard("*x*"), Button("open", LABEL, "1"))
    assert [block["type"] for block in card.done()] == ["rich_text", "actions"]


@given(st.text(max_size=400))
def test_any_words_come_out_inert_and_whole(words: str) -> None:
    text = guard(words, 10_000)
    shown = text.mrkdwn(100_000)
    assert "<" not in shown
    assert ">" not in shown
    if not text.could_format:
        assert not set("*_~`") & set(shown)
    assert guard(text.plain(100_000), 10_000) == text


@given(st.text(max_size=300), st.integers(min_value=10, max_value=80))
def test_no_cut_is_ever_too_long(words: str, limit: int) -> None:
    text = Text(f"*{guard(words)}* <@U12>")
    assert len(text.mrkdwn(limit)) <= limit
    assert len(text.plain(limit)) <= limit
    assert len(text.fallback(limit)) <= limit


def test_a_name_in_code_keeps_its_underscore() -> None:
    text = Text("设置`USHER_CHANNEL`的*频道*")
    assert text.plain() == text.fallback() == "设置USHER_CHANNEL的频道"
    assert [(piece.words, piece.is_code) for piece in text.pieces()] == [
        ("设置", False),
        ("USHER_CHANNEL", True),
        ("的", False),
        ("频道", False),
    ]


def test_names_of_the_scenes_are_as_nasty_as_they_should_be() -> None:
    assert len(NAMES["long"]) == 200
    assert "\u202e" in NAMES["rtl"]


def test_trusted_words_do_not_lend_their_form_to_others() -> None:
    """A text is kept for the next who is told the same; equal words are not always the same."""
    language = Language(Reader("en", "UTC", None))
    facts = {"customer": Text("Acme"), "number": Text("V-1"), "when": Text("today")}
    ours = language.say("notices", "cancelled_push", **(facts | {"customer": Text("*Acme*")}))
    theirs = language.say("notices", "cancelled_push", **(facts | {"customer": "*Acme*"}))
    assert not ours.could_format
    assert theirs.could_format
    assert ours.plain() != theirs.plain() == "Cancelled: visit of *Acme*, today (V-1)"
