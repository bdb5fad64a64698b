"""Each rule can quote the paragraph of the company's own written procedure."""

import re

import pytest

from models.policy import load_policy, shipped_policies
from models.policy.clauses import clause_of
from models.policy.source import source
from tests.policy.make import BASE, policy_of

MORE = """
[protocol]
clause = "3.1 Equal rank"

[overspend]
clause = { en = "9.4 Half and half", zh = "第 9.4 条 各半" }
shares = { department = 50, handler = 50 }

[[lead_time.rule]]
key = "chairman"
clause = "2.2 The chairman, two days"
attending_from = "general_manager"
days = 2

[[lead_time.rule]]
key = "dealers"
only = { customers = ["dealer"] }
days = 2

[[approver]]
key = "large"
clause = "4.1 Large sums"
amount_above = 5000
add = ["general_manager"]

[[exception]]
key = "any"
clause = "8.1 In writing"
written_by = "host"
approvers = ["vice_president"]

[[step]]
key = "called"
clause = "6.2 An hour before"
at = "arrival -60m"
message = "call_guest"
to = ["host"]
"""


def test_each_rule_quotes_its_own() -> None:
    text = BASE
    for table, key, words in (
        ("level", "low", "1.3 Buyers"),
        ("task", "room", "5.1 The room"),
    ):
        old = f'[[{table}]]\nkey = "{key}"\n'
        assert old in text, old
        text = text.replace(old, f'{old}clause = "{words}"\n')
    for table, words in (("lead_time", "2.1 Three days"), ("escalation", "4.9 Silence")):
        text = text.replace(f"[{table}]\n", f'[{table}]\nclause = "{words}"\n')
    policy = policy_of(text + MORE)
    for path, words in (
        ("level.low.approvers", "1.3 Buyers"),
        ("level.low", "1.3 Buyers"),
        ("exception.any.approvers", "8.1 In writing"),
        ("task.room", "5.1 The room"),
        ("step.called", "6.2 An hour before"),
        ("approver.large.add", "4.1 Large sums"),
        ("lead_time.working_days", "2.1 Three days"),
        ("lead_time.rule.chairman", "2.2 The chairman, two days"),
        ("lead_time.rule.dealers", "2.1 Three days"),  # without one of its own
        ("escalation.to", "4.9 Silence"),
        ("protocol.rule", "3.1 Equal rank"),
        ("overspend.shares", "9.4 Half and half"),
    ):
        found = clause_of(policy, source(policy, path))
        assert found is not None, path
        assert found.in_("en") == words, path
    shares = clause_of(policy, source(policy, "overspend.shares"))
    assert shares is not None
    assert shares.in_("zh") == "第 9.4 条 各半"
    for path in ("default_level", "level.high", "approval.attending", "quiet_hours"):
        assert clause_of(policy, source(policy, path)) is None, path


@pytest.mark.parametrize("name", shipped_policies())
def test_the_shipped_ones_name_number_and_gist_in_both_languages(name: str) -> None:
    policy = load_policy(name)
    known = [
        *(rule.clause for rule in policy.levels),
        *(rule.clause for rule in policy.exceptions),
        *(rule.clause for rule in policy.tasks),
        policy.lead_time.clause,
    ]
    assert None not in known
    for clause in [*known, *(step.clause for step in policy.steps)]:
        if clause is not None:
            assert re.match(r"P\d\d(, R\d+\.\d+)?: [A-Z0-9a-z]", clause.en), clause
            assert re.match(r"P\d\d(、R\d+\.\d+)?：", clause.zh or ""), clause
