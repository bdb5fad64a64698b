"""Forms take the site's time, of whoever is elsewhere as well: day and time by the site's clock."""

from datetime import date, datetime, time, timedelta

from sandbox.persona_modal import Modal
from tests.scenarios.company import ARRIVAL, DEPARTURE, REQUEST, SHANGHAI, Company

NOTE = "Times are those of the site, in Shanghai, not your own (London)."

TIMES = ("Arrival", "Departure")


def kinds(modal: Modal) -> dict[str, str]:
    return {label: modal.field(label).kind for label in modal.labels()}


async def test_a_form_names_the_clock_where_it_is_not_the_readers(company: Company) -> None:
    assert NOTE in (await company.form(company.sam)).text()
    assert NOTE not in (await company.form(company.ana)).text()


async def test_who_is_at_the_site_has_one_input_for_each_moment(company: Company) -> None:
    at_home = kinds(await company.form(company.lin))
    assert at_home["Arrival"] == at_home["Departure"] == "datetimepicker"
    assert "Arrival time" not in at_home


async def test_who_is_elsewhere_says_day_and_time_of_the_site(company: Company) -> None:
    form = await company.form(company.sam)
    asked = kinds(form)
    assert (asked["Arrival"], asked["Arrival time"]) == ("datepicker", "timepicker")
    assert "Shanghai" in (form.field("Arrival time").hint or "")
    await form.fill_all({name: REQUEST[name] for name in REQUEST if name not in TIMES})
    await form.fill_all({"Arrival": date(2026, 12, 15), "Arrival time": time(10)})
    await form.fill_all({"Departure": date(2026, 12, 16), "Departure time": time(16)})
    await company.settle()
    assert "Proposed:" in form.text()
    await company.number(await form.submit())
    view = company.visit()
    assert (view.arrival, view.departure) == (ARRIVAL, DEPARTURE)
    await company.sam.click("Edit", message=company.card())
    edit = await company.sam.modal()
    assert NOTE in edit.text()
    assert edit.field("Arrival").value == "2026-12-15"
    assert edit.field("Arrival time").value == "10:00"
    assert edit.field("Pickup time: hour").kind == "timepicker"


async def test_a_day_needs_its_time_and_a_time_its_day(company: Company) -> None:
    number = await company.request(company.sam)
    await company.sam.command(f"/visit show {number}", channel="visits")
    await company.sam.click("Add details")
    form = await company.sam.modal()
    await form.fill_all({"Pickup time": date(2026, 12, 15), "First meeting time": time(11)})
    refused = await form.submit()
    assert "choose the time" in refused.errors["Pickup time: hour"]
    assert "choose the day" in refused.errors["First meeting"]
    await form.fill_all({"Pickup time": None, "First meeting": ARRIVAL + timedelta(hours=2)})
    assert not (await form.submit()).errors
    assert company.visit().meeting_at == ARRIVAL + timedelta(hours=2)


async def test_a_reschedule_is_by_the_sites_clock_too(company: Company) -> None:
    await company.approved(company.sam)
    await company.sam.click("Reschedule", message=company.card())
    form = await company.sam.modal()
    assert form.field("Arrival time").value == "10:00"
    await form.fill_all({"Arrival time": time(11, 30)})
    assert not (await form.submit()).errors
    assert company.visit().arrival == ARRIVAL + timedelta(minutes=90)


async def test_the_first_words_of_somebody_abroad_are_by_the_sites_clock(company: Company) -> None:
    """Sam has not spoken to the bot before: ten o'clock is Shanghai's all the same."""
    form = await company.form(company.sam, "Acme 12 Dec 10:00")
    inputs = {block["block_id"]: block.get("element", {}) for block in form.view.blocks}
    ten = datetime(2026, 12, 12, 10, tzinfo=SHANGHAI)
    assert inputs["arrival"]["initial_date"] == ten.date().isoformat()
    assert inputs["arrival_at:Asia/Shanghai"]["initial_time"] == "10:00"
    assert inputs["arrival_at:Asia/Shanghai"]["timezone"] == "Asia/Shanghai"
