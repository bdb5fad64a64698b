"""An unchanged Bolt app against the workspace: every kind of interaction, as people act."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from slack_bolt.async_app import AsyncApp

from sandbox.server import Sandbox
from tests.sandbox.conftest import Connect

JsonDict = dict[str, Any]


def plain(text: str) -> JsonDict:
    return {"type": "plain_text", "text": text}


def option(text: str, value: str) -> JsonDict:
    return {"text": plain(text), "value": value}


def text_input(label: str, block: str, **element: Any) -> JsonDict:
    element = {"type": "plain_text_input", "action_id": "value", **element}
    return {"type": "input", "block_id": block, "label": plain(label), "element": element}


def modal(*blocks: JsonDict, title: str = "New visit", **more: Any) -> JsonDict:
    view = {"type": "modal", "title": plain(title), "submit": plain("Send"), "blocks": list(blocks)}
    return {**view, "callback_id": "form", **more}


async def test_a_command_is_answered_to_one_person(
    sandbox: Sandbox, app: AsyncApp, connect: Connect
) -> None:
    @app.command("/visit")
    async def visit(ack: Any, command: JsonDict) -> None:
        await ack(f"You said {command['text']} in {command['channel_name']}")

    await connect(app)
    lin, sam = sandbox.persona("lin.wei"), sandbox.persona("sam.carter")
    ack = await lin.command("/visit list  all", channel="visits")
    assert ack.acked
    assert ack.ms < 3000
    assert ack.text == "You said list  all in visits"
    assert lin.sees("You said list")
    assert not sam.sees("You said list")
    assert [message.text for message in lin.ephemeral()] == [ack.text]


async def test_a_modal_is_opened_filled_refused_and_submitted(
    sandbox: Sandbox, app: AsyncApp, connect: Connect
) -> None:
    submitted: list[JsonDict] = []

    @app.command("/visit")
    async def visit(ack: Any, body: JsonDict, client: Any) -> None:
        await ack()
        view = modal(
            text_input("Customer", "customer"),
            text_input("Notes", "notes", multiline=True) | {"optional": True},
            {
                "type": "input",
                "block_id": "day",
                "label": plain("Arrival"),
                "element": {"type": "datepicker", "action_id": "value"},
            },
            {
                "type": "input",
                "block_id": "at",
                "label": plain("Pickup time"),
                "element": {"type": "datetimepicker", "action_id": "value"},
            },
            {
                "type": "input",
                "block_id": "host",
                "label": plain("Host"),
                "element": {
                    "type": "users_select",
                    "action_id": "value",
                    "initial_user": body["user_id"],
                },
            },
            {
                "type": "input",
                "block_id": "size",
                "label": plain("Party size"),
                "element": {
                    "type": "number_input",
                    "action_id": "value",
                    "is_decimal_allowed": False,
                    "min_value": "1",
                },
            },
        )
        await client.views_open(trigger_id=body["trigger_id"], view=view)

    @app.view("form")
    async def submit(ack: Any, view: JsonDict) -> None:
        values = view["state"]["values"]
        submitted.append(values)
        if values["customer"]["value"]["value"] == "Nobody":
            await ack(response_action="errors", errors={"customer": "No such customer"})
        else:
            await ack()

    await connect(app)
    lin = sandbox.persona("lin.wei")
    await lin.command("/visit new")
    form = await lin.modal()
    assert form.title == "New visit"
    assert form.labels() == ["Customer", "Notes", "Arrival", "Pickup time", "Host", "Party size"]
    assert form.field("Host").value == "lin.wei"

    refused = await form.submit()
    assert set(refused.errors) == {"Customer", "Arrival", "Pickup time", "Party size"}
    assert not submitted

    await form.fill_all(
        {
            "Customer": "Nobody",
            "Arrival": date(2026, 12, 12),
            "Pickup time": datetime(2026, 12, 12, 2, 0, tzinfo=UTC),
            "Host": "sam.carter",
            "Party size": 0,
        }
    )
    assert (await form.submit()).errors == {"Party size": "Enter a number of at least 1."}
    await form.fill("Party size", 3)
    refused = await form.submit()
    assert refused.errors == {"Customer": "No such customer"}
    assert not refused.closed
    await form.fill("Customer", "Acme")
    result = await form.submit()
    assert result.closed
    assert result.view is None
    assert submitted[-1] == {
        "customer": {"value": {"type": "plain_text_input", "value": "Acme"}},
        "notes": {"value": {"type": "plain_text_input", "value": None}},
        "day": {"value": {"type": "datepicker", "selected_date": "2026-12-12"}},
        "at": {"value": {"type": "datetimepicker", "selected_date_time": 1797040800}},
        "host": {"value": {"type": "users_select", "selected_user": "U02SAMCARTER"}},
        "size": {"value": {"type": "number_input", "value": "3"}},
    }


async def test_a_button_in_a_dm_updates_its_message(
    sandbox: Sandbox, app: AsyncApp, connect: Connect
) -> None:
    @app.action("approve")
    async def approve(ack: Any, body: JsonDict, client: Any) -> None:
        await ack()
        assert body["container"]["type"] == "message"
        await client.chat_update(
            channel=body["channel"]["id"],
            ts=body["message"]["ts"],
            text="Approved",
            blocks=[
                {
                    "type": "section",
                    "text": {"type": "mrkdwn", "text": f"Approved by <@{body['user']['id']}>"},
                }
            ],
        )

    await connect(app)
    button = {"type": "button", "action_id": "approve", "text": plain("Approve"), "value": "7"}
    await app.client.chat_postMessage(
        channel="U05CHENHAO", text="A request", blocks=[{"type": "actions", "elements": [button]}]
    )
    chen = sandbox.persona("chen.hao")
    card = chen.last_dm()
    assert card.buttons == ["Approve"]
    ack = await chen.click("Approve")
    assert ack.acked
    assert card.text == "Approved by @陈浩"
    assert card.edited
    assert card.buttons == []
    with pytest.raises(AssertionError, match="no button"):
        await chen.click("Approve")


async def test_selects_and_overflow_in_a_message(
    sandbox: Sandbox, app: AsyncApp, connect: Connect
) -> None:
    heard: list[str] = []

    @app.action("driver")
    @app.action("more")
    async def any_choice(ack: Any, body: JsonDict) -> None:
        await ack()
        heard.append(body["actions"][0]["selected_option"]["value"])

    @app.options("driver")
    async def drivers(ack: Any, payload: JsonDict) -> None:
        found = [each for each in ("Ma Long", "Tom Reed") if payload["value"] in each]
        await ack(options=[option(each, each[:2]) for each in found])

    await connect(app)
    select = {"type": "external_select", "action_id": "driver", "placeholder": plain("Driver")}
    menu = {
        "type": "overflow",
        "action_id": "more",
        "options": [option("Show", "show"), option("Cancel visit", "cancel")],
    }
    section = {"type": "section", "text": plain("V-2026-0001"), "accessory": menu}
    await app.client.chat_postMessage(
        channel="#visits",
        text="Trip",
        blocks=[section, {"type": "actions", "elements": [select]}],
    )
    liu = sandbox.persona("liu.yang")
    await liu.choose("Driver", "Tom")
    await liu.overflow("V-2026-0001", "Cancel visit")
    assert heard == ["To", "cancel"]


async def test_app_home_a_shortcut_and_a_stack_of_modals(
    sandbox: Sandbox, app: AsyncApp, connect: Connect
) -> None:
    closed: list[JsonDict] = []

    @app.event("app_home_opened")
    async def opened(event: JsonDict, client: Any) -> None:
        button = {"type": "button", "action_id": "new", "text": plain("New visit")}
        blocks = [
            {"type": "header", "text": plain("My visits")},
            {"type": "actions", "elements": [button]},
        ]
        await client.views_publish(user_id=event["user"], view={"type": "home", "blocks": blocks})

    @app.action("new")
    @app.shortcut("new_visit")
    async def new(ack: Any, body: JsonDict, client: Any) -> None:
        await ack()
        button = {"type": "button", "action_id": "guests", "text": plain("Edit guests")}
        view = modal({"type": "actions", "elements": [button]}, notify_on_close=True)
        await client.views_open(trigger_id=body["trigger_id"], view=view)

    @app.action("guests")
    async def guests(ack: Any, body: JsonDict, client: Any) -> None:
        await ack()
        view = modal(text_input("Guests", "guests"), title="Guests")
        await client.views_push(trigger_id=body["trigger_id"], view=view)

    @app.view("form")
    async def submit(ack: Any) -> None:
        await ack()

    @app.view_closed("form")
    async def view_closed(ack: Any, body: JsonDict) -> None:
        await ack()
        closed.append(body)

    await connect(app)
    mei = sandbox.persona("mei.fang")
    home = await mei.open_home()
    assert (home.text, home.buttons) == ("My visits", ["New visit"])
    await mei.click("New visit")
    form = await mei.modal()
    await form.click("Edit guests")
    guests_form = await mei.modal()
    assert guests_form.title == "Guests"
    await guests_form.fill("Guests", "Ann")
    result = await guests_form.submit()
    assert result.closed
    assert result.view is not None
    assert result.view.title == "New visit"
    await result.view.close()
    assert closed[0]["view"]["state"]["values"] == {}
    assert not closed[0]["is_cleared"]
    await mei.shortcut("new_visit")
    assert (await mei.modal()).title == "New visit"


async def test_an_answer_by_response_url(sandbox: Sandbox, app: AsyncApp, connect: Connect) -> None:
    @app.command("/visit")
    async def visit(ack: Any, respond: Any) -> None:
        await ack()
        await respond("Only for you")
        await respond("For all", response_type="in_channel")

    await connect(app)
    lin, sam = sandbox.persona("lin.wei"), sandbox.persona("sam.carter")
    await lin.command("/visit", channel="private-deals")
    assert lin.sees("Only for you")
    assert not sam.sees("Only for you")
    assert sam.sees("For all")


async def test_an_app_that_is_away_or_silent(
    sandbox: Sandbox, app: AsyncApp, connect: Connect
) -> None:
    lin = sandbox.persona("lin.wei")
    away = await lin.command("/visit new")
    assert not away.acked
    assert away.notice == "/visit failed with the error “dispatch_failed”"
    sandbox.delivery.ack_seconds = 0.1

    @app.command("/visit")
    async def visit() -> None:
        """Never acknowledges."""

    await connect(app)
    silent = await lin.command("/visit new")
    assert silent.notice == "/visit failed with the error “operation_timeout”"


async def test_a_shortcut_from_a_message(sandbox: Sandbox, app: AsyncApp, connect: Connect) -> None:
    manifest = {
        "display_information": {"name": "Usher"},
        "features": {
            "shortcuts": [
                {
                    "name": "Make a visit",
                    "type": "message",
                    "callback_id": "make",
                    "description": "",
                }
            ]
        },
        "oauth_config": {"scopes": {"bot": ["chat:write"]}},
        "settings": {"interactivity": {"is_enabled": True}},
    }
    sandbox.install(manifest)

    @app.shortcut("make")
    async def make(ack: Any, body: JsonDict, respond: Any) -> None:
        await ack()
        await respond(f"From {body['message']['text']}")

    await connect(app)
    lin = sandbox.persona("lin.wei")
    await lin.say("Acme comes", channel="visits")
    said = lin.channel("visits")[-1]
    await lin.shortcut("Make a visit", message=said)
    assert lin.ephemeral()[-1].text == "From Acme comes"
    with pytest.raises(AssertionError, match="no shortcut 'Make a visit'"):
        await lin.shortcut("Make a visit")


async def test_what_an_unanswered_wait_tells(sandbox: Sandbox) -> None:
    lin = sandbox.persona("lin.wei")
    await lin.say("Hello there", channel="visits")
    with pytest.raises(TimeoutError, match="Hello there"):
        await sandbox.wait_for(lambda: lin.sees("never"), timeout=0.01)
    with pytest.raises(LookupError, match=r"nobody is called 'lin'; there are .*lin\.wei"):
        sandbox.persona("lin")
    refused = await sandbox.persona("ana.silva").command("/visit", channel="private-deals")
    assert refused.notice == "You can’t post in this channel."
