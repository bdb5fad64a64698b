"""The visiting companies, and the people of one visit's party."""

from datetime import datetime

from sqlalchemy import JSON, Column, Index, false
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


class Contact(SQLModel, table=True):
    """A person of a customer's who has come before, and what is known of them (P09, R1.1).

    `name_key` is the folded name; `search_key` what a search looks in: name, pinyin, initials.
    """

    __tablename__ = "contact"
    __table_args__ = (Index("ix_contact_of", "customer_id", "name_key"),)

    id: int | None = Field(default=None, primary_key=True)
    customer_id: int = Field(foreign_key="customer.id")
    name: str = Field(max_length=200)
    name_key: str = Field(max_length=400)
    search_key: str = Field(default="", max_length=1200)
    name_other: str | None = Field(default=None, max_length=200)
    title: str | None = Field(default=None, max_length=200)
    sex: str | None = Field(default=None, max_length=16)
    nationality: str | None = Field(default=None, max_length=64)
    phone: str | None = Field(default=None, max_length=64)  # see models.customers.phones
    mail: str | None = Field(default=None, max_length=254)
    language: str | None = Field(default=None, max_length=64)
    diet: str | None = Field(default=None, max_length=200)
    faith: str | None = Field(default=None, max_length=300)
    taboos: str | None = Field(default=None, max_length=300)
    visit_id: int | None = Field(default=None, foreign_key="visit.id")  # where it was said last
    known_at: datetime = Field(sa_type=UtcDateTime)
    struck_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class Guest(SQLModel, table=True):
    """One person of the party: name, title and diet, and what else the notice asks of them."""

    __tablename__ = "guest"

    id: int | None = Field(default=None, primary_key=True)
    visit_id: int = Field(foreign_key="visit.id", index=True)
    position: int
    name: str = Field(max_length=200)
    title: str | None = Field(default=None, max_length=200)
    diet: str | None = Field(default=None, max_length=200)
    name_other: str | None = Field(default=None, max_length=200)  # in the other script
    rank: str | None = Field(default=None, max_length=40)  # where it is not as the title tells
    sex: str | None = Field(default=None, max_length=16)
    nationality: str | None = Field(default=None, max_length=64)
    ethnic_group: str | None = Field(default=None, max_length=64)  # where customs need it (P04)
    phone: str | None = Field(default=None, max_length=64)  # see models.customers.phones
    mail: str | None = Field(default=None, max_length=254)
    language: str | None = Field(default=None, max_length=64)
    faith: str | None = Field(default=None, max_length=300)
    taboos: str | None = Field(default=None, max_length=300)
    wishes: str | None = Field(default=None, max_length=300)
    needs: list[str] = Field(
        default_factory=list, sa_column=Column(JSON, nullable=False, server_default="[]")
    )
    leads: bool = Field(default=False, sa_column_kwargs={"server_default": false()})
    photo_id: int | None = Field(default=None, foreign_key="visit_file.id")
    contact_id: int | None = Field(default=None, foreign_key="contact.id")
