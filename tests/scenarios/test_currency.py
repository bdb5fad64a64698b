"""The policy's own currency counts, wherever the company is: here dollars, in China (P15)."""

from pathlib import Path

import pytest

from models.policy.load import SHIPPED
from tests.scenarios.company import ON_SQLITE, REQUEST, Company

pytestmark = ON_SQLITE


@pytest.fixture
def languages() -> dict[str, str]:
    return {"helen.park": "zh-CN", "ruth.adler": "zh-CN"}


@pytest.fixture
def policy_name(tmp_path: Path) -> str:
    """The three ranks with caps in dollars."""
    text = (SHIPPED / "ranked_caps.toml").read_text(encoding="utf-8")
    assert 'currency = "CNY"' in text
    file = tmp_path / "dollars.toml"
    file.write_text(text.replace('currency = "CNY"', 'currency = "USD"'), encoding="utf-8")
    return str(file)


async def test_dollars_in_both_languages(company: Company) -> None:
    form = await company.form(company.sam)
    await form.fill_all(REQUEST)
    details = (await form.submit()).view
    assert details is not None
    assert "For the whole visit, in US Dollar" in str(details.view.blocks)
    await details.fill_all({"Budget": "9000", "Account owner": "ruth.adler"})
    number = await company.number(await details.submit())
    await company.settle()
    for leader, yes, budget in (
        (company.chen, "Approve", "$9,000"),
        (company.helen, "同意", "US$9,000"),
    ):
        assert budget in leader.last_dm().text
        await leader.click(yes)
        await company.settle()

    why = await company.sam.command(f"/visit why {number} caps", channel="visits")
    assert "$1,300" in (why.text or "")
    theirs = await company.helen.command(f"/visit why {number} caps", channel="visits")
    assert "US$1,300" in (theirs.text or "")
    told = (*company.chen.dms(), *company.helen.dms(), *company.sam.dms())
    everything = [why.text, theirs.text, company.card().text, company.history()]
    everything += [message.text for message in told]
    assert not [said for said in everything if "¥" in (said or "")]


async def test_what_is_asked_for_is_in_dollars_too(company: Company) -> None:
    number = await company.request(company.sam, **{"Account owner": "ruth.adler"})
    await company.chen.click("Approve")
    await company.settle()
    await company.helen.click("同意")
    await company.settle()

    await company.ruth.command(f"/visit exception {number}", channel="visits")
    form = await company.ruth.modal()
    what, amount, _, reason = form.labels()
    assert "美元" in str(form.view.blocks)
    dinner = next(option for option in form.field(what).options if "晚餐" in option)
    await form.fill_all({what: dinner, amount: "1300", reason: "董事长出席"})
    assert "US$1,300" in (await form.submit()).errors[amount]
    await form.close()

    await company.sam.command(f"/visit cost {number}", channel="visits")
    costs = await company.sam.modal()
    assert "The whole bill, in US Dollar" in str(costs.view.blocks)
    await costs.fill_all({"What": "Dinner", "Amount": "1350"})
    result = await costs.submit()
    assert result.view is not None, result.errors
    assert "$50 above the cap of $1,300" in result.view.text()
