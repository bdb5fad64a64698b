"""Lead times in the procedure's own unit, and what follows a visit on weekends."""

from datetime import datetime, timedelta

from sandbox.persona import Persona
from tests.scenarios.company import ON_SQLITE, SHANGHAI, START, Company, dm
from tests.scenarios.procedures.flow import Flow, lives_by

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
FRIDAY = datetime(2026, 12, 11, 10, 0, tzinfo=SHANGHAI)


@ON_SQLITE
@lives_by("express")
async def test_a25_thirty_hours_ahead_across_a_weekend_is_a_day_ahead(company: Company) -> None:
    await company.until(FRIDAY)
    arrival = FRIDAY + 30 * HOUR  # on Saturday
    number = await company.request(company.sam, Arrival=arrival, Departure=arrival + 3 * HOUR)
    assert "rgent" not in dm(company.chen, "Approve the visit").text
    assert "rgent" not in company.card().text
    assert "Notice that is wanted: 1 day" in await why(company, number)


@ON_SQLITE
@lives_by("express")
async def test_a26_within_24_hours_is_urgent_and_never_refused(company: Company) -> None:
    arrival = START + 23 * HOUR
    await company.request(company.sam, Arrival=arrival, Departure=arrival + 3 * HOUR)
    said = dm(company.chen, "Approve the visit")
    assert "*Urgent*: asked for 23 hours ahead, the procedure wants 24" in said.text
    assert "Approve" in said.buttons


@ON_SQLITE
async def test_a22_r15_an_edit_does_not_make_a_request_late_and_another_day_does(
    company: Company,
) -> None:
    arrival = START + 7 * DAY  # four working days lie between
    await company.request(company.sam, Arrival=arrival, Departure=arrival + 3 * HOUR)
    await company.chen.click("Approve")
    await company.settle()
    await company.until(arrival - 20 * HOUR)
    asked = len(company.chen.dms())
    await company.sam.click("Edit", message=company.card())
    form = await company.sam.modal()
    await form.fill("Notes", "Two vegetarians")
    await form.submit()
    await company.settle()
    assert "rgent" not in company.card().text
    assert len(company.chen.dms()) == asked

    await company.sam.click("Reschedule", message=company.card())
    form = await company.sam.modal()
    later = arrival + DAY
    await form.fill_all({"Arrival": later, "Departure": later + 3 * HOUR})
    await form.submit()
    await company.settle()
    said = "*Urgent*: asked for 1 working day ahead, the procedure wants 3"
    assert said in company.card().text


@ON_SQLITE
async def test_where_a_calendar_is_not_published_yet_the_card_and_why_say_so(
    company: Company,
) -> None:
    await company.until(datetime(2027, 1, 28, 10, 0, tzinfo=SHANGHAI))
    arrival = datetime(2027, 2, 2, 10, 0, tzinfo=SHANGHAI)  # Spring Festival begins on the 5th
    number = await company.request(company.sam, Arrival=arrival, Departure=arrival + 3 * HOUR)
    said = "The official calendar of 2027 is not published yet; counted without make-up days."
    assert said in dm(company.chen, "Approve the visit").text
    assert said in company.card().text
    assert said in await why(company, number)
    arrival = datetime(2027, 3, 9, 10, 0, tzinfo=SHANGHAI)
    await company.request(company.sam, Arrival=arrival, Departure=arrival + 3 * HOUR)
    assert said not in company.card().text


async def test_what_follows_a_visit_rests_on_the_weekend(company: Company) -> None:  # R8.1, R8.3
    arrival = FRIDAY + 7 * DAY
    flow = Flow(company)
    await company.request(company.sam, Arrival=arrival, Departure=arrival + 6 * HOUR)
    await flow.approve(*_leaders(flow))
    await company.until(arrival + 6 * HOUR)
    assert company.sam.last_dm().buttons  # the first ask for feedback comes on Friday
    monday = datetime(2026, 12, 21, 9, 0, tzinfo=SHANGHAI)
    people = (company.sam, company.mei, company.xu, company.ruth)
    before = {person.id: len(person.dms()) for person in people}
    await company.until(monday - timedelta(minutes=1))
    assert {person.id: len(person.dms()) for person in people} == before
    await company.until(monday + timedelta(minutes=1))
    texts = [message.text for message in company.sam.dms()[before[company.sam.id] :]]
    assert len([text for text in texts if "eedback" in text]) == 1  # for three of the weekend


async def why(company: Company, number: str) -> str:
    """Which rule laid down the lead time of a visit."""
    answer = await company.sam.command(f"/visit why {number} deadlines", channel="visits")
    return answer.text or ""


def _leaders(flow: Flow) -> list[Persona]:
    """Who decides about the visit, in order."""
    company = flow.company
    of_role = {
        "department_manager": company.chen,
        "vice_president": company.zhao,
        "general_manager": company.helen,
    }
    return [of_role[step.role] for step in flow.picture().approvals]
