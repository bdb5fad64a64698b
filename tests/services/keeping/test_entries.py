"""Entries: added once, settled once, handed over, opened again; the audit trail has what was."""

from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from sqlmodel import select

from models.base.errors import AlreadyDecided, InvalidForm, Outdated
from models.base.permissions import Verb, may
from models.base.words import EntrySource
from models.keeping.forms import EntryForm
from models.reading.finding import Wanted
from models.records.audit import AuditEntry
from models.records.entries import Entry
from services.keeping import entries
from services.reading.desk import Desk
from services.reading.finding import find
from services.reading.standing import standing, subject
from tests.services.conftest import LIN, MEI, Office

STRANGER = "U01STRANGER"


def form(**more: Any) -> EntryForm:
    given = {"kind": "promise", "text": " A sample by Friday ", "owner_id": MEI} | more
    return EntryForm(**given)


def add(office: Office, visit_id: int, key: str = "k", **more: Any) -> entries.Added:
    added: entries.Added = office.do(
        LIN, entries.add, visit_id, form(**more), key, EntrySource.CHAT
    )
    return added


def trail(office: Office, verb: str) -> list[dict[str, Any]]:
    with office.database.reading() as session:
        rows = session.exec(select(AuditEntry).where(AuditEntry.verb == verb)).all()
        return [row.detail for row in rows]


def stored(office: Office) -> list[Entry]:
    with office.database.reading() as session:
        found = list(session.exec(select(Entry)).all())
        session.expunge_all()
        return found


def test_one_form_is_one_entry_and_one_card(office: Office) -> None:
    visit_id = office.approved()
    first, again = add(office, visit_id), add(office, visit_id)
    assert (first.is_repeat, again.is_repeat) == (False, True)
    [entry] = stored(office)
    assert (entry.text, entry.state, entry.added_by) == ("A sample by Friday", "open", LIN)
    assert entry.customer_id == office.look(visit_id).visit.customer_id
    assert [who for _, who in office.waiting("entry")] == [MEI]


@pytest.mark.parametrize(
    ("more", "field", "code"),
    [
        ({"kind": "gossip"}, "kind", "required"),
        ({"kind": None}, "kind", "required"),
        ({"text": "  "}, "text", "required"),
        ({"text": "x" * 3001}, "text", "too_long"),
        ({"said_by": "x" * 201}, "said_by", "too_long"),
        ({"owner_id": None}, "owner", "required"),
    ],
)
def test_bad_input(office: Office, more: dict[str, Any], field: str, code: str) -> None:
    visit_id = office.approved()
    with pytest.raises(InvalidForm) as refused:
        add(office, visit_id, **more)
    assert refused.value.faults[field].code == code
    assert stored(office) == []


def test_a_due_time_lies_ahead(office: Office) -> None:
    visit_id = office.approved()
    with pytest.raises(InvalidForm) as refused:
        add(office, visit_id, due_at=office.now)
    assert refused.value.faults["due"].code == "due_past"
    add(office, visit_id, due_at=office.now + timedelta(seconds=1))


def test_settled_once_and_opened_again(office: Office) -> None:
    entry = add(office, office.approved()).entry.id
    office.do(MEI, entries.finish, entry, "Sent")
    with pytest.raises(AlreadyDecided) as faster:
        office.do(LIN, entries.finish, entry)
    assert faster.value.facts["by"] == MEI
    with pytest.raises(AlreadyDecided):
        office.do(LIN, entries.hand_over, entry, LIN)
    office.do(LIN, entries.reopen, entry)
    office.do(LIN, entries.reopen, entry)  # changes nothing
    [now] = stored(office)
    assert (now.state, now.answer, now.answered_by) == ("open", None, None)
    assert [each["answer"] for each in trail(office, "finish_entry")] == ["Sent"]
    [before] = trail(office, "reopen_entry")
    assert (before["answer"], before["answered_by"], before["state"]) == ("Sent", MEI, "done")
    office.do(LIN, partial(entries.finish, is_dropped=True), entry)
    assert stored(office)[0].state == "dropped"


def test_handed_over_with_a_card_and_the_right_to_see(office: Office) -> None:
    visit_id = office.approved()
    entry = add(office, visit_id).entry.id
    office.do(MEI, entries.hand_over, entry, STRANGER)
    assert sorted(who for _, who in office.waiting("entry")) == [MEI, STRANGER]
    [detail] = trail(office, "hand_over_entry")
    assert (detail["before"], detail["to"]) == (MEI, STRANGER)
    assert [view.visit.id for view in office.do(STRANGER, find, Wanted()).visits] == [visit_id]
    with office.database.reading() as session:
        desk = Desk(session, office.now, office.site, STRANGER, "slack")
        parts = standing(desk, subject(session, entry=entry))
    assert may(parts, Verb.SEE)
    assert may(parts, Verb.SETTLE_ENTRY)
    with pytest.raises(InvalidForm):
        office.do(MEI, entries.hand_over, entry, "")


def test_what_is_gone(office: Office) -> None:
    with pytest.raises(Outdated):
        office.do(LIN, entries.finish, 99)
    with pytest.raises(Outdated):
        office.do(LIN, entries.waiting, 99)
