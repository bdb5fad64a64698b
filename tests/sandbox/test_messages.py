"""Posting, changing, deleting, threads, ephemeral messages, history and metadata."""

from datetime import UTC, datetime, timedelta

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from sandbox.clock import Clock
from sandbox.server import Sandbox
from tests.sandbox.kit import actions, button, section
from tests.sandbox.test_web_api import error_of

VISITS = "C01VISITS0"
LIN, SAM = "U01LINWEI", "U02SAMCARTER"
META = {"event_type": "usher_row", "event_payload": {"id": "42"}}


async def test_ids_of_messages_rise_when_the_clock_goes_back(
    sandbox: Sandbox, web: AsyncWebClient
) -> None:
    sandbox.clock.set(datetime(2030, 5, 1, tzinfo=UTC))
    first = await web.chat_postMessage(channel=VISITS, text="1")
    assert first["ts"].startswith("1903824000.")
    sandbox.clock.advance(timedelta(days=-7))
    second = await web.chat_postMessage(channel=VISITS, text="2")
    assert float(second["ts"]) > float(first["ts"])
    sandbox.clock.set(datetime(2031, 5, 1, tzinfo=UTC))
    third = await web.chat_postMessage(channel=VISITS, text="3")
    assert third["ts"].startswith("1935360000.")


def test_a_clock_knows_time_zones_only() -> None:
    clock = Clock(datetime(2030, 5, 1, tzinfo=UTC))
    assert timedelta() <= clock.now() - datetime(2030, 5, 1, tzinfo=UTC) < timedelta(seconds=5)
    with pytest.raises(ValueError, match="time zone"):
        clock.set(datetime(2030, 5, 1))  # noqa: DTZ001 - the naive moment is the point


async def test_changing_a_message(sandbox: Sandbox, web: AsyncWebClient) -> None:
    posted = await web.chat_postMessage(
        channel=VISITS, text="Fallback", blocks=[section("Block")], metadata=META
    )
    place = {"channel": VISITS, "ts": posted["ts"]}

    def metadata() -> object:
        return sandbox.workspace.channel("visits").messages[posted["ts"]].metadata

    stored = sandbox.workspace.channel("visits").messages[posted["ts"]]
    await web.api_call("chat.update", json={**place, "blocks": [section("Other")]})
    assert stored.text == "Fallback"
    assert stored.blocks[0]["text"]["text"] == "Other"
    assert metadata() == META
    await web.chat_update(**place, text="Words")
    assert stored.text == "Words"
    assert not stored.blocks
    await web.chat_update(**place, text="Words", metadata={})
    assert metadata() is None
    assert await error_of(web.api_call("chat.update", json=place)) == "no_text"
    assert await error_of(web.chat_update(**place, text="x" * 4001)) == "msg_too_long"
    assert await error_of(web.chat_update(channel=VISITS, ts="1.000001", text="x")) == (
        "message_not_found"
    )
    assert await error_of(web.chat_update(channel=LIN, ts=posted["ts"], text="x")) == (
        "channel_not_found"
    )
    lin = sandbox.persona("lin.wei")
    await lin.say("Hello", channel="visits")
    theirs = lin.channel("visits")[-1]
    assert await error_of(web.chat_update(channel=VISITS, ts=theirs.ts, text="x")) == (
        "cant_update_message"
    )
    assert await error_of(web.chat_delete(channel=VISITS, ts=theirs.ts)) == "cant_delete_message"
    await web.chat_delete(**place)
    assert await error_of(web.chat_delete(**place)) == "message_not_found"
    sandbox.workspace.channel("visits").archived = True
    assert await error_of(web.chat_update(channel=VISITS, ts=theirs.ts, text="x")) == "is_inactive"


async def test_messages_for_one_person(sandbox: Sandbox, web: AsyncWebClient) -> None:
    sent = await web.chat_postEphemeral(channel=VISITS, user=LIN, text="Only you")
    lin, sam = sandbox.persona("lin.wei"), sandbox.persona("sam.carter")
    assert lin.sees("Only you")
    assert not sam.sees("Only you")
    assert lin.channel("visits") == []
    history = await web.conversations_history(channel=VISITS)
    assert history["messages"] == []
    ts = sent["message_ts"]
    assert await error_of(web.chat_update(channel=VISITS, ts=ts, text="x")) == "message_not_found"
    assert await error_of(web.chat_delete(channel=VISITS, ts=ts)) == "message_not_found"
    sandbox.workspace.leave(sandbox.workspace.channel("visits"), SAM)
    for user in (SAM, "U0NOBODY00"):
        assert await error_of(web.chat_postEphemeral(channel=VISITS, user=user, text="x")) == (
            "user_not_in_channel"
        )


async def test_threads(sandbox: Sandbox, web: AsyncWebClient) -> None:
    parent = await web.chat_postMessage(channel=VISITS, text="Card")
    reply = await web.chat_postMessage(channel=VISITS, text="One", thread_ts=parent["ts"])
    await web.chat_postMessage(
        channel=VISITS, text="Two", thread_ts=parent["ts"], reply_broadcast=True
    )
    nested = await web.chat_postMessage(channel=VISITS, text="Three", thread_ts=reply["ts"])
    assert nested["message"]["thread_ts"] == parent["ts"]
    nowhere = web.chat_postMessage(channel=VISITS, text="x", thread_ts="1.000001")
    assert await error_of(nowhere) == "thread_not_found"
    history = (await web.conversations_history(channel=VISITS))["messages"]
    assert [each["text"] for each in history] == ["Two", "Card"]
    assert history[1]["reply_count"] == 3
    thread = (await web.conversations_replies(channel=VISITS, ts=parent["ts"]))["messages"]
    assert [each["text"] for each in thread] == ["Card", "One", "Two", "Three"]
    assert await error_of(web.conversations_replies(channel=VISITS, ts="1.0")) == "thread_not_found"
    lin = sandbox.persona("lin.wei")
    [broadcast] = [each for each in lin.channel("visits") if each.text == "Two"]
    assert broadcast.thread_ts == parent["ts"]
    card = lin.channel("visits")[0]
    assert [each.text for each in lin.thread(card)] == ["One", "Two", "Three"]
    link = await web.chat_getPermalink(channel=VISITS, message_ts=reply["ts"])
    assert f"thread_ts={parent['ts']}" in link["permalink"]


async def test_history_is_paged_and_bounded(web: AsyncWebClient) -> None:
    stamps = [
        (await web.chat_postMessage(channel=VISITS, text=str(number)))["ts"] for number in range(7)
    ]

    async def texts(**arguments: object) -> list[str]:
        page = await web.conversations_history(channel=VISITS, **arguments)  # type: ignore[arg-type]
        return [each["text"] for each in page["messages"]]

    first = await web.conversations_history(channel=VISITS, limit=3)
    assert [each["text"] for each in first["messages"]] == ["6", "5", "4"]
    assert first["has_more"]
    cursor = first["response_metadata"]["next_cursor"]
    assert await texts(limit=3, cursor=cursor) == ["3", "2", "1"]
    assert await texts(oldest=stamps[2], latest=stamps[5]) == ["4", "3"]
    assert await texts(oldest=stamps[2], latest=stamps[5], inclusive=True) == ["5", "4", "3", "2"]
    assert await texts(oldest="0", limit=1) == ["6"]
    assert await error_of(web.conversations_history(channel=VISITS, oldest="soon")) == (
        "invalid_ts_oldest"
    )
    assert await error_of(web.conversations_history(channel=VISITS, limit=1000)) == "invalid_limit"


async def test_metadata_comes_back_when_asked_for(web: AsyncWebClient) -> None:
    posted = await web.chat_postMessage(channel=LIN, text="x", metadata=META)
    where = posted["channel"]
    plain = (await web.conversations_history(channel=where))["messages"][0]
    assert plain["metadata"] == {"event_type": "usher_row"}
    full = await web.conversations_history(channel=where, include_all_metadata=True)
    assert full["messages"][0]["metadata"] == META
    thread = await web.conversations_replies(
        channel=where, ts=posted["ts"], include_all_metadata=True
    )
    assert thread["messages"][0]["metadata"] == META
    wrong = {"event_type": "x", "event_payload": "y"}
    assert await error_of(web.chat_postMessage(channel=LIN, text="x", metadata=wrong)) == (
        "invalid_metadata_format"
    )


async def test_slack_fills_in_ids_and_flags(web: AsyncWebClient) -> None:
    posted = await web.chat_postMessage(
        channel=VISITS, text="x", blocks=[section(), actions(button())]
    )
    first, second = posted["message"]["blocks"]
    assert first["block_id"] != second["block_id"]
    assert first["text"]["emoji"] is True
    assert second["elements"][0]["action_id"]


async def test_markdown_text(sandbox: Sandbox, web: AsyncWebClient) -> None:
    body = {"channel": VISITS, "markdown_text": "**Hello**"}
    await web.api_call("chat.postMessage", json=body)
    assert sandbox.persona("lin.wei").sees("**Hello**")
    both = web.api_call("chat.postMessage", json={**body, "text": "x"})
    assert await error_of(both) == "markdown_text_conflict"
    long = web.api_call("chat.postMessage", json={**body, "markdown_text": "x" * 12_001})
    assert await error_of(long) == "msg_too_long"


async def test_what_a_reader_sees(sandbox: Sandbox, web: AsyncWebClient) -> None:
    stamp = int(datetime(2026, 12, 12, 2, 0, tzinfo=UTC).timestamp())
    words = (
        f"<@{LIN}> in <#C02GENERAL|x>: <!date^{stamp}^{{date_short}} {{time}}|then> "
        "&lt;!channel&gt; *Acme* &amp; Söhne <https://example.com|here> <!channel>"
    )
    await web.chat_postMessage(channel=VISITS, text=words)
    lin, sam = sandbox.persona("lin.wei"), sandbox.persona("sam.carter")
    tail = "<!channel> *Acme* & Söhne here @channel"
    assert lin.channel("visits")[0].text == f"@林薇 in #general: 2026年12月12日 10:00 {tail}"
    assert sam.channel("visits")[0].text == f"@林薇 in #general: Dec 12, 2026 2:00 AM {tail}"
