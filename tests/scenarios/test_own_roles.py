"""The company's own roles: named everywhere as the procedure names them, given in Slack (D17)."""

from pathlib import Path

import pytest

from tests.policy.make import BASE
from tests.scenarios.company import ON_SQLITE, Company, dm

pytestmark = ON_SQLITE

OWN = """
[[role]]
key = "it"
name = { en = "Technical support", zh = "技术支持部" }

[[role]]
key = "general_affairs"
name = { en = "General affairs", zh = "总务部" }
kind = "department"
abilities = ["prepares"]

[[role]]
key = "sales_director"
name = { en = "Sales director", zh = "销售总监" }
leads = true
rank_of = "vice_president"
"""


@pytest.fixture
def own_policy(tmp_path: Path) -> str:
    """A procedure with roles of its own; the sales director approves, general affairs has an
    item."""
    text = 'without_roles = ["chairman"]\n' + BASE.replace(
        'approvers = ["department_manager"]', 'approvers = ["sales_director"]'
    ).replace('owner = "it"', 'owner = "general_affairs"')
    file = tmp_path / "own.toml"
    file.write_text(text + OWN, encoding="utf-8")
    return str(file)


@pytest.fixture
def policy_name(own_policy: str) -> str:
    return own_policy


async def test_setup_offers_exactly_the_roles_of_the_procedure(company: Company) -> None:
    await company.ana.command("/visit setup", channel="visits")
    form = await company.ana.modal()
    labels = form.labels()
    assert {"Technical support", "General affairs", "Sales director"} <= set(labels)
    assert "Chairman" not in labels
    assert "IT" not in labels
    assert labels[-1] == "General affairs"  # departments after the roles
    await form.fill_all({"General affairs": ["xu.li"], "Sales director": ["helen.park"]})
    result = await form.submit()
    assert result.view is not None
    assert "*Sales director*: @Helen Park" in result.view.text()


async def test_a_declared_leader_approves_and_a_declared_department_prepares(
    company: Company,
) -> None:
    company.give_roles({"sales_director": ["helen.park"], "general_affairs": ["xu.li"]})
    number = await company.request(company.sam)
    await company.helen.click("Approve")
    await company.settle()
    assert "Room" in dm(company.xu, "Room").text
    why = await company.xu.command(f"/visit why {number} approvers", channel="visits")
    assert "Sales director" in (why.text or "")
    # who prepares by an ability of the procedure may change the visit, IT may not even see it
    await company.xu.click("Details", message=company.card())
    assert "Edit" in (await company.xu.modal()).buttons
    refused = await company.dev.command(f"/visit show {number}", channel="visits")
    assert "There is no visit" in (refused.text or "")


async def test_a_role_that_nobody_holds_is_named_as_the_procedure_names_it(
    company: Company,
) -> None:
    await company.request(company.sam)
    assert "Sales director" in dm(company.ana, "Nobody holds").text


@pytest.mark.parametrize("policy_name", ["abc_levels"])
async def test_p02s_marketing_manager_is_called_so(company: Company) -> None:
    """B18: the cards of P02 name the marketing manager, in the history as well."""
    number = await company.request(company.sam)
    why = await company.sam.command(f"/visit why {number} approvers", channel="visits")
    assert "Marketing manager" in (why.text or "")
    assert "Department manager" not in (why.text or "")
    assert "Marketing manager" in company.card().text


@pytest.mark.parametrize("policy_name", ["express"])
async def test_the_host_names_the_specialist_of_one_visit(company: Company) -> None:
    """D16: by hand instead of in turn; the items go along, and only those."""
    company.give_roles({"reception_specialist": ["mei.fang", "ruth.adler"]})
    await company.request(company.sam)
    await company.chen.click("Approve")
    await company.settle()
    await company.sam.click("Details", message=company.card())
    details = await company.sam.modal()
    assert "Reception specialist" in details.text()
    await details.click("Fill roles")
    form = await company.sam.modal()
    await form.fill("Reception specialist", ["zhou.jie"])
    result = await form.submit()
    assert not result.errors
    await company.settle()
    assert "Reception specialist" in dm(company.zhou, "You are").text
    assert "Hotel" in dm(company.zhou, "Hotel").text
    assert "nothing is left for you here" in dm(company.mei, "nothing is left").text


async def test_who_is_deactivated_in_slack_is_passed_over_at_once(company: Company) -> None:
    company.give_roles(
        {"sales_director": ["helen.park"], "general_affairs": ["xu.li", "ruth.adler"]}
    )
    await company.request(company.sam)
    await company.helen.click("Approve")
    await company.settle()
    assert "Room" in dm(company.xu, "Room").text
    assert not any("Room" in message.text for message in company.ruth.dms())
    user = company.sandbox.workspace.users[company.xu.id]
    user.deleted = True
    changed = user.to_slack("T1", company.clock.now(), include_locale=True)
    event = {"type": "user_change", "user": changed}
    await company.dispatch({"type": "event_callback", "team_id": "T1", "event": event})
    await company.settle()
    assert "Room" in dm(company.ruth, "Room").text  # the next holder, without anybody doing it
