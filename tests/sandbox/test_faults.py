"""Faults on demand, and Slack's true rate limits."""

import time

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web import SlackResponse
from slack_sdk.web.async_client import AsyncWebClient

from sandbox.rate_limit import RateLimit
from sandbox.server import Sandbox
from tests.sandbox.block_samples import cell, container, data_table, pie, table
from tests.sandbox.kit import JsonDict, section
from tests.sandbox.test_web_api import error_of

VISITS = "C01VISITS0"


async def test_429_with_retry_after(sandbox: Sandbox, web: AsyncWebClient) -> None:
    sandbox.faults.add(method="chat.postMessage", kind="429", times=2, retry_after=7)
    for _ in range(2):
        with pytest.raises(SlackApiError) as refused:
            await web.chat_postMessage(channel=VISITS, text="x")
        assert refused.value.response.status_code == 429
        assert refused.value.response["error"] == "ratelimited"
        assert refused.value.response.headers["Retry-After"] == "7"
    assert (await web.chat_postMessage(channel=VISITS, text="x"))["ok"]
    assert len(sandbox.workspace.channel("visits").timeline) == 1
    assert [call.status for call in sandbox.calls] == ["ratelimited", "ratelimited", "ok"]


async def test_500_does_nothing(sandbox: Sandbox, web: AsyncWebClient) -> None:
    sandbox.faults.add(method="chat.*", kind="500")
    with pytest.raises(SlackApiError) as refused:
        await web.chat_postMessage(channel=VISITS, text="x")
    assert refused.value.response.status_code == 500
    assert sandbox.workspace.channel("visits").timeline == []
    assert sandbox.faults.active == []


@pytest.mark.parametrize("is_done", [False, True])
async def test_an_error_of_any_code(sandbox: Sandbox, web: AsyncWebClient, is_done: bool) -> None:
    sandbox.faults.add("chat.postMessage", "error", error="fatal_error", is_done=is_done)
    with pytest.raises(SlackApiError) as refused:
        await web.chat_postMessage(channel=VISITS, text="x")
    assert (refused.value.response["error"], sandbox.calls[-1].status) == ("fatal_error",) * 2
    assert len(sandbox.workspace.channel("visits").timeline) == is_done
    assert (await web.chat_postMessage(channel=VISITS, text="y"))["ok"]


async def test_an_answer_lost_after_the_deed(sandbox: Sandbox, web: AsyncWebClient) -> None:
    fault = sandbox.faults.add(method="chat.postMessage", kind="drop_answer")
    with pytest.raises(aiohttp.ClientError):
        await web.chat_postMessage(channel=VISITS, text="x")
    assert len(sandbox.workspace.channel("visits").timeline) == 1
    assert fault.struck == 1
    assert sandbox.calls[-1].status == "drop_answer"


TABLE = data_table([cell("Visit")], [cell("Acme")])


async def refused(web: AsyncWebClient, *blocks: JsonDict) -> SlackResponse | None:
    """What Slack says against a message of these blocks; None when it takes them."""
    try:
        await web.chat_postMessage(channel=VISITS, text="Acme", blocks=blocks)
    except SlackApiError as error:
        response: SlackResponse = error.response
        return response
    return None


async def test_a_plan_without_tables_and_charts(sandbox: Sandbox, web: AsyncWebClient) -> None:
    sandbox.faults.add(kind="data_blocks", share=1)
    for block in (TABLE, pie(), table([cell()])):
        answer = await refused(web, section("x"), block)
        assert answer is not None
        assert answer["error"] == "invalid_blocks"
        assert answer["errors"] == [
            f"unsupported type: {block['type']} [json-pointer:/blocks/1/type]"
        ]
    assert await refused(web, container(table([cell()]))) is not None
    assert await refused(web, section("x")) is None
    assert len(sandbox.workspace.channel("visits").timeline) == 1
    assert sandbox.rejections == []
    sandbox.faults.clear()
    assert await refused(web, TABLE) is None


async def test_the_next_table_only(sandbox: Sandbox, web: AsyncWebClient) -> None:
    fault = sandbox.faults.add("chat.postMessage", "data_blocks", times=2)
    for taken in (False, False, True):
        assert await refused(web, section("x")) is None
        assert (await refused(web, TABLE) is None) == taken
    assert fault.struck == 2


async def test_latency_and_shares(sandbox: Sandbox, web: AsyncWebClient) -> None:
    sandbox.faults.add(method="api.test", kind="latency", seconds=0.2)
    started = time.monotonic()
    await web.api_test()
    assert time.monotonic() - started >= 0.2
    fault = sandbox.faults.add(method="api.test", kind="500", share=0.3, seed=4)
    statuses = []
    for _ in range(60):
        try:
            await web.api_test()
            statuses.append("ok")
        except SlackApiError:
            statuses.append("500")
    assert 8 <= statuses.count("500") <= 30
    assert fault.struck == statuses.count("500")
    sandbox.faults.clear()
    assert (await web.api_test())["ok"]


def test_an_unknown_fault(sandbox: Sandbox) -> None:
    with pytest.raises(ValueError, match="no fault is called"):
        sandbox.faults.add(kind="fire")  # type: ignore[arg-type]


def test_one_message_a_second_in_each_channel() -> None:
    now = 0.0
    limit = RateLimit(lambda: now)
    waits = [limit.wait("chat.postMessage", "post", "C1") for _ in range(6)]
    assert waits == [None, None, None, None, 1, 1]
    assert limit.wait("chat.postMessage", "post", "C2") is None
    now = 1.0
    assert limit.wait("chat.postMessage", "post", "C1") is None
    assert limit.wait("chat.postMessage", "post", "C1") == 1


def test_tiers() -> None:
    now = 0.0
    limit = RateLimit(lambda: now)
    assert [limit.wait("users.list", 2, None) for _ in range(21)][-2:] == [None, 3]
    assert [limit.wait("chat.update", 3, None) for _ in range(51)][-2:] == [None, 2]
    assert limit.wait("users.info", 4, None) is None
    now = 60.0
    assert limit.wait("users.list", 2, None) is None


async def test_the_true_rate_limit_is_off_at_first(sandbox: Sandbox, web: AsyncWebClient) -> None:
    for _ in range(8):
        await web.chat_postMessage(channel=VISITS, text="x")
    sandbox.rate_limit = True
    errors = []
    for _ in range(8):
        try:
            await web.chat_postMessage(channel=VISITS, text="x")
        except SlackApiError as refused:
            errors.append(refused.response["error"])
    assert errors
    assert set(errors) == {"ratelimited"}
    sandbox.rate_limit = False
    assert (await web.chat_postMessage(channel=VISITS, text="x"))["ok"]
    assert await error_of(web.chat_postMessage(channel="C0NOWHERE00", text="x"))
