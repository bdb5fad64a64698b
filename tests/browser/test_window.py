"""The window around the conversation: personas, Home, the clock, faults, themes, narrow screens."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest
from playwright.async_api import expect

from sandbox.server import Moment
from tests.browser.conftest import VISITS, Stage
from tests.browser.exhibit import CARD
from tests.browser.exhibit_blocks import section

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_another_person_sees_their_own_workspace_in_their_language(stage: Stage) -> None:
    await stage.exhibit.post("U01LINWEI", [section("For Lin alone")], "For Lin alone")
    page = await stage.open()
    await expect(page.locator("html")).to_have_attribute("lang", "en-US")
    await page.get_by_label("Persona").click()
    lin = page.get_by_role("option", name="林薇")
    await expect(lin.get_by_label("1 unread")).to_be_visible()
    await lin.click()
    await expect(page.locator("html")).to_have_attribute("lang", "zh-CN")
    await expect(page.get_by_label("Persona")).to_contain_text("林薇")
    await expect(page.get_by_label("发消息到 #visits")).to_be_visible()
    await expect(page.get_by_role("link", name="private-deals")).to_be_visible()
    await page.get_by_role("link", name="Usher").click()
    await expect(page.get_by_text("For Lin alone")).to_be_visible()
    await page.reload()
    await expect(page.get_by_label("Persona")).to_contain_text("林薇")
    assert "user=lin.wei" in page.url


@pytest.mark.parametrize(("locale", "first"), [("en-GB", "Sam Carter"), ("zh-CN", "林薇")])
async def test_the_first_person_reads_the_browsers_language(
    stage: Stage, locale: str, first: str
) -> None:
    page = await stage.open("", locale=locale)
    await expect(page.get_by_label("Persona")).to_contain_text(first)


async def test_personas_are_reachable_by_keyboard(stage: Stage) -> None:
    page = await stage.open()
    await page.get_by_label("Persona").press("Enter")
    await page.keyboard.type("ruth")
    await page.keyboard.press("Enter")
    await expect(page.get_by_label("Persona")).to_contain_text("Ruth Adler")


async def test_home_is_published_and_its_buttons_work(stage: Stage) -> None:
    page = await stage.open("user=sam.carter#home")
    await expect(page.get_by_role("tab", name="Home")).to_have_attribute("aria-selected", "true")
    await page.get_by_role("tabpanel").get_by_role("button", name="Open").click()
    await stage.exhibit.heard(lambda: stage.exhibit.actions)
    assert stage.exhibit.actions[0]["action_id"] == "open"
    await page.get_by_role("tab", name="Messages").click()
    await expect(page.get_by_label("Message Usher")).to_be_visible()
    await page.go_back()
    await expect(page.get_by_text("You host 2 visits this week.")).to_be_visible()


async def test_the_clock_jumps_to_moments_and_steps_on(stage: Stage) -> None:
    moment = datetime(2030, 5, 6, 2, 0, tzinfo=UTC)

    async def moments() -> list[Moment]:
        return [Moment("One day before", moment, "Asia/Shanghai")]

    stage.sandbox.moments = moments
    page = await stage.open("user=helen.park&channel=visits")
    await page.get_by_role("button", name="Clock").click()
    panel = page.get_by_role("dialog", name="The workspace’s clock")
    await expect(panel.get_by_role("button", name="One day before")).to_contain_text("10:00")
    await panel.get_by_role("button", name="One day before").click()
    await expect(page.get_by_role("button", name="Clock")).to_contain_text("May 6, 10:00")
    await panel.get_by_role("button", name="1 hour").click()
    await expect(page.get_by_role("button", name="Clock")).to_contain_text("May 6, 11:00")
    await panel.get_by_label("Date and time").fill("2031-01-02T08:15")
    await panel.get_by_role("button", name="Go").click()
    await expect(page.get_by_role("button", name="Clock")).to_contain_text("Jan 2, 8:15")
    assert stage.sandbox.clock.now() - datetime(2031, 1, 2, 0, 15, tzinfo=UTC) < timedelta(
        minutes=1
    )
    await stage.exhibit.post(VISITS, [section("Posted in the future")])
    await expect(page.get_by_role("article").last).to_contain_text("8:15 AM")


async def test_the_moments_are_named_in_the_language_of_the_persona(stage: Stage) -> None:
    moment = datetime(2030, 5, 6, 2, 0, tzinfo=UTC)

    async def moments() -> list[Moment]:
        chinese = {"zh": "V-2026-0001 Acme：提前一天"}
        return [Moment("V-2026-0001 Acme: one day before", moment, "Asia/Shanghai", chinese)]

    stage.sandbox.moments = moments
    page = await stage.open("user=lin.wei&channel=visits")
    await page.locator(".clock-chip").click()
    panel = page.locator(".clock-panel")
    await expect(panel.get_by_role("heading", name="V-2026-0001 Acme")).to_be_visible()
    await expect(panel.locator(".moment-label")).to_have_text(["提前一天"])


async def test_the_clock_is_busy_while_it_jumps(stage: Stage) -> None:
    arrived = asyncio.Event()

    async def jump(moment: datetime) -> None:
        await arrived.wait()
        stage.sandbox.clock.set(moment)

    stage.sandbox.jump = jump
    page = await stage.open()
    await page.get_by_role("button", name="Clock").click()
    panel = page.get_by_role("dialog", name="The workspace’s clock")
    box = await panel.bounding_box()
    assert box is not None
    assert box["x"] > 640  # it hangs from its button, at the right
    await panel.get_by_role("button", name="1 day").click()
    await expect(panel).to_contain_text("Jumping…")
    await expect(panel.get_by_role("button", name="1 hour")).to_be_disabled()
    arrived.set()
    await expect(panel.get_by_role("button", name="1 hour")).to_be_enabled()
    await expect(panel).to_contain_text("1 day ahead of real time")


async def test_faults_are_injected_from_the_panel(stage: Stage) -> None:
    page = await stage.open()
    await page.get_by_role("button", name="Faults").click()
    panel = page.get_by_role("dialog", name="Faults")
    await panel.get_by_label("Kind").select_option("500")
    await panel.get_by_label("Method").select_option("chat.postMessage")
    await panel.get_by_label("Times").fill("3")
    await panel.get_by_role("button", name="Add").click()
    await expect(page.locator(".toast")).to_contain_text("Fault added")
    [fault] = stage.sandbox.faults.active
    assert (fault.method, fault.kind, fault.times) == ("chat.postMessage", "500", 3)
    await panel.get_by_role("button", name="Clear all").click()
    await expect(page.locator(".toast").last).to_contain_text("No faults any more")
    assert not stage.sandbox.faults.active


async def test_the_theme_follows_the_system_until_chosen_and_is_remembered(stage: Stage) -> None:
    page = await stage.open(color_scheme="dark")
    background = "() => getComputedStyle(document.body).backgroundColor"
    assert await page.evaluate(background) == "rgb(22, 25, 27)"
    await page.get_by_role("button", name="Light theme").click()
    assert await page.evaluate(background) == "rgb(255, 255, 255)"
    await page.reload()
    await expect(page.get_by_role("button", name="Dark theme")).to_be_visible()
    assert await page.evaluate(background) == "rgb(255, 255, 255)"


async def test_a_narrow_screen_has_a_drawer_and_whole_screen_threads_and_modals(
    stage: Stage,
) -> None:
    await stage.exhibit.post(VISITS, CARD)
    page = await stage.open(narrow=True)
    wide = "() => document.documentElement.scrollWidth"
    assert await page.evaluate(wide) == 390
    await expect(page.get_by_role("link", name="general")).to_be_hidden()
    await page.get_by_role("button", name="Open sidebar").click()
    await page.get_by_role("link", name="general").click()
    await expect(page.locator("h1", has_text="general")).to_be_visible()
    await expect(page.get_by_role("link", name="visits")).to_be_hidden()
    await page.go_back()
    await page.get_by_role("button", name="Reply in thread").last.click()
    thread = page.get_by_role("complementary", name="Thread")
    box = await thread.bounding_box()
    assert box is not None
    assert (box["x"], box["width"]) == (0, 390)
    await thread.get_by_role("button", name="Close").click()
    await page.get_by_label("Message #visits").fill("/visit new")
    await page.get_by_role("button", name="Send").click()
    box = await page.get_by_role("dialog", name="New visit").bounding_box()
    assert box is not None
    assert (box["x"], box["y"], box["width"], box["height"]) == (0, 0, 390, 844)


async def test_a_lost_connection_mends_itself(stage: Stage) -> None:
    page = await stage.open()
    port = int(stage.sandbox.url.rpartition(":")[2])
    await stage.sandbox.stop()
    await expect(page.get_by_text("Connection lost. Reconnecting…")).to_be_visible()
    stage.complaints.clear()
    await stage.sandbox.start(port)
    await stage.exhibit.post(VISITS, [section("Said while you were away")])
    await expect(page.get_by_text("Said while you were away")).to_be_visible()
    await expect(page.get_by_text("Connection lost")).to_be_hidden()
    stage.complaints.clear()  # the browser itself reports each refused connection


async def test_a_direct_message_is_begun_from_the_sidebar(stage: Stage) -> None:
    page = await stage.open()
    await page.get_by_role("button", name="New message").click()
    await page.get_by_role("menuitem", name="Ruth Adler").click()
    await page.get_by_label("Message Ruth Adler").fill("Are you free at ten?")
    await page.keyboard.press("Enter")
    ruth = await stage.open("user=ruth.adler&channel=sam.carter")
    await expect(ruth.get_by_text("Are you free at ten?")).to_be_visible()
