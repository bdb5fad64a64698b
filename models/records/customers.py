"""The visiting companies, what is known of them, their people, and those of one visit's party."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Column, Index, String, UniqueConstraint, false
from sqlmodel import Field, SQLModel

from models.base.json_text import JsonText
from models.base.times import UtcDateTime

_TERM = String(80).with_variant(String(80, collation="C"), "postgresql")
"""Compared sign by sign, so that an index finds what a word begins with."""


class Customer(SQLModel, table=True):
    """A visiting company. `name_key` is the folded name, so that one company is kept once.

    One that turned out to be another spelling points to the customer that it is (`merged_into_id`):
    whoever has the old one before them, or types its name, reaches that one.
    """

    __tablename__ = "customer"

    id: int | None = Field(default=None, primary_key=True)
    name: str = Field(max_length=200)
    name_key: str = Field(max_length=400, unique=True)
    account_owner_id: str | None = Field(default=None, max_length=32)
    created_at: datetime = Field(sa_type=UtcDateTime)
    merged_into_id: int | None = Field(default=None, foreign_key="customer.id", index=True)


class CustomerTerm(SQLModel, table=True):
    """What a search finds a customer by: each beginning of its name, as written, in pinyin, and in
    initials (see models.customers.spelled)."""

    __tablename__ = "customer_term"
    __table_args__ = (Index("ix_customer_term", "term"),)

    customer_id: int = Field(foreign_key="customer.id", primary_key=True)
    term: str = Field(sa_column=Column(_TERM, primary_key=True))


class CustomerFact(SQLModel, table=True):
    """One thing that is known of a customer (P09, P14): from whom, and since when."""

    __tablename__ = "customer_fact"
    __table_args__ = (UniqueConstraint("customer_id", "key"),)

    id: int | None = Field(default=None, primary_key=True)
    customer_id: int = Field(foreign_key="customer.id", index=True)
    key: str = Field(max_length=40)
    value: Any = Field(sa_type=JsonText)  # a NoticeValue
    said_by: str = Field(max_length=32)
    said_at: datetime = Field(sa_type=UtcDateTime)


class Contact(SQLModel, table=True):
    """A person of a customer's who has come before (P09, R1.1). `name_key` is the folded name; what
    is known of them stands in their facts. `struck_at`: they are not offered any more."""

    __tablename__ = "contact"
    __table_args__ = (Index("ix_contact_of", "customer_id", "name_key"),)

    id: int | None = Field(default=None, primary_key=True)
    customer_id: int = Field(foreign_key="customer.id")
    name: str = Field(max_length=200)
    name_key: str = Field(max_length=400)
    name_other: str | None = Field(default=None, max_length=200)
    title: str | None = Field(default=None, max_length=200)
    phone: str | None = Field(default=None, max_length=64)  # see models.customers.phones
    mail: str | None = Field(default=None, max_length=254)
    visit_id: int | None = Field(default=None, foreign_key="visit.id")  # where they came last
    known_at: datetime = Field(sa_type=UtcDateTime)
    struck_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class ContactFact(SQLModel, table=True):
    """One thing that is known of a contact, such as a diet: from which visit, and since when.
    `struck_at`: it is not proposed any more."""

    __tablename__ = "contact_fact"
    __table_args__ = (UniqueConstraint("contact_id", "key"),)

    id: int | None = Field(default=None, primary_key=True)
    contact_id: int = Field(foreign_key="contact.id", index=True)
    key: str = Field(max_length=40)  # a column of the guest
    value: str = Field(max_length=300)
    visit_id: int = Field(foreign_key="visit.id")
    known_at: datetime = Field(sa_type=UtcDateTime)
    struck_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class ContactTerm(SQLModel, table=True):
    """What a search among the contacts of a customer finds one by."""

    __tablename__ = "contact_term"
    __table_args__ = (Index("ix_contact_term", "customer_id", "term"),)

    contact_id: int = Field(foreign_key="contact.id", primary_key=True)
    term: str = Field(sa_column=Column(_TERM, primary_key=True))
    customer_id: int = Field(foreign_key="customer.id")


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
