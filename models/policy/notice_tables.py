"""What of the visit notice and of the customer's file is asked, of whom and until when (P02, P09,
P14)."""

from typing import Annotated, Self

from pydantic import AfterValidator, Field, model_validator

from models.policy.base import Flag, Key, LongText, Table, When, Who
from models.policy.conditions import Only
from models.policy.customer_fields import OF_CUSTOMER
from models.policy.moment import Anchor
from models.policy.nearest import nearest
from models.policy.notice_fields import BY_KEY, KEYS

_KNOWN = (*KEYS, *OF_CUSTOMER)


def _known(value: str) -> str:
    if value not in _KNOWN:
        near = nearest(value, _KNOWN) or f": use any of {', '.join(_KNOWN)}"
        raise ValueError(f"{value!r} is no field of the notice{near}")
    return value


def _asked(value: str) -> str:
    if _known(value) not in BY_KEY and value not in OF_CUSTOMER:
        raise ValueError(f"{value!r} is always asked: only what is wanted of it can be said here")
    return value


FieldKey = Annotated[str, AfterValidator(_known)]


class NoticeRule(Table):
    """Fields of the notice, and of the customer's file, for visits of a kind.

    `wanted` ones are marked in their section and counted until they are known; `offered` ones can
    be left empty. `filled_by` fills them, until `due`; with `before_approval` the approvers are
    asked once the wanted ones are known.
    """

    key: Key
    clause: LongText | None = None
    wanted: list[FieldKey] = Field(default=[])
    offered: list[Annotated[str, AfterValidator(_asked)]] = Field(default=[])
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
