"""`/visit why` as people use it: short, then one part, then one item; by the kept version."""

from pathlib import Path

import pytest

from models.policy import load_policy
from models.policy.load import SHIPPED
from services.procedure.apply import change_policy
from services.reading.desk import Desk
from tests.scenarios.company import ON_SQLITE, Company

pytestmark = ON_SQLITE


async def test_first_short_then_all_of_one_part_then_one_item(company: Company) -> None:
    number = await company.approved(company.sam)
    asked = await company.ana.command(f"/visit why {number}", channel="visits")
    assert "[[level]] b approvers" in (asked.text or "")
    assert (asked.text or "").count("•") < 30
    await company.ana.click("Every rule")
    modal = await company.ana.modal()
    words = modal.text()
    assert modal.title == "Why"
    for rule in ("[[task]] hotel", "[[step]] feedback_request", "[[step]] check_day"):
        assert rule in words
    await modal.close()
    one = await company.ana.command(f"/visit why {number} hotel", channel="visits")
    assert "[[task]] hotel" in (one.text or "")
    assert "[[level]] b approvers" not in (one.text or "")
    none = await company.sam.command(f"/visit why {number} weather", channel="visits")
    assert "Nothing of this visit is called “weather”" in (none.text or "")


async def test_a_leader_reads_the_companys_own_paragraphs(company: Company) -> None:
    number = await company.approved(company.sam)
    asked = await company.chen.command(f"/visit why {number} hotel", channel="visits")
    assert "“P13, R5.1: the hotel is booked ahead, by the standard of the level.”" in (
        asked.text or ""
    )
    await company.chen.command(f"/visit why {number}", channel="visits")
    await company.chen.click("Every rule")
    modal = await company.chen.modal()
    assert "P13: the host is at the agreed place 10 minutes early" in modal.text()
    for machine in ("[[", "standard.toml", ", line "):
        assert machine not in modal.text() + (asked.text or "")


@pytest.mark.parametrize("policy_name", ["standard"])
async def test_a_change_of_policy_is_told_in_the_thread(company: Company, tmp_path: Path) -> None:
    number = await company.request(company.sam)
    file = tmp_path / "mine.toml"
    text = (SHIPPED / "standard.toml").read_text(encoding="utf-8")
    old = 'approvers = ["department_manager", "vice_president"]'
    assert old in text
    new = text.replace(old, 'approvers = ["department_manager", "general_manager"]')
    file.write_text(new, encoding="utf-8")
    await company.chen.click("Approve")
    await company.settle()

    with company.bot.database.session() as session:
        desk = Desk(session, company.clock.now(), company.bot.site, None, "command")
        found = change_policy(desk, 1, load_policy(str(file)))
    assert found is not None
    assert found.asked_again
    await company.settle()

    assert "it is asked for anew" in company.history()
    assert "Approve" not in company.zhao.dms()[-1].buttons
    await company.helen.click("Approve")
    await company.settle()
    assert "Approved" in company.card().text
    why = await company.ana.command(f"/visit why {number} approvers", channel="visits")
    assert "[[level]] b approvers" in (why.text or "")
    assert "mine.toml" in (why.text or "")
