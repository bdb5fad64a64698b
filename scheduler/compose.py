"""What a row says now: rendered from the state at this moment, in one reading session."""

import hashlib
import json
import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, Protocol

from sqlalchemy.exc import DBAPIError
from sqlmodel import Session, SQLModel, select

from models.base.words import DeliveryState
from models.reading.picture import VisitPicture
from models.records.people import Reader
from models.reminders.outbox import CHANNEL, LIVE_KINDS, TOPIC, Delivery
from models.reminders.quiet import said_at
from scheduler.rows import Claimed
from scheduler.shared import Shared
from services.measures.monthly import as_it_stands
from services.reading.desk import Site
from services.reading.looks import picture, pictures
from services.reading.people import readers
from services.store.sql import among

logger = logging.getLogger("usher.delivery")

_IN_FULL = frozenset({"history", "entry", "document"})
"""What is said of a visit's history, entries and files, which are not read otherwise."""
LATE = timedelta(minutes=2)
"""A message that goes out later than this after it was due says so."""
_C = SQLModel.metadata.tables[str(Delivery.__tablename__)].c


class Document(Protocol):
    """What goes along with a message: its content, or its place in the store of files."""

    @property
    def name(self) -> str: ...
    @property
    def content(self) -> bytes | None: ...
    @property
    def place(self) -> str: ...


class Rendered(Protocol):
    """A message as `templates` makes it."""

    @property
    def text(self) -> str: ...
    @property
    def blocks(self) -> list[dict[str, Any]]: ...
    @property
    def in_thread(self) -> bool: ...
    @property
    def broadcast(self) -> bool: ...
    @property
    def attachment(self) -> Document | None: ...
    def sharing(self, permalink: str) -> "Rendered": ...


Render = Callable[
    [str, VisitPicture | None, dict[str, Any], Reader, datetime, timedelta | None], Rendered | None
]
"""`templates.messages.render(kind, picture, args, reader, now, late)`."""


Told = tuple[Rendered | None, str | None]
"""A message and, of a card, its digest."""


@dataclass(frozen=True, slots=True)
class Thread:
    """Where a message that belongs into the thread of the visit card goes. Without `ts` the card
    is still to come if `is_coming`, else there is no card to answer."""

    channel: str | None
    ts: str | None
    is_coming: bool
    again: datetime | None = None  # when the card is tried next, if it waits
    root: int | None = None  # the row that stands there, where an answer brings it up to date


@dataclass(frozen=True, slots=True)
class Composed:
    """A row still to be sent. `message` is None where there is nothing to say (any more); a card
    has its `digest`."""

    row: Claimed
    revision: int  # as of which it was rendered
    message: Rendered | None
    digest: str | None
    thread: Thread | None


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A row whose message could not be rendered: an error of ours."""

    row: Claimed
    revision: int
    error: Exception


@dataclass(frozen=True, slots=True)
class Waits:
    """A row that falls in its reader's quiet hours or days, and when they end."""

    row: Claimed
    until: datetime


class Composer:
    """Renders rows for their readers, at the site's place."""

    def __init__(self, site: Site, render: Render) -> None:
        self._site = site
        self._render = render

    def compose(
        self, session: Session, rows: Sequence[Claimed], now: datetime
    ) -> list[Composed | Unreadable | Waits]:
        """The rows that are still to be sent, now or after quiet hours and days. One cancelled or
        taken over since its claim is left out."""
        present = self._present(session, rows)
        people = readers(session, {row.recipient for row in rows}, self._site)
        people[CHANNEL] = Reader(self._site.locale, self._site.timezone, None)
        views = self._pictures(session, rows)
        shared: Shared[Told] = Shared()
        found: list[Composed | Unreadable | Waits] = []
        for row in rows:
            revision = present.get(row.seq)
            if revision is None:
                continue
            try:
                reader = people[row.recipient]
                found.append(self._one(session, row, revision, reader, now, views, shared))
            except DBAPIError:
                raise
            except Exception as error:  # noqa: BLE001 - one bad row must not hold up the others
                found.append(Unreadable(row, revision, error))
        return found

    def _present(self, session: Session, rows: Sequence[Claimed]) -> dict[int, int]:
        tokens = {row.seq: row.lease_token for row in rows}
        query = select(_C.seq, _C.revision, _C.lease_token).where(
            among(session, _C.seq, list(tokens)), _C.state == DeliveryState.CLAIMED.value
        )
        found = session.connection().execute(query).all()
        return {seq: revision for seq, revision, token in found if token == tokens[seq]}

    def _pictures(self, session: Session, rows: Sequence[Claimed]) -> dict[int, VisitPicture]:
        """The visits of the rows; none where one of them cannot be read, so that each is tried by
        itself."""
        told = {row.visit_id: False for row in rows if row.visit_id is not None}
        told |= {row.visit_id: True for row in rows if row.visit_id and row.kind in _IN_FULL}
        in_full = [visit_id for visit_id, is_full in told.items() if is_full]
        try:
            return pictures(session, list(told), self._site, in_full)
        except DBAPIError:
            raise
        except Exception as error:  # noqa: BLE001 - one bad visit must not hold up the others
            logger.warning("visits are read one by one: %r", error)
            return {}

    def _one(
        self,
        session: Session,
        row: Claimed,
        revision: int,
        reader: Reader,
        now: datetime,
        views: dict[int, VisitPicture],
        shared: Shared[Told],
    ) -> Composed | Waits:
        view = None
        if row.visit_id is not None:
            view = views.get(row.visit_id)
            view = view or picture(session, row.visit_id, self._site, in_full=row.kind in _IN_FULL)
            if row.ts is None:
                step = row.args.get("step")
                until, ready = (
                    said_at(view, row.kind, at, reader.timezone, row.expires_at, step)
                    for at in (now, row.due_at)
                )
                if until > now:
                    return Waits(row, until)
                row = replace(row, due_at=ready)  # nothing is late for having let somebody sleep
        is_new = row.ts is None and row.digest is None  # not a card that somebody deleted
        late = now - row.due_at if is_new and now - row.due_at > LATE else None

        def told(who: Reader) -> Told:
            args = row.args
            if view is None:
                args = as_it_stands(session, row.kind, args, who, self._site, now)
            message = self._render(row.kind, view, args, who, now, late)
            if message is None or row.kind not in LIVE_KINDS:
                return message, None
            return message, digest_of(message)

        key = (row.kind, row.visit_id, repr(row.args), late)
        message, digest = shared.rendered(key, reader, told)
        is_answer = message is not None and message.in_thread and row.recipient == CHANNEL
        thread = _thread(session, row) if is_answer else None
        if message is not None and row.ts is None and TOPIC in row.args:
            thread = _first_of_topic(session, row)
        return Composed(row, revision, message, digest, thread)


def digest_of(message: Rendered) -> str:
    """What a card shows, as a fingerprint: equal ones need no update."""
    shown = json.dumps([message.text, message.blocks], sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(shown.encode()).hexdigest()


def _thread(session: Session, row: Claimed) -> Thread:
    query = select(_C.channel, _C.ts, _C.state, _C.next_try_at).where(
        _C.visit_id == row.visit_id, _C.kind == "visit_card"
    )
    card = session.connection().execute(query).first()
    if card is None:
        return Thread(None, None, is_coming=False)
    waiting = {DeliveryState.PENDING.value, DeliveryState.CLAIMED.value}
    again = card.next_try_at if card.state == DeliveryState.PENDING.value else None
    is_coming = card.ts is None and card.state in waiting
    return Thread(card.channel, card.ts, is_coming=is_coming, again=again)


def _first_of_topic(session: Session, row: Claimed) -> Thread | None:
    """What was said first to the recipient about the same; None where it is said first now."""
    query = (
        select(_C.seq, _C.channel, _C.ts, _C.args)
        .where(
            _C.visit_id == row.visit_id,
            _C.recipient == row.recipient,
            _C.kind.in_(LIVE_KINDS),
            _C.ts.is_not(None),
        )
        .order_by(_C.sent_at, _C.seq)
    )
    for found in session.connection().execute(query):
        if found.args.get(TOPIC) == row.args[TOPIC]:
            return Thread(found.channel, found.ts, is_coming=False, root=found.seq)
    return None
