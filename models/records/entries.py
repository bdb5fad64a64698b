"""What is said and happens around a visit: questions, promises, complaints, and what became of
them."""

from datetime import datetime

from sqlmodel import Field, SQLModel

from models.base.times import UtcDateTime
from models.base.words import EntryState


class Entry(SQLModel, table=True):
    """One thing that was said or happened, with whose it is now.

    `said_by` is the name of who said it, a guest as a rule. `answered_*` tell how it was settled;
    whatever an entry was before stands in the audit trail. `customer_id` is that of the visit, so
    that what is open when the customer comes again is found.
    """

    __tablename__ = "entry"

    id: int | None = Field(default=None, primary_key=True)
    visit_id: int = Field(foreign_key="visit.id", index=True)
    customer_id: int = Field(foreign_key="customer.id", index=True)
    form_key: str = Field(max_length=64, unique=True)  # one form, one of it
    kind: str = Field(max_length=16)  # an EntryKind
    text: str
    said_by: str | None = Field(default=None, max_length=200)
    owner_id: str = Field(max_length=32, index=True)
    for_id: str | None = Field(default=None, max_length=32)  # whose it is, who is away
    due_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    state: str = Field(default=EntryState.OPEN, max_length=16)
    answer: str | None = None
    answered_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    answered_by: str | None = Field(default=None, max_length=32)
    source: str = Field(max_length=16)  # an EntrySource
    added_by: str = Field(max_length=32)
    added_at: datetime = Field(sa_type=UtcDateTime)
