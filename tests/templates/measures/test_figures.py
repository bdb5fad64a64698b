"""The figures of a month as people read them, in both languages."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from models.measures.figures import Figure, Figures
from models.policy.company_tables import Measure
from templates.messages import render
from tests.models.visits import STANDARD
from tests.templates.scenes import NOW, reader
from tests.templates.test_messages import buttons

MEASURES = {measure.key: measure for measure in STANDARD.measures}
NOVEMBER = date(2026, 11, 1)


def figure(key: str, value: str | None, part: int, of: int, *, is_open: bool = False) -> Figure:
    return Figure(MEASURES[key], Decimal(value) if value else None, part, of, is_open)


def said(found: Figures | None, locale: str = "en") -> tuple[str, list[str]]:
    """The notification, and the lines of the message."""
    message = render("monthly_figures", None, {"figures": found}, reader(locale), NOW)
    assert message is not None
    assert not message.is_live
    assert buttons(message) == []
    return message.text, "\n".join(map(shown, message.blocks)).split("\n")


def shown(block: dict[str, Any]) -> str:
    """What a paragraph says, bold words between asterisks (in Chinese they are rich text)."""
    if block["type"] == "section":
        return str(block["text"]["text"])
    pieces = (piece for section in block["elements"] for piece in section["elements"])
    return "".join(f"*{piece['text']}*" if "style" in piece else piece["text"] for piece in pieces)


WHOLE = Figures(
    NOVEMBER,
    4,
    (
        figure("satisfaction", "91.5", 2, 4),
        figure("conversion", "50.0", 2, 4, is_open=True),
        figure("lead_time_kept", "75.0", 3, 4),
        figure("prepared_on_time", "97.2", 35, 36),
    ),
)


def test_the_month_in_five_lines() -> None:
    assert said(WHOLE) == (
        "November 2026 in figures: 4 visits held",
        [
            "📊 *November 2026 in figures*",
            "• *Visits held*: 4",
            "• *Satisfaction*: 91.5 of 100 (feedback on 2 of 4), excellent",
            "• *Conversion: signed or intent*: 50% (2 of 4) so far",
            "• *Lead time kept*: 75% (3 of 4)",
            "• *Preparation on time*: 97.2% (35 of 36)",
        ],
    )


def test_the_month_in_chinese() -> None:
    assert said(WHOLE, "zh") == (
        "2026年11月接待数据：共 4 次来访",
        [
            "📊 *2026年11月接待数据*",
            "• *来访次数*：4",
            "• *客户满意度*：91.5 分，满分 100（4 次来访中 2 次有反馈），优秀",
            "• *转化率（签约或意向）*：目前 50%（2/4）",
            "• *提前申请率*：75%（3/4）",
            "• *准备及时率*：97.2%（35/36）",
        ],
    )


@pytest.mark.parametrize(("locale", "words"), [("en", "no feedback yet"), ("zh", "暂无反馈")])
def test_without_feedback_it_says_so_and_with_nothing_to_prepare_it_says_nothing(
    locale: str, words: str
) -> None:
    found = Figures(
        NOVEMBER,
        1,
        (figure("satisfaction", None, 0, 1), figure("prepared_on_time", None, 0, 0)),
    )
    push, lines = said(found, locale)
    assert len(lines) == 3
    assert lines[-1].endswith(words)
    assert push.endswith({"en": "1 visit held", "zh": "共 1 次来访"}[locale])


def test_about_a_month_without_a_visit_there_is_nothing_to_say() -> None:
    assert render("monthly_figures", None, {"figures": None}, reader(), NOW) is None


def test_the_company_s_own_name_of_a_measure_stays_words() -> None:
    name = {"en": "*Happy* <!channel>", "zh": "满意"}
    measure = Measure.model_validate({"key": "satisfaction", "name": name, "unit": "points"})
    found = Figures(NOVEMBER, 1, (Figure(measure, Decimal(80), 1, 1),))
    message = render("monthly_figures", None, {"figures": found}, reader(), NOW)
    assert message is not None
    lines = message.blocks[1]
    assert lines["type"] == "rich_text", "which shows words as they are"
    assert shown(lines).endswith("• **Happy* <!channel>*: 80 of 100 (feedback on 1 of 1)")
