"""Files that people share and put into forms, and files that the app keeps and shares later."""

from typing import Any

import aiohttp
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from sandbox.server import Sandbox
from tests.sandbox.conftest import Connect
from tests.sandbox.kit import JsonDict, element, input_block, modal
from tests.sandbox.test_files_and_marks import put, start
from tests.sandbox.test_web_api import error_of

VISITS, DEALS = "C01VISITS0", "C03PRIVDEALS"
PHOTO = ("stand.png", b"\x89PNG")
META = {"event_type": "usher_row", "event_payload": {"id": "42"}}


def manifest(*events: str, scopes: tuple[str, ...] = ()) -> JsonDict:
    """An app that hears these events."""
    return {
        "display_information": {"name": "Usher"},
        "features": {"app_home": {"messages_tab_enabled": True}},
        "oauth_config": {"scopes": {"bot": ["chat:write", "files:write", "commands", *scopes]}},
        "settings": {
            "interactivity": {"is_enabled": True},
            "event_subscriptions": {"bot_events": list(events)},
        },
    }


async def fetch(sandbox: Sandbox, url: str, token: str | None = None) -> tuple[int, bytes]:
    headers = {"Authorization": f"Bearer {token or sandbox.bot_token}"}
    async with (
        aiohttp.ClientSession() as session,
        session.get(url, headers=headers, allow_redirects=False) as answer,
    ):
        return answer.status, await answer.read()


async def heard_events(sandbox: Sandbox, app: AsyncApp, *names: str) -> list[JsonDict]:
    """Where the events of these names are written down from now on."""
    heard: list[JsonDict] = []

    async def note(event: JsonDict) -> None:
        heard.append(event)
        sandbox.workspace.changes.wake()

    for name in names:
        app.event(name)(note)
    return heard


def overheard(sandbox: Sandbox, handler: AsyncSocketModeHandler) -> list[JsonDict]:
    """All events from now on, those too that Bolt leaves out: of what the app itself did."""
    seen: list[JsonDict] = []

    async def listen(_client: Any, message: JsonDict, _raw: str | None) -> None:
        if message.get("type") == "events_api":
            seen.append(message["payload"]["event"])
            sandbox.workspace.changes.wake()

    handler.client.message_listeners.append(listen)
    return seen


async def test_files_in_a_channel_a_thread_and_to_the_bot(
    sandbox: Sandbox, web: AsyncWebClient, app: AsyncApp, connect: Connect
) -> None:
    events = ("message.channels", "message.im", "file_shared")
    sandbox.install(manifest(*events, scopes=("files:read",)))
    heard = await heard_events(sandbox, app, "message", "file_shared")
    await connect(app)
    lin = sandbox.persona("lin.wei")
    first = (await lin.upload(PHOTO, ("b.txt", b"b"), channel="visits", text="The stand")).posted
    assert first is not None
    assert first.text == "The stand\nstand.png\nb.txt"
    await sandbox.wait_for(lambda: len(heard) == 3)
    [message] = [each for each in heard if each["type"] == "message"]
    assert (message["subtype"], message["channel_type"]) == ("file_share", "channel")
    assert [each["name"] for each in message["files"]] == ["stand.png", "b.txt"]
    assert message["files"][0]["mimetype"] == "image/png"
    shared = [each for each in heard if each["type"] == "file_shared"]
    assert [each["file_id"] for each in shared] == [each["id"] for each in message["files"]]
    assert {(each["channel_id"], each["user_id"]) for each in shared} == {(VISITS, lin.id)}
    heard.clear()

    await lin.upload(PHOTO, thread=first)
    await sandbox.wait_for(lambda: len(heard) == 2)
    reply = heard[0]
    assert (reply["thread_ts"], reply["parent_user_id"]) == (first.ts, lin.id)
    info = (await web.files_info(file=reply["files"][0]["id"]))["file"]
    assert info["shares"]["public"][VISITS] == [{"ts": reply["ts"], "thread_ts": first.ts}]
    assert (info["channels"], info["groups"], info["ims"]) == ([VISITS], [], [])
    assert await fetch(sandbox, info["url_private_download"]) == (200, PHOTO[1])
    assert (await fetch(sandbox, info["url_private"], "xoxb-other"))[0] == 302
    heard.clear()

    await lin.write_to_bot("For the visit", PHOTO)
    await sandbox.wait_for(lambda: len(heard) == 2)
    assert (heard[0]["text"], heard[0]["channel_type"]) == ("For the visit", "im")
    [described] = heard[0]["files"]
    assert described["ims"] == [heard[0]["channel"]]


async def test_files_that_the_app_may_not_see(
    sandbox: Sandbox, web: AsyncWebClient, app: AsyncApp, connect: Connect
) -> None:
    sandbox.install(manifest("file_shared", "message.channels", scopes=("files:read",)))
    heard = await heard_events(sandbox, app, "message", "file_shared")
    await connect(app)
    sam = sandbox.persona("sam.carter")
    hidden = (await sam.upload(PHOTO, channel="private-deals")).posted
    assert hidden is not None
    file = hidden.stored.files[0]
    assert await error_of(web.files_info(file=file.id)) == "file_not_found"
    assert (await fetch(sandbox, file.to_slack()["url_private"]))[0] == 404
    assert (await web.files_list())["files"] == []
    await sam.upload(PHOTO, channel="visits")
    await sandbox.wait_for(lambda: len(heard) == 2)
    assert {each.get("channel_id", VISITS) for each in heard} == {VISITS}
    assert await error_of(web.files_delete(file=file.id)) == "file_not_found"


async def test_without_the_scope_no_file_is_read(sandbox: Sandbox, web: AsyncWebClient) -> None:
    sandbox.install(manifest())
    posted = (await sandbox.persona("lin.wei").upload(PHOTO, channel="visits")).posted
    assert posted is not None
    file = posted.stored.files[0]
    assert await error_of(web.files_info(file=file.id)) == "missing_scope"
    assert (await fetch(sandbox, file.to_slack()["url_private"]))[0] == 302


async def test_files_in_a_form(
    sandbox: Sandbox, web: AsyncWebClient, app: AsyncApp, connect: Connect
) -> None:
    got: list[JsonDict] = []

    @app.command("/visit")
    async def visit(ack: Any, body: JsonDict, client: Any) -> None:
        await ack()
        picker = element("file_input", action_id="a", filetypes=["png"], max_files=2)
        form = modal(input_block(picker, "Photographs", block_id="b"), callback_id="form")
        await client.views_open(trigger_id=body["trigger_id"], view=form)

    @app.view("form")
    async def submit(ack: Any, view: JsonDict) -> None:
        got.extend(view["state"]["values"]["b"]["a"]["files"])
        await ack()

    await connect(app)
    lin = sandbox.persona("lin.wei")
    await lin.command("/visit")
    form = await lin.modal()
    await form.fill("Photographs", [PHOTO] * 3)
    assert (await form.submit()).errors == {"Photographs": "Select no more than 2."}
    await form.fill("Photographs", [("big.png", b"x" * (10 * 1024 * 1024 + 1))])
    assert (await form.submit()).errors == {"Photographs": "Choose files of at most 10 MB."}
    await form.fill("Photographs", [PHOTO, ("b.png", b"b")])
    assert form.field("Photographs").value == ["stand.png", "b.png"]
    refused = form.view.state["b"]["a"]["files"][0]["id"]
    assert await error_of(web.files_info(file=refused)) == "file_not_found"
    assert (await form.submit()).closed
    assert [each["name"] for each in got] == ["stand.png", "b.png"]
    assert await fetch(sandbox, got[0]["url_private"]) == (200, PHOTO[1])
    assert (await web.files_info(file=got[0]["id"]))["file"]["channels"] == []


async def test_a_document_kept_and_then_shared_by_a_message(
    sandbox: Sandbox, web: AsyncWebClient, app: AsyncApp, connect: Connect
) -> None:
    sandbox.install(manifest("message.channels", "file_shared", "file_deleted"))
    heard = overheard(sandbox, await connect(app))
    file_id, url = await start(web)
    assert await put(url, b"abc") == 200
    kept = (await web.files_completeUploadExternal(files=[{"id": file_id}]))["files"][0]
    assert (kept["channels"], kept["is_public"]) == ([], False)
    assert heard == []
    posted = await web.chat_postMessage(
        channel=VISITS, text=f"The plan <{kept['permalink']}|a.txt>", metadata=META
    )
    assert [each["id"] for each in posted["message"]["files"]] == [file_id]
    await sandbox.wait_for(lambda: len(heard) == 2)
    assert "subtype" not in heard[0]
    assert heard[0]["bot_id"] == heard[0]["bot_profile"]["id"]
    assert heard[1]["file_id"] == file_id
    [message] = sandbox.persona("lin.wei").channel("visits")
    assert message.metadata == META
    await web.files_delete(file=file_id)
    await sandbox.wait_for(lambda: heard[-1]["type"] == "file_deleted")
    assert message.stored.files == []


async def test_a_document_into_a_thread(sandbox: Sandbox, web: AsyncWebClient) -> None:
    root = await web.chat_postMessage(channel=VISITS, text="Visit")
    file_id, url = await start(web)
    await put(url, b"abc")
    entry: list[dict[str, str | None]] = [{"id": file_id}]
    lost = web.files_completeUploadExternal(files=entry, channel_id=VISITS, thread_ts="1.000001")
    assert await error_of(lost) == "thread_not_found"
    await web.files_completeUploadExternal(files=entry, channel_id=VISITS, thread_ts=root["ts"])
    [message] = sandbox.persona("lin.wei").channel("visits")
    [reply] = sandbox.persona("lin.wei").thread(message)
    assert reply.text == "a.txt"
    assert reply.stored.subtype == "file_share"
