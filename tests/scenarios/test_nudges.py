"""What is overdue is one message, nudged in its thread: not at night, nor on days of rest (H02)."""

from datetime import timedelta

from sandbox.seen import Message
from tests.scenarios.company import DEPARTURE, Company

DAYS = timedelta(days=1)


def asked(company: Company) -> Message:
    """The one message about the feedback that the host has."""
    (found,) = [
        message
        for message in company.sam.dms()
        if "Give feedback" in message.buttons and not message.stored.is_reply
    ]
    return found


async def test_overdue_feedback_is_one_message_nudged_in_its_thread(company: Company) -> None:
    await company.approved(company.sam)
    await company.until(DEPARTURE)
    first = asked(company)
    assert "How did the visit of Acme go?" in first.text

    await company.until(DEPARTURE + 6 * DAYS)

    assert asked(company).ts == first.ts
    assert "Feedback on Acme is overdue" in asked(company).text
    said = company.sam.thread(first)
    assert len(said) == 5, "20 and 24 hours, then each working day"
    assert all("@Sam Carter" in answer.text for answer in said), "or nobody is told of it"
    assert said[-1].buttons == ["Give feedback", "Later"]

    await company.sam.click("Give feedback", message=said[-1])
    form = await company.sam.modal()
    await form.fill_all({"Satisfaction": "95", "Intention": "Interested"})
    assert not (await form.submit()).errors
    await company.settle()

    for message in [*company.sam.thread(first), *company.sam.dms()]:
        assert "Give feedback" not in message.buttons


async def test_a_message_that_was_deleted_is_not_answered(company: Company) -> None:
    await company.approved(company.sam)
    await company.until(DEPARTURE)
    first = asked(company)
    company.sandbox.workspace.delete(first.stored)

    await company.until(DEPARTURE + timedelta(hours=21))

    assert asked(company).ts != first.ts


async def test_what_falls_on_a_weekend_is_due_when_it_is_asked_for(company: Company) -> None:
    """Guests who leave on a Friday: the feedback of Saturday is due on Monday, and says so."""
    friday = DEPARTURE + 2 * DAYS
    await company.approved(company.sam, Departure=friday)
    await company.until(friday)
    assert "by Mon 21 Dec, 08:00" in asked(company).text

    await company.until(friday + 3 * DAYS - timedelta(hours=1))

    (answer,) = company.sam.thread(asked(company))
    assert "is due Mon 21 Dec, 08:00" in answer.text
    assert "Sat 19" not in asked(company).text
