"""Guests one by one, pasted and out of files; shown to whoever needs them (A02, A03, A04, A05)."""

import pytest

from models.records.customers import Guest
from sandbox.persona_modal import Modal
from services.reading import looks
from tests.scenarios.company import ON_SQLITE, Company


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


async def pasted(company: Company, text: str) -> Modal:
    """What follows when a list is pasted."""
    view = await opened(company)
    await view.click("Paste a list")
    form = await company.sam.modal("Paste a list")
    await form.fill("Guest list", text)
    return await saved(form)


async def test_a_pasted_list_shows_how_it_was_read_and_asks_what_is_doubtful(
    company: Company,
) -> None:
    await company.request(company.sam)
    doubts = await pasted(
        company,
        "1. 王磊 总经理 手机 138 1234 5678\n"
        "2. Anna Berg, Buyer, vegan, anna@acme.example\n"
        "3. Ann, Bert, Carl\n"
        "4. Dora Ray, Engineer, +49 12\n"
        "5. 李娜，女，采购经理，清真\n"
        "6. Anna Berg, Buyer\n",
    )
    assert doubts.title == "Put right"
    assert doubts.labels() == ["Line 3", "Line 4"], "only what is doubtful"
    assert "no phone number: +49 12" in (doubts.field("Line 4").hint or "")
    await doubts.fill("Line 4", "Dora Ray, Engineer, +49 30 123456")
    assert "one guest or several" in (doubts.field("Line 3").hint or "")
    await doubts.fill("Line 3", "Ann Lee, Tester\nBert <Ray>")
    doubts = await saved(doubts)
    assert "signs that no name has" in (doubts.field("Line 3").hint or "")
    assert "Ann Lee" not in doubts.text()
    await doubts.fill("Line 3", "Bert Ray")
    preview = await saved(doubts)
    shown = preview.text()
    assert "Lines read: 7 · new guests: 6" in shown, shown
    assert "Named twice in this list, taken once: 1" in shown
    assert "The party size goes from 4 to 6" in shown
    assert "*王磊* · 总经理 · +86 138 1234 5678" in shown
    assert "*李娜* · 采购经理 · halal · Female" in shown
    assert guests(company) == [], "nothing is saved yet"
    view = await saved(preview)
    assert "Added: 6" in view.text()
    assert "The party size is now 6" in view.text()
    found = {guest.name: guest for guest in guests(company)}
    assert list(found) == ["王磊", "Anna Berg", "Ann Lee", "Bert Ray", "Dora Ray", "李娜"]
    assert found["王磊"].phone == "+8613812345678"
    assert (found["Anna Berg"].mail, found["Anna Berg"].diet) == ("anna@acme.example", "vegan")
    assert found["李娜"].sex == "female"


@ON_SQLITE
async def test_doubtful_lines_come_ten_at_a_time_and_a_left_list_waits(company: Company) -> None:
    await company.request(company.sam)
    lines = [f"Ann{n}, Bert{n}, Carl{n}" for n in range(12)] + ["Dora Ray, Engineer"]
    doubts = await pasted(company, "\n".join(lines))
    assert len(doubts.labels()) == 10
    for label in doubts.labels():
        await doubts.fill(label, None)
    doubts = await saved(doubts)
    assert doubts.labels() == ["Line 11", "Line 12"]
    await doubts.close()
    view = await opened(company)
    assert "A list was read and not saved yet" in view.text()
    await view.click("Go on")
    doubts = await company.sam.modal("Put right")
    for label in doubts.labels():
        await doubts.fill(label, None)
    preview = await saved(doubts)
    await preview.click("Correct these lines")
    lines_form = await company.sam.modal("Put right")
    await lines_form.fill("Line 13", "Dora Ray, Chief engineer")
    view = await saved(await saved(lines_form))
    assert [(g.name, g.title) for g in guests(company)] == [("Dora Ray", "Chief engineer")]
    assert "not saved yet" not in view.text()


GBK = "来宾名单\n姓名,职务,手机,饮食,鞋码\n王磊,总经理,13812345678,素食,42\n李娜,采购经理,110,,38\n"


async def test_a_file_is_answered_at_once_and_its_view_follows(company: Company) -> None:
    await company.request(company.sam)
    view = await opened(company)
    await view.click("From a file")
    form = await company.sam.modal("From a file")
    await form.fill("File", ("guests.csv", GBK.encode("gb18030")))
    result = await form.submit()
    assert result.view is not None
    await company.settle()
    doubts = await company.sam.modal("Put right")
    assert "no phone number: 110" in (doubts.field("Line 4").hint or ""), doubts.text()
    await doubts.fill("Line 4", "李娜, 采购经理")
    preview = await saved(doubts)
    assert "guests.csv" in preview.text()
    assert "Columns that are not taken over: 鞋码" in preview.text()
    await saved(preview)
    assert [(g.name, g.title, g.diet) for g in guests(company)] == [
        ("王磊", "总经理", "素食"),
        ("李娜", "采购经理", None),
    ]


@ON_SQLITE
async def test_a_list_sent_to_usher_is_read_for_a_visit(company: Company) -> None:
    number = await company.request(company.sam)
    await company.sam.write_to_bot("", ("guests.csv", b"Name;Title\nAnna Berg;Buyer\n"))
    await company.settle()
    for offer in ("file", "words"):
        if offer == "words":
            await company.sam.write_to_bot("Our guests:\nBob Lee, Engineer, halal\nCid Ray, Tester")
            await company.settle()
        await company.sam.click("Guests of a visit", message=company.sam.last_dm())
        form = await company.sam.modal("Guests of a visit")
        assert number in str(form.field("Visit").value)
        await form.submit()
        await company.settle()
        view = await company.sam.modal()
        if view.title == "Put right":
            await view.fill(view.labels()[0], None)
            view = await saved(view)
        assert view.title == "As it was read", view.text()
        await saved(view)
        for each in reversed(company.sam.modals):
            await each.close()
    assert [guest.name for guest in guests(company)] == ["Anna Berg", "Bob Lee", "Cid Ray"]


@ON_SQLITE
@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("old.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "old format"),
        ("shot.csv", b"\x89PNG\r\n\x1a\n" + b"\0" * 60, "no guest list that can be read"),
        ("long.csv", b"Name\n" + b"Anna Berg\n" * 10_000, "has 10,001 rows"),
        ("empty.csv", b"\n\n", "is empty"),
    ],
)
async def test_a_file_that_cannot_be_read_is_refused_in_words(
    company: Company, name: str, content: bytes, words: str
) -> None:
    await company.request(company.sam)
    view = await opened(company)
    await view.click("From a file")
    form = await company.sam.modal("From a file")
    await form.fill("File", (name, content))
    await form.submit()
    await company.settle()
    view = await company.sam.modal("From a file")
    assert words in view.text(), view.text()
    assert view.labels() == ["File"], "another one can be chosen"


@ON_SQLITE
async def test_the_section_is_reached_three_views_deep_and_the_party_beside_it(
    company: Company,
) -> None:
    await company.request(company.sam)
    await company.sam.click("Details", message=company.card())
    await company.sam.click("Visit notice")
    notice = await company.sam.modal()
    await notice.click("Fill in", near="Guests")
    view = await company.sam.modal("Guests")
    await view.click("About the party")
    party = await company.sam.modal()
    await party.fill_all({"Women": "2", "People who travel with the guests": "Two drivers"})
    view = await saved(party)
    assert "Women: 2" in view.text()
    await view.click("Add guest")
    form = await company.sam.modal("Add guest (1 of 2)")
    await form.fill("Name", "Anna Berg")
    view = await saved(await saved(form))
    await company.settle()
    await view.close()
    await company.sam.modals[-1].close()
    assert "Anna Berg" in company.sam.modals[0].text(), "the details are brought up to date"


@ON_SQLITE
async def test_names_stay_whole_and_what_is_none_is_refused(company: Company) -> None:
    await company.request(company.sam)
    view = await opened(company)
    await view.click("Add guest")
    form = await company.sam.modal()
    await form.fill_all({"Name": "Anna <b>", "Phone": "ring me", "Mail address": "anna"})
    result = await form.submit()
    assert set(result.errors) == {"Name", "Phone", "Mail address"}
    await form.fill_all({"Name": "安" * 200, "Phone": None, "Mail address": None})
    view = await saved(await saved(form))
    assert "安" * 200 in view.text()
