"""Who came before is a contact of that customer: what is known of them is proposed with where it
comes from, and taken over by nobody but people (P09, A07)."""

from datetime import timedelta

from models.reading.picture import VisitPicture
from sandbox.persona import Persona
from sandbox.persona_modal import Modal
from services.reading import looks
from tests.scenarios.company import ARRIVAL, DEPARTURE, ON_SQLITE, Company

GUESTS = "Dr. Jane Smith, Purchasing director, vegetarian\n王伟, 工程师, halal"


def picture(company: Company, visit: int) -> VisitPicture:
    """A visit with all that belongs to it."""
    with company.bot.database.reading() as session:
        return looks.picture(session, visit, company.bot.site)


async def came(company: Company, guests: str = GUESTS) -> None:
    """Have guests of Acme come and leave."""
    number = await company.approved(company.sam)
    await company.sam.click("Details", message=company.card())
    await company.sam.click("Add details")
    form = await company.sam.modal()
    await form.fill_all({"Guests": guests})
    result = await form.submit()
    assert not result.errors, number
    await company.settle()
    while company.sam.modals:
        await company.sam.modals[-1].close()
    await company.until(DEPARTURE + timedelta(hours=3))
    assert picture(company, 1).visit.left_at is not None


async def again(company: Company, person: Persona, months: int = 8) -> Modal:
    """Ask for another visit of theirs so many months later, and open its details."""
    later = timedelta(days=30 * months)
    company.clock.set(DEPARTURE + later)
    await company.request(
        person, Arrival=ARRIVAL + later + timedelta(days=10), Departure=DEPARTURE + later * 1.1
    )
    await person.click("Details", message=company.card())
    return await person.modal()


async def test_a_new_visit_opens_with_what_is_known(company: Company) -> None:
    await came(company)
    details = await again(company, company.sam)
    line = "Dr. Jane Smith · Diet: *vegetarian*. Known from V-2026-0001, 8 months ago"
    assert line in details.text()
    assert "halal" not in details.text(), "of those alone who come again"
    assert not picture(company, 2).guests, "nothing is taken over silently"
    await details.click("Take over", near="vegetarian")
    await company.settle()
    guest = picture(company, 2).guests[0]
    assert (guest.name, guest.diet, guest.leads) == ("Dr. Jane Smith", "vegetarian", True)
    assert "Known from" not in (await company.sam.modal()).text()


async def test_what_is_struck_out_is_proposed_no_more(company: Company) -> None:
    await came(company)
    details = await again(company, company.sam)
    await details.click("Strike out", near="vegetarian")
    await company.settle()
    assert "Known from" not in (await company.sam.modal()).text()


@ON_SQLITE
async def test_what_is_old_is_forgotten(company: Company) -> None:
    await came(company)
    details = await again(company, company.sam, months=25)
    assert "Known from" not in details.text()


@ON_SQLITE
async def test_asking_for_a_visit_tells_nothing_of_others_guests(company: Company) -> None:
    await came(company)
    details = await again(company, company.lin)
    assert "Known from" not in details.text()
    await details.click("Customer")
    file = await company.lin.modal()
    assert "People who have come before" not in file.text()
    assert "Prices, credit standing, promises and people are for those" in file.text()
    assert "V-2026-0001" not in file.text(), "a visit that they may not see"
