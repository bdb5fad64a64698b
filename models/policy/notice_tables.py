"""What of the visit notice and of the customer's file is asked, of whom and until when (P02, P09,
P14)."""

from typing import Self

from pydantic import Field, model_validator

from models.policy.base import Flag, Key, LongText, Table, When, Who
from models.policy.conditions import Only
from models.policy.moment import Anchor
from models.policy.notice_keys import AskedKey, FieldKey


class NoticeRule(Table):
    """Fields of the notice, and of the customer's file, for visits of a kind.

    `wanted` ones are marked in their section and counted until they are known; `offered` ones can
    be left empty. `filled_by` fills them, until `due`; with `before_approval` the approvers are
    asked once the wanted ones are known.
    """

    key: Key
    clause: LongText | None = None
    wanted: list[FieldKey] = Field(default=[])
    offered: list[AskedKey] = Field(default=[])
    only: Only | None = None
    filled_by: Who | None = None
    due: When | None = None
    before_approval: Flag = False

    @model_validator(mode="after")
    def _whole(self) -> Self:
        if not self.wanted and not self.offered:
            raise ValueError("it asks for nothing: name fields in `wanted` or `offered`")
        if self.due is not None and self.due.anchor not in {Anchor.REQUEST, Anchor.ARRIVAL}:
            raise ValueError(f"due {str(self.due)!r}: a notice counts from request or arrival")
        return self
