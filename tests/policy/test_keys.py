"""No dead keys: of each key of a policy it is known where it acts and which test shows it, or
what it waits for."""

import pytest

from models.policy import PolicyError, restore_policy
from models.policy.diff import diff
from models.policy.removed import REMOVED
from models.policy.report import check_lines
from models.policy.waiting import IN_WORDS, WAITING, Wing, waiting
from tests.docs.policy_page import keys, tables
from tests.policy.make import BASE, policy_of
from tests.policy.register import Entry, asked, faults, register

ACTS = Entry("models/policy/leadtime.py", "tests/policy/test_keys.py::test_no_key_is_dead")


def test_no_key_is_dead() -> None:
    found = list(faults(asked(), register(), WAITING))
    assert not found, "\n".join(["", *found])


@pytest.mark.parametrize(
    ("entries", "waits", "said"),
    [
        ({}, {}, 'working_days = ["<file of the product that reads it>", "tests/<file>.py::test_'),
        ({"LeadTime.workdays": ACTS}, {}, "LeadTime.workdays stands in tests/policy/keys.toml and"),
        ({}, {"LeadTime.workdays": Wing.PLAN}, "models/policy/waiting.py and is no key"),
        ({"LeadTime.working_days": ACTS}, {"LeadTime.working_days": Wing.PLAN}, "take it out of"),
        ({"LeadTime.working_days": Entry("models/no.py", ACTS.test)}, {}, "is no file of the"),
        ({"LeadTime.working_days": Entry("tests/policy/make.py", ACTS.test)}, {}, "is no file of"),
        (
            {"LeadTime.working_days": Entry("models/policy/quiet.py", ACTS.test)},
            {},
            "nothing in models/policy/quiet.py reads `.working_days`",
        ),
        (
            # where the table only validates it
            {"LeadTime.working_days": Entry("models/policy/approval_tables.py", ACTS.test)},
            {},
            "nothing in models/policy/approval_tables.py reads",
        ),
        ({"LeadTime.working_days": Entry(ACTS.acts, "tests/no.py::test_a")}, {}, "no file tests/"),
        (
            {"LeadTime.working_days": Entry(ACTS.acts, "tests/policy/make.py::test_a")},
            {},
            "there is no test 'test_a'",
        ),
    ],
)
def test_a_wrong_answer_is_told(
    entries: dict[str, Entry], waits: dict[str, Wing], said: str
) -> None:
    names = {"LeadTime.working_days": "working_days"}
    assert list(faults(names, {"LeadTime.working_days": ACTS}, {})) == []
    assert said in "\n".join(faults(names, entries, waits))


def test_what_waits_is_said_in_short() -> None:
    more = """
[conduct]
tea_every = 60
it_within = 5

[[hotel]]
key = "garden"
name = "Garden"
stars = 4

[[measure]]
key = "satisfaction"
name = "Satisfaction"
unit = "points"
"""
    policy = policy_of(BASE + more)
    assert waiting(policy)[Wing.PLAN] == ["conduct.tea_every", "hotel"]
    lines = check_lines(policy)
    assert "Not acted on yet: conduct.tea_every, hotel (comes with the plan of a visit)." in lines
    assert "Not acted on yet: measure.unit (comes with measures)." in lines
    assert not any("not acted" in line.lower() for line in check_lines(policy_of(BASE)))


def test_every_wing_has_its_words() -> None:
    assert list(IN_WORDS) == list(Wing)


FORMER = {
    "Policy.about": BASE.replace('name = "mine"', 'name = "mine"\nabout = "All visits"', 1),
    "Approval.together": f'{BASE}\n[approval]\ntogether = ["request", "budget"]\n',
    "Level.sets_standard": BASE.replace(
        "tier = 1", 'tier = 1\nsets_standard = "department_manager"', 1
    ),
    "Conduct.driver_told": f"{BASE}\n[conduct]\ndriver_told = 10\n",
    "Step.owner": f"""{BASE}
[[step]]
key = "leaves"
at = "departure -1h"
to = ["host"]
text = "The guests leave in an hour."
owner = "host"
""",
}


@pytest.mark.parametrize("name", REMOVED)
def test_a_key_that_is_no_longer_one_is_refused_and_passed_over_where_visits_keep_it(
    name: str,
) -> None:
    text, key = FORMER[name], name.partition(".")[2]
    with pytest.raises(PolicyError) as caught:
        policy_of(text)
    assert f"{key}: no longer a key: {REMOVED[name]}" in str(caught.value)
    kept = restore_policy(text, "mine.toml")
    head, _, tail = text.rpartition(f"\n{key} = ")
    plain = policy_of(f"{head}\n{tail.partition(chr(10))[2]}")
    assert kept.whole == text
    assert diff(kept, plain) == []


def test_several_removed_keys_in_one_kept_text_and_nothing_else_is_passed_over() -> None:
    text = FORMER["Step.owner"] + '\n[approval]\ntogether = ["request"]\n'
    assert restore_policy(text, "mine.toml").step("leaves") is not None
    with pytest.raises(PolicyError, match="toghether: unknown key"):
        restore_policy(text.replace("together", "toghether"), "mine.toml")
    with pytest.raises(PolicyError, match="no_key: unknown key"):
        restore_policy(text.replace("tier = 1", "tier = 1\nno_key = 1", 1), "mine.toml")


def test_removed_keys_are_gone() -> None:
    there = {f"{table.__name__}.{key}" for table in tables() for key, _ in keys(table)}
    assert not there & REMOVED.keys()
