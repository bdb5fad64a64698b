"""The visiting companies, and the people of one visit's party."""

from datetime import datetime

from sqlmodel import Field, SQLModel

from models.base.times import UtcDateTime


class Customer(SQLModel, table=True):
    """A visiting company. `name_key` is the folded name, so that one company is kept once."""

    __tablename__ = "customer"

    id: int | None = Field(default=None, primary_key=True)
    name: str = Field(max_length=200)
    name_key: str = Field(max_length=400, unique=True)
    account_owner_id: str | None = Field(default=None, max_length=32)
    created_at: datetime = Field(sa_type=UtcDateTime)


class Guest(SQLModel, table=True):
    """One person of the party, as pasted in the form: name, title, diet."""

    __tablename__ = "guest"

    id: int | None = Field(default=None, primary_key=True)
    visit_id: int = Field(foreign_key="visit.id", index=True)
    position: int
    name: str = Field(max_length=200)
    title: str | None = Field(default=None, max_length=200)
    diet: str | None = Field(default=None, max_length=200)
