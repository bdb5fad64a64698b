"""Uploads in three steps, and reactions, pins, bookmarks and canvases."""

from typing import Any

import aiohttp
import pytest
from slack_sdk.web.async_client import AsyncWebClient

from sandbox.server import Sandbox
from tests.sandbox.test_web_api import error_of

VISITS, GENERAL, DEALS = "C01VISITS0", "C02GENERAL", "C03PRIVDEALS"


async def test_the_official_clients_upload(sandbox: Sandbox, web: AsyncWebClient) -> None:
    sent = await web.files_upload_v2(
        channel=VISITS,
        content=b"a,b\n1,2\n",
        filename="visits.csv",
        title="Visits",
        initial_comment="The list",
    )
    lin = sandbox.persona("lin.wei")
    [message] = lin.channel("visits")
    assert message.text == "The list\nVisits"
    file = sent["files"][0]
    info = (await web.files_info(file=file["id"]))["file"]
    assert info["channels"] == [VISITS]
    headers = {"Authorization": f"Bearer {sandbox.bot_token}"}
    async with aiohttp.ClientSession() as session:
        async with session.get(info["url_private"], headers=headers) as answer:
            assert await answer.read() == b"a,b\n1,2\n"
        async with session.get(info["url_private"], allow_redirects=False) as answer:
            assert answer.status == 302
    listed = await web.files_list(channel=VISITS)
    assert [each["id"] for each in listed["files"]] == [file["id"]]
    await web.files_delete(file=file["id"])
    assert message.text == "The list"
    assert await error_of(web.files_info(file=file["id"])) == "file_not_found"


async def test_a_file_for_one_person(sandbox: Sandbox, web: AsyncWebClient) -> None:
    direct = await web.conversations_open(users="U01LINWEI")
    await web.files_upload_v2(channel=direct["channel"]["id"], content="x", filename="a.txt")
    assert sandbox.persona("lin.wei").last_dm().text == "a.txt"


async def start(web: AsyncWebClient, length: int = 3) -> tuple[str, str]:
    ticket = await web.files_getUploadURLExternal(filename="a.txt", length=length)
    return str(ticket["file_id"]), str(ticket["upload_url"])


async def put(url: str, data: Any) -> int:
    async with aiohttp.ClientSession() as session, session.post(url, data=data) as answer:
        return answer.status


async def test_the_steps_must_come_in_order(web: AsyncWebClient) -> None:
    file_id, url = await start(web)
    entry: list[dict[str, str | None]] = [{"id": file_id}]

    async def complete(**more: Any) -> str:
        return await error_of(web.files_completeUploadExternal(files=entry, **more))

    assert await complete() == "file_not_found"
    assert await put(url, b"four") == 400
    assert await put(url, b"abc") == 200
    assert await put(url, b"abc") == 404
    assert await complete(channel_id="C0NOWHERE00") == "invalid_channel"
    assert await complete(channel_id=DEALS) == "invalid_channel"
    assert await complete(channel_id=GENERAL) == "posting_to_channel_denied"
    assert (await web.files_completeUploadExternal(files=entry))["files"][0]["title"] == "a.txt"
    assert await complete() == "file_not_found"
    empty = web.api_call("files.getUploadURLExternal", params={"filename": "a", "length": 0})
    assert await error_of(empty) == "missing_argument"


async def test_uploads_as_a_form(web: AsyncWebClient) -> None:
    _, url = await start(web)
    form = aiohttp.FormData()
    form.add_field("filename", b"abc", filename="a.txt", content_type="text/plain")
    assert await put(url, form) == 200
    _, url = await start(web)
    assert await put(url, aiohttp.FormData({"note": "x"}, default_to_multipart=True)) == 400


@pytest.fixture
async def item(web: AsyncWebClient) -> dict[str, str]:
    """A message in #visits."""
    posted = await web.chat_postMessage(channel=VISITS, text="x")
    return {"channel": VISITS, "timestamp": str(posted["ts"])}


async def test_reactions(sandbox: Sandbox, web: AsyncWebClient, item: dict[str, str]) -> None:
    await web.reactions_add(name="white_check_mark", **item)
    assert await error_of(web.reactions_add(name="white_check_mark", **item)) == "already_reacted"
    assert await error_of(web.reactions_add(name=":x:", **item)) == "invalid_name"
    missing = web.api_call("reactions.add", params={"name": "x"})
    assert await error_of(missing) == "no_item_specified"
    wrong = {**item, "timestamp": "yesterday"}
    assert await error_of(web.reactions_add(name="x", **wrong)) == "bad_timestamp"
    gone = {**item, "timestamp": "1.000001"}
    assert await error_of(web.reactions_add(name="x", **gone)) == "message_not_found"
    got = await web.reactions_get(channel=VISITS, timestamp=item["timestamp"])
    assert got["message"]["reactions"][0]["count"] == 1
    for number in range(22):
        await web.reactions_add(name=f"e{number}", **item)
    assert await error_of(web.reactions_add(name="one_more", **item)) == "too_many_emoji"
    await web.reactions_remove(name="e1", **item)
    assert await error_of(web.reactions_remove(name="e1", **item)) == "no_reaction"
    stored = sandbox.workspace.message(item["channel"], item["timestamp"])
    assert stored is not None
    assert len(stored.reactions) == 22


async def test_pins(web: AsyncWebClient, item: dict[str, str]) -> None:
    await web.pins_add(**item)
    assert await error_of(web.pins_add(**item)) == "already_pinned"
    assert len((await web.pins_list(channel=VISITS))["items"]) == 1
    await web.pins_remove(**item)
    assert await error_of(web.pins_remove(**item)) == "no_pin"


async def test_bookmarks(web: AsyncWebClient) -> None:
    made = await web.bookmarks_add(
        channel_id=VISITS, title="Plan", type="link", link="https://example.com"
    )
    mark = {"channel_id": VISITS, "bookmark_id": made["bookmark"]["id"]}
    await web.bookmarks_edit(**mark, title="New plan")
    listed = await web.bookmarks_list(channel_id=VISITS)
    assert [each["title"] for each in listed["bookmarks"]] == ["New plan"]
    bad = web.bookmarks_add(channel_id=VISITS, title="x", type="link", link="example.com")
    assert await error_of(bad) == "invalid_link"
    kind = web.bookmarks_add(channel_id=VISITS, title="x", type="file", link="https://a.example")
    assert await error_of(kind) == "invalid_bookmark_type"
    await web.bookmarks_remove(**mark)
    assert await error_of(web.bookmarks_remove(**mark)) == "not_found"


async def test_canvases(sandbox: Sandbox, web: AsyncWebClient) -> None:
    made = await web.canvases_create(
        title="Plan", document_content={"type": "markdown", "markdown": "# Plan"}
    )
    assert sandbox.workspace.files[made["canvas_id"]].content == b"# Plan"
    wrong = web.canvases_create(title="Plan", document_content={"type": "html"})
    assert await error_of(wrong) == "canvas_creation_failed"
