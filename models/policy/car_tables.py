"""How cars are asked for (R6.1, P14)."""

from pydantic import field_validator

from models.policy.base import Distance, LongText, Table
from models.policy.moment import Offset


class Cars(Table):
    """How long before a drive its car is asked for, `-2d`; a later one is marked late, and not
    refused. `hub_hint` is said where the way of the guests is entered: how a car is saved."""

    ahead: Distance | None = None
    hub_hint: LongText | None = None

    @field_validator("ahead")
    @classmethod
    def _before(cls, value: Offset | None) -> Offset | None:
        if value is not None and (value.number >= 0 or value.at is not None):
            raise ValueError(f"{str(value)!r} is not a time before a drive: write it like -2d")
        return value
