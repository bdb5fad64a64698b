"""What came of a visit: asked for until somebody says it, in each reader's language (R8.4)."""

from datetime import datetime, timedelta

import pytest

from models.base.words import VisitStatus
from sandbox.persona import Persona
from services.reading import looks
from tests.scenarios.company import DEPARTURE, ON_SQLITE, SHANGHAI, Company, dm

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def morning(days: int) -> datetime:
    """Nine in the morning so many days after the guests left, in Shanghai."""
    day = (DEPARTURE + days * DAY).astimezone(SHANGHAI)
    return day.replace(hour=9, minute=0)


def status(company: Company) -> VisitStatus:
    with company.bot.database.reading() as session:
        return looks.picture(session, 1, company.bot.site).status


async def left(company: Company) -> str:
    """A visit of ruth's customer, hosted by sam, whose guests have left."""
    number = await company.approved(company.sam, **{"Account owner": "ruth.adler"})
    await company.until(DEPARTURE)
    return number


async def feedback(company: Company, person: Persona, intention: str) -> None:
    await person.click("Give feedback")
    form = await person.modal()
    await form.fill_all({"Satisfaction": "90", "Intention": intention})
    assert (await form.submit()).closed
    await company.settle()


async def letters(company: Company, person: Persona) -> None:
    """The host's letter and summary are done."""
    await company.until(DEPARTURE + 2 * DAY)
    for message in person.dms():
        if "remind_tomorrow" in str(message.blocks):
            await person.click(message.buttons[0], message=message)
            await company.settle()


async def test_asked_for_until_it_is_known_then_closed_filed_and_called_back(
    company: Company,
) -> None:
    ruth, sam, chen = company.ruth, company.sam, company.chen
    await left(company)
    await feedback(company, company.sam, "Interested")
    await letters(company, sam)
    assert status(company) == VisitStatus.FOLLOW_UP
    home = await ruth.open_home()
    assert "What came of it?" in home.text
    assert {"Won", "Lost"} <= set(home.buttons)

    # The draft in three days, a Saturday: on Monday. A day later the manager; the talk in seven.
    await company.until(morning(5))
    draft = dm(ruth, "Proposal draft")
    assert draft.buttons == ["Done", "Later"]
    before = len(chen.dms())
    await company.until(morning(6) - HOUR)
    assert len(chen.dms()) == before
    await company.until(morning(6))
    told = chen.last_dm()
    assert "Escalation" in told.text
    assert "“Proposal draft” is not done. It was due Mon 21 Dec, 18:00, from @Ruth" in told.text
    assert told.buttons == ["Details"]
    await company.until(morning(7))
    assert "Second talk" in ruth.last_dm().text

    # Then every week, until somebody says what came of it.
    for week in (14, 21, 28):
        await company.until(morning(week))
        assert "Weekly progress" in ruth.last_dm().text
    asked = [m for m in ruth.dms() if "Won" in m.buttons]
    assert len(asked) == 3
    assert [m.stored.is_reply for m in asked] == [False, True, True], "one message, and its thread"
    await sam.click("Details", message=company.card())
    details = await sam.modal()
    assert "Lost" in details.buttons
    await ruth.click("Won", message=asked[-1])
    await company.settle()
    assert all("Won" not in message.buttons for message in ruth.dms())
    assert "Won" in dm(ruth, "said").text
    assert status(company) == VisitStatus.CLOSED
    assert "The project is won" in company.history()

    # The second click is told who said it, and the visit shows it.
    await details.click("Lost")
    notice = (await sam.modal()).text()
    assert "Ruth Adler said on" in notice
    assert "the project is won" in notice
    await sam.click("Details", message=company.card())
    shown = await sam.modal()
    assert "Won" in shown.text()
    assert "Lost" not in shown.buttons

    # A slip is taken back, and said anew.
    await shown.click("Take back")
    await company.settle()
    assert status(company) == VisitStatus.FOLLOW_UP
    assert {"Won", "Lost"} <= set(shown.buttons)
    won = next(e for b in asked[-1].blocks for e in b.get("elements", ()) if e.get("value"))
    assert won["confirm"]["title"]["text"] == "Is the project won?"
    await ruth.click("Won", message=asked[-1])
    await company.settle()
    assert asked[-1].buttons == ["Take back"]
    assert status(company) == VisitStatus.CLOSED

    # Closed, it is still filed and called back.
    count = len(ruth.dms())
    await company.until(morning(29))
    assert "file the visit's papers" in company.mei.last_dm().text
    await company.until(morning(58))
    assert len(ruth.dms()) == count + 1
    assert "call the customer again" in ruth.last_dm().text
    assert status(company) == VisitStatus.CLOSED


async def test_who_has_signed_has_landed(company: Company) -> None:
    await left(company)
    await letters(company, company.sam)
    await feedback(company, company.sam, "Signed")
    assert status(company) == VisitStatus.CLOSED
    await company.until(morning(15))
    assert not [m for m in company.ruth.dms() if "Won" in m.buttons]
    assert "Escalation" not in company.chen.last_dm().text


@ON_SQLITE
async def test_only_the_account_owner_and_the_host_are_offered_the_answers(
    company: Company,
) -> None:
    await left(company)
    for person, offered in ((company.sam, True), (company.ruth, True), (company.mei, False)):
        await person.click("Details", message=company.card())
        modal = await person.modal()
        assert ({"Won", "Lost"} <= set(modal.buttons)) is offered
        await modal.close()


@ON_SQLITE
@pytest.mark.parametrize("policy_name", ["express"])
async def test_a_procedure_that_asks_for_no_outcome_closes_without(company: Company) -> None:
    await company.request(company.sam, **{"Account owner": "ruth.adler"})
    while leader := next(
        (each for each in (company.chen, company.zhao, company.helen) if _asked(each)), None
    ):
        await leader.click("Approve")
        await company.settle()
    await company.until(DEPARTURE)
    await feedback(company, company.ruth, "Interested")
    await letters(company, company.sam)
    assert status(company) == VisitStatus.CLOSED
    await company.until(DEPARTURE + 20 * DAY)
    assert not [m for m in company.ruth.dms() if "Won" in m.buttons]


def _asked(person: Persona) -> bool:
    return any("Approve" in message.buttons for message in person.dms())


class TestInChinese:
    """The same to those who read Chinese."""

    @pytest.fixture
    def languages(self) -> dict[str, str]:
        return {"everybody": "zh-CN", "sam.carter": "en-GB"}

    @ON_SQLITE
    async def test_the_reminder_the_escalation_and_the_second_click(self, company: Company) -> None:
        ruth, chen = company.ruth, company.chen
        await company.request(company.sam, **{"Account owner": "ruth.adler"})
        for leader in (chen, company.zhao):
            await leader.click("同意")
            await company.settle()
        await company.until(morning(6))
        assert dm(ruth, "方案初稿").buttons == ["完成", "稍后"]
        assert "升级提醒" in chen.last_dm().text
        assert "“方案初稿”尚未完成" in chen.last_dm().text
        home = await ruth.open_home()
        assert "结果如何" not in home.text  # the feedback is still missing
        await company.sam.click("Details", message=company.card())
        await (await company.sam.modal()).click("Lost")
        await company.settle()
        assert not [m for m in ruth.dms() if "成交" in m.buttons]
        assert "The project is lost" in company.history()  # the site's language
