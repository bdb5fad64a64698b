"""What cannot stand is said where the person is, and nothing that they entered is lost."""

import json
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from models.policy import load_policy
from sandbox.persona_modal import Modal
from tests.scenarios.company import (
    ARRIVAL,
    DEPARTURE,
    DROPOFF,
    ON_SQLITE,
    PICKUP,
    REQUEST,
    START,
    Company,
    submission,
)

pytestmark = ON_SQLITE
DAY, HOUR = timedelta(days=1), timedelta(hours=1)
GATE = {"Drop-off place": "Gate 3"}


BAD: list[tuple[dict[str, Any], str, str]] = [
    ({"Departure": ARRIVAL - HOUR}, "Departure", "after the arrival"),
    ({"Departure": ARRIVAL}, "Departure", "after the arrival"),
    ({"Departure": ARRIVAL + 91 * DAY}, "Departure", "90 days at most"),
    ({"Arrival": START - HOUR}, "Arrival", "in the past"),
    ({"Arrival": START + 1200 * DAY}, "Arrival", "three years"),
    ({"Lead guest": "   "}, "Lead guest", "fill this in"),
    ({"Contact's phone": "12"}, "Contact's phone", "no complete phone number"),
]
BAD_DETAILS: list[tuple[dict[str, Any], str, str]] = [
    ({"Pickup place": "Gate 3", "Pickup time": ARRIVAL + HOUR}, "Pickup time", "be later than"),
    ({"Pickup time": PICKUP}, "Pickup place", "where the guests are to be picked up"),
    ({"Pickup place": "Gate", "Pickup time": ARRIVAL - 3 * DAY}, "Pickup time", "two days before"),
    ({"Pickup place": "Gate", "Pickup time": START - HOUR}, "Pickup time", "in the past"),
    ({"Drop-off time": DROPOFF}, "Drop-off place", "where the car takes the guests"),
    ({"Drop-off place": "Gate"}, "Drop-off time", "when the car is to leave"),
    ({"Drop-off time": ARRIVAL - HOUR} | GATE, "Drop-off time", "after the arrival"),
    ({"Drop-off time": DEPARTURE + 2 * DAY} | GATE, "Drop-off time", "more than a day"),
    (
        {"Drop-off time": ARRIVAL + HOUR, "First meeting": ARRIVAL + 2 * HOUR} | GATE,
        "Drop-off time",
        "after the first meeting",
    ),
    ({"Guests": "Ann\nBob\nCid\nDan\nEve"}, "Guests", "5 guests"),
    ({"Guests": "x" * 300}, "Guests", "too long for one guest"),
    ({"First meeting": ARRIVAL - HOUR}, "First meeting", "before the arrival"),
    ({"First meeting": DEPARTURE}, "First meeting", "before the departure"),
]
EMPTY = dict.fromkeys(
    ("Pickup place", "Pickup time", "Drop-off time", "Drop-off place", "First meeting", "Guests")
)


async def test_what_cannot_stand_is_said_beside_the_field(company: Company) -> None:
    modal = await company.form(company.sam)
    for entered, label, words in BAD:
        await modal.fill_all(REQUEST | {"Contact's phone": "138 1234 5678"} | entered)

        result = await modal.submit()

        assert words in result.errors[label], (entered, result.errors)
        assert not result.closed
        assert modal.field("Purpose").value == "Site audit"


async def test_so_it_is_in_the_details(company: Company) -> None:
    modal = await details(company)
    await modal.fill("Notes", "They like tea")
    for entered, label, words in BAD_DETAILS:
        await modal.fill_all(EMPTY | entered)

        result = await modal.submit()

        assert words in result.errors[label], (entered, result.errors)
        assert not result.closed
        assert modal.field("Notes").value == "They like tea"


async def details(company: Company) -> Modal:
    """The details of a request that was sent just now."""
    modal = await company.form(company.sam)
    await modal.fill_all(REQUEST)
    result = await modal.submit()
    assert result.view is not None
    return result.view


async def test_a_party_size_that_is_none_is_stopped_by_slack_already(company: Company) -> None:
    modal = await company.form(company.sam)
    for size in ("0", "-1", "501", "12.5", "many"):
        await modal.fill_all(REQUEST | {"Party size": size})

        result = await modal.submit()

        assert list(result.errors) == ["Party size"], size


async def test_everything_wrong_is_said_at_once(company: Company) -> None:
    modal = await company.form(company.sam)
    await modal.fill_all(REQUEST | {"Departure": ARRIVAL - HOUR, "Contact's phone": "12"})

    result = await modal.submit()

    assert set(result.errors) == {"Departure", "Contact's phone"}


NAMES = [
    '<!channel> *Acme* & "Söhne" 公司',
    "<https://evil.example|Acme>",
    "A" * 150,
    ":rocket: ~x~",
]


async def test_strange_names_stay_as_they_are(company: Company) -> None:
    for name in NAMES:
        modal = await company.form(company.sam, name)
        more = {"Lead guest": name, "Notes": name}
        await modal.fill_all({k: v for k, v in REQUEST.items() if k != "Customer"} | more)
        await company.number(await modal.submit())

        for message in (company.card(), company.chen.last_dm()):
            assert name[:100] in message.text
            assert "<!channel>" not in json.dumps(mrkdwn_of(message.blocks))
        again = await company.form(company.sam)
        assert any(name[:60] in option for option in await again.options("Customer", name[:20]))
        await again.close()


def mrkdwn_of(node: Any) -> list[str]:
    """All mrkdwn texts of some blocks."""
    if isinstance(node, list):
        return [words for each in node for words in mrkdwn_of(each)]
    if not isinstance(node, dict):
        return []
    own = [node["text"]] if node.get("type") == "mrkdwn" else []
    return own + [words for each in node.values() for words in mrkdwn_of(each)]


async def test_the_same_form_sent_twice_makes_one_visit(company: Company) -> None:
    modal = await company.form(company.sam)
    await modal.fill_all(REQUEST)
    body = submission(company, modal)

    first = await company.dispatch(body)
    second = await company.dispatch(body)
    await company.settle()

    assert "V-2026-0001" in json.dumps(first)
    assert "V-2026-0001" in json.dumps(second)
    await company.sam.command("/visit list", channel="visits")
    assert "V-2026-0002" not in company.sam.ephemeral()[-1].text


STRANGE: list[tuple[str, dict[str, Any] | None, str | None]] = [
    ("party_size", {"type": "number_input", "value": "12.5"}, "party_size"),
    ("party_size", {"type": "number_input", "value": "9" * 40}, "party_size"),
    ("party_size", {"type": "number_input", "value": None}, "party_size"),
    ("party_size", {}, "party_size"),
    ("arrival", {"type": "datetimepicker", "selected_date_time": 10**18}, "arrival"),
    ("arrival", {"type": "datetimepicker", "selected_date_time": "soon"}, "arrival"),
    ("purpose", {"selected_option": {"value": "espionage"}}, "purpose"),
    ("level", {"selected_option": None}, "level"),
    ("host", {"selected_user": None}, "host"),
    ("customer", {"selected_option": {"value": "\ud800"}}, None),
    ("customer", {"selected_option": {"value": "\x00"}}, "customer"),
    ("lead_guest", {"value": "\udc00Jane \ud83d\ude00\x00"}, None),
    ("lead_guest", {"value": "x" * 201}, "lead_guest"),
    ("customer", None, "customer"),
    ("arrival", None, "arrival"),
]


STRANGE_DETAILS: list[tuple[str, dict[str, Any]]] = [
    ("budget", {"type": "number_input", "value": "NaN"}),
    ("budget", {"type": "number_input", "value": "1e9999"}),
    ("budget", {"type": "number_input", "value": "-5"}),
    ("notes", {"value": "x" * 3001}),
    ("travel_by", {"selected_option": {"value": "broom"}}),
]


async def test_so_they_are_in_the_details(company: Company) -> None:
    modal = await details(company)
    for block, entry in STRANGE_DETAILS:
        body = submission(company, modal)
        body["view"]["state"]["values"][block] = {"draft_value": entry}

        answer = await company.dispatch(body)

        assert list(answer["errors"]) == [block]


async def test_values_that_slack_would_not_send_are_refused_too(company: Company) -> None:
    modal = await company.form(company.sam)
    await modal.fill_all(REQUEST)
    for number, (block, entry, field) in enumerate(STRANGE):
        body = submission(company, modal)
        body["view"]["private_metadata"] = json.dumps({"form_key": f"key {number}"})
        values = body["view"]["state"]["values"]
        if entry is None:
            del values[block]
        else:
            values[block] = {"draft_value": entry}

        answer = await company.dispatch(body)

        if field is None:
            assert "V-2026-000" in json.dumps(answer)
        else:
            assert list(answer["errors"]) == [field]


async def test_a_form_of_another_version_is_answered(company: Company) -> None:
    modal = await company.form(company.sam)
    await modal.fill_all(REQUEST)
    for metadata in ("", "{}", "[]", "not json", '{"form_key": 1, "x": 2}'):
        body = submission(company, modal)
        body["view"]["private_metadata"] = metadata

        answer = await company.dispatch(body)

        assert answer["response_action"] == "push"
        assert "changed in the meantime" in json.dumps(answer)


async def test_a_button_of_another_version_is_answered(company: Company) -> None:
    await company.request(company.sam)
    message = company.chen.last_dm()
    for label in ("Approve", "Decline", "Details"):
        button = next(
            element
            for block in message.blocks
            if block["type"] == "actions"
            for element in block["elements"]
            if element["text"]["text"] == label
        )
        for value in ("", "x", "-", "999", "999:1", "9" * 30):
            button["value"] = value
            said = len(company.chen.ephemeral())

            ack = await company.chen.click(label, message=message)

            assert ack.acked
            assert len(company.chen.ephemeral()) == said + 1


@pytest.mark.parametrize("policy_name", ["abc_levels"])
async def test_what_a_changed_procedure_no_longer_has_is_named(company: Company) -> None:
    modal = await company.form(company.sam)
    chosen = {
        "Customer kind": "Provincial body",
        "Level": "A (provincial bodies, division head up)",
    }
    await modal.fill_all(REQUEST | chosen)
    edge = company.bot.edge
    edge.site = replace(edge.site, policy=load_policy("star_levels"))

    result = await modal.submit()

    assert set(result.errors) == {"Customer kind", "Level"}
    for words in result.errors.values():
        assert "is not in it any more" in words
    await modal.close()
    modal = await company.form(company.sam)
    await modal.click("Resume draft")
    assert "please choose anew at Level, Customer kind" in modal.text()
    assert modal.field("Level").value == "As the procedure proposes"
    assert modal.field("Customer kind").value is None
    assert modal.field("Lead guest").value == REQUEST["Lead guest"]
    await modal.fill("Customer kind", "Government")
    await company.number(await modal.submit())
    assert "5 stars" in company.card().text
