"""The main job, end to end: from `/visit new` to the closed visit."""

from datetime import timedelta

from tests.scenarios.company import (
    ARRIVAL,
    CARS,
    DEPARTURE,
    DROPOFF,
    PICKUP,
    REQUEST,
    SHANGHAI,
    Company,
    dm,
)

HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)


async def test_a_visit_from_request_to_archive(company: Company) -> None:
    sam, chen, zhao, liu, ma = company.sam, company.chen, company.zhao, company.liu, company.ma
    mei, dev, xu, ruth = company.mei, company.dev, company.xu, company.ruth

    # The request.
    modal = await company.form(sam, "Acme 15 Dec 10:00")
    await modal.fill_all(REQUEST | CARS | {"Account owner": "ruth.adler", "Budget": "12000"})
    await modal.fill("Guests", "Jane Smith, Purchasing director, vegetarian\nBob Lee, Engineer")
    assert await company.number(await modal.submit()) == "V-2026-0001"
    assert "Waiting for approval" in company.card().text

    # The leaders, in order.
    asked = chen.last_dm()
    for words in ("Acme", "Dr. Jane Smith", "Sam Carter", "vegetarian", "12,000", "Pudong airport"):
        assert words in asked.text
    assert not zhao.dms()
    await chen.click("Approve")
    await company.settle()
    assert "Approve" not in asked.buttons
    assert "陈浩 approved" in asked.text
    await zhao.click("Approve")
    await company.settle()
    assert dm(sam, "Approved")
    assert "Approved" in company.card().text

    # Everybody who prepares something has one message with their items.
    assert [m.buttons.count("Done") for m in mei.dms()] == [4]
    assert [m.buttons.count("Done") for m in dev.dms()] == [3]
    for owner, number in ((mei, 4), (dev, 3), (xu, 2), (sam, 3)):
        for _ in range(number):
            assert (await owner.click("Done")).acked
            await company.settle()
    await liu.click("Assign driver")
    form = await liu.modal()
    await form.fill_all({"Driver": "ma.long", "Car": "Buick GL8 沪A·12345"})
    assert (await form.submit()).closed
    await company.settle()
    await liu.click("Assign driver")
    form = await liu.modal()
    await form.fill_all({"Driver": "tom.reed", "Car": "Buick GL8 沪A·12345"})
    assert (await form.submit()).closed
    await company.settle()
    await ma.click("Accept")
    await company.tom.click("Can't")
    form = await company.tom.modal()
    await form.fill("Reason", "On leave that day")
    assert (await form.submit()).closed
    await company.settle()
    assert "On leave that day" in liu.last_dm().text
    await liu.click("Assign driver")
    form = await liu.modal()
    await form.fill_all({"Driver": "ma.long", "Car": "Buick GL8 沪A·12345"})
    await form.submit()
    await company.settle()
    await ma.click("Accept")
    await company.settle()
    assert "马龙" in company.card().text

    # One day ahead: what has to be confirmed again is named with its owner.
    await company.until(ARRIVAL - 24 * HOUR)
    check = company.lin.thread(company.card())[-1]
    assert "Hotel" in check.text
    assert "梅芳" in check.text
    assert check.buttons.count("Confirm") == 4
    assert mei.last_dm().buttons.count("Confirm") == 2
    for owner, number in ((mei, 2), (dev, 1), (liu, 1)):
        for _ in range(number):
            await owner.click("Confirm", message=owner.last_dm())
            await company.settle()
    assert "Confirm" not in check.buttons

    # Half a day ahead: everything stands, nobody is alarmed.
    before = len(chen.dms())
    await company.until(ARRIVAL - 12 * HOUR)
    assert company.lin.thread(company.card())[-1].buttons == []
    assert len(chen.dms()) == before

    # The day.
    await company.until(PICKUP - HOUR)
    assert "Call the guest" in sam.last_dm().text
    assert "马龙" in sam.last_dm().text
    await company.until(PICKUP - 15 * MINUTE)
    assert ma.last_dm().buttons == ["Car is here", "Etiquette"]
    await ma.click("Car is here")
    await company.until(PICKUP - 5 * MINUTE)
    assert "Call the guest" in sam.last_dm().text  # nobody is told that the car is missing
    assert "08:45" in company.card().text
    assert ma.last_dm().buttons == ["Guests aboard", "Take back"]
    await ma.click("Guests aboard")
    await company.settle()
    await ma.click("Dropped off")
    await company.settle()
    assert ma.last_dm().buttons == ["Take back"]

    # The departure.
    await company.until(DROPOFF - 10 * MINUTE)
    for label in ("Car is here", "Guests aboard", "Dropped off"):
        await ma.click(label)
        await company.settle()
    left = DROPOFF - 10 * MINUTE
    assert left < DEPARTURE

    # Feedback: the host is asked at once, nudged, puts it off, is nudged again, gives it (H01).
    assert "Give feedback" in sam.last_dm().buttons
    await company.until(left + 24 * HOUR)
    await sam.click("Later")
    await company.settle()
    put_off = len(sam.dms())
    at_nine = (left + 48 * HOUR).astimezone(SHANGHAI).replace(hour=9, minute=0)
    await company.until(at_nine - MINUTE)
    assert len(sam.dms()) == put_off
    await company.until(at_nine + HOUR)
    assert len(sam.dms()) > put_off
    await sam.click("Give feedback")
    form = await sam.modal()
    await form.fill_all({"Satisfaction": "95", "Intention": "Will sign"})
    assert (await form.submit()).closed
    await company.settle()
    assert all("Give feedback" not in message.buttons for message in sam.dms())

    # The host's letters, and what came of it; then all is in.
    assert sam.sees("Thank-you letter")
    await sam.click("Done")
    await company.settle()
    await sam.click("Done")
    await company.settle()
    await company.until(left + 5 * 24 * HOUR)  # Monday: the third day is a Saturday
    assert "Proposal draft" in ruth.last_dm().text
    await ruth.click("Done")
    await company.settle()
    await company.until(left + 8 * 24 * HOUR)
    assert "Second talk with the customer" in ruth.last_dm().text
    assert ruth.last_dm().buttons == ["Done", "Later"]
    await ruth.click("Done")
    await company.settle()
    await company.until(left + 15 * 24 * HOUR)
    assert ruth.last_dm().buttons == ["Won", "Lost", "Details"]
    await ruth.click("Won")
    await company.settle()
    assert "Closed" in sam.last_dm().text
    assert "Won" in ruth.last_dm().text, "her own click closed it"
    assert "Closed" in company.card().text
    assert company.card().buttons == ["Details"]
    for words in ("asked for the visit", "approved", "feedback", "closed"):
        assert words in company.history().lower()
