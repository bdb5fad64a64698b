"""A timed step of the company's own says its text; every step of a policy can be said."""

import pytest

from models.policy import load_policy, shipped_policies
from templates.messages import KINDS, render
from tests.templates.scenes import NOW, make, reader


@pytest.mark.parametrize("name", shipped_policies())
def test_every_step_of_a_shipped_policy_can_be_said(name: str) -> None:
    assert {step.message for step in load_policy(name).steps} <= set(KINDS)


@pytest.mark.parametrize(("locale", "words"), [("en", "agreed place"), ("zh", "约定地点")])
def test_a_reminder_says_the_words_of_its_step(locale: str, words: str) -> None:
    message = render("reminder", make(), {"step": "host_early"}, reader(locale, "U01LIN"), NOW)
    assert message is not None
    assert words in message.blocks[0]["text"]["text"]
    assert "V-2026-0007" in message.text
    assert not message.is_live


def test_a_reminder_that_the_policy_no_longer_has_is_not_said() -> None:
    assert render("reminder", make(), {"step": "gone"}, reader(), NOW) is None
