"""Etiquette cards: one short message to each reader, with what applies behind a button (P07)."""

from datetime import timedelta

import pytest

from models.policy.conditions import Facts
from models.policy.etiquette import CardReader, cards_for
from sandbox.persona import Message, Persona
from tests.scenarios.company import (
    ARRIVAL,
    CARS,
    DEPARTURE,
    ON_SQLITE,
    PICKUP,
    Company,
)

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
MEETING = ARRIVAL + 2 * HOUR
FULL = CARS | {"Second host": "lin.wei", "First meeting": MEETING}


def manners(person: Persona) -> list[Message]:
    """The messages that offer etiquette cards."""
    return [m for m in person.dms() if "show_etiquette" in str(m.blocks)]


async def driver(company: Company) -> None:
    """The dispatcher gives the pickup to ma."""
    await company.liu.click("Assign driver", near="Pickup")
    form = await company.liu.modal()
    await form.fill_all({"Driver": "ma.long", "Car": "GL8"})
    await form.submit()
    await company.settle()


async def test_each_is_told_once_when_it_applies(company: Company) -> None:
    sam, lin, xu, ma = company.sam, company.lin, company.xu, company.ma
    await company.approved(sam, **FULL)
    await driver(company)
    moments = ((sam, PICKUP - HOUR), (ma, PICKUP - HOUR / 4), (xu, ARRIVAL - HOUR))
    for person, moment in sorted((*moments, (lin, MEETING - HOUR)), key=lambda each: each[1]):
        await company.until(moment - timedelta(minutes=1))
        assert not manners(person), person.user.handle
        await company.until(moment)
        assert len(manners(person)) == 1, person.user.handle

    titles = manners(sam)[0].text
    for title in ("how you look", "At the pickup point", "Lifts", "Farewell"):
        assert title in titles
    assert "Driving guests" not in titles
    await sam.click("Etiquette", message=manners(sam)[0])
    modal = await sam.modal()
    assert modal.title == "Etiquette"
    for card in cards_for(None, CardReader.HOST, Facts(pickup=True)):
        assert card.title.en in modal.text()
        assert all(line.en in modal.text() for line in card.lines)
    await modal.close()
    for person, words in (
        (ma, "Stand beside the car"),
        (xu, "Rise, smile and greet"),
        (lin, "Interpret sentence by sentence"),
    ):
        label = "Etiquette" if person is ma else "Show"
        await person.click(label, message=manners(person)[0])
        modal = await person.modal()
        assert words in modal.text()
        await modal.close()

    await company.until(DEPARTURE)
    assert all(len(manners(person)) == 1 for person in (sam, lin, xu))
    assert manners(ma) == [], "the drive is over"


@ON_SQLITE
async def test_it_moves_with_the_visit(company: Company) -> None:
    await company.approved(company.sam, **FULL)
    await company.sam.click("Reschedule", message=company.card())
    form = await company.sam.modal()
    await form.fill_all({"Arrival": ARRIVAL + DAY, "Departure": DEPARTURE + DAY})
    await form.submit()
    await company.settle()
    await company.until(MEETING)
    assert not manners(company.sam)
    assert not manners(company.lin)
    await company.until(MEETING + DAY - 2 * HOUR)
    assert len(manners(company.sam)) == 1
    assert not manners(company.lin)  # the meeting has moved by a day as well
    await company.until(MEETING + DAY - HOUR)
    assert len(manners(company.lin)) == 1


@ON_SQLITE
async def test_before_the_arrival_where_there_is_no_car_and_no_meeting(company: Company) -> None:
    await company.approved(company.sam, **{"Second host": "lin.wei"})
    await company.until(ARRIVAL - HOUR - timedelta(minutes=1))
    assert not manners(company.sam)
    await company.until(ARRIVAL - HOUR)
    assert len(manners(company.sam)) == 1
    assert "At the pickup point" not in manners(company.sam)[0].text
    assert len(manners(company.lin)) == 1


@ON_SQLITE
async def test_who_is_host_no_longer_is_shown_nothing(company: Company) -> None:
    await company.approved(company.sam, **CARS)
    await company.until(PICKUP - HOUR)
    message = manners(company.sam)[0]
    await company.sam.click("Edit", message=company.card())
    form = await company.sam.modal()
    await form.fill("Host", "lin.wei")
    await form.submit()
    await company.settle()
    await company.sam.click("Etiquette", message=message)
    assert "has changed" in company.sam.ephemeral()[-1].text
    assert len(manners(company.lin)) == 1  # the new host is told


class TestInChinese:
    """The same to those who read Chinese."""

    @pytest.fixture
    def languages(self) -> dict[str, str]:
        return {"everybody": "zh-CN", "sam.carter": "en-GB"}

    @ON_SQLITE
    async def test_the_titles_and_the_lines(self, company: Company) -> None:
        await company.request(company.sam, **FULL)
        for leader in (company.chen, company.zhao):
            await leader.click("同意")
            await company.settle()
        await company.until(MEETING - HOUR)
        message = manners(company.xu)[0]
        assert "前台迎客" in message.text
        await company.xu.click("查看", message=message)
        modal = await company.xu.modal()
        assert modal.title == "接待礼仪"
        assert "三米内起身微笑问候" in modal.text()
        assert "茶水服务" in manners(company.lin)[0].text
