"""The request form of the bot itself in the browser: what follows from a choice shows at once, and
what is being typed stays."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Locator, Page, expect
from slack_sdk.web.async_client import AsyncWebClient

from bot.assemble import assemble
from bot.settings import Settings
from bot.slack import manifest
from sandbox.server import Sandbox
from tests.browser.conftest import Stage
from tests.browser.exhibit import Exhibit
from tests.scenarios.company import PEOPLE, Company, clock_at

pytestmark = pytest.mark.asyncio(loop_scope="session")


@pytest_asyncio.fixture(loop_scope="session")
async def page(browser: Browser, tmp_path: Path) -> AsyncIterator[Page]:
    """A window of sam's onto a workspace with the bot, its clock standing still."""
    clock = clock_at()
    sandbox = Sandbox(clock=clock)
    sandbox.install(manifest())
    await sandbox.start()
    settings = Settings(
        slack_bot_token=sandbox.bot_token,
        usher_clock_guard=0,  # the clock is turned by hand
        slack_app_token=sandbox.app_token,
        slack_api_url=sandbox.api_url,
        database_url=f"sqlite:///{tmp_path / 'usher.db'}",
    )
    try:
        async with assemble(settings, clock.now, pace=None) as bot:
            await sandbox.wait_online()
            company = Company(sandbox, bot, clock)
            for role, handles in PEOPLE.items():
                company.give_role(role, *handles)
            stage = Stage(
                browser, sandbox, Exhibit(AsyncWebClient("xoxb-1"))
            )  # which stays outside
            yield await stage.open()
            await stage.close()
            assert stage.complaints == []
            assert sandbox.rejections == []
    finally:
        await sandbox.stop()


async def open_form(page: Page) -> Locator:
    await page.get_by_label("Message #visits").fill("/visit new Acme")
    await page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog", name="New visit")
    await expect(dialog).to_be_visible()
    return dialog


async def choose(page: Page, label: str, name: str) -> None:
    await page.get_by_label(label, exact=True).click()
    await page.get_by_role("option", name=name).click()


async def test_the_level_follows_what_is_chosen_and_typed_words_stay(page: Page) -> None:
    dialog = await open_form(page)
    await expect(dialog.get_by_text("Proposed so far: B (managers)")).to_be_visible()
    await page.get_by_label("Lead guest", exact=True).fill("Jane")
    await page.get_by_label("Lead guest's title").fill("Chairwoman")
    await page.get_by_label("Contact's phone").fill("138 1234")
    await choose(page, "Purpose", "Signing")
    await expect(dialog.get_by_text("Proposed: A (top leaders, key customers)")).to_be_visible()
    await page.get_by_label("Contact's phone").press("End")
    await page.get_by_label("Contact's phone").press_sequentially(" 5678")
    await choose(page, "Level", "C (buyers, technicians)")
    why = page.get_by_label("Why this level")
    await expect(why).to_be_visible()
    await why.fill("Only the engineers come")
    await page.get_by_label("Yes, from abroad").check()
    await expect(page.get_by_label("Contact's phone")).to_have_value("138 1234 5678")
    await expect(page.get_by_label("Lead guest's title")).to_have_value("Chairwoman")
    await expect(why).to_have_value("Only the engineers come")
    await expect(page.get_by_label("Yes, from abroad")).to_be_checked()
    await choose(page, "Level", "As the procedure proposes")
    await expect(why).to_have_count(0)
