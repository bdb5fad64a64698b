"""What the company's procedure says of a visit, on the cards and in answers."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from models.base.permissions import Verb
from models.base.words import VisitStatus
from models.policy import load_policy
from models.policy.conditions import Qualifies
from models.reading.picture import VisitPicture
from templates.messages import render
from templates.procedure.why import why_reply
from templates.reading import rules
from templates.request.replies import submitted_words
from templates.slack.message import Message
from templates.slack.scene import Scene
from tests.models.visits import make_picture, make_step, make_visit
from tests.templates.scenes import NOW, make, reader
from tests.templates.test_messages import words


def requested(policy: str = "standard", reason: str = "level:b", **facts: Any) -> VisitPicture:
    """A visit of a purchasing director at level B that waits for its first approver."""
    known = {"lead_guest_title": "Purchasing director", "level": "b", **facts}
    visit = make_visit(status=VisitStatus.REQUESTED, approved_at=None, **known)
    step = make_step(reason=reason)
    return make_picture(visit, load_policy(policy), approvals=[step])


def card(picture: VisitPicture, locale: str = "en") -> str:
    shown = render("approval", picture, {"step": 3}, reader(locale, "U01CHEN"), NOW, None)
    assert isinstance(shown, Message)
    return words(shown.blocks)


def test_the_card_says_why_the_leader_is_asked() -> None:
    assert "You are asked because of: level B (managers)" in card(requested())
    several = requested("key_account", "level:key rule:large_budget exception:any", level="key")
    said = card(several)
    assert "Large budget, an exception to the procedure" in said
    assert "预算较大" in card(several, "zh")
    attended = card(requested(reason="attending:approval"))
    assert attended.count("a leader of higher rank takes part") == 1
    assert "Protocol grade" not in attended  # nothing is known, and no approver can change that
    assert "You are asked" not in card(requested(reason=""))


def test_the_card_shows_the_rule_of_the_level_or_that_it_was_overruled() -> None:
    fits = "*Level B (managers)*, as the procedure proposes: highest guest from Department manager"
    assert fits in card(requested())
    higher = card(requested(level="a"))
    assert "was chosen*; the procedure proposes B (managers)" in higher
    assert "制度建议：B 级（经理）" in card(requested(level="a"), "zh")
    unknown = card(requested(lead_guest_title="Visitor"))
    assert "the procedure proposes" not in unknown


def test_the_card_shows_what_the_level_allows_in_few_lines() -> None:
    said = card(requested())
    assert "Meals for 4 people: lunch CN¥320, dinner CN¥480" in said
    assert "the company pays the room only, 3 to 4 stars, up to CN¥500 a room" in said
    assert "Gifts up to CN¥600" in said
    assert "午餐 ¥320" in card(requested(), "zh")
    star = card(requested("star_levels", level="five_star"))
    assert "Actual cost is paid." in star


@pytest.mark.parametrize(("budget", "is_beyond"), [(None, False), (2200, False), (2201, True)])
def test_a_budget_above_all_caps_together_is_named(budget: int | None, is_beyond: bool) -> None:
    # One day, four guests: 4 x (80 + 120) for meals, 4 x 200 leisure, 4 x 150 gifts.
    amount = None if budget is None else Decimal(budget)
    said = card(requested(budget=amount))
    assert ("*Beyond the procedure*: a budget of" in said) is is_beyond
    if is_beyond:
        assert "the level allows CN¥2,200 in all" in said


def test_a_late_request_is_named_with_the_rule_of_its_own_kind() -> None:
    late = requested(
        "company_flow", level="level_1", is_urgent=True, notice_from=NOW - timedelta(hours=6)
    )
    assert "asked for 1 day ahead, the procedure wants 2" in card(late)


def test_whoever_chose_another_level_is_told_so() -> None:
    said = words(submitted_words(reader(), requested(level="a"), NOW).done())
    assert "The procedure proposes level B (managers)" in said
    assert "You chose A" in said
    assert "proposes" not in words(submitted_words(reader(), requested(), NOW).done())
    explained = requested(level="a", level_reason="Their director comes along")
    assert "proposes" not in words(submitted_words(reader(), explained, NOW).done())


def test_every_condition_has_words_in_both_languages() -> None:
    facts: dict[str, Any] = {
        "customers": ["key_account"],
        "purposes": ["site_audit"],
        "rank_from": "manager",
        "rank_to": "manager",
        "party_from": 2,
        "party_to": 9,
        "capital_from": "USD 2000000",
        "capital_below": "USD 9000000",
    }
    flags = ("overseas", "new_customer", "important", "same_day", "pickup", "own_car")
    for wanted in (True, False):
        rule = Qualifies.model_validate(facts | dict.fromkeys(flags, wanted))
        for locale in ("en", "zh"):
            scene = Scene.of(reader(locale), requested(), NOW)
            said = rules.conditions(scene, rule)
            assert len(said.split(scene.language.comma)) == 7 + len(flags)
            assert "2,000,000" in said


def test_why_names_table_key_and_line_of_every_rule() -> None:
    picture = make(VisitStatus.APPROVED)
    everything = why_reply(reader(), picture, NOW, frozenset(Verb))
    said = words(everything.blocks)
    for rule in (
        "[[level]] b approvers",
        "[escalation] to",
        "[[step]] check_day",
        "[[step]] check_half_day",
        "[[level]] b meals lunch",
        "[[level]] b lodging",
        "[[level]] b gift",
        "[lead_time] working_days",
        "[[task]] hotel",
    ):
        assert rule in said
    assert "standard.toml" in said
    assert "/standard.toml" not in said
    assert said.count("by default") == 1  # the etiquette cards: the file names none
    chinese = words(why_reply(reader("zh"), picture, NOW, frozenset(Verb)).blocks)
    assert "审批人" in chinese
    assert "[[step]] check_day" in chinese


def test_why_shows_caps_to_those_alone_who_see_the_budget() -> None:  # R10.1
    said = words(why_reply(reader(), make(), NOW, frozenset({Verb.SEE})).blocks)
    assert "Approvers" in said
    assert "Caps" not in said
    assert "meals lunch" not in said


def test_why_of_an_overruled_level_says_so() -> None:
    said = words(why_reply(reader(), requested(level="a"), NOW, frozenset(Verb)).blocks)
    assert "[[level]] b qualifies 1" in said
    assert "*Level A" in said
