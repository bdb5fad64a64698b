"""I am away: somebody stands in for some days; all of somebody handed over (C02, R3.1)."""

from datetime import date, timedelta

from tests.scenarios.company import ON_SQLITE, START, Company, dm

pytestmark = ON_SQLITE
TODAY = START.date()


async def go_away(company: Company, who: str, to: str, first: date, last: date) -> None:
    person = getattr(company, who)
    await person.open_home()
    await person.click("I am away")
    form = await person.modal("I am away")
    await form.fill_all({"First day": first, "Last day": last, "Who stands in": to})
    await form.submit()
    await company.settle()


async def test_an_approver_is_away_and_a_stand_in_decides(company: Company) -> None:  # C02
    company.give_role("department_manager", "chen.hao", "wang.guo")
    await company.request(company.sam)
    await company.chen.open_home()
    await company.chen.click("I am away")
    form = await company.chen.modal("I am away")
    last = TODAY + timedelta(days=4)
    await form.fill_all({"First day": TODAY, "Last day": last, "Who stands in": "sam.carter"})
    refused = await form.submit()
    assert "cannot decide in your place" in refused.errors["Who stands in"]
    await form.fill("Last day", TODAY - timedelta(days=1))
    refused = await form.submit()
    assert "lies before the first" in refused.errors["Last day"]
    await form.fill_all({"Last day": last, "Who stands in": "wang.guo"})
    await form.submit()
    await company.settle()

    assert "*You are away*" in company.chen.home.text
    assert "is away" in dm(company.wang, "you stand in").text
    asked = company.wang.last_dm()
    assert "@陈浩 is away until" in asked.text
    await company.wang.click("Approve")
    await company.settle()

    assert "on behalf of @陈浩" in company.card().text
    assert "stands in for @陈浩, who is away" in company.history()


async def test_items_go_along_at_the_first_day_and_come_back(company: Company) -> None:
    await company.approved(company.sam)
    before = dm(company.mei, "Prepare the visit").text
    tomorrow = TODAY + timedelta(days=1)
    await go_away(company, "mei", "sam.carter", tomorrow, tomorrow)
    assert "*You will be away*" in company.mei.home.text
    await company.until(START + timedelta(days=1))
    card = dm(company.sam, "Prepare the visit")
    assert "for @" in card.text
    assert "who is away" in card.text
    await company.sam.click("Done", message=card)
    await company.mei.open_home()
    await company.mei.click("I am back")
    await company.settle()
    assert "You are away" not in company.mei.home.text
    assert dm(company.mei, "Prepare the visit").text.count("⬜") == before.count("⬜") - 1


async def test_admins_hand_over_all_of_somebody(company: Company) -> None:
    await company.approved(company.sam)
    await company.ana.open_home()
    await company.ana.click("Hand over all")
    form = await company.ana.modal("Hand over all")
    await form.fill_all({"From whom": "sam.carter", "Who takes over": "ruth.adler"})
    result = await form.submit()
    assert result.view is not None
    assert "1 visit" in result.view.text()
    await company.settle()
    assert "handed over to you" in dm(company.ruth, "handed over to you").text
    assert "handed over what you had" in dm(company.sam, "handed over what you had").text
    assert "has taken over from" in company.history()
    await company.ana.command("/visit setup", channel="visits")
    assert "Hand over all" in (await company.ana.modal()).buttons
    await company.sam.open_home()
    assert "Hand over all" not in company.sam.home.buttons
