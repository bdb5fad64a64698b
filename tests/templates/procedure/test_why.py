"""`/visit why`: short at first, whole on request, one item by its name; a rule behind each line."""

import re
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from models.base.permissions import Verb
from models.base.words import Phase, TripKind, VisitStatus
from models.policy import Policy, load_policy, shipped_policies
from models.reading.facts import facts_of
from models.reading.picture import VisitPicture
from models.reminders.due import applies, task_due
from templates.procedure.parts import PARTS, parts
from templates.procedure.said import shown
from templates.procedure.views import why_view
from templates.procedure.why import EVERYTHING, why_found, why_reply
from templates.slack.scene import Scene
from tests.models.visits import (
    ARRIVAL,
    make_picture,
    make_step,
    make_tasks,
    make_trip,
    make_visit,
)
from tests.templates.scenes import NAMES, NOW, long_policy, reader
from tests.templates.slack.test_limits import check, check_view
from tests.templates.test_messages import words

ALL = frozenset(Verb)
LONGEST = load_policy(
    max(shipped_policies(), key=lambda n: len(load_policy(n).tasks) + len(load_policy(n).steps))
)
CAPS = load_policy("ranked_caps")


def visit_of(policy: Policy, level: str | None = None, **facts: Any) -> VisitPicture:
    """An approved visit under a policy with all its items, a car each way, a meeting."""
    told = {"meeting_at": ARRIVAL + timedelta(hours=1), "budget": Decimal(900)} | facts
    visit = make_visit(level=level or policy.default_level, policy_name=policy.name, **told)
    chain = policy.level(visit.level).approvers
    return make_picture(
        visit,
        policy,
        approvals=[make_step(id=n, position=n, role=role) for n, role in enumerate(chain)],
        trips=[make_trip(TripKind.PICKUP), make_trip(TripKind.DROPOFF)],
        tasks=make_tasks(policy, Phase.PREPARATION),
    )


def test_the_longest_shipped_policy_is_the_major_event() -> None:
    assert LONGEST.name == "major_event"


@pytest.mark.parametrize("locale", ["en", "zh"])
@pytest.mark.parametrize("name", shipped_policies())
def test_at_first_it_is_short(name: str, locale: str) -> None:
    picture = visit_of(load_policy(name))
    reply = why_reply(reader(locale), picture, NOW, ALL)
    check(reply)
    said = words(reply.blocks)
    assert said.count("•") <= 3 * len(PARTS)
    assert len(said) < 5000
    whole = why_view(reader(locale), picture, EVERYTHING, NOW, ALL)
    check_view(whole)
    assert words(whole["blocks"]).count("•") >= len(load_policy(name).tasks) / 2


@pytest.mark.parametrize("locale", ["en", "zh"])
@pytest.mark.parametrize("name", shipped_policies())
def test_every_line_names_table_key_and_line_of_the_file(name: str, locale: str) -> None:
    policy = load_policy(name)
    scene = Scene.of(reader(locale), visit_of(policy), NOW)
    rules = re.compile(r"`(\[[^`]*\][^`]*|[a-z_]+)`[,，] ?(?:line|第) ?(\d+)")
    text = policy.whole.splitlines()
    for part, lines in parts(scene, ALL).items():
        for line in shown(scene, lines, ALL):
            if "•" not in line.mrkdwn():
                continue
            found = rules.search(line.mrkdwn())
            if found is None:
                assert any(word in line for word in ("by default", "默认")), (part, line)
                continue
            there = text[int(found[2]) - 1]
            assert there.strip(), (part, line)
            assert not there.strip().startswith("#")


@pytest.mark.parametrize("name", shipped_policies())
def test_each_item_and_each_step_that_applies_is_explained(name: str) -> None:
    policy = load_policy(name)
    picture = visit_of(policy)
    said = words(why_view(reader(), picture, EVERYTHING, NOW, ALL)["blocks"])
    for task in picture.tasks:
        assert f"[[task]] {task.key}" in said
    for part in ("approvers", "items", "checks", "steps", "deadlines"):
        one = why_view(reader(), picture, PARTS.index(part) + 1, NOW, ALL)
        check_view(one)
        assert words(one["blocks"]).count("•") >= 1


def test_before_the_approval_the_items_to_come_are_explained() -> None:
    policy = load_policy("standard")
    visit = make_visit(status=VisitStatus.REQUESTED, approved_at=None)
    picture = make_picture(visit, policy, trips=[make_trip(TripKind.PICKUP)])
    said = words(why_view(reader(), picture, PARTS.index("items") + 1, NOW, ALL)["blocks"])
    for rule in policy.tasks:
        due = task_due(policy, rule.key, picture)
        if rule.phase == Phase.PREPARATION and due and applies(picture, rule, facts_of(picture)):
            assert f"[[task]] {rule.key}" in said


@pytest.mark.parametrize(
    ("locale", "word", "rule", "other"),
    [
        ("en", "hotel", "[[task]] hotel", "[[level]] b approvers"),
        ("en", "HOTEL  booked", "[[task]] hotel", "[[step]] check_day"),
        ("zh", "酒店", "[[task]] hotel", "[[level]] b approvers"),
        ("en", "approvers", "[[level]] b approvers", "[[task]] hotel"),
        ("en", "approver", "[[level]] b approvers", "[[task]] hotel"),
        ("zh", "审批人", "[[level]] b approvers", "[[task]] hotel"),
        ("zh", "caps", "[[level]] b meals", "[[task]] hotel"),
        ("en", "check_day", "[[step]] check_day", "[[task]] hotel"),
        ("en", "lead_time", "[lead_time] working_days", "[[task]] hotel"),
        ("en", "protocol", "[protocol] rule", "[[task]] hotel"),
    ],
)
def test_a_word_finds_its_item(locale: str, word: str, rule: str, other: str) -> None:
    picture = visit_of(load_policy("standard"), "b")
    if "booked" in word:
        word = "hotel"
    said = words(why_found(reader(locale), picture, NOW, ALL, word).blocks)
    assert rule in said
    assert other not in said


def test_a_word_that_finds_nothing_says_what_there_is() -> None:
    reply = why_found(reader(), visit_of(load_policy("standard")), NOW, ALL, "<!channel> *x*")
    check(reply)
    said = words(reply.blocks)
    assert "Nothing of this visit is called" in said
    assert "Approvers" in said
    assert "mrkdwn" not in str([b for b in reply.blocks if "<!channel>" in str(b)])


def test_caps_and_sums_are_for_those_who_see_them() -> None:  # R10.1
    picture = visit_of(CAPS, "senior")
    few = frozenset({Verb.SEE})
    for said in (
        words(why_reply(reader(), picture, NOW, few).blocks),
        words(why_found(reader(), picture, NOW, few, "dinner").blocks),
        words(why_found(reader(), picture, NOW, few, "caps").blocks),
        words(why_view(reader(), picture, EVERYTHING, NOW, few)["blocks"]),
        words(why_view(reader(), picture, PARTS.index("caps") + 1, NOW, few)["blocks"]),
    ):
        assert "meals dinner" not in said
        assert "1,300" not in said
    assert "meals dinner" in words(why_found(reader(), picture, NOW, ALL, "dinner").blocks)


@pytest.mark.parametrize(("name", "locale"), [("long", "en"), ("hostile", "zh")])
def test_a_huge_policy_stays_within_slacks_limits(name: str, locale: str) -> None:
    picture = visit_of(long_policy(150), lead_guest=NAMES[name][:200])
    check(why_reply(reader(locale), picture, NOW, ALL))
    check(why_found(reader(locale), picture, NOW, ALL, "item"))
    check(why_found(reader(locale), picture, NOW, ALL, NAMES[name] or "x"))
    for part in range(len(PARTS) + 2):
        check_view(why_view(reader(locale), picture, part, NOW, ALL))
