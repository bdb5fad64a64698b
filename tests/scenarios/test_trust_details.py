"""Trust: who sees a visit reads what their own item needs; the channel is quoted nothing."""

import json
from datetime import timedelta
from typing import Any

from sandbox.persona import Message, Persona
from tests.scenarios.company import ARRIVAL, CARS, ON_SQLITE, Company, dm, submission

pytestmark = ON_SQLITE
SECRETS = {
    "Guests": "Ivy Quartz, Buyer, no pork\nOmar Slate, Engineer, vegan",
    "Notes": "They think of leaving our rival",
}
SEEN = ("Ivy Quartz", "no pork", "leaving our rival")
TROUBLE = "The guest is allergic to nuts"


async def details(company: Company, person: Persona, number: str) -> str:
    """What *Details* shows, by every way to it: the command, the card, the search of a list."""
    await company.settle()
    await person.command(f"/visit show {number}", channel="visits")
    shown = person.ephemeral()[-1]
    text = shown.text
    await person.click("Details", message=shown)
    modal = await person.modal()
    text += modal.text()
    await modal.close()
    await person.click("Details", message=company.card())
    modal = await person.modal()
    text += modal.text()
    await modal.close()
    await person.command("/visit list", channel="visits")
    await person.choose("Find a visit", number, message=person.ephemeral()[-1])
    modal = await person.modal()
    text += modal.text()
    await modal.close()
    await person.command(f"/visit why {number}", channel="visits")
    return text + person.ephemeral()[-1].text


async def prepared(company: Company) -> str:
    number = await company.approved(company.sam, **(CARS | SECRETS))
    await company.liu.click("Assign driver")
    form = await company.liu.modal()
    await form.fill_all({"Driver": "ma.long", "Car": "GL8"})
    await form.submit()
    await company.settle()
    await company.mei.click("Problem", near="Hotel")
    form = await company.mei.modal()
    await form.fill("Problem", TROUBLE)
    await form.submit()
    await company.settle()
    return number


async def test_details_are_shown_by_need(company: Company) -> None:
    number = await prepared(company)
    for person in (company.sam, company.mei, company.chen, company.helen):
        shown = await details(company, person, number)
        for secret in (*SEEN, TROUBLE):
            assert secret in shown, person.user.handle
    for person in (company.ma, company.dev, company.liu, company.xu, company.gao):
        shown = await details(company, person, number)
        assert "Acme" in shown, person.user.handle
        for secret in (*SEEN, TROUBLE):
            assert secret not in shown, person.user.handle


async def test_the_channel_is_quoted_nothing(company: Company) -> None:
    number = await prepared(company)

    def in_channel() -> str:
        messages = company.tom.channel("visits")
        threads = [reply for each in messages for reply in company.tom.thread(each)]
        return "\n".join(m.text + json.dumps(m.stored.blocks) for m in [*messages, *threads])

    await company.sam.click("Reschedule", message=company.card())
    form = await company.sam.modal()
    await form.fill("Arrival", ARRIVAL + timedelta(days=-1))
    await form.submit()
    await company.settle()
    await company.chen.click("Ask for changes", message=dm(company.chen, "Approve"))
    form = await company.chen.modal()
    await form.fill(form.labels()[0], "I do not trust this customer")
    await form.submit()
    await company.settle()
    assert "I do not trust this customer" in company.sam.last_dm().text
    await company.sam.click("Cancel", message=company.card())
    form = await company.sam.modal()
    await form.fill("Reason", "They went bankrupt")
    await form.submit()
    await company.settle()
    said = in_channel()
    assert number in said
    for secret in (*SEEN, TROUBLE, "I do not trust", "bankrupt", "Omar"):
        assert secret not in said
    assert "They went bankrupt" in dm(company.mei, "Cancelled").text
    assert "bankrupt" not in dm(company.ma, "Cancelled").text
    assert "bankrupt" in await details(company, company.helen, number)
    assert "bankrupt" not in await details(company, company.dev, number)


async def test_a_file_is_sent_to_whom_it_concerns(company: Company) -> None:
    number = await prepared(company)
    await company.sam.write_to_bot("", ("list.txt", b"Ivy Quartz, passport X123"))
    await company.settle()
    await company.sam.click("Add to a visit", message=company.sam.last_dm())
    form = await company.sam.modal()
    await form.fill_all({"Visit": f"{number} · Acme · Tue 15 Dec", "What it is": "Receipt"})
    await form.submit()
    await company.settle()
    assert "list.txt" in await details(company, company.sam, number)
    for person in (company.dev, company.ma):
        assert "list.txt" not in await details(company, person, number)
    await company.sam.command(f"/visit show {number}", channel="visits")
    await company.sam.click("Details", message=company.sam.ephemeral()[-1])
    modal = await company.sam.modal()
    press = _pressed(company, modal, "Send to me")
    press["user"]["id"] = company.dev.id  # a button that they are not shown, pressed all the same
    await company.dispatch(press)
    await company.settle()
    assert not any("list.txt" in message.text for message in company.dev.dms())


async def test_a_file_in_the_thread_is_warned_of(company: Company) -> None:
    await prepared(company)
    await company.sam.upload(("guests.txt", b"Ivy Quartz"), thread=company.card())
    await company.settle()
    assert "Everybody in the channel reads that thread" in company.sam.last_dm().text
    assert all("guests.txt" not in json.dumps(m.stored.blocks) for m in _by_bot(company))


async def test_a_role_that_was_lost_sees_no_more(company: Company) -> None:
    number = await company.request(company.sam, **(SECRETS | {"Budget": "4321"}))
    card = company.chen.last_dm()
    assert "4,321" in card.text
    old = [_press(company.chen, card, label) for label in ("Approve", "Details")]
    company.give_role("department_manager", "helen.park")
    await company.settle()

    now = company.chen.last_dm()
    assert now.ts == card.ts
    assert "not yours any more" in now.text
    for secret in (*SEEN, "4,321", "Jane Smith"):
        assert secret not in now.text
    assert now.buttons == []
    for press, refusal in zip(
        old, ("for the approvers of", "for those who take part"), strict=True
    ):
        await company.dispatch(press)  # the card as it was, on a phone that shows it still
        assert refusal in company.chen.last_dm().text
    ack = await company.chen.command(f"/visit show {number}", channel="visits")
    assert f"no visit {number}" in (ack.text or "")
    await company.chen.open_home()
    assert number not in company.chen.home.text


def _by_bot(company: Company) -> list[Message]:
    bot = company.sandbox.workspace.app.bot_user
    return [m for m in company.lin.thread(company.card()) if m.stored.user == bot]


def _press(person: Persona, message: Message, label: str) -> dict[str, Any]:
    """What Slack sends when a button of a message is pressed, as it stands now."""
    for block in message.stored.blocks:
        for element in block.get("elements", []):
            if element.get("type") == "button" and element["text"]["text"] == label:
                action = {"action_id": element["action_id"], "block_id": block["block_id"]}
                return {
                    "type": "block_actions",
                    "team": {"id": "T1", "domain": "x"},
                    "user": {"id": person.id, "team_id": "T1"},
                    "api_app_id": "A1",
                    "token": "t",
                    "trigger_id": "none",
                    "container": {"type": "message"},
                    "actions": [action | {"type": "button", "value": element["value"]}],
                    "message": {"ts": "1.0", "blocks": []},
                    "channel": {"id": "C1"},
                }
    raise AssertionError(label)


def _pressed(company: Company, modal: Any, label: str) -> dict[str, Any]:
    body = submission(company, modal)
    for block in body["view"]["blocks"]:
        for element in [*block.get("elements", []), block.get("accessory") or {}]:
            if element.get("type") == "button" and element["text"]["text"] == label:
                action = {"action_id": element["action_id"], "block_id": block["block_id"]}
                body["actions"] = [action | {"type": "button", "value": element["value"]}]
                return body | {"type": "block_actions"}
    raise AssertionError(label)
