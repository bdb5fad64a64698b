"""Tables, charts, cards and containers as a person reads and presses them."""

from typing import Any

from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from sandbox.server import Sandbox
from tests.sandbox.block_samples import (
    card,
    cell,
    container,
    data_table,
    number,
    pie,
    plan,
    plot,
    rich,
    task,
)
from tests.sandbox.conftest import Connect
from tests.sandbox.kit import JsonDict, actions, button, plain, section

VISITS = "C01VISITS0"


async def test_what_a_person_reads(sandbox: Sandbox, web: AsyncWebClient) -> None:
    blocks = [
        data_table([cell("Visit"), cell("Guests")], [rich("Acme"), number(3)]),
        pie(label="Audit"),
        plot("line", points=2),
        card(title=plain("Title"), body=plain("Body")),
        container(section("Inside"), title=plain("Outside")),
        plan(task(title="Car", output=rich("booked")), title="Plan"),
    ]
    await web.chat_postMessage(channel=VISITS, blocks=blocks, text="Fallback")
    [message] = sandbox.persona("lin.wei").channel("visits")
    assert message.text.splitlines() == [
        *("Visits", "Visit | Guests", "Acme | 3"),
        *("Visits", "Audit: 1"),
        *("Visits", "s0: c0 1, c1 1"),
        *("Title", "Body"),
        *("Outside", "Inside"),
        *("Plan", "Car", "booked"),
    ]


async def test_buttons_in_cells_cards_and_containers(
    sandbox: Sandbox, web: AsyncWebClient, app: AsyncApp, connect: Connect
) -> None:
    pressed: list[str] = []

    @app.action("go")
    async def go(ack: Any, action: JsonDict) -> None:
        pressed.append(action["value"])
        await ack()

    await connect(app)

    def to(value: str) -> JsonDict:
        return button(value, action_id="go", value=value)

    cells = {"type": "action_cell", "element": to("cell")}
    blocks = [
        data_table([cell()], [cells]),
        {"type": "carousel", "elements": [card(title=plain("x"), actions=[to("card")])]},
        container(section("Upper"), actions(to("same")), section("Lower")),
        container(section("Other"), actions(to("same") | {"value": "other"})),
    ]
    await web.chat_postMessage(channel=VISITS, blocks=blocks, text="x")
    lin = sandbox.persona("lin.wei")
    [message] = lin.channel("visits")
    assert message.buttons == ["cell", "card", "same", "same"]
    for label in ("cell", "card"):
        assert (await lin.click(label, message=message)).acked
    assert (await lin.click("same", message=message, near="Other")).acked
    assert (await lin.click("same", message=message, near="Upper")).acked
    assert pressed == ["cell", "card", "other", "same"]
