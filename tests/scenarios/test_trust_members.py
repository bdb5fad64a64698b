"""Trust: who takes no part in the workspace does nothing, and holds nothing, whatever is sent."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from slack_sdk.web.async_client import AsyncWebClient
from sqlmodel import select

from bot.directory import fetch_people
from models.records.audit import AuditEntry
from models.records.people import Person, RoleHolder
from models.records.visit import Visit
from sandbox.model import User
from services.reading.people import admins, holders
from tests.policy.make import BASE
from tests.scenarios.company import ON_SQLITE, REQUEST, Company, dm, submission

pytestmark = ON_SQLITE
STRANGER = User("U77STRANGE", "stella.range", "Stella Range", team="T77OTHER", is_admin=True)
GUEST = User("U78GUEST", "gus.tafson", "Gus Tafson", is_guest=True)
BOT = User("U79BOT", "robo", "Robo", is_bot=True)


@pytest.fixture
def policy_name(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The standard procedure, or one that lets guest accounts take part."""
    if getattr(request, "param", None) is None:
        return "standard"
    file = tmp_path / "guests.toml"
    file.write_text(f"{BASE}\n[request]\nguest_accounts = true\n", encoding="utf-8")
    return str(file)


@pytest.fixture(params=[STRANGER, GUEST, BOT], ids=["stranger", "guest", "bot"])
async def outsider(request: pytest.FixtureRequest, company: Company) -> User:
    """Somebody whom Usher meets only when they act, or are named."""
    user: User = replace(request.param)
    company.sandbox.workspace.users[user.id] = user
    return user


def _command(user_id: str, text: str) -> dict[str, Any]:
    return {
        "command": "/visit",
        "text": text,
        "user_id": user_id,
        "team_id": "T1",
        "channel_id": "C1",
        "trigger_id": "none",
    }


def _acts_of(company: Company, user_id: str) -> int:
    with company.bot.database.reading() as session:
        query = select(AuditEntry).where(AuditEntry.actor_id == user_id)
        return len(session.exec(query).all())


async def test_who_takes_no_part_does_nothing(company: Company, outsider: User) -> None:
    number = await company.request(company.sam)
    for words in ("new Acme", "list", f"show {number}", "setup", f"why {number}", "help"):
        answer = await company.dispatch(_command(outsider.id, words))
        assert "members of this workspace" in answer["text"], words
        assert "Acme" not in answer["text"]
    modal = await company.form(company.lin)
    await modal.fill_all(REQUEST | {"Customer": "Beta"})
    body = submission(company, modal)
    body["user"] = {"id": outsider.id, "team_id": company.sandbox.workspace.team.id}
    await company.dispatch(body)
    await company.settle()
    assert _acts_of(company, outsider.id) == 0
    with company.bot.database.reading() as session:
        assert len(session.exec(select(Visit)).all()) == 1


async def test_nobody_of_them_is_named(company: Company, outsider: User) -> None:
    modal = await company.form(company.sam)
    await modal.fill_all(REQUEST)
    body = submission(company, modal)
    chosen = body["view"]["state"]["values"]["host"]
    next(iter(chosen.values()))["selected_user"] = outsider.id
    answer = await company.dispatch(body)
    assert list(answer["errors"]) == ["host"]
    assert "Only members of this workspace" in answer["errors"]["host"]
    with company.bot.database.reading() as session:
        assert session.exec(select(Visit)).all() == []


async def test_nobody_of_them_holds_a_role(company: Company, outsider: User) -> None:
    await company.ana.command("/visit setup")
    modal = await company.ana.modal()
    body = submission(company, modal)
    chosen = body["view"]["state"]["values"]["admin"]
    next(iter(chosen.values()))["selected_users"] = [outsider.id]
    answer = await company.dispatch(body)
    assert list(answer["errors"]) == ["admin"]
    company.staff({"vice_president": [outsider.handle]})  # by a database of before
    await company.dispatch(_command(outsider.id, "setup"))
    with company.bot.database.reading() as session:
        assert outsider.id not in {who for people in holders(session).values() for who in people}
        assert admins(session, company.bot.site.policy) == [company.ana.id]


async def test_a_changed_profile_makes_nobody_an_admin(company: Company, outsider: User) -> None:
    team = company.sandbox.workspace.team.id
    described = outsider.to_slack(team, company.clock.now(), include_locale=True)
    claimed = described | {"is_admin": True, "is_owner": True, "is_restricted": False}
    claimed |= {"is_bot": False, "team_id": team}
    event = {"type": "user_change", "user": claimed, "event_ts": "1.0"}
    body = {"type": "event_callback", "team_id": "T1", "event": event, "event_id": "Ev1"}
    await company.dispatch(body)
    await company.settle()
    with company.bot.database.reading() as session:
        known = session.get_one(Person, outsider.id)
        assert not known.is_active
        assert not known.is_workspace_admin
    answer = await company.dispatch(_command(outsider.id, "setup"))
    assert "members of this workspace" in answer["text"]


async def test_an_id_that_nobody_has_does_nothing(company: Company) -> None:
    answer = await company.dispatch(_command("U00NOBODY", "list"))
    assert "members of this workspace" in answer["text"]
    company.sandbox.rejections.clear()  # Slack knows of nobody by this id


async def test_who_holds_a_role_is_looked_up_at_the_start(company: Company) -> None:
    with company.bot.database.session() as session:
        session.add(RoleHolder(role="admin", user_id="U00NOBODY", position=9))
    sandbox = company.sandbox
    client = AsyncWebClient(token=sandbox.bot_token, base_url=sandbox.api_url)
    await fetch_people(client, company.bot.edge)
    with company.bot.database.reading() as session:
        assert admins(session, company.bot.site.policy) == [company.ana.id]
    sandbox.rejections.clear()  # Slack knows of nobody by this id


async def test_who_is_deactivated_does_nothing(company: Company) -> None:
    await company.lin.command("/visit list")
    company.sandbox.workspace.change_user(company.lin.id, deleted=True)
    await company.settle()
    for _ in range(2):
        answer = await company.dispatch(_command(company.lin.id, "list"))
        assert "members of this workspace" in answer["text"]
    company.sandbox.workspace.change_user(company.lin.id, deleted=False)
    await company.settle()
    answer = await company.dispatch(_command(company.lin.id, "list"))
    assert "members of this workspace" not in answer.get("text", "")


@pytest.mark.parametrize("policy_name", ["with guests"], indirect=True)
async def test_guests_take_part_where_the_policy_lets_them(company: Company) -> None:
    workspace = company.sandbox.workspace
    workspace.add_user(replace(GUEST))
    for channel in workspace.channels.values():
        if channel.name == "visits":
            workspace.join(channel, GUEST.id)
    await company.settle()
    guest = company.sandbox.persona(GUEST.handle)
    await company.request(guest)
    assert _acts_of(company, guest.id) == 1


async def test_a_changed_role_is_told_to_admins_and_whom_it_concerns(company: Company) -> None:
    company.give_role("admin", "ana.silva", "wang.guo")
    await company.ana.command("/visit setup")
    form = await company.ana.modal()
    await form.fill_all({"Admin": ["ana.silva", "ruth.adler"], "Front desk": ["sam.carter"]})
    await form.submit()
    await company.settle()
    for admin in (company.ruth, company.wang):  # of after, and of before
        told = dm(admin, "Roles have changed").text
        assert "Ana Silva" in told
        assert "no longer @王国" in told
        assert "Front desk" in told
    for concerned in (company.sam, company.xu):
        told = dm(concerned, "Roles have changed").text
        assert "from now on @Sam Carter" in told
        assert "no longer @徐丽" in told
        assert "Admin" not in told
    assert not any("Roles have changed" in each.text for each in company.ana.dms())
    assert not any("Roles have changed" in each.text for each in company.mei.dms())
