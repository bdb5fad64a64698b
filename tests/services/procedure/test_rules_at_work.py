"""The rules of the policy in force, as the verbs follow them."""

from dataclasses import replace
from typing import Any

import pytest

from models.policy import Policy, load_policy
from tests.services.conftest import SITE, Office


def under(office: Office, policy: Policy) -> Office:
    """The same office, living by another procedure."""
    office.site = replace(SITE, policy=policy)
    return office


@pytest.mark.parametrize(
    ("level", "items"),
    [("three_star", set()), ("four_star", {"car", "hotel"})],
)
def test_items_are_laid_out_for_whom_the_file_wants_them(
    office: Office, level: str, items: set[str]
) -> None:  # P09
    visit_id = under(office, load_policy("star_levels")).approved(level=level)

    keys = {task.key for task in office.look(visit_id).preparation}

    assert keys & {"car", "hotel"} == items
    assert "meals" in keys


def test_a_step_comes_to_whom_the_file_wants_it(office: Office) -> None:
    policy = load_policy("standard")
    steps: list[dict[str, Any]] = [
        {"key": name, "at": "arrival -2h", "to": ["host"], "text": name, "only": only}
        for name, only in (("few", {"party_to": 4}), ("many", {"party_from": 5}))
    ]
    under(office, _with_steps(policy, steps))

    for size, wanted in ((4, "few"), (5, "many")):
        visit_id = office.approved(party_size=size)
        said = [r.args["step"] for r in office.rows("reminder") if r.visit_id == visit_id]
        assert [name for name in said if name in {"few", "many"}] == [wanted]


def _with_steps(policy: Policy, steps: list[dict[str, Any]]) -> Policy:
    more = [type(policy.steps[0]).model_validate(step) for step in steps]
    return policy.model_copy(update={"steps": [*policy.steps, *more]})
