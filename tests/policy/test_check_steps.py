"""`usher policy check` says which steps never come, and which always go on to others."""

import pytest

from models.policy.check import findings, unheld
from tests.policy.make import BASE, policy_of

STEP = """
[[step]]
key = "mine"
to = ["host"]
text = "Words"
"""


@pytest.mark.parametrize(
    ("lines", "words"),
    [
        ('at = "left +1d"\nwhen = ["document_missing"]\ndocument = "paper"', "never said: a visit"),
        ('at = "left +1d"\nwhen = ["landed", "not_landed"]', "never said: landed and not_landed"),
        ('at = "outcome +1d"\nwhen = ["not_landed"]', "never said: it counts from the outcome"),
        ('at = "outcome +1d"\nwhen = ["landed"]', ""),
        ('at = "left +3d"\nwhen = ["not_landed"]', ""),
        ('at = "meeting -10m"\nuntil = "meeting -20m"', "never said: until 'meeting -20m'"),
        ('at = "meeting -10m"\nuntil = "meeting"', ""),
        (
            'at = "arrival -12h"\nuntil = "arrival"\nwhen = ["items_open"]\n'
            'escalate = { after = "+12h", to = ["chairman"] }',
            "never goes on to others: until 'arrival' comes first",
        ),
        (
            'at = "arrival -12h"\nuntil = "arrival"\nwhen = ["items_open"]\n'
            'escalate = { after = "+2h", to = ["chairman"] }',
            "",
        ),
        (
            'at = "left +3d"\nwhen = ["not_landed"]\nescalate = { after = "-1d", to = ["it"] }',
            "never goes on to others: '-1d'",
        ),
        (
            'at = "left +3d 09:00"\nwhen = ["not_landed"]\n'
            'escalate = { after = "+0d 18:00", to = ["it"] }',
            "",
        ),
        (
            'at = "left +3d"\nescalate = { after = "+1d", to = ["it"] }',
            "always goes on to others: the step has no condition",
        ),
    ],
)
def test_what_is_worth_saying_of_a_step(lines: str, words: str) -> None:
    document = '\n[[document]]\nkey = "paper"\nname = "Paper"\nowner = "host"\ndue = "left +1d"\n'
    found = [str(each) for each in findings(policy_of(f"{BASE}{document}{STEP}{lines}\n"))]
    assert len(found) == bool(words)
    assert all(words in each and "[[step]] mine" in each for each in found)


def test_quiet_hours_that_are_none() -> None:
    policy = policy_of(f'{BASE}\n[quiet_hours]\nfrom = "22:00"\nuntil = "22:00"\n')
    assert ["is no time at all" in str(each) for each in findings(policy)] == [True]


def test_a_role_that_only_an_escalation_asks_for() -> None:
    more = 'at = "left +3d"\nwhen = ["not_landed"]\n'
    more += 'escalate = { after = "+1d", to = ["chairman", "account_owner"] }\n'
    found = [str(each) for each in unheld(policy_of(BASE + STEP + more), {})]
    assert any("[[step]] mine escalate: nobody holds the role chairman" in each for each in found)
