"""Owners are asked a day and half a day before, and whenever who answers for it says so (E11)."""

from datetime import timedelta

from tests.scenarios.company import ARRIVAL, Company

HOURS = timedelta(hours=1)


async def test_owners_are_asked_twice_the_second_time_in_the_thread(company: Company) -> None:
    await company.approved(company.sam)
    await company.until(ARRIVAL - 24 * HOURS)
    first = company.mei.last_dm()
    assert "Confirm" in first.buttons

    await company.until(ARRIVAL - 12 * HOURS)

    again = company.mei.thread(first)
    assert len(again) == 1
    assert "Confirm" in again[0].buttons


async def test_the_host_has_them_reminded_once_an_hour(company: Company) -> None:
    await company.approved(company.sam)
    await company.until(ARRIVAL - 10 * HOURS)
    listed = next(card for card in company.sam.dms() if "Remind them" in card.buttons)
    first = company.mei.dms()[-1]
    before = len(company.mei.dms())

    await company.sam.click("Remind them", message=listed)
    await company.settle()

    assert "Reminded just now" in company.sam.ephemeral()[-1].text
    assert len(company.mei.dms()) == before + 1
    assert company.mei.dms()[-1].stored.is_reply or first.stored.is_reply

    await company.sam.click("Remind them", message=listed)
    await company.settle()
    assert len(company.mei.dms()) == before + 1, "not twice in an hour"
