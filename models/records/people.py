"""People as Slack knows them, and the roles they hold."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Field, SQLModel

from models.base.times import UtcDateTime


class Person(SQLModel, table=True):
    """Somebody whom Slack knows, remembered so that no click waits for a look-up.

    `is_active`: takes part. Who is deactivated, a bot, of another team or (unless the policy lets
    them) a guest account is known, and does nothing here.
    """

    __tablename__ = "person"

    user_id: str = Field(primary_key=True, max_length=32)
    name: str = Field(max_length=255)
    handle: str | None = Field(default=None, max_length=80)  # tells two of one name apart
    locale: str = Field(max_length=16)
    timezone: str = Field(max_length=64)
    is_workspace_admin: bool = False
    is_active: bool = True
    refreshed_at: datetime = Field(sa_type=UtcDateTime)


class RoleHolder(SQLModel, table=True):
    """Who holds a role; the first (lowest position) is the one asked where one person is needed."""

    __tablename__ = "role_holder"

    role: str = Field(primary_key=True, max_length=32)
    user_id: str = Field(primary_key=True, max_length=32)
    position: int


class VisitRole(SQLModel, table=True):
    """Who holds a role for one visit, before whoever holds it in the company."""

    __tablename__ = "visit_role"

    visit_id: int = Field(foreign_key="visit.id", primary_key=True)
    role: str = Field(primary_key=True, max_length=32)
    user_id: str = Field(primary_key=True, max_length=32, index=True)
    position: int


class Absence(SQLModel, table=True):
    """Somebody is away from one day to another, both days of the site, and who stands in. It is
    over when the person is back (`ended_at`), be it before it began."""

    __tablename__ = "absence"

    id: int | None = Field(default=None, primary_key=True)
    user_id: str = Field(max_length=32, index=True)
    from_day: date
    to_day: date = Field(index=True)
    stand_in: str = Field(max_length=32)
    asked_at: datetime = Field(sa_type=UtcDateTime)
    ended_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class FirstStep(SQLModel, table=True):
    """Something of the first admin's way that has come to pass (`services.people.first_steps`)."""

    __tablename__ = "first_step"

    key: str = Field(primary_key=True, max_length=16)
    at: datetime = Field(sa_type=UtcDateTime)


@dataclass(frozen=True)
class Reader:
    """For whom a text is rendered: locale ("en" or "zh"), IANA zone, and the person (None: all)."""

    locale: str
    timezone: str
    user_id: str | None = None

    def is_among(self, user_ids: Collection[str | None]) -> bool:
        """Whether the reader is one of these people. To be asked rather than `user_id`, so that
        all who are not may be told the same."""
        return self.user_id in user_ids
