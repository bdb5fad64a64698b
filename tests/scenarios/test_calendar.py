"""A visit in people's own calendars: by a file in their messages, anew when the visit moves."""

from datetime import datetime, timedelta
from typing import Any

from icalendar import Calendar

from sandbox.persona import Message, Persona
from tests.scenarios.company import ARRIVAL, DEPARTURE, Company


def sent(person: Persona) -> list[Message]:
    """The person's messages with a calendar file, oldest first."""
    return [each for each in person.dms() if each.stored.files]


def read(message: Message) -> Any:
    [file] = message.stored.files
    return Calendar.from_ical(file.content)


async def ask(company: Company, person: Persona) -> None:
    await person.click("Details", message=company.card())
    details = await person.modal()
    await details.click("Add to my calendar")
    assert "on its way" in (await person.modal()).text()
    while person.modals:
        await person.modals[-1].close()
    await company.settle()


async def test_asked_for_moved_and_cancelled(company: Company) -> None:
    await company.request(company.sam, Customer="Acme; Söhne, 公司")
    await ask(company, company.chen)
    [first] = sent(company.chen)
    assert first.stored.metadata is not None
    file = read(first)
    [event] = file.walk("VEVENT")
    assert (file["METHOD"], int(event["SEQUENCE"]), event["STATUS"]) == (
        "PUBLISH",
        1,
        "TENTATIVE",
    )
    assert (event["DTSTART"].dt, event["DTEND"].dt) == (ARRIVAL, DEPARTURE)
    assert event["SUMMARY"] == "Visit of Acme; Söhne, 公司 (V-2026-0001)"

    await company.sam.click("Details", message=company.card())
    await company.sam.click("Reschedule")
    form = await company.sam.modal("Reschedule")
    later = timedelta(days=1)
    await form.fill_all({"Arrival": ARRIVAL + later, "Departure": DEPARTURE + later})
    assert (await form.submit()).acked
    await company.settle()
    moved = read(sent(company.chen)[1])
    [changed] = moved.walk("VEVENT")
    assert (changed["UID"], int(changed["SEQUENCE"])) == (event["UID"], 2)
    assert changed["DTSTART"].dt == ARRIVAL + later

    await close_all(company.sam)
    await company.sam.click("Details", message=company.card())
    await company.sam.click("Cancel")
    form = await company.sam.modal("Cancel visit")
    await form.fill("Reason", "Postponed by the customer")
    assert (await form.submit()).acked
    await company.settle()
    over = read(sent(company.chen)[2])
    [gone] = over.walk("VEVENT")
    assert (over["METHOD"], gone["STATUS"], gone["UID"]) == ("CANCEL", "CANCELLED", event["UID"])
    assert int(gone["SEQUENCE"]) == 3
    assert sent(company.sam) == [], "only who asked for it"


async def close_all(person: Persona) -> None:
    while person.modals:
        await person.modals[-1].close()


async def test_a_lost_answer_sends_it_once(company: Company) -> None:
    await company.request(company.sam)
    company.sandbox.faults.add("chat.postMessage", "drop_answer")
    await ask(company, company.sam)
    await company.until(company.clock.now() + timedelta(minutes=1))
    assert len(sent(company.sam)) == 1


async def test_what_was_uploaded_for_nothing_goes_again(company: Company) -> None:
    await company.request(company.sam)
    company.sandbox.faults.add("chat.postMessage", "error", error="missing_scope")
    await ask(company, company.sam)
    assert company.sandbox.workspace.files == {}
    await company.until(company.clock.now() + timedelta(minutes=10))
    [message] = sent(company.sam)
    assert isinstance(read(message).walk("VEVENT")[0]["DTSTAMP"].dt, datetime)
    assert len(company.sandbox.workspace.files) == 1


async def test_a_failing_upload_is_tried_again_and_said_once(company: Company) -> None:
    await company.request(company.sam)
    company.sandbox.faults.add("files.completeUploadExternal", "500")
    company.sandbox.faults.add("files.getUploadURLExternal", "429", retry_after=2)
    await ask(company, company.sam)
    assert sent(company.sam) == []
    await company.until(company.clock.now() + timedelta(minutes=2))
    assert len(sent(company.sam)) == 1
