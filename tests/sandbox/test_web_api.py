"""The Web API's door: tokens, scopes, wire forms, unknown methods."""

import json
from typing import Any

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from sandbox.server import Sandbox

VISITS = "C01VISITS0"
JsonDict = dict[str, Any]
MANIFEST: JsonDict = {
    "display_information": {"name": "Usher"},
    "features": {
        "bot_user": {"display_name": "Usher", "always_online": True},
        "slash_commands": [{"command": "/visit", "description": "Visits"}],
    },
    "oauth_config": {"scopes": {"bot": ["chat:write", "channels:history"]}},
    "settings": {"event_subscriptions": {"bot_events": ["app_home_opened"]}},
}


async def error_of(call: Any) -> str:
    """The error code of a refused call."""
    with pytest.raises(SlackApiError) as refused:
        await call
    return str(refused.value.response["error"])


async def test_who_the_bot_is(sandbox: Sandbox, web: AsyncWebClient) -> None:
    me = await web.auth_test()
    assert (me["user"], me["team"], me["user_id"]) == (
        "usher",
        "Harbour Instruments",
        sandbox.workspace.app.bot_user,
    )
    assert (await web.team_info())["team"]["domain"] == "harbour-instruments"
    assert (await web.bots_info(bot=me["bot_id"]))["bot"]["user_id"] == me["user_id"]


@pytest.mark.parametrize(
    ("token", "method", "error"),
    [
        ("", "auth.test", "not_authed"),
        ("xoxb-wrong", "auth.test", "invalid_auth"),
        ("xapp-sandbox", "auth.test", "not_allowed_token_type"),
        ("xoxb-sandbox", "apps.connections.open", "not_allowed_token_type"),
        ("xapp-wrong", "apps.connections.open", "invalid_auth"),
        ("xoxb-sandbox", "chat.scheduleMessage", "unknown_method"),
        ("xoxb-wrong", "no.such", "unknown_method"),
    ],
)
async def test_tokens(sandbox: Sandbox, token: str, method: str, error: str) -> None:
    async with (
        aiohttp.ClientSession() as session,
        session.post(sandbox.api_url + method, data={"token": token}) as answer,
    ):
        body = await answer.json()
    assert answer.status == 200
    assert (body["ok"], body["error"]) == (False, error)
    assert sandbox.calls[-1].status == error


async def test_scopes_of_the_manifest(sandbox: Sandbox, web: AsyncWebClient) -> None:
    sandbox.install(MANIFEST)
    await web.chat_postMessage(channel=VISITS, text="x")
    with pytest.raises(SlackApiError) as refused:
        await web.users_info(user="U01LINWEI")
    assert refused.value.response["error"] == "missing_scope"
    assert refused.value.response["needed"] == "users:read"
    assert "chat:write" in refused.value.response["provided"]
    lin = sandbox.persona("lin.wei")
    unknown = await lin.command("/other")
    assert unknown.notice == "/other is not a valid command."


async def test_scopes_by_the_kind_of_conversation(sandbox: Sandbox, web: AsyncWebClient) -> None:
    scopes = ["chat:write", "channels:read", "channels:history", "im:write"]
    sandbox.install({**MANIFEST, "oauth_config": {"scopes": {"bot": scopes}}})
    direct = (await web.conversations_open(users="U01LINWEI"))["channel"]["id"]
    assert (await web.conversations_history(channel=VISITS))["ok"]
    for call, needed in (
        (web.conversations_history(channel=direct), "im:history"),
        (web.conversations_info(channel=direct), "im:read"),
        (web.conversations_list(types="public_channel,private_channel"), "groups:read"),
        (web.conversations_create(name="x", is_private=True), "groups:write"),
        (web.conversations_setTopic(channel=VISITS, topic="x"), "channels:write.topic"),
    ):
        with pytest.raises(SlackApiError) as refused:
            await call
        assert refused.value.response["error"] == "missing_scope"
        assert refused.value.response["needed"].split(",")[0] == needed
    listed = await web.conversations_list()
    assert listed.headers["X-OAuth-Scopes"] == "channels:history,channels:read,chat:write,im:write"


async def test_tabs_and_interactivity_of_the_manifest(
    sandbox: Sandbox, web: AsyncWebClient
) -> None:
    tabs = {"messages_tab_enabled": True, "messages_tab_read_only_enabled": True}
    sandbox.install({**MANIFEST, "features": {"app_home": tabs}})
    lin = sandbox.persona("lin.wei")
    refused = await lin.say("Hello")
    assert refused.notice == "Sending messages to this app has been turned off."
    button = {"type": "button", "text": {"type": "plain_text", "text": "Go"}}
    blocks = [{"type": "actions", "elements": [button]}]
    await web.chat_postMessage(channel=lin.id, text="x", blocks=blocks)
    away = await lin.click("Go")
    assert away.notice == "This app is not configured to handle interactive responses."
    off = {"app_home": {"messages_tab_enabled": False}}
    sandbox.install({**MANIFEST, "features": off})
    for place in (lin.id, lin.last_dm().channel):
        assert await error_of(web.chat_postMessage(channel=place, text="x")) == (
            "messages_tab_disabled"
        )


BLOCKS = [{"type": "section", "text": {"type": "plain_text", "text": "Words"}}]


async def posted(sandbox: Sandbox, **request: Any) -> JsonDict:
    headers = {"Authorization": f"Bearer {sandbox.bot_token}", **request.pop("headers", {})}
    query = request.pop("query", "")
    verb = request.pop("verb", "POST")
    async with aiohttp.ClientSession() as session:
        url = sandbox.api_url + "chat.postMessage" + query
        async with session.request(verb, url, headers=headers, **request) as answer:
            body: JsonDict = await answer.json()
            return body


async def test_every_wire_form(sandbox: Sandbox) -> None:
    plain = {"channel": VISITS, "text": "x"}
    with_blocks = {**plain, "blocks": json.dumps(BLOCKS)}
    query = f"?channel={VISITS}&text=x"
    multipart = aiohttp.FormData(with_blocks)
    multipart.add_field("note", b"", filename="empty")
    answers = [
        await posted(sandbox, json={**plain, "blocks": BLOCKS}),
        await posted(sandbox, json=with_blocks),
        await posted(sandbox, data=with_blocks),
        await posted(sandbox, data=multipart),
        await posted(sandbox, query=query),
        await posted(sandbox, query=query, verb="GET"),
    ]
    assert [answer["ok"] for answer in answers] == [True] * 6
    assert all(answer["message"]["blocks"] for answer in answers[:4])
    assert all(answer["message"]["text"] == "x" for answer in answers)


async def test_broken_bodies(sandbox: Sandbox) -> None:
    as_json = {"Content-Type": "application/json"}
    assert (await posted(sandbox, data="{", headers=as_json))["error"] == "invalid_json"
    assert (await posted(sandbox, data="[]", headers=as_json))["error"] == "json_not_object"
    assert (await posted(sandbox, json={"channel": VISITS}))["error"] == "no_text"
    wrong = await posted(sandbox, json={"channel": VISITS, "text": {"a": 1}})
    assert wrong["error"] == "invalid_arguments"


async def test_refused_content_is_kept_for_those_who_look(
    sandbox: Sandbox, web: AsyncWebClient
) -> None:
    wrong = web.chat_postMessage(channel=VISITS, text="x", blocks=[{}])
    assert await error_of(wrong) == "invalid_blocks"
    [rejection] = sandbox.rejections
    assert rejection.where == "chat.postMessage"
    assert rejection.code == "invalid_blocks"
    assert "missing required field: type" in rejection.messages[0]
    assert await error_of(web.chat_postMessage(channel="C0NOWHERE00", text="x"))
    assert len(sandbox.rejections) == 1


async def test_blocks_validate(sandbox: Sandbox, web: AsyncWebClient) -> None:
    good: JsonDict = {"blocks": json.dumps(BLOCKS)}
    assert (await web.api_call("blocks.validate", params=good))["ok"]
    bad = {"blocks": json.dumps([{"type": "header", "text": {"type": "mrkdwn", "text": "x"}}])}
    with pytest.raises(SlackApiError) as refused:
        await web.api_call("blocks.validate", params=bad)
    assert refused.value.response["error"] == "invalid_blocks"
    assert refused.value.response["errors"] == [
        {
            "pointer": "/0/text/type",
            "code": "unsupported_type",
            "message": "must be one of plain_text",
        }
    ]
    view = {"view": json.dumps({"type": "modal"})}
    assert await error_of(web.api_call("blocks.validate", params=view)) == "invalid_view"
    message = {"message": json.dumps({"blocks": [{}]})}
    assert await error_of(web.api_call("blocks.validate", params=message)) == "invalid_message"
    both = {**good, **view}
    assert await error_of(web.api_call("blocks.validate", params=both)) == "invalid_arguments"
    assert sandbox.rejections == []


async def test_api_test_repeats_its_arguments(web: AsyncWebClient) -> None:
    assert (await web.api_test(foo="bar"))["args"] == {"foo": "bar"}
    assert await error_of(web.api_test(error="my_error")) == "my_error"
