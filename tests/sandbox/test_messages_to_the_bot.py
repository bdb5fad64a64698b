"""What people write to the app: its DM, mentions, edits and deletions, and a message's menu."""

from typing import Any

import pytest
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from sandbox.server import Sandbox
from tests.sandbox.conftest import Connect
from tests.sandbox.kit import JsonDict
from tests.sandbox.test_files_of_people import heard_events, manifest, overheard

VISITS = "C01VISITS0"
MESSAGES = ("message.channels", "message.im")


async def test_words_in_the_dm(sandbox: Sandbox, app: AsyncApp, connect: Connect) -> None:
    sandbox.install(manifest("message.im"))
    heard = await heard_events(sandbox, app, "message")
    await connect(app)
    lin = sandbox.persona("lin.wei")
    posted = (await lin.write_to_bot("明天 3 people & a child")).posted
    await lin.say("Not for the app", channel="visits")
    assert posted is not None
    await sandbox.wait_for(lambda: heard)
    [event] = heard
    assert (event["channel"], event["channel_type"]) == (posted.channel, "im")
    assert (event["user"], event["text"]) == (lin.id, "明天 3 people &amp; a child")
    assert (event["ts"], event["event_ts"]) == (posted.ts, posted.ts)
    assert len(event["client_msg_id"]) == 36
    assert "bot_id" not in event
    await lin.say("More", thread=posted)
    await sandbox.wait_for(lambda: len(heard) == 2)
    assert (heard[1]["thread_ts"], heard[1]["channel"]) == (posted.ts, posted.channel)


async def test_a_mention_in_a_channel(sandbox: Sandbox, app: AsyncApp, connect: Connect) -> None:
    sandbox.install(manifest("app_mention", "message.channels"))
    heard = await heard_events(sandbox, app, "app_mention", "message")
    await connect(app)
    lin = sandbox.persona("lin.wei")
    posted = (await lin.mention("who drives?", "visits")).posted
    assert posted is not None
    await lin.mention("and when?", thread=posted)
    await sandbox.wait_for(lambda: len(heard) == 4)
    bot = sandbox.workspace.app.bot_user
    mentions = [each for each in heard if each["type"] == "app_mention"]
    assert [each["text"] for each in mentions] == [
        f"<@{bot}> who drives?",
        f"<@{bot}> and when?",
    ]
    assert mentions[1]["thread_ts"] == posted.ts
    assert sorted(each["client_msg_id"] for each in mentions) == sorted(
        each["client_msg_id"] for each in heard if each["type"] == "message"
    )


async def test_only_what_the_app_subscribed_to(
    sandbox: Sandbox, app: AsyncApp, connect: Connect
) -> None:
    sandbox.install(manifest("app_mention"))
    heard = await heard_events(sandbox, app, "app_mention", "message", "file_shared")
    await connect(app)
    lin = sandbox.persona("lin.wei")
    await lin.write_to_bot("Hello", ("a.txt", b"a"))
    await lin.say("Hello", channel="visits")
    await sandbox.persona("sam.carter").mention("not a member", "private-deals")
    await lin.mention("hello", "visits")
    await sandbox.wait_for(lambda: heard)
    assert [(each["type"], each["channel"]) for each in heard] == [("app_mention", VISITS)]


async def test_edits_and_deletions(
    sandbox: Sandbox, web: AsyncWebClient, app: AsyncApp, connect: Connect
) -> None:
    sandbox.install(manifest(*MESSAGES))
    heard = await heard_events(sandbox, app, "message")
    await connect(app)
    lin = sandbox.persona("lin.wei")
    posted = (await lin.write_to_bot("3 guests")).posted
    assert posted is not None
    assert lin.edit(posted, "4 guests").acked
    assert posted.edited
    assert lin.delete(posted).acked
    await sandbox.wait_for(lambda: len(heard) == 3)
    _, changed, deleted = heard
    assert changed["subtype"] == "message_changed"
    assert (changed["message"]["text"], changed["previous_message"]["text"]) == (
        "4 guests",
        "3 guests",
    )
    assert changed["message"]["edited"]["user"] == lin.id
    assert (changed["channel"], changed["channel_type"]) == (posted.channel, "im")
    assert deleted["subtype"] == "message_deleted"
    assert deleted["deleted_ts"] == posted.ts
    assert deleted["previous_message"]["text"] == "4 guests"
    await web.chat_postMessage(channel=VISITS, text="From the app")
    [told] = [each for each in lin.channel("visits") if each.text == "From the app"]
    assert lin.edit(told, "x").notice == "You can’t edit this message."
    assert lin.delete(told).notice == "You can’t delete this message."


async def test_the_apps_own_messages_bear_its_id(
    sandbox: Sandbox, web: AsyncWebClient, app: AsyncApp, connect: Connect
) -> None:
    sandbox.install(manifest(*MESSAGES))
    handler = await connect(app)
    seen = overheard(sandbox, handler)
    posted = await web.chat_postMessage(channel=VISITS, text="One")
    await web.chat_update(channel=VISITS, ts=posted["ts"], text="Two")
    await web.chat_delete(channel=VISITS, ts=posted["ts"])
    await sandbox.wait_for(lambda: len(seen) == 3)
    own = sandbox.workspace.app.bot_id
    assert [each.get("subtype") for each in seen] == [None, "message_changed", "message_deleted"]
    assert seen[0]["bot_id"] == seen[0]["bot_profile"]["id"] == own
    assert seen[1]["message"]["bot_id"] == seen[2]["previous_message"]["bot_id"] == own


async def test_the_menu_of_a_message(sandbox: Sandbox, app: AsyncApp, connect: Connect) -> None:
    shortcut = {"name": "Log it", "type": "message", "callback_id": "log", "description": "x"}
    wanted = manifest()
    wanted["features"]["shortcuts"] = [shortcut]
    sandbox.install(wanted)
    heard: list[JsonDict] = []

    @app.shortcut({"type": "message_action", "callback_id": "log"})
    async def log(ack: Any, body: JsonDict) -> None:
        heard.append(body)
        await ack()

    await connect(app)
    lin, sam = sandbox.persona("lin.wei"), sandbox.persona("sam.carter")
    root = (await sam.say("Visit", channel="private-deals")).posted
    assert root is not None
    reply = (await sam.say("They like tea", thread=root)).posted
    assert reply is not None
    assert (await sam.shortcut("Log it", message=reply)).acked
    [body] = heard
    assert body["channel"] == {"id": reply.channel, "name": "privategroup"}
    assert (body["message_ts"], body["message"]["thread_ts"]) == (reply.ts, root.ts)
    assert body["message"]["text"] == "They like tea"
    assert body["user"]["id"] == sam.id
    assert body["trigger_id"]
    assert body["response_url"].startswith(sandbox.url)
    await app.client.chat_postEphemeral(channel=VISITS, user=lin.id, text="Only you")
    refused = await lin.shortcut("Log it", message=lin.ephemeral()[-1])
    assert refused.notice == "This message has no shortcuts."
    with pytest.raises(AssertionError, match=r"no shortcut 'Log'; there are \['Log it'\]"):
        await lin.shortcut("Log", message=reply)
