"""People write to Usher as they would to a colleague, and are answered there."""

import pytest

from sandbox.persona import Message
from tests.scenarios.company import Company


@pytest.fixture
def languages() -> dict[str, str]:
    return {"everybody": "en-GB", "lin.wei": "zh-CN"}


async def answer(company: Company, words: str) -> Message:
    """What Sam is told when he writes this to the bot: one message."""
    before = len(company.sam.dms())
    await company.sam.write_to_bot(words)
    await company.settle()
    told = company.sam.dms()[before:]
    assert len(told) == 1, [each.text for each in told]
    return told[0]


async def test_a_new_visit_in_words_opens_the_form_with_them(company: Company) -> None:
    said = await answer(company, "new visit Acme tomorrow 3pm")
    assert "Acme tomorrow 3pm" in said.text
    assert said.buttons == ["New visit", "Add to a visit"]
    await company.sam.click("New visit", message=said)
    form = await company.sam.modal("New visit")
    assert form.field("Customer").value == "Acme"
    assert form.field("Arrival").value is not None


async def test_the_same_in_chinese(company: Company) -> None:
    await company.lin.write_to_bot("新建来访 华为 明天下午3点")
    await company.settle()
    said = company.lin.last_dm()
    assert "华为 明天下午3点" in said.text
    assert said.buttons[0] == "新建来访"
    await company.lin.click("新建来访", message=said)
    assert (await company.lin.modal()).field("客户").value == "华为"
    await company.lin.write_to_bot("我的接待")
    await company.settle()
    assert "我负责的接待" in company.lin.last_dm().text


@pytest.mark.parametrize(
    "words", ["V-2026-0001", "Acme", "the guests of v-2026-0001 come by train"]
)
async def test_the_visit_that_is_named_is_shown(company: Company, words: str) -> None:
    await company.request(company.sam)
    shown = await answer(company, words)
    assert "V-2026-0001" in shown.text
    assert "Details" in shown.buttons
    assert ("Add to the visit" in shown.buttons) is (words != "V-2026-0001")
    if "train" in words:
        await company.sam.click("Add to the visit", message=shown)
        form = await company.sam.modal("Add to the visit")
        assert form.field("What was said or happened").value == words
        assert "Visit" not in form.labels(), "it is known which"


async def test_what_waits_for_me_and_help(company: Company) -> None:
    await company.request(company.sam)
    await company.chen.write_to_bot("my open things")
    await company.settle()
    assert company.chen.last_dm().buttons[:3] == ["Approve", "Decline", "Ask for changes"]
    assert "Waiting for you" in (await answer(company, "What is waiting for me?")).text
    assert "/visit new" in (await answer(company, "help")).text
    assert "V-2026-9999" in (await answer(company, "show V-2026-9999")).text


async def test_a_visit_of_others_is_not_told_of(company: Company) -> None:
    await company.request(company.sam)
    await company.ma.write_to_bot("V-2026-0001")
    await company.settle()
    assert "Acme" not in company.ma.last_dm().text


async def test_commands_work_in_words_and_answer_once(company: Company) -> None:
    await company.request(company.sam)
    for words in ("list", "visit list mine", "why V-2026-0001"):
        await answer(company, words)
    posted = (await company.sam.write_to_bot("my visits")).posted
    await company.settle()
    assert posted is not None
    count = len(company.sam.dms())
    channel = company.sandbox.workspace.app_dm(company.sam.id).id
    said = {"type": "message", "channel": channel, "channel_type": "im", "text": "my visits"}
    event = said | {"user": company.sam.id, "ts": posted.ts, "client_msg_id": "c1"}
    body = {"type": "event_callback", "team_id": "T1", "event_id": "Ev1", "event": event}
    await company.dispatch(body)
    await company.settle()
    assert len(company.sam.dms()) == count


async def test_a_mention_is_answered_with_the_visit_that_it_names(company: Company) -> None:
    await company.request(company.sam)
    await company.sam.mention("what is the state of V-2026-0001?", "visits")
    await company.settle()
    assert "V-2026-0001" in company.sam.last_dm().text
    assert "Details" in company.sam.last_dm().buttons


async def test_a_form_that_slack_did_not_wait_for_can_be_tried_again(company: Company) -> None:
    company.sandbox.faults.add("views.open", "error", error="expired_trigger_id")
    await company.sam.command("/visit new Acme", channel="visits")
    await company.settle()
    refused = company.sam.ephemeral()[-1]
    assert "did not wait for the form" in refused.text
    assert refused.buttons == ["Try again"]
    await company.sam.click("Try again", message=refused)
    assert (await company.sam.modal()).field("Customer").value == "Acme"


async def test_so_can_one_behind_a_button(company: Company) -> None:
    await company.request(company.sam)
    company.sandbox.faults.add("views.open", "error", error="expired_trigger_id")
    await company.chen.click("Decline", message=company.chen.last_dm())
    await company.settle()
    await company.chen.click("Try again", message=company.chen.ephemeral()[-1])
    assert "Reason" in (await company.chen.modal()).labels()
