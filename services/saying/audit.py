"""The audit trail, and the line of it that the visit card's thread shows."""

from models.records.audit import AuditEntry
from models.records.visit import Visit
from services.reading.desk import Desk
from services.saying import outbox


def record(desk: Desk, verb: str, visit_id: int | None, **detail: object) -> AuditEntry:
    """Write who did what, when and from where. The entry has its id when this returns."""
    entry = AuditEntry(
        visit_id=visit_id,
        at=desk.now,
        actor_id=desk.actor_id,
        source=desk.source,
        verb=verb,
        detail=detail,
    )
    desk.session.add(entry)
    desk.session.flush()
    return entry


def note(desk: Desk, visit: Visit, verb: str, **detail: object) -> None:
    """Record a change of a visit and owe its line in the visit card's thread."""
    entry = record(desk, verb, visit.id, **detail)
    outbox.owe_history(desk, visit.id or 0, entry.id or 0)
