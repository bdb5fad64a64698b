"""The first admin of a workspace is led through roles, calendar and a trial visit."""

from tests.scenarios.company import ON_SQLITE, Company, dm

pytestmark = ON_SQLITE


async def test_an_admin_is_led_and_tries_a_visit_that_is_then_gone(company: Company) -> None:
    ana = company.ana
    await ana.open_home()
    await company.settle()
    assert "First steps" in ana.home.text
    assert "*Calendar*: working days of CN" in ana.home.text
    assert "Please give its roles" in ana.last_dm().text
    await company.lin.open_home()
    assert "First steps" not in company.lin.home.text

    await ana.click("The calendar is right")
    await company.settle()
    assert "The calendar is right" not in ana.home.buttons
    everybody = (company.lin, company.chen, company.zhao, company.mei, company.liu, company.helen)
    before = {person.id: len(person.dms()) for person in everybody}
    in_channel = len(company.lin.channel("visits"))

    await ana.click("Make a trial visit")
    await company.settle()
    assert "Trial customer" in dm(ana, "🧪").text
    while (card := next((m for m in ana.dms() if "Approve" in m.buttons), None)) is not None:
        await ana.click("Approve", message=card)
        await company.settle()
    assert company.visit().approved_at is not None
    assert any("Prepare" in message.text for message in ana.dms())
    assert {person.id: len(person.dms()) for person in everybody} == before
    assert len(company.lin.channel("visits")) == in_channel
    await company.lin.command("/visit list", channel="visits")
    assert "Trial customer" not in company.lin.ephemeral()[-1].text

    await ana.open_home()
    await ana.click("Delete trial visit")
    await company.settle()
    assert not [m for m in ana.dms() if "Trial customer" in m.text]
    assert "First steps" not in ana.home.text, "all is done"


async def test_the_steps_can_be_left(company: Company) -> None:
    await company.ana.open_home()
    await company.ana.click("Leave these steps")
    await company.settle()
    assert "First steps" not in company.ana.home.text
