"""`usher policy apply` beside a bot at work: the visit follows, and the bot goes on with it."""

import asyncio
from pathlib import Path

from models.policy import load_policy
from models.policy.load import SHIPPED
from services.reading import looks
from tests.bot.commands import usher
from tests.scenarios.company import Company

TEXT = (SHIPPED / "standard.toml").read_text(encoding="utf-8")
OLD = 'approvers = ["department_manager", "vice_president"]'
NEW = 'approvers = ["department_manager", "general_manager"]'


async def test_it_works_beside_the_bot(company: Company, tmp_path: Path) -> None:
    number = await company.request(company.sam)
    await company.chen.click("Approve")
    await company.settle()
    assert OLD in TEXT
    file = tmp_path / "mine.toml"
    file.write_text(TEXT.replace(OLD, NEW), encoding="utf-8")
    url = company.bot.database.url.render_as_string(hide_password=False)
    applying = asyncio.create_task(
        asyncio.to_thread(
            usher, "policy", "apply", str(file), "--yes", cwd=tmp_path, DATABASE_URL=url
        )
    )
    while not applying.done():  # the bot is asked things meanwhile
        ack = await company.sam.command(f"/visit show {number}", channel="visits")
        assert number in (ack.text or "")
    ended = await applying

    assert (ended.code, ended.err) == (0, "")
    assert "asked anew; approvers: + general_manager, - vice_president" in ended.out
    with company.bot.database.reading() as session:
        found = looks.find_visit(session, number)
        assert found is not None
        view = looks.picture(session, found.id or 0, company.bot.site)
    assert view.policy.digest == load_policy(str(file)).digest
    assert [(s.role, s.state) for s in view.approvals] == [
        ("department_manager", "approved"),
        ("general_manager", "pending"),
    ]
    why = await company.ana.command(f"/visit why {number}", channel="visits")
    assert "mine.toml" in (why.text or "")
    await company.settle()
    assert company.bot.site.policy.digest != view.policy.digest
    other = await company.request(company.lin)  # a new request follows the bot's own file
    with company.bot.database.reading() as session:
        found = looks.find_visit(session, other)
        assert found is not None
        assert found.policy_digest == company.bot.site.policy.digest
