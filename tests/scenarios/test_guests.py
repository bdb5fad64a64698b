"""Guests one by one, pasted and out of files; shown to whoever needs them (A02, A03, A04, A05)."""

from models.records.customers import Guest
from sandbox.persona_modal import Modal
from services.reading import looks
from tests.scenarios.company import Company


def guests(company: Company) -> list[Guest]:
    """The guests of the only visit."""
    with company.bot.database.reading() as session:
        found = looks.picture(session, 1, company.bot.site).guests
        session.expunge_all()
    return found


async def opened(company: Company) -> Modal:
    """The guests of the visit, opened by its number."""
    await company.sam.command("/visit guests V-2026-0001", channel="visits")
    return await company.sam.modal("Guests")


async def saved(modal: Modal) -> Modal:
    """The view in the place of a form that is submitted."""
    result = await modal.submit()
    assert not result.errors, result.errors
    assert result.view is not None, result.notice
    return result.view


async def test_a_guest_is_added_with_all_that_is_asked_and_changed(company: Company) -> None:
    await company.request(company.sam)
    view = await opened(company)
    await view.click("Add guest")
    form = await company.sam.modal("Add guest (1 of 2)")
    assert len(form.labels()) == 10
    await form.fill_all(
        {
            "Name": "Anna Berg",
            "Name in the other script": "安娜",
            "Title": "Purchasing director",
            "Leads the party": "Yes",
            "Phone": "+49 170 1234567",
            "Mail address": "anna@acme.example",
            "Language": "German",
            "Sex": "Female",
            "Nationality": "German",
        }
    )
    more = await saved(form)
    assert more.title == "Guest (2 of 2)"
    assert len(more.labels()) <= 10
    await more.fill_all(
        {
            "Diet": ["Vegetarian", "Nut allergy"],
            "Diet in own words": "no coriander",
            "Faith and customs": "Sunday service",
            "Taboos": "No alcohol",
            "Wishes": "A quiet room",
            "Needs": ["To be picked up", "An interpreter"],
        }
    )
    view = await saved(more)
    shown = view.text()
    for words in ("Anna Berg", "安娜", "+49 170 1234567", "vegetarian, nut allergy, no coriander"):
        assert words in shown, shown
    [anna] = guests(company)
    assert (anna.phone, anna.sex, anna.leads) == ("+491701234567", "female", True)
    assert (anna.faith, anna.taboos, anna.wishes) == (
        "Sunday service",
        "No alcohol",
        "A quiet room",
    )
    assert anna.needs == ["pickup", "interpreter"]
    await view.click("Change", near="Anna Berg")
    form = await company.sam.modal("Guest (1 of 2)")
    assert form.field("Phone").value == "+49 170 1234567"
    await form.fill("Title", "Chief buyer")
    more = await saved(form)
    assert more.field("Diet").value == ["Vegetarian", "Nut allergy"]
    assert more.field("Diet in own words").value == "no coriander"
    view = await saved(more)
    assert "Chief buyer" in view.text()
    await view.click("Change", near="Anna Berg")
    await (await company.sam.modal()).click("Remove")
    assert "Nobody is named yet" in (await company.sam.modal()).text()
    assert guests(company) == []
