"""One delivery that should exist, as a value."""

from dataclasses import dataclass, field
from datetime import datetime

from models.reading.picture import VisitPicture

NOBODY = ""
"""Recipient of a row that is no message: a verb that time brings."""


@dataclass(frozen=True)
class Owed:
    """One delivery that should exist. `expires` is when it no longer helps. Of the rows of one
    `series` that are due at once only the latest is needed: the others say the same."""

    key: str
    kind: str
    recipient: str
    due: datetime
    expires: datetime | None = None
    args: dict[str, object] = field(default_factory=dict)
    series: str | None = None


def prefix(picture: VisitPicture) -> str:
    """What the keys of a visit's rows begin with."""
    return f"v{picture.visit.id}"
