"""The company's own days off and make-up days, and whether its people are left in peace on days
off (R1.5)."""

from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any, Self

from pydantic import Field, model_validator

from models.policy.base import Day, Flag, Table

_LONGEST = 60


class DaysOff(Table):
    """Days on which the company does not work, both ends included; one day is written alone."""

    start: Day = Field(alias="from")
    end: Day = Field(alias="to")

    @model_validator(mode="before")
    @classmethod
    def _from_day(cls, value: Any) -> Any:
        return {"from": value, "to": value} if isinstance(value, str | date) else value

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.end < self.start:
            raise ValueError(f"from {self.start} is after to {self.end}")
        if (self.end - self.start).days >= _LONGEST:
            raise ValueError(f"from {self.start} to {self.end} are more than {_LONGEST} days")
        return self

    @property
    def days(self) -> list[date]:
        """Each day of it."""
        return [self.start + timedelta(days=n) for n in range((self.end - self.start).days + 1)]


class CompanyDays(Table):
    """`holidays` are the company's own, besides the country's; `working` are days on which it works
    although the country does not. `quiet_days`: what follows a visit is not said on days off, by
    the clock of each reader's zone."""

    holidays: list[DaysOff] = Field(default=[])
    working: list[Day] = Field(default=[])
    quiet_days: Flag = True

    @model_validator(mode="after")
    def _agree(self) -> Self:
        off = [day for holiday in self.holidays for day in holiday.days]
        both = sorted({*off} & {*self.working})
        if both:
            raise ValueError(f"{_listed(both)} cannot be a holiday and a working day")
        twice = [*_twice(off), *_twice(self.working)]
        if twice:
            raise ValueError(f"{_listed(twice)} is there twice")
        return self


def _twice(days: list[date]) -> Iterator[date]:
    return (day for day, number in sorted(Counter(days).items()) if number > 1)


def _listed(days: list[date]) -> str:
    return ", ".join(map(str, days))
