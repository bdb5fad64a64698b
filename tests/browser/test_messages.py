"""Reading and writing messages in the browser."""

import re

import pytest
from playwright.async_api import expect

from tests.browser.conftest import VISITS, Stage
from tests.browser.exhibit import ALL_BLOCKS, CARD, action_values
from tests.browser.exhibit_blocks import section

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_what_is_sent_stands_in_the_channel_for_everyone(stage: Stage) -> None:
    sam = await stage.open()
    ruth = await stage.open("user=ruth.adler&channel=visits")
    await sam.get_by_label("Message #visits").fill("Tea for *three* & <b>more</b> :tea:\nby ten")
    await sam.keyboard.press("Enter")
    message = ruth.get_by_role("article").filter(has_text="Tea for")
    await expect(message).to_contain_text("Sam Carter")
    await expect(message.locator("strong", has_text="three")).to_be_visible()
    await expect(message).to_contain_text("<b>more</b> 🍵")
    await expect(sam.get_by_label("Message #visits")).to_have_value("")
    stored = stage.sandbox.persona("ruth.adler").channel("visits")[-1]
    assert stored.raw_text == "Tea for *three* &amp; &lt;b&gt;more&lt;/b&gt; :tea:\nby ten"


async def test_a_name_is_offered_and_sent_as_a_mention(stage: Stage) -> None:
    page = await stage.open()
    box = page.get_by_label("Message #visits")
    await box.press_sequentially("ask @ruth")
    await page.get_by_role("option", name="Ruth Adler").click()
    await box.press_sequentially("please")
    await page.get_by_role("button", name="Send").click()
    await expect(page.locator(".mention", has_text="@Ruth Adler")).to_be_visible()
    stored = stage.sandbox.persona("ruth.adler").channel("visits")[-1]
    assert stored.raw_text == "ask <@U03RUTHADLER> please"


async def test_hostile_words_stay_words(stage: Stage) -> None:
    page = await stage.open()
    attack = '<img src=x onerror="document.title=1"> &lt;script&gt;alert(1)&lt;/script&gt;'
    await stage.exhibit.post(VISITS, [section(f"{attack} <javascript:alert(1)|press me> end")])
    message = page.get_by_role("article").last
    await expect(message).to_contain_text("<script>alert(1)</script>")
    await expect(message).to_contain_text("press me")
    assert await message.locator("img, script, a[href^=javascript]").count() == 0
    assert await page.title() != "1"


async def test_every_block_is_drawn(stage: Stage) -> None:
    blocks = [block for block in ALL_BLOCKS if block["type"] != "image"]
    await stage.exhibit.post(VISITS, blocks)
    page = await stage.open()
    message = page.get_by_role("article").last
    await expect(message.locator("code", has_text="code <b>")).to_be_visible()
    await expect(message.get_by_role("link", name="a link").first).to_have_attribute(
        "href", "https://example.com/way"
    )
    await expect(message.locator(".mention", has_text="#general")).to_be_visible()
    await expect(message).to_contain_text('<!channel> Acme & "Söhne" 公司 🎉 :no_such_emoji:')
    await expect(message.locator("strong", has_text="粗体")).to_be_visible()
    await expect(message).to_contain_text("a_b_c 5*3*2")
    await expect(message.locator("blockquote").first).to_contain_text("quoted line one")
    await expect(message.locator("pre").first).to_contain_text("return x < 3")
    await expect(message.locator(".rich-text li")).to_have_count(2)
    await expect(message.get_by_role("cell", name="Ma Long")).to_be_visible()
    await expect(message.locator(".unsupported")).to_have_count(0)


async def test_a_button_decides_and_everything_follows_by_itself(stage: Stage) -> None:
    await stage.exhibit.post(VISITS, CARD)
    sam = await stage.open()
    helen = await stage.open("user=helen.park&channel=visits")
    await sam.get_by_role("button", name="Approve").click()
    await expect(helen.get_by_text("Approved by @Sam Carter.")).to_be_visible()
    await expect(helen.get_by_role("button", name="Approve")).to_have_count(0)
    only_sam = sam.get_by_role("article").filter(has_text="Only visible to you")
    await expect(only_sam).to_contain_text("Thank you. Everyone has been told.")
    await expect(helen.get_by_text("Thank you. Everyone")).to_have_count(0)
    await only_sam.hover()
    await only_sam.get_by_role("button", name="Dismiss").click()
    await expect(only_sam).to_have_count(0)


async def test_changed_and_deleted_messages_follow(stage: Stage) -> None:
    client = stage.exhibit.client
    posted = await client.chat_postMessage(channel=VISITS, text="The car is late")
    page = await stage.open()
    await expect(page.get_by_text("The car is late")).to_be_visible()
    await client.chat_update(channel=VISITS, ts=posted["ts"], text="The car is here")
    await expect(page.get_by_role("article").last).to_contain_text("The car is here(edited)")
    await client.chat_delete(channel=VISITS, ts=posted["ts"])
    await expect(page.get_by_role("article")).to_have_count(0)


async def test_confirmations_ask_first(stage: Stage) -> None:
    await stage.exhibit.post(VISITS, CARD)
    page = await stage.open()
    await page.get_by_role("button", name="Decline").click()
    question = page.get_by_role("alertdialog", name="Decline the visit?")
    await question.get_by_role("button", name="Keep it").click()
    await expect(question).to_have_count(0)
    assert stage.exhibit.actions == []
    await page.get_by_role("button", name="Decline").click()
    await question.get_by_role("button", name="Yes, decline").click()
    await stage.exhibit.heard(lambda: stage.exhibit.actions)
    assert stage.exhibit.actions[0]["action_id"] == "decline"


async def test_menus_and_selects_in_messages_reach_the_bot(stage: Stage) -> None:
    blocks = [block for block in ALL_BLOCKS if block["type"] in ("section", "actions")]
    await stage.exhibit.post(VISITS, [*blocks, CARD[4]])
    page = await stage.open()
    heard = stage.exhibit.actions

    await page.get_by_role("button", name="More actions").click()
    await page.get_by_role("menuitem", name="Cancel visit").click()
    await stage.exhibit.heard(lambda: len(heard) == 1)
    assert heard[0]["selected_option"]["value"] == "cancel"

    await page.get_by_role("combobox", name="Driver").click()
    await page.get_by_role("option", name="Tom Reed").click()
    await stage.exhibit.heard(lambda: len(heard) == 2)
    assert heard[1]["selected_option"]["value"] == "tom"

    await page.get_by_role("combobox", name="Somebody").fill("ruth")
    await page.keyboard.press("Enter")
    await stage.exhibit.heard(lambda: len(heard) == 3)
    assert action_values(heard[2]) == {"selected_user": "U03RUTHADLER"}

    await page.get_by_label("Yes").check()
    await stage.exhibit.heard(lambda: len(heard) == 4)
    assert heard[3]["selected_option"]["value"] == "Yes"

    await page.locator("input[type=date]").fill("2026-12-24")
    await stage.exhibit.heard(lambda: len(heard) == 5)
    assert heard[4]["selected_date"] == "2026-12-24"


async def test_threads_open_beside_and_count_their_replies(stage: Stage) -> None:
    await stage.exhibit.post(VISITS, CARD)
    page = await stage.open()
    await page.get_by_role("article").last.hover()
    await page.get_by_role("button", name="Reply in thread").last.click()
    thread = page.get_by_role("complementary", name="Thread")
    await thread.get_by_label("Reply…").fill("The car is booked.")
    await page.keyboard.press("Enter")
    await expect(thread.get_by_role("article")).to_have_count(2)
    await expect(page.get_by_role("button", name="1 reply")).to_be_visible()
    assert await page.get_by_label("Messages").get_by_text("The car is booked.").count() == 0
    await thread.get_by_role("button", name="Close").click()
    await page.get_by_role("button", name="1 reply").click()
    await expect(thread.get_by_text("The car is booked.")).to_be_visible()
    reopened = await stage.open(page.url.partition("?")[2])
    await expect(reopened.get_by_role("complementary", name="Thread")).to_be_visible()


async def test_a_slash_offers_the_commands_and_the_answer_is_private(stage: Stage) -> None:
    page = await stage.open()
    box = page.get_by_label("Message #visits")
    await box.press_sequentially("/v")
    offer = page.get_by_role("option", name="/visit")
    await expect(offer).to_contain_text("new [customer] | list | help")
    await page.keyboard.press("Tab")
    await expect(box).to_have_value("/visit ")
    await box.press_sequentially("nonsense")
    await page.keyboard.press("Enter")
    answer = page.get_by_role("article").filter(has_text="Only visible to you")
    await expect(answer).to_contain_text("nonsense is not known. Try /visit new.")


async def test_unread_messages_are_counted_and_then_read(stage: Stage) -> None:
    page = await stage.open("user=sam.carter&channel=general")
    await stage.exhibit.post(VISITS, [section("one")])
    await stage.exhibit.post(VISITS, [section("two")])
    item = page.get_by_role("link", name="visits, 2 unread")
    await expect(item).to_be_visible()
    await expect(page).to_have_title(re.compile(r"^\(2\) #general"))
    await item.click()
    await expect(page.get_by_role("separator").filter(has_text="New")).to_be_visible()
    await expect(page.get_by_role("link", name="visits", exact=True)).to_be_visible()


async def test_a_file_is_attached_and_shown(stage: Stage) -> None:
    page = await stage.open()
    await page.locator(".composer input[type=file]").set_input_files(
        {"name": "route.txt", "mimeType": "text/plain", "buffer": b"by the river"}
    )
    await expect(page.locator(".composer .chip")).to_contain_text("route.txt")
    await page.get_by_role("button", name="Send").click()
    await expect(page.get_by_role("link", name="route.txt")).to_be_visible()


async def test_slacks_own_words_appear_when_the_bot_is_silent(stage: Stage) -> None:
    await stage.exhibit.post(VISITS, CARD)
    page = await stage.open()
    stage.sandbox.faults.lose_sockets()
    await stage.sandbox.wait_for(lambda: not stage.sandbox.online)
    await page.get_by_role("button", name="Ask for changes").click()
    await expect(page.locator(".toast")).to_be_visible()
