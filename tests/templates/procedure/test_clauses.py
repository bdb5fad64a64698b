"""`/visit why` quotes the company's own procedure; file and line are for admins."""

import pytest

from models.base.permissions import Verb
from models.policy import Policy, load_policy, shipped_policies
from templates.procedure.views import why_view
from templates.procedure.why import EVERYTHING, why_found, why_reply
from tests.policy.make import BASE, policy_of
from tests.templates.procedure.test_why import visit_of
from tests.templates.scenes import NOW, reader
from tests.templates.slack.test_limits import check, check_view
from tests.templates.test_messages import words

ADMIN = frozenset(Verb)
LEADER = ADMIN - {Verb.SET_ROLES}
HOSTILE = "<!channel> *x* `y`"


@pytest.mark.parametrize(
    ("locale", "quoted"),
    [
        ("en", "“P13, R6.1: cars are asked for at least 2 days ahead, with exact place and time.”"),
        ("zh", "“P13、R6.1：至少提前 2 天申请用车，写明准确地点和时间。”"),
    ],
)
def test_a_leader_reads_the_paragraph_an_admin_also_the_line(locale: str, quoted: str) -> None:
    picture = visit_of(load_policy("standard"), "b")
    theirs = words(why_found(reader(locale), picture, NOW, LEADER, "car").blocks)
    ours = words(why_found(reader(locale), picture, NOW, ADMIN, "car").blocks)
    assert quoted in theirs
    assert quoted in ours
    assert "[[task]] car" in ours
    assert "standard.toml" in ours
    for machine in ("[[", "`", ".toml"):
        assert machine not in theirs


@pytest.mark.parametrize("locale", ["en", "zh"])
@pytest.mark.parametrize("name", shipped_policies())
def test_leaders_see_no_file_anywhere(name: str, locale: str) -> None:
    picture = visit_of(load_policy(name))
    short = why_reply(reader(locale), picture, NOW, LEADER)
    whole = why_view(reader(locale), picture, EVERYTHING, NOW, LEADER)
    check(short)
    check_view(whole)
    for said in (words(short.blocks), words(whole["blocks"])):
        assert "↳" in said
        for machine in ("[[", "[lead_time]", ".toml"):
            assert machine not in said, said


def quoting(words_: str) -> Policy:
    """The level with a paragraph that all its caps stand under."""
    text = BASE.replace('key = "high"\n', f'key = "high"\nclause = "{words_}"\n')
    return policy_of(text)


def test_a_paragraph_is_quoted_once_in_each_part() -> None:
    picture = visit_of(quoting("4.2 Caps of the high level"), "high")
    said = words(why_found(reader(), picture, NOW, LEADER, "caps").blocks)
    assert said.count("4.2 Caps of the high level") == 1
    assert said.count("•") > 1


def test_a_paragraph_is_quoted_as_it_is_written() -> None:
    picture = visit_of(quoting(HOSTILE), "high")
    reply = why_found(reader(), picture, NOW, LEADER, "caps")
    check(reply)
    assert not [b for b in reply.blocks if "<!channel>" in str(b) and "mrkdwn" in str(b)]


def test_a_rule_is_still_found_by_its_own_name() -> None:
    picture = visit_of(load_policy("standard"), "b")
    said = words(why_found(reader(), picture, NOW, LEADER, "lead_time").blocks)
    assert "3 working days" in said
    assert "start 3 to 5 working days ahead" in said
