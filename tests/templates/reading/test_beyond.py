"""Points beyond the procedure and the reasons given, on the card, in details and in answers."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from models.base.permissions import Verb
from models.base.words import VisitStatus
from models.policy import load_policy, shipped_policies
from models.reading.picture import VisitPicture
from templates.procedure.why import why_reply
from templates.reading.rules import overspend
from templates.request.details import details_view
from templates.request.replies import submitted_words
from templates.slack.scene import Scene
from tests.templates.reading.test_rules import card, requested
from tests.templates.scenes import NAMES, NOW, make, reader
from tests.templates.test_messages import words

ALL = frozenset(Verb)


@pytest.mark.parametrize(
    ("level", "host", "said", "zh"),
    [
        ("a", "U01CHEN", "Department manager*; Vice president or above", "副总经理及以上"),
        ("b", "U01PARK", "General manager*; Vice president, Director, Dep", "副总经理、总监、部门"),
        ("b", "U01CHEN", None, ""),
    ],
)
def test_an_escort_of_the_wrong_rank_is_named(
    level: str, host: str, said: str | None, zh: str
) -> None:
    picture = requested(level=level, host_id=host)
    shown = card(picture)
    assert ("*Beyond the procedure*" in shown) is (said is not None)
    if said is not None:
        rank, wanted = said.split("*; ")
        assert f"{rank} leads for us; the level wants {wanted}" in shown
        assert zh in card(picture, "zh")


def test_what_is_wanted_in_writing_is_named() -> None:  # P14
    picture = requested("overseas", level="a", host_id="U01WANG", notes=None)
    picture = replace(picture, holders=picture.holders | {"chairman": ["U01WANG"]})
    assert "must be in writing, and the request has no notes" in card(picture)
    assert "须书面说明" in card(picture, "zh")


@pytest.mark.parametrize("reason", [None, "The *signing* dinner <!here>"])
def test_a_budget_above_the_caps_with_and_without_an_exception(reason: str | None) -> None:
    picture = requested(budget=Decimal(2750), exception_reason=reason, notes="x")
    shown, chinese = card(picture), card(picture, "zh")
    assert "All together: CN¥2,200; planned: CN¥2,750" in shown
    unasked = "No exception was asked for; what is spent above is shared: department 50%"
    assert (unasked in shown) is (reason is None)
    assert ("未申请特批，超出部分分担如下" in chinese) is (reason is None)
    assert (unasked in words(submitted_words(reader(), picture, NOW).done())) is (reason is None)
    details = words(details_view(reader(), picture, NOW, ALL)["blocks"])
    others = words(details_view(reader(), picture, NOW, frozenset({Verb.SEE}))["blocks"])
    if reason is not None:
        assert reason in shown
        assert reason in chinese
        assert reason in details
        assert reason not in others  # R10.1


def test_the_reason_for_another_level_is_read_by_all_who_decide_or_ask() -> None:
    reason = "Their *chairman* joins <!here>"
    picture = requested(level="a", level_reason=reason)
    assert reason in card(picture)
    assert reason in words(details_view(reader(), picture, NOW, ALL)["blocks"])
    assert reason in words(why_reply(reader(), picture, NOW, ALL).blocks)
    assert "所述理由" in words(why_reply(reader("zh"), picture, NOW, ALL).blocks)


@pytest.mark.parametrize("name", shipped_policies())
def test_who_bears_overspend_is_said_for_every_policy(name: str) -> None:
    policy = load_policy(name)
    for locale in ("en", "zh"):
        said = overspend(Scene.of(reader(locale), requested(), NOW).language, policy)
        assert said
        shares = policy.overspend.shares if policy.overspend else {}
        for part in shares.values():
            assert not part or part == 100 or str(part) in said


@pytest.mark.parametrize("written", NAMES.values())
@pytest.mark.parametrize("locale", ["en", "zh"])
def test_words_of_any_kind_are_shown_within_the_limits(written: str, locale: str) -> None:
    picture: VisitPicture = make(VisitStatus.REQUESTED, written)
    facts: dict[str, Any] = {
        "level": "c",
        "level_reason": (written * 20)[:1000],
        "exception_reason": (written * 20)[:1000],
        "budget": Decimal(10) ** 9,
        "meeting_at": picture.visit.arrival,
        "meeting_place": written[:300],
        "second_host_id": "U01MEI",
        "customer_kind": "key_account",
        "is_overseas": True,
        "is_important": True,
    }
    for name, value in facts.items():
        setattr(picture.visit, name, value)
    assert len(card(picture, locale)) < 13_000
    assert words(details_view(reader(locale), picture, NOW, ALL)["blocks"])
    assert words(why_reply(reader(locale), picture, NOW, ALL).blocks)
