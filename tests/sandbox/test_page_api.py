"""The page's own API: boot, the live connection, acts, clock, files and faults."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from typing import Any

import aiohttp
import pytest
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from sandbox.server import Moment, Sandbox
from tests.sandbox.conftest import Connect
from tests.sandbox.test_bolt_app import modal, option, plain, text_input

LIN, SAM = "U01LINWEI", "U02SAMCARTER"
VISITS = "C01VISITS0"
JsonDict = dict[str, Any]


class Page:
    """One open page."""

    def __init__(self, sandbox: Sandbox, session: aiohttp.ClientSession) -> None:
        self.session = session
        self.url = sandbox.url
        self.seen: list[JsonDict] = []
        self.socket: aiohttp.ClientWebSocketResponse | None = None

    async def open(self, user: str) -> JsonDict:
        self.socket = await self.session.ws_connect(f"{self.url}/ui/live?user={user}")
        snapshot: JsonDict = await self.socket.receive_json(timeout=3)
        return snapshot

    async def until(self, kind: str, **parts: Any) -> JsonDict:
        """The next increment of that kind that has these parts."""
        assert self.socket is not None
        async with asyncio.timeout(3):
            while True:
                event: JsonDict = await self.socket.receive_json()
                self.seen.append(event)
                if event["type"] == kind and all(event.get(k) == v for k, v in parts.items()):
                    return event

    async def act(self, user: str, kind: str, **fields: Any) -> JsonDict:
        body = {"user": user, "kind": kind, **fields}
        async with self.session.post(f"{self.url}/ui/act", json=body) as answer:
            result: JsonDict = await answer.json()
            return result

    async def post(self, path: str, **body: Any) -> JsonDict:
        async with self.session.post(self.url + path, json=body) as answer:
            result: JsonDict = await answer.json()
            return result

    async def get(self, path: str) -> JsonDict:
        async with self.session.get(self.url + path) as answer:
            result: JsonDict = await answer.json()
            return result


@pytest.fixture
async def page(sandbox: Sandbox) -> AsyncIterator[Page]:
    async with aiohttp.ClientSession() as session:
        yield Page(sandbox, session)


async def test_boot_tells_the_company_and_the_app(sandbox: Sandbox, page: Page) -> None:
    sandbox.install(
        {
            "display_information": {"name": "Usher"},
            "features": {
                "bot_user": {"display_name": "Usher"},
                "slash_commands": [
                    {"command": "/visit", "description": "Visits", "usage_hint": "new"}
                ],
                "shortcuts": [
                    {"name": "New visit", "type": "global", "callback_id": "new", "description": ""}
                ],
            },
        }
    )
    boot = await page.get("/ui/boot")
    assert boot["team"]["name"] == "Harbour Instruments"
    assert boot["bot"]["name"] == "Usher"
    assert boot["bot"]["online"] is False
    assert len(boot["users"]) == 16
    assert boot["users"][0]["handle"] == "lin.wei"
    assert boot["users"][0]["avatar"] == {"color": "#3b7dd8", "initials": "薇"}
    assert [channel["name"] for channel in boot["channels"]] == [
        "visits",
        "general",
        "private-deals",
    ]
    assert boot["commands"][0]["usage_hint"] == "new"
    assert boot["shortcuts"] == [{"callback_id": "new", "name": "New visit"}]
    assert boot["moments"] == []


async def test_messages_arrive_live_and_count_as_unread(
    sandbox: Sandbox, page: Page, web: AsyncWebClient
) -> None:
    snapshot = await page.open(LIN)
    kinds = [(each["name"], each["kind"]) for each in snapshot["channels"]]
    assert kinds == [
        ("visits", "channel"),
        ("general", "channel"),
        ("private-deals", "channel"),
        ("", "app"),
    ]
    posted = await web.chat_postMessage(channel=VISITS, text="Hello")
    told = await page.until("message", channel=VISITS)
    assert told["message"]["text"] == "Hello"
    assert told["message"]["bot"] is True
    channel = (await page.until("channel"))["channel"]
    assert (channel["id"], channel["unread"]) == (VISITS, 1)
    await page.act(LIN, "read", channel=VISITS)
    assert (await page.until("channel"))["channel"]["unread"] == 0
    await web.chat_update(channel=VISITS, ts=posted["ts"], text="Hello again")
    assert (await page.until("message"))["message"]["edited"] is True
    await web.chat_delete(channel=VISITS, ts=posted["ts"])
    assert (await page.until("message_deleted"))["ts"] == posted["ts"]
    await web.chat_postEphemeral(channel=VISITS, user=SAM, text="For Sam")
    await web.chat_postEphemeral(channel=VISITS, user=LIN, text="For Lin")
    assert (await page.until("ephemeral"))["message"]["text"] == "For Lin"
    await web.chat_postMessage(channel=SAM, text="A direct message")
    assert (await page.until("attention"))["counts"][SAM] == 1
    assert not any("For Sam" in str(event) for event in page.seen)


async def test_a_modal_is_opened_refused_and_submitted_by_page(
    sandbox: Sandbox, page: Page, app: AsyncApp, connect: Connect
) -> None:
    heard: list[JsonDict] = []

    @app.command("/visit")
    async def visit(ack: Any, body: JsonDict, client: Any) -> None:
        await ack()
        select = {"type": "external_select", "action_id": "value", "min_query_length": 1}
        element = {"type": "input", "block_id": "customer", "label": plain("Customer")}
        view = modal(text_input("Purpose", "purpose"), {**element, "element": select})
        await client.views_open(trigger_id=body["trigger_id"], view=view)

    @app.options("value")
    async def customers(ack: Any, payload: JsonDict) -> None:
        await ack(options=[option(f"{payload['value']}me", "1")])

    @app.view("form")
    async def submit(ack: Any, view: JsonDict) -> None:
        heard.append(view["state"]["values"])
        await ack()

    await connect(app)
    await page.open(LIN)
    assert (await page.act(LIN, "send", channel=VISITS, text="/visit new"))["ok"]
    [shown] = (await page.until("views"))["views"]
    assert shown["view"]["title"]["text"] == "New visit"
    view_id = shown["id"]
    place = {"view_id": view_id, "block_id": "customer", "action_id": "value"}
    offered = await page.act(LIN, "options", **place, query="Ac")
    assert offered["options"] == [option("Acme", "1") | {"text": plain("Acme")}]

    refused = await page.act(LIN, "view_submit", view_id=view_id, state={})
    assert set(refused["errors"]) == {"purpose", "customer"}
    state = {
        "purpose": {"value": {"type": "plain_text_input", "value": "Signing"}},
        "customer": {
            "value": {"type": "external_select", "selected_option": offered["options"][0]}
        },
        "made up": {"value": {"type": "plain_text_input", "value": "x"}},
    }
    assert (await page.act(LIN, "view_submit", view_id=view_id, state=state))["ok"]
    assert heard[0]["purpose"]["value"]["value"] == "Signing"
    assert "made up" not in heard[0]
    closed = await page.until("views", views=[])
    assert closed["views"] == []
    again = await page.act(LIN, "view_submit", view_id=view_id, state=state)
    assert again == {"ok": False, "notice": "This window is closed."}


async def test_clicks_on_messages_and_home_by_page(
    sandbox: Sandbox, page: Page, app: AsyncApp, connect: Connect, web: AsyncWebClient
) -> None:
    @app.action("approve")
    async def approve(ack: Any, respond: Any, body: JsonDict) -> None:
        await ack()
        chosen = body["state"]["values"]["row"]["who"]["selected_user"]
        await respond(text=f"Approved for {chosen}", replace_original=True)

    @app.event("app_home_opened")
    async def opened(event: JsonDict, client: Any) -> None:
        blocks = [{"type": "header", "text": plain("Home")}]
        await client.views_publish(user_id=event["user"], view={"type": "home", "blocks": blocks})

    await connect(app)
    await page.open(LIN)
    button = {"type": "button", "action_id": "approve", "text": plain("Approve")}
    users = {"type": "users_select", "action_id": "who", "placeholder": plain("Who")}
    row = {"type": "actions", "block_id": "row", "elements": [button, users]}
    posted = await web.chat_postMessage(channel=LIN, text="Card", blocks=[row])
    await page.until("message")
    place = {"channel": posted["channel"], "ts": posted["ts"], "block_id": "row"}
    state = {"row": {"who": {"type": "users_select", "selected_user": SAM}}}
    assert (await page.act(LIN, "click", **place, action_id="approve", state=state))["ok"]
    changed = await page.until("message")
    assert changed["message"]["text"] == f"Approved for {SAM}"
    gone = await page.act(LIN, "click", **place, action_id="approve", state={})
    assert gone["notice"] == "This has changed in the meantime."
    assert (await page.act(LIN, "home_open", tab="home"))["ok"]
    home = (await page.until("home"))["view"]
    assert home["view"]["blocks"][0]["text"]["text"] == "Home"


async def test_slacks_own_words_when_the_app_is_away(sandbox: Sandbox, page: Page) -> None:
    answer = await page.act(LIN, "send", channel=VISITS, text="/visit new")
    assert not answer["ok"]
    assert answer["notice"] == "/visit failed with the error “dispatch_failed”"
    stranger = await page.act(LIN, "send", channel="C0NOWHERE00", text="x")
    assert stranger == {"ok": False, "notice": "You are not in that channel."}


async def test_the_clock_jumps_and_says_so(sandbox: Sandbox, page: Page) -> None:
    async def moments() -> list[Moment]:
        return [Moment("15 minutes before pickup", datetime(2030, 1, 2, tzinfo=UTC), "UTC")]

    sandbox.moments = moments
    boot = await page.get("/ui/boot")
    assert boot["moments"][0]["label"] == "15 minutes before pickup"
    await page.open(LIN)
    answer = await page.post("/ui/clock", jump=boot["moments"][0]["at"])
    assert answer["ok"]
    assert answer["now"].startswith("2030-01-02T00:00:0")
    told = await page.until("clock")
    assert told["moments"] == boot["moments"]
    await page.post("/ui/clock", advance=3600)
    assert sandbox.clock.now() > datetime(2030, 1, 2, 1, tzinfo=UTC)
    assert sandbox.clock.offset > timedelta(days=365)
    wrong = await page.post("/ui/clock", jump="tomorrow")
    assert not wrong["ok"]
    naive = await page.post("/ui/clock", jump="2030-01-02T00:00:00")
    assert "time zone" in naive["notice"]


async def test_the_choices_of_the_clock_follow_what_happens(
    sandbox: Sandbox, page: Page, web: AsyncWebClient
) -> None:
    offered: list[Moment] = []

    async def moments() -> list[Moment]:
        return offered

    sandbox.moments = moments
    sandbox.ui.moments_pause = 0.01
    await page.open(LIN)
    chinese = {"zh": "提前一天"}
    offered.append(Moment("One day before", datetime(2030, 1, 1, tzinfo=UTC), "UTC", chinese))
    await web.chat_postMessage(channel=VISITS, text="A visit")
    told = await page.until("clock")
    assert told["moments"][0]["label"] == "One day before"
    assert told["moments"][0]["labels"] == chinese


async def test_files_are_kept_and_faults_are_set(sandbox: Sandbox, page: Page) -> None:
    form = aiohttp.FormData()
    form.add_field("user", LIN)
    form.add_field("file", b"\x89PNG", filename="gate.png", content_type="image/png")
    async with page.session.post(f"{page.url}/ui/upload", data=form) as answer:
        stored = (await answer.json())["file"]
    assert stored["name"] == "gate.png"
    async with page.session.get(page.url + stored["url"]) as answer:
        assert await answer.read() == b"\x89PNG"
        assert answer.content_type == "image/png"
    assert (await page.post("/ui/faults", kind="429", method="chat.*", retry_after=3))["ok"]
    listed = await page.get("/ui/faults")
    assert listed["faults"][0]["method"] == "chat.*"
    assert (await page.post("/ui/faults", kind="nonsense"))["ok"] is False
    assert (await page.post("/ui/faults", kind="clear"))["ok"]
    assert (await page.get("/ui/faults"))["faults"] == []


async def test_no_other_site_can_act_and_no_other_file_is_served(
    sandbox: Sandbox, page: Page
) -> None:
    async with page.session.post(f"{page.url}/ui/act", data="{}") as answer:
        assert answer.status == 415
    async with page.session.get(f"{page.url}/page/..%2fserver.py") as answer:
        assert answer.status == 404
    async with page.session.get(f"{page.url}/ui/live?user=U0NOBODY00") as answer:
        assert answer.status == 404


async def test_the_menu_of_a_message_and_files_of_a_form_by_page(
    sandbox: Sandbox, page: Page, app: AsyncApp, connect: Connect
) -> None:
    chosen: list[JsonDict] = []

    @app.shortcut("log")
    async def log(ack: Any, body: JsonDict, client: Any) -> None:
        picker = {"type": "file_input", "action_id": "a"}
        block = {"type": "input", "block_id": "b", "label": plain("Files"), "element": picker}
        await client.views_open(trigger_id=body["trigger_id"], view=modal(block))
        await ack()

    @app.view("form")
    async def submit(ack: Any, view: JsonDict) -> None:
        chosen.extend(view["state"]["values"]["b"]["a"]["files"])
        await ack()

    await connect(app)
    form = aiohttp.FormData({"user": LIN})
    form.add_field("file", b"%PDF", filename="a.pdf", content_type="application/pdf")
    async with page.session.post(page.url + "/ui/upload", data=form) as answer:
        file_id = (await answer.json())["id"]
    said = (await sandbox.persona("lin.wei").say("Acme", channel="visits")).posted
    assert said is not None
    place = {"channel": VISITS, "ts": said.ts}
    told = await page.act(LIN, "message_shortcut", callback_id="log", **place)
    assert told["ok"]
    [view] = sandbox.workspace.modals.stack(LIN)
    entered = {"b": {"a": {"files": [{"id": file_id, "name": "a.pdf"}, {"id": "F0NONE"}]}}}
    assert (await page.act(LIN, "view_submit", view_id=view.id, state=entered))["ok"]
    assert [(each["name"], each["mimetype"]) for each in chosen] == [("a.pdf", "application/pdf")]
    refused = await page.act(SAM, "delete", **place)
    assert refused["notice"] == "You can’t delete this message."
    assert (await page.act(LIN, "delete", **place))["ok"]
    assert sandbox.workspace.channel("visits").timeline == []
