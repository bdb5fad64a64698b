"""Seeing: the commands, App Home, and who holds which role."""

from datetime import timedelta

from tests.scenarios.company import CARS, DEPARTURE, ON_SQLITE, PICKUP, REQUEST, Company

pytestmark = ON_SQLITE


async def test_help_is_what_an_unknown_word_gets(company: Company) -> None:
    for line in (
        "/visit",
        "/visit help",
        "/visit lst",
        "/visit 帮助",
        "/visit “ｈｅｌｐ”.",
        "/visit ？",
    ):
        ack = await company.sam.command(line, channel="general")
        assert ack.text is not None
        for word in ("/visit new", "/visit list", "/visit show"):
            assert word in ack.text
        assert ("lst" in ack.text) == (line == "/visit lst")
        assert "/visit setup" not in ack.text
    ack = await company.ana.command("/visit help")
    assert "/visit setup" in (ack.text or "")


async def test_a_visit_is_listed_and_shown_to_those_concerned(company: Company) -> None:
    ack = await company.sam.command("/visit list", channel="visits")
    assert "New visit" in company.sam.ephemeral()[-1].buttons
    number = await company.request(company.sam)

    ack = await company.sam.command("/visit list", channel="visits")
    assert number in (ack.text or "")
    ways = (
        number,
        number.lower(),
        f"#{number}",
        f"{number}.",
        f"“{number}”",
        "Ｖ－２０２６－０００１",
    )
    for line in (*(f"/visit {way}" for way in ways), *(f"/visit show {way}" for way in ways)):
        ack = await company.sam.command(line, channel="visits")
        assert "Acme" in (ack.text or "")
    buttons = ["Details", "Add details", "Edit", "Reschedule", "Cancel"]
    assert company.sam.ephemeral()[-1].buttons == buttons
    await company.chen.command(f"/visit show {number}")
    assert company.chen.ephemeral()[-1].buttons == ["Details"]

    await company.sam.command("/visit show", channel="visits")
    assert number in company.sam.ephemeral()[-1].text
    unknown = await company.sam.command("/visit show V-2026-0999", channel="visits")
    assert "no visit V-2026-0999" in (unknown.text or "")
    foreign = await company.zhou.command(f"/visit show {number}", channel="visits")
    assert (foreign.text or "").replace(number, "V-2026-0999") == unknown.text
    listed = await company.zhou.command("/visit list", channel="visits")
    assert number not in (listed.text or "")


async def test_why_names_the_rules_to_those_who_see_the_visit(company: Company) -> None:
    number = await company.request(company.sam)

    for line in (f"/visit why {number}", f"/visit 依据 {number.lower()}"):
        mine = await company.sam.command(line, channel="visits")
        admins = await company.ana.command(line, channel="visits")
        for rule in ("[[level]] b approvers", "[[step]] check_day", "[lead_time] working_days"):
            assert rule in (admins.text or "")
            assert rule not in (mine.text or "")
        assert "P13: start 3 to 5 working days ahead" in (mine.text or "")
    await company.sam.command("/visit why", channel="visits")
    assert number in company.sam.ephemeral()[-1].text
    foreign = await company.zhou.command(f"/visit why {number}", channel="visits")
    assert "no visit" in (foreign.text or "")


async def test_a_number_typed_in_any_way_harms_nothing(company: Company) -> None:
    for number in ("x" * 3000, "<!channel>", "V-2026-0001'; drop table visit;--", "\u202e\x00%"):
        ack = await company.sam.command(f"/visit show {number}", channel="visits")
        assert "no visit" in (ack.text or "")


async def test_app_home_shows_what_waits_and_keeps_up(company: Company) -> None:
    await company.chen.open_home()
    assert "Approve" not in company.chen.home.buttons
    await company.request(company.sam)
    await company.chen.open_home()
    assert "Acme" in company.chen.home.text

    await company.chen.home.click("Approve")
    await company.settle()

    assert "Approve" not in company.chen.home.buttons
    await company.sam.open_home()
    assert "Acme" in company.sam.home.text
    await company.sam.home.click("Details")
    modal = await company.sam.modal()
    assert "V-2026-0001" in modal.text()
    await modal.close()
    await company.sam.home.click("New visit")
    assert (await company.sam.modal()).title == "New visit"


async def test_when_the_guests_have_left_only_the_follow_up_waits(company: Company) -> None:
    await company.approved(company.sam)
    await company.sam.open_home()
    assert "Team briefing" in company.sam.home.text

    await company.until(DEPARTURE)

    await company.sam.open_home()
    assert "Thank-you letter" in company.sam.home.text
    assert "Team briefing" not in company.sam.home.text


async def test_what_is_approved_anew_is_prepared_meanwhile(company: Company) -> None:
    await company.approved(company.sam)
    await company.sam.click("Reschedule", message=company.card())
    form = await company.sam.modal()
    await form.fill("Departure", DEPARTURE + timedelta(hours=2))
    await form.submit()

    await company.sam.open_home()

    assert "Team briefing" in company.sam.home.text


async def test_refusals_on_app_home_are_said_in_a_modal(company: Company) -> None:
    await company.request(company.sam)
    await company.chen.open_home()
    await company.chen.click("Approve", message=company.chen.last_dm())

    await company.chen.home.click("Approve")

    assert "nothing is left to decide" in (await company.chen.modal()).text()


async def test_everything_on_app_home_can_be_done_there(company: Company) -> None:
    await company.approved(company.sam, **CARS)
    await company.liu.open_home()
    await company.liu.home.click("Assign driver")
    form = await company.liu.modal()
    await form.fill_all({"Driver": "ma.long", "Car": "GL8"})
    await form.submit()
    await company.settle()
    await company.ma.open_home()
    assert "Pudong airport" in company.ma.home.text
    await company.ma.home.click("Accept")
    await company.settle()
    await company.until(PICKUP - timedelta(minutes=15))
    await company.ma.open_home()
    assert "Car is here" in company.ma.home.buttons
    await company.mei.open_home()
    await company.mei.home.click("Problem")
    form = await company.mei.modal()
    await form.fill("Problem", "The hotel is full")
    await form.submit()
    await company.settle()
    assert "The hotel is full" in company.sam.last_dm().text


async def test_the_shortcut_opens_the_form(company: Company) -> None:
    assert (await company.sam.shortcut("New visit")).acked

    modal = await company.sam.modal()

    assert modal.title == "New visit"
    await modal.fill_all(REQUEST)
    assert not (await modal.submit()).errors


async def test_only_an_admin_assigns_people(company: Company) -> None:
    ack = await company.sam.command("/visit setup")
    assert "Only an admin" in (ack.text or "")

    await company.ana.command("/visit setup")
    form = await company.ana.modal()
    assert form.field("Driver").value == ["ma.long", "tom.reed"]
    await form.fill("Driver", ["tom.reed", "xu.li"])
    await form.fill("Finance", None)
    result = await form.submit()

    assert result.view is not None
    assert "徐丽" in result.view.text()
    await company.ana.command("/visit setup")
    form = await company.ana.modal()
    assert form.field("Driver").value == ["tom.reed", "xu.li"]
    assert form.field("Finance").value == []


async def test_known_customers_are_offered_and_new_ones_taken(company: Company) -> None:
    await company.request(company.sam, Customer="Acme Ltd.")
    await company.request(company.sam, Customer="100% Steel_works")

    modal = await company.form(company.sam)

    assert await modal.options("Customer", "") == ["100% Steel_works", "Acme Ltd."]
    assert await modal.options("Customer", "acme") == ["Acme Ltd.", "New customer: “acme”"]
    assert await modal.options("Customer", "100%") == ["100% Steel_works", "New customer: “100%”"]
    assert await modal.options("Customer", "acme ltd.") == ["Acme Ltd."]
    assert await modal.options("Customer", "0_S") == ["New customer: “0_S”"]


async def test_a_visit_is_found_by_part_of_its_name_or_number(company: Company) -> None:
    await company.request(company.sam, Customer="Orion Optics")
    await company.request(company.sam, Customer="Orion Motors")
    await company.request(company.lin, Customer="欧瑞恩")
    for words in ("orion motors", "Ｖ－２０２６－０００２", "“#V-2026-0002.”", "0002"):
        ack = await company.sam.command(f"/visit show {words}", channel="visits")
        assert "Orion Motors" in (ack.text or ""), words
        assert "Edit" in company.sam.ephemeral()[-1].buttons
    await company.sam.command("/visit show Orion", channel="visits")
    several = company.sam.ephemeral()[-1]
    assert "All visits with “Orion”: 2" in several.text
    assert several.buttons == ["Details", "Details"]
    await company.sam.choose("Find a visit", "Orion Motors", message=several)
    assert "Orion Motors" in (await company.sam.modal()).text()
    await (await company.sam.modal()).close()
    none = await company.sam.command("/visit show 欧瑞恩", channel="visits")
    assert "no visit 欧瑞恩" in (none.text or ""), "of another salesperson"
    await company.mei.command("/visit show 欧瑞", channel="visits")
    assert "欧瑞恩" in company.mei.ephemeral()[-1].text


async def test_the_list_says_how_many_there_are_and_is_turned(company: Company) -> None:
    for number in range(12):
        await company.request(company.sam, Customer=f"Customer {number:02}")
    await company.sam.command("/visit list", channel="visits")
    listed = company.sam.ephemeral()[-1]
    assert "Open visits: 12" in listed.text
    assert "Page 1 of 2" in listed.text
    assert listed.buttons.count("Details") == 10
    await company.sam.click("Next", message=listed)
    assert company.sam.ephemeral()[-1].buttons.count("Details") == 2
    assert len(company.sam.ephemeral()) == 1, "in the place of the first page"
    await company.sam.choose("Show others", "Cancelled visits", message=company.sam.ephemeral()[-1])
    assert "Cancelled visits: 0" in company.sam.ephemeral()[-1].text
    await company.sam.command("/visit list mine 0003", channel="visits")
    assert "My visits with “0003”: 1" in company.sam.ephemeral()[-1].text
    assert await company.tom.command("/visit list", channel="visits")
    assert "Open visits: 0" in company.tom.ephemeral()[-1].text
