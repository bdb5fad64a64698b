"""Etiquette cards as messages and as a modal, within Slack's limits (P07)."""

import json

import pytest

from models.base.words import VisitStatus
from models.policy.etiquette import Card, load_cards
from templates.day.views import etiquette_view
from templates.messages import render
from templates.slack import ids
from tests.models.visits import make_picture, make_visit
from tests.templates.scenes import NOW, make, reader


@pytest.mark.parametrize(("locale", "words"), [("en", "Farewell"), ("zh", "送客")])
def test_the_message_has_the_titles_and_one_button(locale: str, words: str) -> None:
    message = render("etiquette", make_picture(), {}, reader(locale, "U01LIN"), NOW)
    assert message is not None
    assert words in message.text
    assert words in json.dumps(message.blocks, ensure_ascii=False)
    buttons = message.blocks[-1]["elements"]
    assert [(each["action_id"], each["value"]) for each in buttons] == [(ids.SHOW_ETIQUETTE, "7")]
    assert not message.is_live


@pytest.mark.parametrize("status", [VisitStatus.CANCELLED, VisitStatus.FOLLOW_UP])
def test_nothing_is_said_when_nobody_is_expected(status: VisitStatus) -> None:
    assert render("etiquette", make(status), {}, reader("en", "U01LIN"), NOW) is None


def test_nothing_is_said_to_whom_no_card_is_for() -> None:
    assert render("etiquette", make_picture(), {}, reader("en", "U01RUTH"), NOW) is None


@pytest.mark.parametrize("locale", ["en", "zh"])
def test_all_cards_at_once_fit_into_a_modal(locale: str) -> None:
    cards = load_cards()
    view = etiquette_view(reader(locale), make_picture(make_visit()), cards)
    shown = json.dumps(view, ensure_ascii=False)
    assert len(view["blocks"]) <= 100
    for card in cards:
        assert card.title.in_(locale) in shown
        assert all(line.in_(locale) in shown for line in card.lines)


def test_long_lines_are_spread_over_blocks() -> None:
    line = "<Stand & wait> " * 40
    card = Card.model_validate(
        {"key": "a", "title": "A", "to": ["host"], "lines": [line.strip()[:600]] * 12}
    )
    blocks = etiquette_view(reader("en"), make_picture(), [card] * 11)["blocks"]
    assert len(blocks) <= 100
    texts = [b["text"]["text"] for b in blocks if b["type"] == "section"]
    texts += [json.dumps(b["elements"]) for b in blocks if b["type"] == "rich_text"]
    first = [text for text in texts if "Stand" in text][:5]
    assert sum(text.count("•") + text.count("\\u2022") for text in first) >= 12
    assert all(len(b["text"]["text"]) <= 3000 for b in blocks if b["type"] == "section")
