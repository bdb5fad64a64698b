"""Leaders are invited by card, answer once, and what they answer reaches whoever it concerns."""

import asyncio
from datetime import timedelta

import pytest

from sandbox.persona import Message, Persona
from tests.scenarios.company import ARRIVAL, DEPARTURE, ON_SQLITE, Company, dm, submission
from tests.scenarios.test_languages import english

DAY = timedelta(days=1)


async def invite(company: Company, *handles: str) -> str:
    """Have sam invite these people from the visit's details, or whom the form suggests; returns
    what he is told."""
    await company.sam.click("Details", message=company.card())
    await company.sam.click("Invite leaders")
    form = await company.sam.modal()
    if handles:
        await form.fill("Whom to invite", list(handles))
    result = await form.submit()
    assert result.view is not None
    words = result.view.text()
    await result.view.close()
    await company.settle()
    return words


async def home(company: Company, person: Persona) -> str:
    """What App Home shows a person."""
    await person.open_home()
    await company.settle()
    return person.home.text


def card(leader: Persona) -> Message:
    """The leader's newest invitation."""
    return next(m for m in reversed(leader.dms()) if "after all" in "".join(m.buttons))


async def test_a_leader_is_invited_and_comes(company: Company) -> None:
    await company.approved(company.sam)
    told = dm(company.sam, "Approved")
    assert "Invite leaders" in told.buttons

    await company.sam.click("Invite leaders", message=told)
    form = await company.sam.modal()
    assert "Vice president (may lead): @赵敏" in form.text()
    assert "Director (may lead): no role tells who; please choose" in form.text()
    assert form.field("Whom to invite").value == ["zhao.min", "chen.hao"]
    result = await form.submit()
    assert result.view is not None
    assert "Asked to attend" in result.view.text()
    await company.settle()

    asked = dm(company.zhao, "Will you attend?")
    assert "as: Vice president" in asked.text
    assert "15 Dec, 10:00" in asked.text
    assert "door" in asked.text  # where the guests of the level are greeted
    assert asked.buttons == ["I will attend", "I cannot", "Details"]
    assert "Will you attend?" in await home(company, company.zhao)
    await company.zhao.click("I will attend", message=asked)
    await company.settle()

    assert card(company.zhao).buttons == ["I cannot after all", "Details"]
    assert "Will you attend?" not in await home(company, company.zhao)
    assert "赵敏 *will attend*" in company.sam.last_dm().text
    shown = company.card().text
    assert "赵敏 (Vice president) attends" in shown
    assert "asked" in shown
    assert "higher rank" in shown  # a vice president meets a director
    assert "赵敏 will attend" in company.history()


async def test_who_cannot_proposes_somebody_of_the_same_rank(company: Company) -> None:
    company.give_role("department_manager", "chen.hao", "ruth.adler")
    await company.approved(company.sam)
    await invite(company, "chen.hao")

    await company.chen.click("I cannot")
    form = await company.chen.modal()
    assert form.field("Who instead").value == "ruth.adler"
    await form.fill("Reason", "Out of *town* that day")
    assert (await form.submit()).closed
    await company.settle()

    told = company.sam.last_dm()
    assert "*cannot attend*" in told.text
    assert "Out of *town* that day" in told.text
    assert not any("Will you attend?" in m.text for m in company.ruth.dms())  # the host decides
    await company.sam.click("Invite them instead", message=told)
    await company.settle()
    assert "cannot, so you are asked" in dm(company.ruth, "Will you attend?").text
    await company.sam.click("Invite them instead", message=told)
    await company.settle()
    assert "asked already" in company.sam.ephemeral()[-1].text
    assert sum("Will you attend?" in m.text for m in company.ruth.dms()) == 1
    assert "cannot" in company.card().text


async def test_who_takes_part_is_refused_beside_the_field(company: Company) -> None:
    await company.approved(company.sam)
    await invite(company, "zhao.min")
    await company.zhao.click("I cannot")
    form = await company.zhao.modal()
    await form.fill("Who instead", "sam.carter")
    result = await form.submit()
    assert "takes part" in result.errors["Who instead"]
    await form.fill("Who instead", None)
    assert (await form.submit()).closed


async def test_a_double_click_answers_once(company: Company) -> None:
    await company.approved(company.sam)
    await invite(company, "zhao.min")
    asked = dm(company.zhao, "Will you attend?")
    before = len(company.sam.dms())

    clicks = (company.zhao.click("I will attend", message=asked) for _ in range(2))
    acks = await asyncio.gather(*clicks)
    await company.settle()

    assert all(ack.acked for ack in acks)
    assert len(company.sam.dms()) == before + 1
    assert "You said on" in company.zhao.ephemeral()[-1].text


async def test_a_form_that_comes_twice_answers_once(company: Company) -> None:
    await company.approved(company.sam)
    await invite(company, "zhao.min")
    await company.zhao.click("I cannot")
    form = await company.zhao.modal()
    body = submission(company, form)
    await form.submit()
    await company.settle()
    await company.zhao.click("I will attend after all")
    await company.settle()
    before = len(company.sam.dms())

    again = await company.dispatch(body)
    await company.settle()

    assert "You said on" in str(again)
    assert len(company.sam.dms()) == before
    assert "attends" in company.card().text


async def test_a_leader_who_does_not_come_after_all(company: Company) -> None:
    await company.approved(company.sam)
    await invite(company, "zhao.min")
    await company.zhao.click("I will attend")
    await company.settle()

    await company.zhao.click("I cannot after all")
    form = await company.zhao.modal()
    await form.fill_all({"Reason": "Board meeting", "Who instead": None})
    await form.submit()
    await company.settle()

    for someone in (company.sam, company.mei):  # the coordinator too: guests may have been told
        told = someone.last_dm()
        assert "*cannot attend after all*" in told.text
        assert "Board meeting" in told.text
        assert "Invite leaders" in told.buttons


async def test_a_moved_visit_is_asked_again(company: Company) -> None:
    await company.approved(company.sam)
    await invite(company, "helen.park", "xu.li")
    await company.helen.click("I will attend")
    await company.settle()
    await company.helen.click("Approve")
    await company.settle()

    await company.sam.click("Reschedule", message=company.card())
    form = await company.sam.modal()
    await form.fill_all({"Arrival": ARRIVAL + DAY, "Departure": DEPARTURE + DAY})
    await form.submit()
    await company.settle()

    for leader in (company.helen, company.xu):
        told = dm(leader, "Rescheduled")
        assert "at the new time" in told.text
        assert told.buttons == ["I will attend", "I cannot", "Details"]
    assert "*The visit has moved* to Wed 16 Dec" in dm(company.helen, "has moved").text
    assert "asked again for the new time" in company.card().text
    await company.helen.click("I will attend", message=dm(company.helen, "Rescheduled"))
    await company.settle()
    assert "will attend" in dm(company.helen, "You said on").text
    await company.helen.click("I will attend", message=dm(company.helen, "Rescheduled"))
    assert "You said on" in company.helen.ephemeral()[-1].text


async def test_a_cancelled_visit_is_told_once(company: Company) -> None:
    await company.approved(company.sam)
    await invite(company, "helen.park")
    await company.sam.click("Cancel", message=company.card())
    form = await company.sam.modal()
    await form.fill("Reason", "Flight cancelled")
    await form.submit()
    await company.settle()

    assert sum("Cancelled" in m.text for m in company.helen.dms()) == 1
    over = dm(company.helen, "does not take place")
    assert over.buttons == ["Details"]
    assert "Will you attend?" not in await home(company, company.helen)


@ON_SQLITE
async def test_the_decision_goes_to_the_leader_who_attends(company: Company) -> None:
    number = await company.approved(company.sam)
    await company.sam.command(f"/visit invite {number}", channel="visits")
    form = await company.sam.modal()
    await form.fill("Whom to invite", ["helen.park"])
    await form.submit()
    await company.settle()
    await company.helen.click("I will attend")
    await company.settle()

    assert "so it is yours to decide" in dm(company.helen, "Approve the visit").text
    assert "the decision goes to: General manager" in dm(company.sam, "*will attend*").text
    assert "decided by: General manager" in dm(company.zhao, "No decision is needed").text
    assert "approved on" in dm(company.chen, "approved on").text  # stays as it was
    assert "Who attends decides: General manager" in company.history()
    await company.helen.click("Approve")
    await company.settle()
    assert "Approved" in company.card().text


@ON_SQLITE
async def test_a_leader_is_asked_no_longer(company: Company) -> None:
    await company.approved(company.sam)
    await invite(company, "zhao.min")
    await company.sam.click("Details", message=company.card())
    await company.sam.click("Withdraw")
    await company.settle()

    told = dm(company.zhao, "no longer asks you")
    assert told.buttons == []
    assert dm(company.zhao, "You are no longer asked to attend").buttons == []
    assert "Leaders" not in company.card().text


@ON_SQLITE
async def test_only_those_answerable_invite(company: Company) -> None:
    number = await company.approved(company.sam)
    await company.zhao.command(f"/visit invite {number}", channel="visits")
    assert "can invite leaders" in company.zhao.ephemeral()[-1].text
    await company.sam.command("/visit invite", channel="visits")
    offered = company.sam.ephemeral()[-1]
    assert number in offered.text
    assert "Details" in offered.buttons


@ON_SQLITE
@pytest.mark.parametrize("languages", [{"everybody": "zh-CN"}])
async def test_the_same_in_chinese(company: Company) -> None:
    number = await in_chinese(company)
    await company.sam.command(f"/visit 邀请 {number}", channel="visits")
    form = await company.sam.modal()
    assert "没有对应角色" in form.text()
    await form.fill("邀请谁", ["zhao.min", "chen.hao", "helen.park"])
    await form.submit()
    await company.settle()
    assert company.zhao.last_dm().buttons == ["我出席", "不能出席", "详情"]
    await company.zhao.click("我出席")
    await company.chen.click("不能出席")
    form = await company.chen.modal()
    await form.fill("原因", "出差")
    await form.submit()
    await company.settle()
    said = "\n".join(m.text for m in company.sam.dms())
    assert "将出席" in said
    assert "不能出席" in said
    for someone in (company.zhao, company.chen, company.sam, company.helen):
        for message in someone.dms():
            left = english(message.text + " ".join(message.buttons))
            assert not left, f"{someone.user.handle}: {left} in {message.text}"


async def in_chinese(company: Company) -> str:
    """Have sam request a visit and the leaders approve it, all reading Chinese."""
    await company.sam.command("/visit new", channel="visits")
    modal = await company.sam.modal()
    by_block = {block["block_id"]: block for block in modal.view.blocks if block["type"] == "input"}
    label = {name: str(block["label"]["text"]) for name, block in by_block.items()}
    values = {
        "customer": "蓝海科技",
        "lead_guest": "王总",
        "lead_guest_title": "采购总监",
        "party_size": "4",
        "arrival": ARRIVAL,
        "departure": DEPARTURE,
    }
    await modal.fill(label["purpose"], modal.field(label["purpose"]).options[0])
    await modal.fill_all({label[name]: value for name, value in values.items()})
    number = await company.number(await modal.submit())
    for leader in (company.chen, company.zhao):
        await leader.click("同意")
        await company.settle()
    return number


async def test_who_attends_is_told_again_in_the_morning(company: Company) -> None:
    """D08: once more, on the day, when it begins; the guests come in the afternoon."""
    await company.approved(company.sam, Arrival=ARRIVAL + timedelta(hours=4))
    await invite(company, "helen.park")
    await company.helen.click("I will attend")
    await company.until(ARRIVAL - timedelta(hours=1, seconds=1))
    assert "*Today*" not in company.helen.last_dm().text
    before = len(company.helen.dms())
    await company.until(ARRIVAL - timedelta(hours=1))
    assert "*Today*: Acme" in company.helen.last_dm().text
    await company.until(ARRIVAL + timedelta(hours=5))
    assert len(company.helen.dms()) == before + 1
