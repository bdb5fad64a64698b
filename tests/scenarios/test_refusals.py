"""Whatever somebody presses, they see the answer, and see it where they pressed."""

from datetime import timedelta
from typing import Any

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from sandbox.persona import Persona
from sandbox.seen import Message
from templates.slack import ids
from tests.scenarios.company import ARRIVAL, CARS, ON_SQLITE, Company

ROW = 20
OF_A_FORM = {ids.START_AFRESH}
"""What stands in a form alone, and is answered by that form, filled anew."""


def rows(value: str) -> list[dict[str, Any]]:
    """Every button that there is, its id on it."""
    return [
        {
            "type": "actions",
            "elements": [
                {
                    "type": "button",
                    "action_id": action_id,
                    "text": {"type": "plain_text", "text": action_id},
                    "value": value,
                }
                for action_id in ids.BUTTONS[start : start + ROW]
            ],
        }
        for start in range(0, len(ids.BUTTONS), ROW)
    ]


def bot(company: Company) -> AsyncWebClient:
    """The bot's own hands."""
    sandbox = company.sandbox
    return AsyncWebClient(sandbox.bot_token, base_url=sandbox.api_url)


async def posted(company: Company, card: Message, place: str, value: str) -> Message:
    """A message of the bot's with all buttons: in the channel, in a thread, or in both."""
    above: dict[str, Any] = {} if place == "channel" else {"thread_ts": card.ts}
    if place == "both":
        above["reply_broadcast"] = True
    answer = await bot(company).chat_postMessage(
        channel=card.channel, text="All there are", blocks=rows(value), **above
    )
    seen = [*company.zhou.channel("visits"), *company.zhou.thread(card)]
    return next(message for message in seen if message.ts == answer["ts"])


async def press_all(person: Persona, message: Message, thread: str | None, *, shown: bool) -> None:
    """Press every button of a message: each is answered by a modal, or, unless it stands in two
    places (`shown`: then a modal alone is seen for sure), beside it for the person alone."""
    for action_id in ids.BUTTONS:
        before = len(person.ephemeral())
        await person.click(action_id, message=message)
        told = person.ephemeral()[before:]
        if person.modals:
            await person.modals[-1].close()
            continue
        assert told, f"{action_id}: nobody said anything"
        assert not shown, f"{action_id}: said where it may not be seen: {told[0].text}"
        assert told[0].stored.thread_ts == thread, action_id


@ON_SQLITE
@pytest.mark.parametrize("value", ["1:1", "1", "?"], ids=["two", "one", "other"])
@pytest.mark.parametrize("place", ["channel", "thread", "both"])
async def test_a_stranger_who_presses_a_button_sees_the_answer(
    company: Company, place: str, value: str
) -> None:
    await company.approved(company.sam)
    card = company.card()
    message = await posted(company, card, place, value)
    thread = card.ts if place == "thread" else None
    await press_all(company.zhou, message, thread, shown=place == "both")


@ON_SQLITE
@pytest.mark.parametrize("place", ["channel", "both"])
async def test_people_of_a_visit_that_is_over_see_the_answer(company: Company, place: str) -> None:
    await company.approved(company.sam, **CARS)
    card = company.card()
    await company.sam.click("Cancel", message=card)
    form = await company.sam.modal()
    await form.fill("Reason", "Strike")
    await form.submit()
    await company.settle()
    message = await posted(company, card, place, "1:1")
    for person in (company.sam, company.chen, company.mei, company.liu):
        await press_all(person, message, None, shown=place == "both")


@ON_SQLITE
async def test_on_home_and_in_modals_the_answer_lies_on_top(company: Company) -> None:
    await company.approved(company.sam)
    zhou, slack = company.zhou, bot(company)
    blocks = rows("1:1")
    await slack.views_publish(user_id=zhou.id, view={"type": "home", "blocks": blocks})
    for action_id in sorted(set(ids.BUTTONS) - OF_A_FORM):
        await zhou.home.click(action_id)
        assert zhou.modals, f"{action_id}: nothing was shown"
        for modal in reversed(zhou.modals):
            await modal.close()
    title = {"type": "plain_text", "text": "All there are"}
    for action_id in ids.BUTTONS:
        trigger = company.sandbox.workspace.permits.trigger(zhou.id)
        view = {"type": "modal", "title": title, "blocks": blocks}
        await slack.views_open(trigger_id=trigger, view=view)
        (below,) = zhou.modals
        await below.click(action_id)
        is_laid_on_top = len(zhou.modals) > 1
        assert is_laid_on_top != (action_id in OF_A_FORM), f"{action_id}: nothing was shown"
        for modal in reversed(zhou.modals):
            await modal.close()


async def test_a_refused_confirm_of_a_check_is_seen_in_the_channel(company: Company) -> None:
    await company.approved(company.sam)
    await company.until(ARRIVAL - timedelta(days=1))
    check = next(m for m in company.zhou.channel("visits") if "Confirm" in m.buttons)

    await company.zhou.click("Confirm", message=check)

    assert "Only" in (await company.zhou.modal()).text()
    assert company.zhou.ephemeral() == []
