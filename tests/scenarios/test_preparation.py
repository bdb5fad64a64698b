"""The checklist: owners, problems, handing over, and the checks ahead (R5)."""

from datetime import timedelta

from sandbox.persona import Message
from tests.scenarios.company import ARRIVAL, Company, dm

HOUR = timedelta(hours=1)


async def test_an_item_is_handed_over_and_done_by_its_new_owner(company: Company) -> None:
    await company.approved(company.sam)
    card = company.mei.last_dm()

    await company.mei.click("Hand over", message=card, near="Hotel")
    form = await company.mei.modal()
    await form.fill("New owner", "xu.li")
    assert (await form.submit()).closed
    await company.settle()

    assert "Hotel" not in card.text
    assert company.xu.sees("Hotel")
    await company.xu.click("Done", near="Hotel")
    await company.settle()
    assert "Hotel: done (@徐丽)" in company.history()


async def test_a_problem_reaches_host_and_coordinator_at_once(company: Company) -> None:
    await company.approved(company.sam)

    await company.dev.click("Problem", near="Meeting room")
    form = await company.dev.modal()
    await form.fill("Problem", "Projector & <lamp> are *broken*")
    assert (await form.submit()).closed
    await company.settle()

    for someone in (company.sam, company.mei):
        told = dm(someone, "Projector")
        assert "Projector & <lamp> are *broken*" in told.text
        assert "Dev Nair" in told.text
    assert "Meeting room" in company.card().text


async def test_who_is_second_to_press_done_is_told_who_was_first(company: Company) -> None:
    await company.approved(company.sam)
    await company.until(ARRIVAL - 24 * HOUR)
    check = company.lin.thread(company.card())[-1]
    await company.mei.click("Confirm", message=check, near="Hotel")

    await company.sam.click("Confirm", message=check, near="Hotel")

    assert "梅芳 confirmed this" in (await company.sam.modal()).text(), "it stands in both places"


async def test_an_item_is_not_anybodys(company: Company) -> None:
    await company.approved(company.sam)
    await company.until(ARRIVAL - 24 * HOUR)
    check = company.lin.thread(company.card())[-1]

    await company.chen.click("Confirm", message=check, near="Hotel")

    assert "Only the owner of this item" in (await company.chen.modal()).text()


async def test_what_is_open_half_a_day_ahead_is_escalated(company: Company) -> None:
    await company.approved(company.sam)

    await company.until(ARRIVAL - 12 * HOUR)

    for someone in (company.sam, company.chen, company.zhao):
        told = dm(someone, "are not confirmed")
        assert "Hotel" in told.text
        assert "梅芳" in told.text


async def test_an_item_whose_role_nobody_holds_waits_for_somebody(company: Company) -> None:
    company.give_role("it")
    await company.approved(company.sam)

    assert "IT" in dm(company.sam, "/visit setup").text
    assert "IT" in dm(company.ana, "/visit setup").text
    company.give_role("it", "dev.nair")
    await company.settle()

    assert company.dev.last_dm().buttons.count("Done") == 3


async def test_the_checklist_of_a_visit_approved_late_starts_at_once(company: Company) -> None:
    await company.request(company.sam)
    await company.until(ARRIVAL - 20 * HOUR)
    for leader in (company.chen, company.zhao):
        await leader.click("Approve")
        await company.settle()

    def checks() -> list[Message]:
        return [m for m in company.lin.thread(company.card()) if "Confirm" in m.buttons]

    assert company.mei.sees("Hotel")
    assert checks() == []  # whoever was just asked is not blamed yet
    await company.until(ARRIVAL - 19 * HOUR)
    assert len(checks()) == 1
    assert checks()[0].ts in {m.ts for m in company.lin.channel("visits")}  # everybody sees it
