"""Items that are handed out once another one is done, and who is told that one is (P01, R8.6)."""

from dataclasses import replace

import pytest

from models.base.words import DeliveryState
from models.policy import PolicyError, load_policy, restore_policy
from models.policy.load import SHIPPED
from services.preparation import checklist
from tests.services.conftest import CHEN, DEV, LIN, MEI, PARK, ZHAO, Office

STANDARD = (SHIPPED / "standard.toml").read_text(encoding="utf-8")
FLAGS = """
[[task]]
key = "flag_plan"
title = "Plan of flags"
owner = "finance"
due = "request +1wd"

[[task]]
key = "flag"
title = "Flag"
owner = "it"
due = "arrival -1d 17:00"
after = "flag_plan"
copies = [
  { to = ["department_manager"] },
  { to = ["general_manager"], only = { levels = ["a"] } },
]
"""


def under(office: Office, more: str) -> None:
    office.site = replace(office.site, policy=restore_policy(STANDARD + more, "mine.toml"))


def finish(office: Office, visit_id: int, key: str, person: str) -> None:
    task = office.look(visit_id).task(key)
    assert task is not None
    office.do(person, checklist.finish_task, task.id)


def test_an_item_waits_for_another(office: Office) -> None:
    under(office, FLAGS)
    visit_id = office.approved()
    assert office.look(visit_id).task("flag_plan") is not None
    assert office.look(visit_id).task("flag") is None
    office.send()
    finish(office, visit_id, "flag_plan", MEI)
    flag = office.look(visit_id).task("flag")
    assert flag is not None
    assert flag.owner_id == DEV
    # by a card of its own: what is handed out later would be overlooked in the old one
    assert [who for _, who in office.waiting("tasks")] == [DEV]


def test_nothing_waits_for_an_item_that_is_not_wanted(office: Office) -> None:
    only = 'due = "request +1wd"\nonly = { party_from = 400 }'
    under(office, FLAGS.replace('due = "request +1wd"', only))
    view = office.look(office.approved())
    assert view.task("flag_plan") is None
    assert view.task("flag") is not None


@pytest.mark.parametrize(("level", "told"), [("a", {CHEN, PARK}), ("b", {CHEN})])
def test_who_is_told_that_an_item_is_done(office: Office, level: str, told: set[str]) -> None:
    under(office, FLAGS.replace('after = "flag_plan"\n', ""))
    visit_id = office.approved(level=level, level_reason="As agreed")
    assert office.waiting("item_done") == []
    finish(office, visit_id, "flag", LIN)
    assert {who for _, who in office.waiting("item_done")} == told


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (('after = "flag_plan"', 'after = "flag_plans"'), "is none of the tasks"),
        (('after = "flag_plan"', 'after = "flag"'), "waits for 'flag' itself"),
        (('after = "flag_plan"', 'after = "feedback"'), "is an item of another phase"),
        (('levels = ["a"]', 'levels = ["z"]'), "'z' is none of the levels"),
    ],
)
def test_what_cannot_be_waited_for_is_named(change: tuple[str, str], said: str) -> None:
    with pytest.raises(PolicyError, match=said):
        restore_policy(STANDARD + FLAGS.replace(*change), "mine.toml")


def test_two_that_wait_for_each_other_are_named() -> None:
    both = FLAGS.replace('due = "request +1wd"', 'due = "request +1wd"\nafter = "flag"')
    with pytest.raises(PolicyError, match="waits for 'flag_plan' itself"):
        restore_policy(STANDARD + both, "mine.toml")


def test_p01_prepares_once_the_lead_of_the_group_has_approved_the_plan(office: Office) -> None:
    """C06: the coordinator writes plan and budget, the vice president approves them, then all
    else is handed out, to the coordinator by a new card."""
    office.site = replace(office.site, policy=load_policy("key_account"))
    visit_id = office.approved(level="general")
    assert [task.key for task in office.look(visit_id).preparation] == ["plan"]
    office.send()
    finish(office, visit_id, "plan", MEI)
    assert {task.key for task in office.look(visit_id).preparation} == {"plan", "plan_approved"}
    assert [who for _, who in office.waiting("tasks")] == [ZHAO]
    office.send()
    finish(office, visit_id, "plan_approved", ZHAO)
    keys = {task.key for task in office.look(visit_id).preparation}
    assert {"car", "hotel", "meals", "briefing", "emergency_plan"} <= keys
    assert {MEI, DEV, LIN} <= {who for _, who in office.waiting("tasks")}
    assert ZHAO not in {who for _, who in office.waiting("tasks")}
    assert office.rows("tasks", DeliveryState.CANCELLED) == []
