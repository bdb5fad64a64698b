"""Keys of a policy whose difference is in what people read."""

from typing import Any

import pytest

from models.base.words import InvitationState, Phase, Role, VisitStatus
from models.policy.conditions import Only
from models.reading.picture import VisitPicture
from models.records.escorts import Invitation
from templates.messages import render
from templates.reading.attending import grade_line
from templates.reading.rules import conditions_of
from templates.slack.message import Message
from templates.slack.scene import Scene
from templates.wording import terms
from tests.models.visits import REQUESTED, STANDARD, make_picture, make_step, make_tasks, make_visit
from tests.policy.make import BASE, changed, policy_of
from tests.templates.scenes import NOW, reader
from tests.templates.test_messages import words

RULES = """
[[approver]]
key = "large"
amount_above = 5000
add = ["general_manager"]
{approver}

[[exception]]
key = "any"
written_by = "host"
approvers = ["general_manager"]
{exception}
"""


def picture(text: str, reason: str = "level:high", **more: Any) -> VisitPicture:
    visit = make_visit(
        status=VisitStatus.REQUESTED, approved_at=None, level="high", lead_guest_title="CEO"
    )
    return make_picture(visit, policy_of(text), approvals=[make_step(reason=reason)], **more)


def card(found: VisitPicture, kind: str = "approval", part: str = "step", of: int = 3) -> str:
    shown = render(kind, found, {part: of}, reader("en", "U01CHEN"), NOW, None)
    assert isinstance(shown, Message)
    return words(shown.blocks)


@pytest.mark.parametrize(
    ("old", "new", "before", "after"),
    [
        ("stars_from = 3\n", "", "3 to 4 stars", "4 stars at most"),
        ("price_from = 300\n", "", "300 to CN", "up to CN¥600 a room"),
        (
            'borne_by = "company"',
            'borne_by = "guest_part"\nguest_pays_a_day = 120',
            "the company pays",
            "the guests pay CN¥120 a day",
        ),
        (
            'borne_by = "company"',
            'borne_by = "guest_part"\nguest_pays_a_day = 130',
            "the company pays",
            "the guests pay CN¥130 a day",
        ),
        ('name = "High"', 'name = "Very high"', "*Level High*", "*Level Very high*"),
        (
            'name = "Vice president"',
            'name = "Deputy head"',
            "highest guest from Vice president",
            "highest guest from Deputy head",
        ),
    ],
)
def test_the_approvers_card_says_what_the_level_says(
    old: str, new: str, before: str, after: str
) -> None:
    assert before in card(picture(BASE))
    assert after in card(picture(changed(old, new)))


@pytest.mark.parametrize(
    ("key", "reason", "plain"),
    [
        ("approver", "rule:large", "above CN¥5,000"),
        ("exception", "exception:any", "exception to the procedure"),
    ],
)
def test_a_rule_says_why_in_the_companys_own_words(key: str, reason: str, plain: str) -> None:
    nothing = {"approver": "", "exception": ""}
    without = picture(BASE + RULES.format(**nothing), reason)
    own = RULES.format(**nothing | {key: 'why = "As the board decided"'})
    assert plain in card(without)
    assert "because of: As the board decided" in card(picture(BASE + own, reason))


def test_the_invitation_names_where_the_guests_are_greeted() -> None:
    asked = Invitation(
        id=1,
        visit_id=7,
        user_id="U01CHEN",
        rank="vice_president",
        asked_by="U01LIN",
        asked_at=REQUESTED,
        state=InvitationState.ASKED,
        turn=3,
    )

    def shown(keys: str) -> str:
        text = changed("tier = 2\n", f"tier = 2\nescorts = {{ ranks = ['manager']{keys} }}\n")
        found = picture(text, invitations=[asked])
        return card(found, "invitation", "invitation", 1)

    assert "Greeting at" not in shown("")
    assert "lobby" in shown(', greet_at = "lobby"')


def test_a_kind_of_customer_is_named_as_the_company_names_it() -> None:
    rule = Only(customers=["dealer"])
    language = Scene.of(reader("en"), make_picture(), NOW).language
    for text, name in ((BASE, "Dealer"), (changed('name = "Dealer"', 'name = "Trader"'), "Trader")):
        assert name in conditions_of(language, policy_of(text), rule)


def test_a_step_of_the_file_says_its_own_words() -> None:
    for text, said in (
        (BASE, "Be on the spot"),
        (changed('en = "Be on', 'en = "Stand on'), "Stand on"),
    ):
        found = render(
            "reminder",
            make_picture(policy=policy_of(text)),
            {"step": "host_early"},
            reader("en", "U01LIN"),
            NOW,
            None,
        )
        assert isinstance(found, Message)
        assert said in words(found.blocks)


def test_an_item_has_the_title_of_the_file() -> None:
    task = make_tasks(policy_of(BASE), Phase.PREPARATION)[0]
    for text, title in ((BASE, "Room"), (changed('title = "Room"', 'title = "Hall"'), "Hall")):
        scene = Scene.of(reader("en"), make_picture(policy=policy_of(text), tasks=[task]), NOW)
        assert title in terms.task_of(scene.language, scene.picture, task)


def test_a_raised_grade_names_who_may_raise_it() -> None:
    there = Invitation(
        id=1,
        visit_id=7,
        user_id="U01PARK",
        rank="vice_president",
        asked_by="U01LIN",
        asked_at=REQUESTED,
        state=InvitationState.ACCEPTED,
        answered_at=NOW,
        turn=3,
    )
    visit = make_visit(lead_guest_title="Purchasing director", level="b")

    def said(role: Role | None) -> str:
        protocol = STANDARD.protocol.model_copy(update={"raised_by": role})
        policy = STANDARD.model_copy(update={"protocol": protocol})
        found = make_picture(visit, policy, invitations=[there])
        return str(grade_line(Scene.of(reader("en"), found, NOW)))

    assert "chairman" in said("chairman").lower()
    assert "chairman" not in said(None).lower()
