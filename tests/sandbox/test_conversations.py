"""Channels, members, DMs and people: what the bot may reach and how lists are paged."""

from slack_sdk.web.async_client import AsyncWebClient

from sandbox.model import User
from sandbox.server import Sandbox
from tests.sandbox.test_web_api import error_of

VISITS, GENERAL, DEALS = "C01VISITS0", "C02GENERAL", "C03PRIVDEALS"
LIN = "U01LINWEI"


async def test_where_the_bot_may_post(sandbox: Sandbox, web: AsyncWebClient) -> None:
    async def refused(channel: str) -> str:
        return await error_of(web.chat_postMessage(channel=channel, text="x"))

    for channel in (VISITS, "visits", "#visits"):
        assert (await web.chat_postMessage(channel=channel, text="x"))["channel"] == VISITS
    direct = await web.chat_postMessage(channel=LIN, text="x")
    assert direct["channel"] == sandbox.workspace.app_dm(LIN).id
    assert await refused(GENERAL) == "not_in_channel"
    assert await refused(DEALS) == "channel_not_found"
    assert await refused("#nowhere") == "channel_not_found"
    assert await refused("@lin.wei") == "channel_not_found"
    assert await refused("U0NOBODY00") == "channel_not_found"
    assert await refused("") == "channel_not_found"
    assert await refused(sandbox.workspace.app.bot_user) == "cannot_dm_bot"
    between_people = sandbox.workspace.dm(LIN, "U02SAMCARTER")
    assert await refused(between_people.id) == "channel_not_found"
    sandbox.workspace.users["U12TOMREED"].deleted = True
    assert await refused("U12TOMREED") == "channel_not_found"
    sandbox.workspace.channel("visits").archived = True
    assert await refused(VISITS) == "is_archived"


async def test_writing_where_the_bot_is_no_member_needs_a_scope(
    sandbox: Sandbox, web: AsyncWebClient
) -> None:
    manifest = {
        "display_information": {"name": "Usher"},
        "oauth_config": {"scopes": {"bot": ["chat:write", "chat:write.public"]}},
    }
    sandbox.install(manifest)
    assert (await web.chat_postMessage(channel=GENERAL, text="x"))["ok"]
    assert await error_of(web.chat_postMessage(channel=DEALS, text="x")) == "channel_not_found"


async def test_other_methods_take_ids_only(web: AsyncWebClient) -> None:
    assert await error_of(web.conversations_info(channel="visits")) == "channel_not_found"
    assert await error_of(web.conversations_history(channel=GENERAL)) == "not_in_channel"
    assert await error_of(web.conversations_history(channel=DEALS)) == "channel_not_found"
    info = await web.conversations_info(channel=VISITS, include_num_members=True)
    assert info["channel"]["num_members"] == 17
    assert info["channel"]["is_member"]


async def test_joining_leaving_inviting(sandbox: Sandbox, web: AsyncWebClient) -> None:
    assert (await web.conversations_join(channel=GENERAL))["channel"]["is_member"]
    again = await web.conversations_join(channel=GENERAL)
    assert again["warning"] == "already_in_channel"
    assert await error_of(web.conversations_leave(channel=GENERAL)) == "cant_leave_general"
    made = (await web.conversations_create(name="v-2026-0001", is_private=True))["channel"]
    assert made["is_private"]
    await web.conversations_invite(channel=made["id"], users=[LIN, "U02SAMCARTER"])
    assert await error_of(web.conversations_invite(channel=made["id"], users=LIN)) == (
        "already_in_channel"
    )
    await web.conversations_kick(channel=made["id"], user=LIN)
    members = (await web.conversations_members(channel=made["id"]))["members"]
    assert members == [sandbox.workspace.app.bot_user, "U02SAMCARTER"]
    await web.conversations_setTopic(channel=made["id"], topic="Acme")
    assert await error_of(web.conversations_setTopic(channel=made["id"], topic="x" * 251)) == (
        "too_long"
    )
    await web.conversations_archive(channel=made["id"])
    assert await error_of(web.conversations_archive(channel=made["id"])) == "already_archived"
    await web.conversations_unarchive(channel=made["id"])
    await web.conversations_rename(channel=made["id"], name="acme")
    await web.conversations_leave(channel=made["id"])
    assert await error_of(web.conversations_info(channel=made["id"])) == "channel_not_found"


async def test_names_of_channels(web: AsyncWebClient) -> None:
    async def refused(name: str) -> str:
        return await error_of(web.conversations_create(name=name))

    assert await refused("visits") == "name_taken"
    assert await refused("") == "invalid_name_required"
    assert await refused("x" * 81) == "invalid_name_maxlength"
    assert await refused("My Channel") == "invalid_name_specials"
    assert await refused("--") == "invalid_name_punctuation"
    assert (await web.conversations_create(name="x" * 80))["ok"]
    assert (await web.conversations_create(name="来访"))["ok"]


async def test_direct_messages(sandbox: Sandbox, web: AsyncWebClient) -> None:
    opened = await web.conversations_open(users=LIN, return_im=True)
    assert opened["channel"]["user"] == LIN
    assert (await web.conversations_open(channel=opened["channel"]["id"]))["ok"]
    assert await error_of(web.conversations_open(users="U0NOBODY00")) == "user_not_found"
    assert await error_of(web.api_call("conversations.open")) == "users_list_not_supplied"
    bot = sandbox.workspace.app.bot_user
    assert await error_of(web.conversations_open(users=bot)) == "cannot_dm_bot"
    sandbox.workspace.users["U12TOMREED"].deleted = True
    assert await error_of(web.conversations_open(users="U12TOMREED")) == "user_disabled"


async def test_lists_are_paged(sandbox: Sandbox, web: AsyncWebClient) -> None:
    first = await web.users_list(limit=10, include_locale=True)
    assert len(first["members"]) == 10
    assert first["members"][1]["locale"] == "zh-CN"
    cursor = first["response_metadata"]["next_cursor"]
    second = await web.users_list(limit=10, cursor=cursor)
    assert len(second["members"]) == 7
    assert "locale" not in second["members"][0]
    assert second["response_metadata"]["next_cursor"] == ""
    assert await error_of(web.users_list(cursor="nonsense!")) == "invalid_cursor"
    assert await error_of(web.users_list(limit=1001)) == "invalid_limit"
    kinds = await web.conversations_list(types="public_channel,private_channel,im", limit=1000)
    assert DEALS not in [each["id"] for each in kinds["channels"]]
    assert sum(each["is_im"] for each in kinds["channels"]) == 16
    assert await error_of(web.conversations_list(types="secret")) == "invalid_types"
    of_lin = await web.users_conversations(user=LIN)
    assert [each["name"] for each in of_lin["channels"]] == ["visits", "general"]


async def test_people(sandbox: Sandbox, web: AsyncWebClient) -> None:
    ruth = (await web.users_info(user="U03RUTHADLER", include_locale=True))["user"]
    assert (ruth["locale"], ruth["tz"], ruth["name"]) == ("en-GB", "Europe/Berlin", "ruth.adler")
    assert ruth["tz_offset"] in (3600, 7200)
    assert ruth["profile"]["real_name"] == "Ruth Adler"
    ana = (await web.users_info(user="U16ANASILVA"))["user"]
    assert ana["is_admin"]
    assert "locale" not in ana
    found = await web.users_lookupByEmail(email="Lin.Wei@harbour.example")
    assert found["user"]["id"] == LIN
    assert await error_of(web.users_lookupByEmail(email="a@b.example")) == "users_not_found"
    assert await error_of(web.users_info(user="lin.wei")) == "user_not_found"
    new = User("U99NEWCOMER", "new.comer", "New Comer", tz="America/New_York")
    sandbox.workspace.add_user(new)
    assert (await web.users_info(user=new.id))["user"]["tz"] == "America/New_York"
    assert (await web.users_profile_get(user=new.id))["profile"]["real_name"] == "New Comer"
