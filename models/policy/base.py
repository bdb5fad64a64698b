"""What every table of a policy file is made of: words, keys, moments, amounts."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from typing import Annotated, Any

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    PlainValidator,
    ValidationInfo,
    model_validator,
)
from pydantic_core import PydanticCustomError

from models.base.words import Party, Role
from models.policy.moment import Moment, Offset


class Table(BaseModel):
    """A table of the file: keys that it does not know are refused, values are not coerced."""

    model_config = ConfigDict(extra="forbid", frozen=True, arbitrary_types_allowed=True)


class Text(Table):
    """Words of the company's own, in English, and in Chinese where they differ."""

    en: str = Field(min_length=1, max_length=150)
    zh: str | None = Field(default=None, max_length=150)

    @model_validator(mode="before")
    @classmethod
    def _from_string(cls, value: Any) -> Any:
        return {"en": value} if isinstance(value, str) else value

    def in_(self, locale: str) -> str:
        """The words for a reader of that locale ("en" or "zh")."""
        return self.zh if locale == "zh" and self.zh else self.en


class LongText(Text):
    """A sentence or more: the text of a reminder, a duty, a line of an etiquette card."""

    en: str = Field(min_length=1, max_length=600)
    zh: str | None = Field(default=None, max_length=600)


@dataclass(frozen=True)
class Money:
    """An amount in a currency that is named, such as a registered capital of USD 2,000,000."""

    amount: Decimal
    currency: str

    @classmethod
    def parse(cls, written: str) -> "Money":
        """Read `USD 2000000`. Raises ValueError for other forms."""
        match = re.fullmatch(r"([A-Z]{3}) (\d{1,12}(?:\.\d{1,2})?)", written.strip())
        if match is None:
            raise ValueError(f"{written!r} is not money: write it like 'USD 2000000'")
        return cls(Decimal(match[2]), match[1])

    def __str__(self) -> str:
        return f"{self.currency} {self.amount}"


def _money(value: Any) -> Any:
    if isinstance(value, str):
        return Money.parse(value)
    if isinstance(value, Money):
        return value
    raise ValueError(f"{value!r} needs its currency: write it like 'USD 2000000'")


def _amount(value: Any) -> Any:
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
        raise ValueError(
            f"{value!r} is not an amount: write a plain number in the policy's currency, like 300"
        )
    return Decimal(str(value))


def _clock(value: Any) -> Any:
    if isinstance(value, str) and re.fullmatch(r"([01]\d|2[0-3]):[0-5]\d", value):
        return time.fromisoformat(value)
    if isinstance(value, time):
        return value
    raise ValueError(f"{value!r} is not a time of day: write it like '22:00'")


def _day(value: Any) -> Any:
    if isinstance(value, str) and re.fullmatch(r"\d{4}-\d\d-\d\d", value):
        try:
            return date.fromisoformat(value)
        except ValueError:
            raise ValueError(f"{value!r} is no day of the calendar") from None
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    raise ValueError(f"{value!r} is not a day: write it like 2027-02-08")


Key = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,39}$")]
When = Annotated[Moment, BeforeValidator(lambda v: Moment.parse(v) if isinstance(v, str) else v)]
Distance = Annotated[
    Offset, BeforeValidator(lambda v: Offset.parse(v) if isinstance(v, str) else v)
]
Capital = Annotated[Money, BeforeValidator(_money)]
Amount = Annotated[Decimal, BeforeValidator(_amount), Field(ge=0, le=10**9, decimal_places=2)]
Percent = Annotated[int, Field(strict=True, ge=0, le=100)]
Minutes = Annotated[int, Field(strict=True, ge=0, le=24 * 60)]
Count = Annotated[int, Field(strict=True, ge=0, le=5000)]
Stars = Annotated[int, Field(strict=True, ge=1, le=5)]
Flag = Annotated[bool, Field(strict=True)]
Clock = Annotated[time, BeforeValidator(_clock)]
Day = Annotated[date, BeforeValidator(_day)]
Currency = Annotated[str, Field(pattern=r"^[A-Z]{3}$")]
ROLES = "roles"
"""Under which a validation is told the keys of the roles that the file declares."""


def _role(value: Any, info: ValidationInfo) -> Role:
    return _named(value, info, ())


def _who(value: Any, info: ValidationInfo) -> Role | Party:
    parties = {str(party): party for party in Party}
    return parties.get(value) or _named(value, info, parties)


def _named(value: Any, info: ValidationInfo, others: Iterable[str]) -> Role:
    declared = (info.context or {}).get(ROLES)
    if isinstance(value, str) and (declared is None or value in declared):
        return value
    words = ", ".join(repr(word) for word in (*(declared or ()), *others))
    raise PydanticCustomError("enum", "Input should be {expected}", {"expected": words})


RoleKey = Annotated[Role, PlainValidator(_role)]
"""A role that the file declares, or one of those that every policy has."""
Who = Annotated[Role | Party, PlainValidator(_who)]
"""A role of the company or a part in the visit."""


def in_order(low: Any, high: Any, low_name: str, high_name: str) -> None:
    """Raise ValueError where a range of a table ends before it begins. None is no limit."""
    if low is not None and high is not None and low > high:
        raise ValueError(f"{low_name} {low} is above {high_name} {high}")
