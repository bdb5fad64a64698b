"""Modals in the browser: every kind of input, checks, errors, the stack."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from playwright.async_api import Locator, Page, expect

from tests.browser.conftest import Stage
from tests.browser.exhibit import action_values

pytestmark = pytest.mark.asyncio(loop_scope="session")

ARRIVAL = datetime(2026, 12, 12, 10, 0, tzinfo=ZoneInfo("Europe/London"))


async def open_form(page: Page) -> Locator:
    await page.get_by_label("Message #visits").fill("/visit new Acme")
    await page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog", name="New visit")
    await expect(dialog).to_be_visible()
    return dialog


async def choose(page: Page, label: str, typed: str, name: str) -> None:
    await page.get_by_label(label, exact=True).click()
    await page.get_by_label(label, exact=True).fill(typed)
    await page.get_by_role("option", name=name).click()


async def fill_required(page: Page) -> None:
    await choose(page, "Customer", "acme", "Acme Robotics")
    await choose(page, "Purpose", "", "Signing")
    await page.get_by_label("Lead guest").fill("Dr Söhne")
    await page.get_by_label("Party size").fill("3")
    await page.get_by_label("Arrival").fill("2026-12-12T10:00")
    await page.get_by_label("Train").check()


async def test_every_input_arrives_in_slacks_form(stage: Stage) -> None:
    page = await stage.open()
    dialog = await open_form(page)
    await fill_required(page)
    await page.get_by_label("Day", exact=True).fill("2026-12-13")
    await page.get_by_label("Time", exact=True).fill("16:30")
    await choose(page, "Host", "ruth", "Ruth Adler")
    await choose(page, "Escorts", "dev", "Dev Nair")
    await choose(page, "Escorts", "tom", "Tom Reed")
    await choose(page, "Topics", "", "Quality")
    await choose(page, "Topics", "", "Price")
    await page.get_by_role("button", name="Remove Price").click()
    await choose(page, "Post to", "gen", "general")
    await page.get_by_label("Gifts").check()
    await page.get_by_label("E-mail").fill("erika@soehne.example")
    await page.get_by_label("Website").fill("https://soehne.example")
    await page.get_by_label("Papers").set_input_files(
        {"name": "nda.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.4"}
    )
    await expect(dialog.get_by_text("nda.pdf")).to_be_visible()
    await page.get_by_label("Notes").fill("Two lines,\n<!channel> & 公司")
    await dialog.get_by_role("button", name="Request").click()
    await expect(dialog).to_have_count(0)

    values = {block: held["value"] for block, held in stage.exhibit.submitted[0].items()}
    assert values["customer"]["selected_option"]["value"] == "Acme Robotics"
    assert values["purpose"]["selected_option"]["value"] == "sign"
    assert values["lead"] == {"type": "plain_text_input", "value": "Dr Söhne"}
    assert values["size"] == {"type": "number_input", "value": "3"}
    assert values["arrival"]["selected_date_time"] == ARRIVAL.timestamp()
    assert values["day"] == {"type": "datepicker", "selected_date": "2026-12-13"}
    assert values["time"]["selected_time"] == "16:30"
    assert values["host"]["selected_user"] == "U03RUTHADLER"
    assert values["escorts"]["selected_users"] == ["U13DEVNAIR", "U12TOMREED"]
    assert [o["value"] for o in values["topics"]["selected_options"]] == ["Quality"]
    assert values["where"]["selected_conversation"] == "C02GENERAL"
    assert values["travel"]["selected_option"]["value"] == "Train"
    assert [o["value"] for o in values["needs"]["selected_options"]] == ["Gifts"]
    assert values["mail"]["value"] == "erika@soehne.example"
    assert values["site"]["value"] == "https://soehne.example"
    assert [file["name"] for file in values["papers"]["files"]] == ["nda.pdf"]
    assert values["notes"]["value"] == "Two lines,\n<!channel> & 公司"


async def test_the_client_refuses_what_slack_refuses(stage: Stage) -> None:
    page = await stage.open()
    dialog = await open_form(page)
    await page.get_by_label("Party size").fill("2.5")
    await page.get_by_label("Lead guest").fill("x" * 21)
    await page.get_by_label("E-mail").fill("not an address")
    await page.get_by_label("Website").fill("soehne")
    await dialog.get_by_role("button", name="Request").click()

    def problem(block: str) -> Locator:
        return page.locator(f'[data-block="{block}"] .field-error')

    await expect(problem("customer")).to_have_text("Please complete this required field")
    await expect(problem("size")).to_have_text("Please enter a whole number")
    await expect(problem("lead")).to_have_text("Must be 20 characters at most")
    await expect(problem("mail")).to_have_text("Please enter a valid email address")
    await expect(problem("site")).to_have_text("Please enter a valid link")
    await expect(problem("day")).to_be_empty()
    await expect(page.get_by_label("Customer")).to_be_focused()
    await page.get_by_label("Party size").fill("201")
    await expect(problem("size")).to_be_empty()
    await dialog.get_by_role("button", name="Request").click()
    await expect(problem("size")).to_have_text("Must be 200 or less")
    assert stage.exhibit.submitted == []


async def test_the_bots_errors_stand_at_their_fields_and_nothing_is_lost(stage: Stage) -> None:
    stage.exhibit.refuse = {"arrival": "Arrival is in the past.", "travel": "No trains today."}
    page = await stage.open()
    dialog = await open_form(page)
    await fill_required(page)
    await dialog.get_by_role("button", name="Request").click()
    arrival = page.locator('[data-block="arrival"]')
    await expect(arrival.get_by_role("alert")).to_have_text("Arrival is in the past.")
    await expect(page.locator('[data-block="travel"]')).to_contain_text("No trains today.")
    await expect(page.get_by_label("Arrival")).to_have_attribute("aria-invalid", "true")
    await expect(page.get_by_label("Arrival")).to_be_focused()
    await expect(page.get_by_label("Lead guest")).to_have_value("Dr Söhne")
    await expect(page.get_by_label("Customer")).to_have_value("Acme Robotics")
    await page.get_by_label("Arrival").fill("2026-12-14T10:00")
    await expect(arrival.get_by_role("alert")).to_have_count(0)
    await dialog.get_by_role("button", name="Request").click()
    await expect(dialog).to_have_count(0)
    assert len(stage.exhibit.submitted) == 2


async def test_a_pushed_view_returns_to_what_was_typed(stage: Stage) -> None:
    page = await stage.open()
    dialog = await open_form(page)
    await page.get_by_label("Lead guest").fill("Dr Söhne")
    await dialog.get_by_role("button", name="Edit guests").click()
    pushed = page.get_by_role("dialog", name="Guests")
    await pushed.get_by_label("Names").fill("Erika Söhne")
    await pushed.get_by_role("button", name="Save").click()
    await expect(dialog).to_be_visible()
    await expect(page.get_by_label("Lead guest")).to_have_value("Dr Söhne")
    assert stage.exhibit.submitted[0]["guests"]["value"]["value"] == "Erika Söhne"
    assert stage.exhibit.actions == []


async def test_escape_closes_the_list_then_the_modal_and_the_bot_hears(stage: Stage) -> None:
    page = await stage.open()
    dialog = await open_form(page)
    await page.get_by_label("Purpose").click()
    await expect(page.get_by_role("option", name="Site audit")).to_be_visible()
    await page.keyboard.press("Escape")
    await expect(page.get_by_role("option")).to_have_count(0)
    await expect(dialog).to_be_visible()
    await page.keyboard.press("Escape")
    await expect(dialog).to_have_count(0)
    await stage.exhibit.heard(lambda: stage.exhibit.closed)


async def test_an_input_that_dispatches_tells_the_bot_at_once(stage: Stage) -> None:
    page = await stage.open()
    await open_form(page)
    await page.get_by_label("Lead guest").fill("Dr Söhne")
    await page.get_by_label("Own car").check()
    await stage.exhibit.heard(lambda: stage.exhibit.actions)
    heard = stage.exhibit.actions[0]
    assert action_values(heard)["selected_option"]["value"] == "own"
    assert heard["state"]["lead"]["value"]["value"] == "Dr Söhne"


async def test_a_shortcut_opens_the_modal_and_the_keyboard_fills_it(stage: Stage) -> None:
    page = await stage.open()
    await page.get_by_role("button", name="Shortcuts").click()
    await page.get_by_role("menuitem", name="New visit").click()
    dialog = page.get_by_role("dialog", name="New visit")
    await expect(page.get_by_label("Customer")).to_be_focused()
    await page.keyboard.type("acme")
    await expect(page.get_by_role("option")).to_have_count(2)
    await page.keyboard.press("ArrowDown")
    await page.keyboard.press("Enter")
    await expect(page.get_by_label("Customer")).to_have_value("Acme Robotics")
    await page.keyboard.press("Tab")
    await expect(page.get_by_role("option")).to_have_count(0)
    for _ in range(60):  # however long one tabs, the focus stays in the modal
        await page.keyboard.press("Tab")
    inside = await page.evaluate("() => document.activeElement.closest('dialog') !== null")
    assert inside or await page.evaluate("() => document.activeElement === document.body")
    await expect(dialog).to_be_visible()


async def test_times_are_the_personas_own(stage: Stage) -> None:
    page = await stage.open("user=helen.park&channel=visits")
    await open_form(page)
    await fill_required(page)
    await page.get_by_role("dialog").get_by_role("button", name="Request").click()
    await stage.exhibit.heard(lambda: stage.exhibit.submitted)
    held = stage.exhibit.submitted[0]["arrival"]["value"]["selected_date_time"]
    assert datetime.fromtimestamp(held, UTC) == datetime(2026, 12, 12, 2, 0, tzinfo=UTC)
