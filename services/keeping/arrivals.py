"""What people write or send without a form: answered once, with what they can do with it."""

from sqlmodel import col, select

from models.base.permissions import Verb, may
from models.records.visit import Visit
from models.reminders.outbox import Delivery
from services.reading.desk import Desk
from services.reading.standing import Subject, standing
from services.saying import outbox


def answer(
    desk: Desk,
    channel: str,
    ts: str,
    thread_ts: str | None,
    *,
    has_files: bool,
    can_read: bool,
    visit_id: int | None = None,
) -> None:
    """Owe the person one answer to a message of theirs, however often Slack reports it; without
    `can_read` it says that files cannot be taken yet."""
    key = f"offer:{channel}:{ts}"
    said = {"channel": channel, "ts": ts, "thread": thread_ts, "visit": visit_id}
    outbox.owe(
        desk, "offer", desk.person, key, None, has_files=has_files, can_read=can_read, **said
    )


def seen_in_thread(desk: Desk, channel: str, thread_ts: str | None) -> int | None:
    """The visit whose card begins a thread, if the person may see it."""
    if thread_ts is None:
        return None
    card = select(Delivery.visit_id).where(
        Delivery.kind == "visit_card", Delivery.channel == channel, Delivery.ts == thread_ts
    )
    visit = desk.session.exec(select(Visit).where(col(Visit.id).in_(card))).first()
    if visit is None or not may(standing(desk, Subject(visit)), Verb.SEE):
        return None
    return visit.id
