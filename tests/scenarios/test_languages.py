"""Everybody reads their own language; the channel reads the site's."""

import re
from datetime import timedelta

import pytest

from sandbox.model import Json
from tests.scenarios.company import (
    ARRIVAL,
    CARS,
    DEPARTURE,
    ON_SQLITE,
    PICKUP,
    REQUEST,
    Company,
)

pytestmark = ON_SQLITE
HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)


@pytest.fixture
def languages() -> dict[str, str]:
    return {"everybody": "zh-CN", "sam.carter": "en-GB"}


async def test_a_request_in_chinese(company: Company) -> None:
    await company.lin.command("/visit new 蓝海科技 12月15日 10:00", channel="visits")
    modal = await company.lin.modal()
    assert "蓝海科技" in modal.field("客户").value
    labels = modal.labels()
    assert all(re.search("[\u4e00-\u9fff]", label) for label in labels), labels
    by_block = {block["block_id"]: block for block in modal.view.blocks if block["type"] == "input"}
    label = {name: str(block["label"]["text"]) for name, block in by_block.items()}
    purpose = modal.field(label["purpose"]).options[0]
    await modal.fill_all(
        {
            label["purpose"]: purpose,
            label["lead_guest"]: "王总",
            label["lead_guest_title"]: "董事长",
            label["party_size"]: "3",
            label["departure"]: ARRIVAL - HOUR,
        }
    )
    result = await modal.submit()
    assert re.search("[\u4e00-\u9fff]", result.errors[label["departure"]])
    await modal.fill(label["departure"], DEPARTURE)
    result = await modal.submit()
    assert result.view is not None
    assert "V-2026-0001" in result.view.text()
    await company.settle()
    assert "Acme" not in company.chen.last_dm().text
    assert company.chen.last_dm().buttons[0] == "同意"
    assert company.card().buttons == ["Details", "Edit", "Reschedule", "Cancel"]  # the site's


async def test_a_whole_visit_says_nothing_english_to_who_reads_chinese(company: Company) -> None:
    modal = await company.form(company.sam)
    values = REQUEST | CARS | {"Lead guest": "王总", "Lead guest's title": "董事长"}
    values |= {"Customer": "蓝海科技", "Pickup place": "浦东机场", "Host": "lin.wei"}
    values |= {"Account owner": "zhou.jie", "Travel by": "Train"}
    values |= {"Flight or train number": "6063"}
    await modal.fill_all(values)
    await company.number(await modal.submit())
    for leader in (company.chen, company.zhao, company.helen):  # for a chairman
        await leader.click(leader.last_dm().buttons[0])
        await company.settle()
    for message in list(company.liu.dms()):
        if "assign_driver" in str(message.blocks):
            await company.liu.click(message.buttons[0], message=message)
            form = await company.liu.modal()
            await form.fill_all({form.labels()[0]: "ma.long", form.labels()[1]: "别克"})
            assert not (await form.submit()).errors
            await company.settle()
    await company.until(PICKUP - 5 * MINUTE)
    await company.until(DEPARTURE + 50 * HOUR)

    for someone in (company.lin, company.zhou, company.chen, company.mei, company.liu, company.ma):
        assert someone.dms()
        for message in someone.dms():
            left = english(message.text + "\n" + " ".join(message.buttons))
            assert not left, f"{someone.user.handle}: {left} in {message.text}"
        await someone.open_home()
        await company.settle()
        assert not english(someone.home.text + " ".join(someone.home.buttons))
        await someone.command("/visit list")
        await someone.command("/visit help")
        await someone.command("/visit show V-2026-0001")
        for message in someone.ephemeral()[-3:]:
            left = english(message.text + " ".join(message.buttons))
            assert not left, f"{someone.user.handle}: {left} in {message.text}"


NAMES = "Sam Carter Dev Nair Helen Park Tom Reed"
KNOWN = {*NAMES.split(), "Usher", "Slack", "App", "Home", "Excel", "IT", "V", "A", "B", "C", "ics"}


def english(text: str) -> list[str]:
    """English words of a text, without commands, names, and what is English in Chinese too."""
    bare = re.sub(r"`[^`]*`|/visit( [!-~]+)*", "", text)
    return [word for word in re.findall(r"[A-Za-z]+", bare) if word not in KNOWN]


async def test_a_change_of_language_counts_from_the_next_answer(company: Company) -> None:
    ack = await company.sam.command("/visit help")
    assert "New visit" in company.sam.ephemeral()[-1].buttons
    stored = company.sandbox.workspace.user("sam.carter")
    stored.locale = "zh-CN"
    user: Json = stored.to_slack("T1", company.clock.now(), include_locale=False)
    await company.dispatch(
        {
            "type": "event_callback",
            "team_id": "T1",
            "event": {"type": "user_change", "user": user},
            "event_id": "Ev1",
        }
    )
    await company.settle()

    ack = await company.sam.command("/visit help")

    assert re.search("[\u4e00-\u9fff]", ack.text or "")
