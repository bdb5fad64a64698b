"""A mail or a message becomes a request (A01): what it says for certain is filled in, each with the
words that it came from; what is unclear stays empty; nothing is guessed silently."""

from datetime import datetime

import pytest

from sandbox.persona_modal import Modal
from tests.scenarios.asking import entered
from tests.scenarios.company import ON_SQLITE, SHANGHAI, Company

MAIL = """
Dear Mr. Carter,

we confirm our supplier audit. Mr. Klaus Schmidt (Managing Director) arrives with LH728 on
15 December 2026 at 16:05 in Shanghai and returns with LH729 on 18 Dec at 23:45. He is accompanied
by Ms. Anna Weber (Head of Quality). We are two.

Best regards
Julia Braun
Schmidt & Söhne KG
Mobile +49 170 2345678
"""
CHINESE = """王总，打扰了。宁波海天机械有限公司的陈志强总经理一行5人，
12月16日坐高铁G1372到上海虹桥，10:26到站，主要是验货。当天下午4点返程。联系电话13812345678"""
UNCLEAR = "We plan to visit your factory on 12/11 at 9:30, next Friday or so. Marco"


@pytest.fixture
def languages() -> dict[str, str]:
    return {"everybody": "en-GB", "lin.wei": "zh-CN"}


def hint(form: Modal, label: str) -> str:
    """What stands under a question."""
    return str(form.field(label).hint or "")


async def test_a_message_becomes_a_request(company: Company) -> None:
    said = (await company.sam.say(MAIL, "visits")).posted
    assert said is not None
    assert (await company.sam.shortcut("Make this a visit", message=said)).acked
    form = await company.sam.modal("New visit")
    assert form.field("Customer").value == "Schmidt & Söhne KG"
    assert form.field("Purpose").value == "Site audit"
    assert form.field("Lead guest").value == "Klaus Schmidt"
    assert form.field("Lead guest's title").value == "Managing Director"
    assert form.field("Party size").value == "2"
    arrival = datetime(2026, 12, 15, 16, 5, tzinfo=SHANGHAI)
    assert entered(form, "Arrival") == arrival
    assert "15 December 2026 at 16:05" in hint(form, "Arrival")
    assert "+49 170 2345678" in form.field("Contact's phone").value
    assert "LH728" in form.text(), "what is asked later is told now"
    result = await form.submit()
    assert result.view is not None, result.errors
    details = result.view
    assert details.field("Flight or train number").value == "LH728"
    assert details.field("Travel by").value == "Flight"
    assert details.field("Guests").value == "Anna Weber, Head of Quality"
    await company.number(result)
    assert "Schmidt & Söhne KG" in company.chen.last_dm().text


async def test_the_same_in_chinese_pasted_over_the_form(company: Company) -> None:
    await company.lin.command("/visit new", channel="visits")
    form = await company.lin.modal("新建来访")
    await form.click("从消息填入")
    pasted = await company.lin.modal("从消息填入")
    await pasted.fill("消息", CHINESE)
    assert (await pasted.submit()).closed
    form = await company.lin.modal("新建来访")
    assert form.field("客户").value == "宁波海天机械有限公司"
    assert form.field("主宾").value == "陈志强"
    assert form.field("来访人数").value == "5"
    assert form.field("来访目的").value == "货物检验"
    arrival = datetime(2026, 12, 16, 10, 26, tzinfo=SHANGHAI)
    assert form.field("到达时间").value == arrival.timestamp()
    assert "10:26" in hint(form, "到达时间")
    await company.number(await form.submit())


async def test_what_is_unclear_stays_empty_with_the_candidates(company: Company) -> None:
    said = (await company.sam.say(UNCLEAR, "visits")).posted
    assert said is not None
    await company.sam.shortcut("Make this a visit", message=said)
    form = await company.sam.modal("New visit")
    assert form.field("Arrival").value is None
    for words in ("Not clear", "11 Dec", "12/11"):
        assert words in hint(form, "Arrival")
    assert form.field("Customer").value is None


@ON_SQLITE
async def test_what_was_entered_stays(company: Company) -> None:
    form = await company.form(company.sam)
    await form.fill_all({"Customer": "Acme", "Lead guest": "Ann Lee"})
    await form.click("Fill from a message")
    pasted = await company.sam.modal("Fill from a message")
    await pasted.fill("Message", MAIL)
    await pasted.submit()
    filled = await company.sam.modal("New visit")
    assert filled.field("Customer").value == "Acme"
    assert filled.field("Lead guest").value == "Ann Lee"
    assert "Schmidt & Söhne KG" in hint(filled, "Customer")
    assert "Klaus Schmidt" in hint(filled, "Lead guest")
    assert filled.field("Party size").value == "2"
    await filled.close()
    again = await company.form(company.sam)
    await again.click("Resume draft")
    assert again.field("Party size").value == "2", "what was pasted is not lost"


@ON_SQLITE
@pytest.mark.parametrize(
    "words",
    [
        "   ",
        "👍 :tada: 🎉",
        "Thanks, that was helpful!",
        "<@U1> &amp; <mailto:a@b.de|a@b.de>",
        "*_~`>",
    ],
)
async def test_a_message_that_says_nothing_is_said_to_say_nothing(
    company: Company, words: str
) -> None:
    form = await company.form(company.sam)
    await form.click("Fill from a message")
    pasted = await company.sam.modal("Fill from a message")
    await pasted.fill("Message", words)
    result = await pasted.submit()
    if result.errors:  # Slack itself takes no blanks
        return
    shown = await company.sam.modal("New visit")
    assert "Nothing of a visit was found" in shown.text()
    assert shown.field("Customer").value is None


@ON_SQLITE
async def test_a_long_message_and_one_of_the_bot_are_read_too(company: Company) -> None:
    long = f"{MAIL}\n" + "Further remarks of no importance.\n" * 300
    said = (await company.sam.say(long, "visits")).posted
    assert said is not None
    await company.sam.shortcut("Make this a visit", message=said)
    form = await company.sam.modal("New visit")
    assert form.field("Customer").value == "Schmidt & Söhne KG"
    await form.close()
    await company.request(company.sam)
    await company.sam.shortcut("Make this a visit", message=company.card())
    form = await company.sam.modal("New visit")
    assert "message" in form.text()


@ON_SQLITE
async def test_a_list_too_long_to_be_kept_is_asked_for_again(company: Company) -> None:
    names = [f"王{one}{two}" for one in "建国伟强磊军明" for two in "华东海波涛峰林"]
    guests = "\n".join(f"{at}. {name} 高级项目经理" for at, name in enumerate(names, start=1))
    said = (await company.sam.say(f"来访人员名单如下：\n{guests}", "visits")).posted
    assert said is not None
    await company.sam.shortcut("Make this a visit", message=said)
    form = await company.sam.modal("New visit")
    assert form.field("Lead guest").value == "王建华"
    assert "too long to be kept" in form.text()
