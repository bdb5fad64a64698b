"""Entries: what is said and happens, whose it is, and how it was settled. Nothing is overwritten
unseen: what stood before is in the audit trail."""

from dataclasses import dataclass

from sqlmodel import select

from models.base.errors import AlreadyDecided, Fault, InvalidForm, Outdated
from models.base.words import EntrySource, EntryState
from models.keeping.forms import ANSWER_LIMIT, EntryForm, words
from models.records.entries import Entry
from models.records.visit import Visit
from services.reading.desk import Desk
from services.saying import audit, outbox
from services.store.hold import hold, hold_by


@dataclass(frozen=True)
class Added:
    """The entry; `is_repeat`: this very form had added it before."""

    visit: Visit
    entry: Entry
    is_repeat: bool = False


def add(desk: Desk, visit_id: int, form: EntryForm, form_key: str, source: EntrySource) -> Added:
    """Keep an entry with a visit; its owner gets one card. A form submitted twice adds one.

    Raises InvalidForm.
    """
    visit = hold(desk.session, visit_id)
    known = desk.session.exec(select(Entry).where(Entry.form_key == form_key)).first()
    if known is not None:
        return Added(visit, known, is_repeat=True)
    faults = form.faults(desk.now)
    if faults or form.kind is None or form.owner_id is None:
        raise InvalidForm(faults)
    entry = Entry(
        visit_id=visit_id,
        customer_id=visit.customer_id,
        form_key=form_key,
        kind=form.kind,
        text=(form.text or "").strip(),
        said_by=(form.said_by or "").strip() or None,
        owner_id=form.owner_id,
        due_at=form.due_at,
        source=source,
        added_by=desk.person,
        added_at=desk.now,
    )
    desk.session.add(entry)
    desk.session.flush()
    audit.record(desk, "add_entry", visit_id, entry=entry.id, of=entry.kind)
    tell_owner(desk, entry)
    outbox.touch(desk, visit_id)
    return Added(visit, entry)


def finish(
    desk: Desk, entry_id: int, answer: str | None = None, *, is_dropped: bool = False
) -> Entry:
    """Settle an entry: done, or dropped since it is needed no more; with an answer if there is one.

    Raises AlreadyDecided with who was first, InvalidForm, Outdated.
    """
    answer = (answer or "").strip() or None
    if faults := words("answer", answer, ANSWER_LIMIT):
        raise InvalidForm(faults)
    entry = _open(desk, _held(desk, entry_id))
    entry.state = EntryState.DROPPED if is_dropped else EntryState.DONE
    entry.answer, entry.answered_at, entry.answered_by = answer, desk.now, desk.person
    _changed(desk, entry, "finish_entry", state=entry.state, answer=answer)
    return entry


def hand_over(desk: Desk, entry_id: int, user_id: str) -> Entry:
    """Give an open entry to somebody else, who gets its card. Raises InvalidForm without a person,
    AlreadyDecided, Outdated."""
    if not user_id:
        raise InvalidForm({"owner": Fault("required")})
    entry = _open(desk, _held(desk, entry_id))
    if entry.owner_id == user_id:
        return entry
    before, entry.owner_id = entry.owner_id, user_id
    _changed(desk, entry, "hand_over_entry", before=before, to=user_id)
    tell_owner(desk, entry)
    return entry


def reopen(desk: Desk, entry_id: int) -> Entry:
    """Open a settled entry again; how it had been settled stays in the audit trail. One that is
    open stays as it is. Raises Outdated."""
    entry = _held(desk, entry_id)
    if entry.state == EntryState.OPEN:
        return entry
    before = {"state": entry.state, "answer": entry.answer, "answered_by": entry.answered_by}
    entry.state = EntryState.OPEN
    entry.answer = entry.answered_at = entry.answered_by = None
    _changed(desk, entry, "reopen_entry", **before)
    return entry


def waiting(desk: Desk, entry_id: int) -> Entry:
    """An entry that is not settled, to be looked at. Raises AlreadyDecided, Outdated."""
    return _open(desk, desk.session.get(Entry, entry_id))


def _open(desk: Desk, entry: Entry | None) -> Entry:
    if entry is None:
        raise Outdated
    if entry.state != EntryState.OPEN:
        who, at = entry.answered_by or entry.owner_id, entry.answered_at or desk.now
        raise AlreadyDecided(who, at, "done")
    return entry


def _held(desk: Desk, entry_id: int) -> Entry:
    hold_by(desk.session, Entry, entry_id)
    entry = desk.session.get(Entry, entry_id)
    if entry is None:
        raise Outdated
    return entry


def _changed(desk: Desk, entry: Entry, verb: str, **detail: object) -> None:
    desk.session.add(entry)
    audit.record(desk, verb, entry.visit_id, entry=entry.id, of=entry.kind, **detail)
    outbox.touch(desk, entry.visit_id)


def tell_owner(desk: Desk, entry: Entry) -> None:
    """Owe an entry's card to whose it is."""
    key = f"v{entry.visit_id}:entry:{entry.id}:{int(desk.now.timestamp())}:{entry.owner_id}"
    outbox.owe(desk, "entry", entry.owner_id, key, entry.visit_id, entry=entry.id)
