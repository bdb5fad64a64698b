"""The forms for entries, validated: what is wrong is said for each field."""

from datetime import datetime

from pydantic import BaseModel, ConfigDict

from models.base.errors import Fault
from models.base.limits import NAME_LIMIT, REASON_LIMIT
from models.base.words import EntryKind

TEXT_LIMIT = 3000
ANSWER_LIMIT = REASON_LIMIT


class EntryForm(BaseModel):
    """What was said or happened, as a person filled it. `due_at` is aware."""

    model_config = ConfigDict(frozen=True)

    kind: str | None = None
    text: str | None = None
    said_by: str | None = None
    owner_id: str | None = None
    due_at: datetime | None = None

    def faults(self, now: datetime) -> dict[str, Fault]:
        """What is wrong with it, field by field."""
        found: dict[str, Fault] = {}
        if self.kind not in set(EntryKind):
            found["kind"] = Fault("required")
        found |= words("text", self.text, TEXT_LIMIT, is_needed=True)
        found |= words("said_by", self.said_by, NAME_LIMIT)
        if not self.owner_id:
            found["owner"] = Fault("required")
        if self.due_at is not None and self.due_at <= now:
            found["due"] = Fault("due_past")
        return found


def words(field: str, text: str | None, limit: int, *, is_needed: bool = False) -> dict[str, Fault]:
    """What is wrong with something that was written: missing, or too long."""
    length = len((text or "").strip())
    if is_needed and not length:
        return {field: Fault("required")}
    return {field: Fault("too_long", {"limit": limit, "length": length})} if length > limit else {}
