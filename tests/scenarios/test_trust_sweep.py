"""Trust: who has no part in a visit gets nothing out of it, whichever button or form they send."""

import json
from typing import Any

import pytest
from sqlmodel import select

from models.records.audit import AuditEntry
from models.records.escorts import Invitation
from models.records.preparation import Task
from models.records.signoff import ApprovalStep
from templates.slack import ids
from templates.slack.metadata import FormMeta
from tests.scenarios.company import CARS, ON_SQLITE, Company

pytestmark = ON_SQLITE
OPEN_TO_ALL = {
    ids.SAY,
    ids.NEW_VISIT,
    ids.RESUME_DRAFT,
    ids.START_AFRESH,
    ids.ADD_TO_VISIT,
    ids.LIST_NEXT,
    ids.LIST_BACK,
    ids.LIST_SHELF,
    ids.NEW_VISIT_FORM,
}
"""What everybody may press; what it shows is looked at in other tests."""
SECRETS = ("Ivy Quartz", "no pork", "leaving our rival", "7,654", "Jane Smith")


def _numbers(company: Company) -> dict[str, int]:
    """One id of each kind, all of the visit."""
    with company.bot.database.reading() as session:
        first = {
            "task": session.exec(select(Task.id)).first(),
            "step": session.exec(select(ApprovalStep.id)).first(),
            "invitation": session.exec(select(Invitation.id)).first(),
        }
    return {"visit": 1, "trip": 1, "entry": 1} | {name: each or 1 for name, each in first.items()}


def _acts_of(company: Company, user_id: str) -> int:
    with company.bot.database.reading() as session:
        query = select(AuditEntry).where(AuditEntry.actor_id == user_id)
        return len(session.exec(query).all())


def _view(callback_id: str, meta: FormMeta) -> dict[str, Any]:
    """A form in whose inputs something stands, with ids that were altered."""
    blocks = ("reason", "comment", "problem", "owner", "account_owner", "people", "text", "kind")
    typed = {"type": "plain_text_input", "value": "words"}
    chosen = {"type": "users_select", "selected_user": "U09TOMREED"}
    values = {each: {ids.VALUE: typed | chosen} for each in blocks}
    return {
        "id": "V1",
        "type": "modal",
        "callback_id": callback_id,
        "private_metadata": meta.dump(),
        "state": {"values": values},
        "blocks": [],
        "hash": "h",
    }


@pytest.mark.parametrize("handle", ["tom.reed", "ruth.adler"])
async def test_nothing_is_shown_or_done(company: Company, handle: str) -> None:
    facts = {"Guests": "Ivy Quartz, Buyer, no pork", "Notes": "They think of leaving our rival"}
    await company.approved(company.sam, **(CARS | facts | {"Budget": "7654"}))
    numbers = _numbers(company)
    person = company.sandbox.persona(handle)
    body = {
        "team": {"id": "T1", "domain": "x"},
        "user": {"id": person.id, "team_id": "T1"},
        "api_app_id": "A1",
        "token": "t",
        "trigger_id": "none",
    }
    answers = []
    for action_id in ids.BUTTONS:
        if action_id in OPEN_TO_ALL:
            continue
        for number in sorted(set(numbers.values())):
            for value in (f"{number}", f"{number}:1", f"{number}:2", f"{number}:0"):
                action = {"action_id": action_id, "block_id": "b", "type": "button", "value": value}
                option = {"selected_option": {"value": f"{number}:a", "text": {"text": "a"}}}
                pressed = body | {
                    "type": "block_actions",
                    "actions": [action | option],
                    "container": {"type": "message"},
                    "message": {"ts": "1.0", "blocks": []},
                    "channel": {"id": "C1"},
                }
                answers.append(await company.dispatch(pressed))
    for callback_id in ids.FORMS:
        if callback_id in OPEN_TO_ALL:
            continue
        for decision in ("declined", "changes_asked"):
            meta = FormMeta(form_key="k", revision=2, decision=decision, assignment=1, turn=1)
            carried = FormMeta(**(meta.__dict__ | numbers | {"line": 1, "files": [["F1", "a"]]}))
            sent = body | {"type": "view_submission", "view": _view(callback_id, carried)}
            answers.append(await company.dispatch(sent))
    await company.settle()

    assert _acts_of(company, person.id) == 0
    told = json.dumps(answers) + "".join(m.text + json.dumps(m.stored.blocks) for m in person.dms())
    assert len(person.dms()) > 50, "each was refused in words"
    for secret in SECRETS:
        assert secret not in told
    assert "V-2026-0001" not in told
