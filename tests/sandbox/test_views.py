"""Modals: trigger ids, the stack, hashes, what was entered, closing."""

from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from sandbox.server import Sandbox
from sandbox.triggers import Permits
from tests.sandbox.conftest import Connect
from tests.sandbox.kit import (
    JsonDict,
    actions,
    button,
    element,
    home,
    input_block,
    modal,
    option,
    options,
    plain,
    section,
)
from tests.sandbox.test_web_api import error_of

LIN = "U01LINWEI"


@pytest.fixture
def trigger(sandbox: Sandbox) -> Callable[[], str]:
    """Makes trigger ids of interactions of 林薇's, within her modal if one is open."""

    def make() -> str:
        stack = sandbox.workspace.modals.stack(LIN)
        return sandbox.workspace.permits.trigger(LIN, stack[-1].id if stack else None)

    return make


async def test_trigger_ids(
    sandbox: Sandbox, web: AsyncWebClient, trigger: Callable[[], str]
) -> None:
    first = trigger()
    assert (await web.views_open(trigger_id=first, view=modal()))["view"]["id"].startswith("V")
    assert await error_of(web.views_open(trigger_id=first, view=modal())) == "exchanged_trigger_id"
    assert await error_of(web.views_open(trigger_id="1.2.x", view=modal())) == "invalid_trigger_id"
    missing = web.api_call("views.open", json={"view": modal()})
    assert await error_of(missing) == "invalid_arguments"
    now = 100.0
    permits = Permits(sandbox.workspace.ids, monotonic=lambda: now)
    sandbox.workspace.permits = permits
    late = permits.trigger(LIN)
    in_time = permits.trigger(LIN)
    now += 3.0
    assert (await web.views_open(trigger_id=in_time, view=modal()))["ok"]
    now += 0.1
    assert await error_of(web.views_open(trigger_id=late, view=modal())) == "expired_trigger_id"


async def test_a_refused_view_does_not_use_up_the_trigger(
    web: AsyncWebClient, trigger: Callable[[], str]
) -> None:
    one = trigger()
    wrong = modal(title=plain("x" * 25))
    assert await error_of(web.views_open(trigger_id=one, view=wrong)) == "invalid_arguments"
    assert (await web.views_open(trigger_id=one, view=modal()))["ok"]


async def test_a_stack_of_three(
    sandbox: Sandbox, web: AsyncWebClient, trigger: Callable[[], str]
) -> None:
    assert await error_of(web.views_push(trigger_id=trigger(), view=modal())) == "not_found"
    root = (await web.views_open(trigger_id=trigger(), view=modal(title=plain("1"))))["view"]
    second = (await web.views_push(trigger_id=trigger(), view=modal(title=plain("2"))))["view"]
    assert second["root_view_id"] == root["id"]
    assert second["previous_view_id"] == root["id"]
    await web.views_push(trigger_id=trigger(), view=modal(title=plain("3")))
    fourth = web.views_push(trigger_id=trigger(), view=modal())
    assert await error_of(fourth) == "push_limit_reached"
    outside = sandbox.workspace.permits.trigger(LIN)
    assert await error_of(web.views_push(trigger_id=outside, view=modal())) == "not_found"
    lin = sandbox.persona("lin.wei")
    assert [each.title for each in lin.modals] == ["1", "2", "3"]
    await (await lin.modal()).close()
    assert (await lin.modal("2")).title == "2"
    with pytest.raises(AssertionError, match="no modal 3 is open"):
        await lin.modal("3", timeout=0.01)
    fresh = await web.views_open(trigger_id=trigger(), view=modal(title=plain("new")))
    assert [each.title for each in lin.modals] == ["new"]
    assert fresh["ok"]
    assert await error_of(web.views_update(view_id=root["id"], view=modal())) == "not_found"


async def test_hashes_and_external_ids(web: AsyncWebClient, trigger: Callable[[], str]) -> None:
    named = modal(external_id="visit-1")
    view = (await web.views_open(trigger_id=trigger(), view=named))["view"]
    changed = (await web.views_update(view_id=view["id"], hash=view["hash"], view=named))["view"]
    assert changed["hash"] != view["hash"]
    old = web.views_update(view_id=view["id"], hash=view["hash"], view=named)
    assert await error_of(old) == "hash_conflict"
    assert (await web.views_update(external_id="visit-1", view=modal(external_id="visit-1")))["ok"]
    twice = web.views_push(trigger_id=trigger(), view=named)
    assert await error_of(twice) == "duplicate_external_id"
    named_twice = {"view_id": view["id"], "external_id": "visit-1", "view": modal()}
    both = web.api_call("views.update", json=named_twice)
    assert await error_of(both) == "invalid_arguments"
    neither = web.api_call("views.update", json={"view": modal()})
    assert await error_of(neither) == "invalid_arguments"
    kind = web.views_update(view_id=view["id"], view=home())
    assert await error_of(kind) == "invalid_arguments"


async def test_home(sandbox: Sandbox, web: AsyncWebClient) -> None:
    first = (await web.views_publish(user_id=LIN, view=home()))["view"]
    second = (await web.views_publish(user_id=LIN, view=home(section("New"))))["view"]
    assert second["id"] == first["id"]
    old = web.views_publish(user_id=LIN, hash=first["hash"], view=home())
    assert await error_of(old) == "hash_conflict"
    assert await error_of(web.views_publish(user_id=LIN, view=modal())) == "invalid_arguments"
    nobody = web.views_publish(user_id="U0NOBODY00", view=home())
    assert await error_of(nobody) == "invalid_arguments"
    assert sandbox.persona("lin.wei").home.text == "New"
    sandbox.install({"display_information": {"name": "Usher"}})
    assert await error_of(web.views_publish(user_id=LIN, view=home())) == "not_enabled"


async def test_what_was_entered_stays_only_under_the_same_ids(
    sandbox: Sandbox, web: AsyncWebClient, trigger: Callable[[], str]
) -> None:
    def form(block: str, action: str = "a", kind: str = "plain_text_input") -> JsonDict:
        part = element(kind, action_id=action)
        return modal(input_block(part, "Name", block_id=block), section())

    view = (await web.views_open(trigger_id=trigger(), view=form("name")))["view"]
    shown = await sandbox.persona("lin.wei").modal()
    await shown.fill("Name", "Ann")
    with_initial = form("name")
    with_initial["blocks"][0]["element"]["initial_value"] = "Other"
    await web.views_update(view_id=view["id"], view=with_initial)
    assert shown.field("Name").value == "Ann"
    await web.views_update(view_id=view["id"], view=form("name", kind="url_text_input"))
    assert shown.field("Name").value is None
    await shown.fill("Name", "https://example.com")
    await web.views_update(view_id=view["id"], view=form("name-2", kind="url_text_input"))
    assert shown.field("Name").value is None


Answer = Callable[[JsonDict], Awaitable[JsonDict] | JsonDict]


@pytest.fixture
async def submitting(app: AsyncApp, connect: Connect) -> list[JsonDict]:
    """An app that answers submissions of "form" with the given answers, in turn."""
    answers: list[JsonDict] = []

    @app.view("form")
    async def submit(ack: Any) -> None:
        await ack(**answers.pop(0))

    await connect(app)
    return answers


async def test_answers_to_a_submission(
    sandbox: Sandbox,
    web: AsyncWebClient,
    trigger: Callable[[], str],
    submitting: list[JsonDict],
) -> None:
    name = input_block(element("plain_text_input"), "Name", block_id="name", optional=True)
    form = modal(name, callback_id="form")
    await web.views_open(trigger_id=trigger(), view=form)
    lin = sandbox.persona("lin.wei")
    shown = await lin.modal()
    submitting += [
        {"response_action": "errors", "errors": {"name": "Too short"}},
        {"response_action": "update", "view": {**form, "title": plain("Second")}},
        {"response_action": "push", "view": {**form, "title": plain("Third")}},
        {"response_action": "clear"},
    ]
    refused = await shown.submit()
    assert refused.errors == {"Name": "Too short"}
    assert shown.field("Name").error == "Too short"
    assert refused.view is not None
    updated = await shown.submit()
    assert (updated.errors, updated.closed, shown.title) == ({}, False, "Second")
    pushed = await shown.submit()
    assert pushed.view is not None
    assert pushed.view.title == "Third"
    assert not pushed.closed
    cleared = await pushed.view.submit()
    assert cleared.closed
    assert cleared.view is None
    assert sandbox.rejections == []


@pytest.mark.parametrize(
    "answer",
    [
        {"response_action": "errors", "errors": {"nowhere": "x"}},
        {"response_action": "update", "view": {"type": "modal"}},
        {"response_action": "reopen"},
    ],
    ids=["unknown block", "bad view", "unknown action"],
)
async def test_answers_that_slack_refuses(
    sandbox: Sandbox,
    web: AsyncWebClient,
    trigger: Callable[[], str],
    submitting: list[JsonDict],
    answer: JsonDict,
) -> None:
    form = modal(input_block(element("plain_text_input"), optional=True), callback_id="form")
    await web.views_open(trigger_id=trigger(), view=form)
    submitting.append(answer)
    result = await (await sandbox.persona("lin.wei").modal()).submit()
    assert result.notice == "We had some trouble connecting. Try again?"
    assert not result.closed
    assert sandbox.rejections[0].where == "view_submission response"


async def test_closing_tells_the_app_only_if_it_asked(
    sandbox: Sandbox, app: AsyncApp, connect: Connect, trigger: Callable[[], str]
) -> None:
    heard: list[tuple[str, bool]] = []

    @app.view_closed("form")
    async def closed(ack: Any, body: JsonDict) -> None:
        await ack()
        heard.append((body["view"]["title"]["text"], body["is_cleared"]))

    await connect(app)
    quiet = modal(title=plain("Quiet"), callback_id="form")
    loud = modal(title=plain("Loud"), callback_id="form", notify_on_close=True)
    clearing = {**loud, "title": plain("Clearing"), "clear_on_close": True}
    lin = sandbox.persona("lin.wei")
    await app.client.views_open(trigger_id=trigger(), view=quiet)
    await (await lin.modal()).close()
    await app.client.views_open(trigger_id=trigger(), view=loud)
    await (await lin.modal()).close()
    assert heard == [("Loud", False)]
    await app.client.views_open(trigger_id=trigger(), view=loud)
    await app.client.views_push(trigger_id=trigger(), view=clearing)
    await (await lin.modal()).close()
    assert heard[1:] == [("Clearing", True), ("Loud", True)]
    assert lin.modals == []


async def test_inputs_that_tell_the_app_at_once(
    sandbox: Sandbox, app: AsyncApp, connect: Connect, trigger: Callable[[], str]
) -> None:
    heard: list[JsonDict] = []

    @app.action("level")
    async def level(ack: Any, body: JsonDict) -> None:
        await ack()
        heard.append(body)

    await connect(app)
    select = element("static_select", action_id="level", options=options(3))
    dispatching = input_block(select, "Level", block_id="level", dispatch_action=True)
    silent = input_block(element("plain_text_input", action_id="name"), "Name", block_id="name")
    await app.client.views_open(trigger_id=trigger(), view=modal(silent, dispatching))
    shown = await sandbox.persona("lin.wei").modal()
    await shown.fill("Name", "Ann")
    assert heard == []
    await shown.fill("Level", "Option 2")
    [body] = heard
    assert body["actions"][0]["selected_option"]["value"] == "2"
    assert body["view"]["state"]["values"]["name"]["name"]["value"] == "Ann"
    chosen = body["view"]["state"]["values"]["level"]["level"]["selected_option"]
    assert chosen == body["actions"][0]["selected_option"]
    assert "response_url" not in body
    with pytest.raises(AssertionError, match="no option 'Option 9'"):
        await shown.fill("Level", "Option 9")
    with pytest.raises(AssertionError, match="has no 'Colour'; it has"):
        await shown.fill("Colour", "Red")


async def test_every_kind_of_input_by_label(
    sandbox: Sandbox, web: AsyncWebClient, trigger: Callable[[], str], submitting: list[JsonDict]
) -> None:
    pairs = [option("Tea", "tea"), option("Coffee", "coffee")]
    kinds = {
        "Mail": element("email_text_input"),
        "Link": element("url_text_input"),
        "Time": element("timepicker"),
        "Many": element("multi_static_select", options=pairs),
        "Ticks": element("checkboxes", options=pairs),
        "Radio": element("radio_buttons", options=pairs),
        "People": element("multi_users_select", max_selected_items=2),
        "Room": element("channels_select"),
        "Talk": element("multi_conversations_select"),
        "Rich": element("rich_text_input"),
        "Files": element("file_input", max_files=1),
        "Short": element("plain_text_input", min_length=2, max_length=4),
        "Ratio": element("number_input", is_decimal_allowed=True, max_value="1.5"),
    }
    blocks = [input_block(part, label, block_id=label) for label, part in kinds.items()]
    await web.views_open(trigger_id=trigger(), view=modal(*blocks, callback_id="form"))
    shown = await sandbox.persona("lin.wei").modal()
    await shown.fill_all(
        {
            "Mail": "ann",
            "Link": "example.com",
            "Time": "09:05",
            "Many": ["Tea", "Coffee"],
            "Ticks": "Tea",
            "Radio": "Coffee",
            "People": ["sam.carter", "U03RUTHADLER", "chen.hao"],
            "Room": "visits",
            "Talk": ["general"],
            "Rich": "Hello",
            "Files": [("a.pdf", b"a"), ("b.pdf", b"b")],
            "Short": "x",
            "Ratio": "1.6",
        }
    )
    refused = await shown.submit()
    assert refused.errors == {
        "Mail": "Enter a valid email address.",
        "Link": "Enter a valid URL.",
        "People": "Select no more than 2.",
        "Files": "Select no more than 1.",
        "Short": "Enter at least 2 characters.",
        "Ratio": "Enter a number of at most 1.5.",
    }
    assert shown.field("Many").value == ["Tea", "Coffee"]
    assert shown.field("People").value == ["sam.carter", "ruth.adler", "chen.hao"]
    assert shown.field("Files").value == ["a.pdf", "b.pdf"]
    assert shown.field("Ticks").options == ["Tea", "Coffee"]
    submitting.append({})
    await shown.fill_all(
        {
            "Mail": "ann@example.com",
            "Link": "https://example.com",
            "People": ["sam.carter"],
            "Files": ("a.pdf", b"a"),
            "Short": "abc",
            "Ratio": -0.5,
        }
    )
    assert (await shown.submit()).closed


async def test_an_option_that_bears_a_persons_name_is_found_by_their_handle(
    sandbox: Sandbox, web: AsyncWebClient, trigger: Callable[[], str]
) -> None:
    options = [option("Tom Reed", "tom"), option("马龙 · busy 14:00–15:00", "ma")]
    drivers = input_block(element("static_select", options=options), "Driver", block_id="driver")
    await web.views_open(trigger_id=trigger(), view=modal(drivers, callback_id="form"))
    shown = await sandbox.persona("lin.wei").modal()
    await shown.fill("Driver", "ma.long")
    assert shown.field("Driver").value == "马龙 · busy 14:00–15:00"


async def test_buttons_beside_the_words(
    sandbox: Sandbox, app: AsyncApp, connect: Connect, trigger: Callable[[], str]
) -> None:
    heard: list[str] = []

    @app.action("done")
    async def done(ack: Any, action: JsonDict) -> None:
        await ack()
        heard.append(action["value"])

    await connect(app)
    rows = [
        section("Hotel", accessory=button("Done", action_id="done", value="hotel")),
        section("Car"),
        actions(button("Done", action_id="done", value="car")),
    ]
    await app.client.views_open(trigger_id=trigger(), view=modal(*rows))
    lin = sandbox.persona("lin.wei")
    await (await lin.modal()).click("Done", near="Car")
    await (await lin.modal()).click("Done", near="Hotel")
    await app.client.chat_postMessage(channel=LIN, text="x", blocks=rows)
    await lin.click("Done", near="Car", message=lin.last_dm())
    await app.client.views_publish(user_id=LIN, view=home(*rows))
    await lin.home.click("Done", near="Hotel")
    assert heard == ["car", "hotel", "car", "hotel"]
