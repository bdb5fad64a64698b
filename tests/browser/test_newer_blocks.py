"""Tables of data, charts, cards, containers and plans in the browser, and a message's menu."""

import pytest
from playwright.async_api import expect

from tests.browser.conftest import VISITS, Stage
from tests.browser.exhibit_data import AREA, BARS, GATE, LINES, PIE, VISITS_TABLE, newer_blocks

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_a_table_has_pages_sorts_and_has_buttons(stage: Stage) -> None:
    await stage.exhibit.post(VISITS, [VISITS_TABLE])
    page = await stage.open()
    table = page.get_by_role("table", name="Visits of this month")
    visits = table.get_by_role("rowheader")
    await expect(visits).to_have_text(["V-0001", "V-0002", "V-0003"])
    await expect(page.get_by_text("1–3 of 4")).to_be_visible()
    await page.get_by_role("button", name="More rows").click()
    await expect(visits).to_have_text(["V-0004"])
    await expect(page.get_by_role("button", name="More rows")).to_be_disabled()
    await table.get_by_role("button", name="Guests").click()
    await expect(visits).to_have_text(["V-0003", "V-0001", "V-0004"])
    await table.get_by_role("button", name="Guests").click()
    await expect(visits).to_have_text(["V-0002", "V-0004", "V-0001"])
    await table.get_by_role("button", name="Open").nth(1).click()
    await stage.exhibit.heard(lambda: stage.exhibit.actions)
    assert stage.exhibit.actions[0]["value"] == "V-0004"


async def test_every_chart_is_drawn(stage: Stage) -> None:
    page = await stage.open()
    await stage.exhibit.post(VISITS, [BARS, PIE])
    await stage.exhibit.post(VISITS, [LINES, AREA])
    for chart, shape, count in (
        (BARS, "rect", 12),
        (PIE, ".slice", 3),
        (LINES, ".curve", 1),
        (AREA, ".area", 2),
    ):
        drawn = page.get_by_role("img", name=chart["title"])
        await expect(drawn).to_be_visible()
        await expect(drawn.locator(shape)).to_have_count(count)
    await expect(page.locator(".legend").nth(1)).to_contain_text("Site audit12 · 60%")
    bars = page.get_by_role("img", name="Visits by month")
    await expect(bars.locator("text", has_text="Jun")).to_be_visible()


async def test_cards_containers_and_plans(stage: Stage) -> None:
    workspace, (name, drawn) = stage.sandbox.workspace, GATE
    file = workspace.add_file(name, workspace.app.bot_user, drawn)
    await stage.exhibit.post(VISITS, newer_blocks(file.id))
    page = await stage.open()
    message = page.get_by_role("article").filter(has_text="Visits of this month")
    await expect(message.locator(".unsupported")).to_have_count(0)
    await (
        message.locator(".card-block", has_text="Guest house")
        .get_by_role("button", name="Book")
        .click()
    )
    await stage.exhibit.heard(lambda: stage.exhibit.actions)
    await message.get_by_role("button", name="Confirm").click()
    await stage.exhibit.heard(lambda: len(stage.exhibit.actions) == 2)
    pressed = [each["action_id"] for each in stage.exhibit.actions]
    assert pressed == ["book_two", "confirm_car"]
    hidden = message.get_by_text("Arrival moved to 11:00")
    await expect(hidden).to_be_hidden()
    await message.get_by_text("What was changed").click()
    await expect(hidden).to_be_visible()
    hotel = message.locator(".task", has_text="Hotel")
    await expect(hotel).to_contain_text("In progress")


async def test_an_alert_in_a_modal(stage: Stage) -> None:
    page = await stage.open()
    await page.get_by_label("Message #visits").fill("/visit alert")
    await page.keyboard.press("Enter")
    alert = page.get_by_role("dialog").get_by_role("note").first
    await expect(alert).to_contain_text("The hall is taken")


async def test_the_menu_of_a_message(stage: Stage) -> None:
    page = await stage.open()
    await page.get_by_label("Message #visits").fill("They like green tea")
    await page.keyboard.press("Enter")
    message = page.get_by_role("article").filter(has_text="green tea")
    await message.hover()
    await message.get_by_role("button", name="More for this message").click()
    await page.get_by_role("menuitem", name="Log for a visit").click()
    await stage.exhibit.heard(lambda: stage.exhibit.actions)
    [body] = stage.exhibit.actions
    assert (body["type"], body["callback_id"]) == ("message_action", "log")
    assert body["message"]["text"] == "They like green tea"
    await message.hover()
    await message.get_by_role("button", name="More for this message").click()
    await page.get_by_role("menuitem", name="Delete message").click()
    await expect(page.get_by_role("article")).to_have_count(0)


async def test_the_bot_can_be_mentioned(stage: Stage) -> None:
    page = await stage.open()
    box = page.get_by_label("Message #visits")
    await box.press_sequentially("@ush")
    await page.get_by_role("option", name="Usher").click()
    await box.press_sequentially("who drives?")
    await page.keyboard.press("Enter")
    await expect(page.locator(".mention", has_text="@Usher")).to_be_visible()
    stored = stage.sandbox.persona("ruth.adler").channel("visits")[-1]
    assert stored.raw_text == f"<@{stage.sandbox.workspace.app.bot_user}> who drives?"
