"""The people of a customer who have come before: when two are one, and what is known of them."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from models.customers.names import fold
from models.records.customers import Contact, ContactFact, Guest

KEPT = ("diet", "language", "faith", "taboos", "nationality", "sex")
"""What is remembered of a guest, by their columns, in the order in which it is shown."""
_HAN = re.compile(r"[\u3400-\u9fff]")


@dataclass(frozen=True)
class Known:
    """Something that is known of a contact: from which visit, and since when."""

    fact: ContactFact
    number: str

    @property
    def key(self) -> str:
        return self.fact.key


@dataclass(frozen=True)
class Proposal:
    """What is known of somebody who comes again, and the visit does not say yet."""

    guest: Guest | None  # None: the lead guest, who stands in no list
    name: str
    contact: Contact
    known: Known


@dataclass(frozen=True)
class Person:
    """Somebody by what they are told from others."""

    name: str
    title: str | None = None
    name_other: str | None = None
    phone: str | None = None
    mail: str | None = None

    @classmethod
    def of(cls, each: Guest | Contact) -> "Person":
        """A guest, or a contact."""
        return cls(each.name, each.title, each.name_other, each.phone, each.mail)

    @property
    def names(self) -> set[str]:
        return {fold(name) for name in (self.name, self.name_other) if name}


def same_person(contacts: Iterable[Contact], person: Person) -> Contact | None:
    """The contact that somebody is: by phone, by mail, or by name with title."""
    known = list(contacts)
    for is_one in (_by_phone, _by_mail, _by_name):
        for contact in known:
            if is_one(Person.of(contact), person):
                return contact
    return None


def _by_phone(one: Person, other: Person) -> bool:
    return one.phone is not None and one.phone == other.phone and _may_be_one(one, other)


def _by_mail(one: Person, other: Person) -> bool:
    if not one.mail or not other.mail:
        return False
    return one.mail.casefold() == other.mail.casefold() and _may_be_one(one, other)


def _by_name(one: Person, other: Person) -> bool:
    titles = {fold(title) for title in (one.title, other.title) if title}
    return bool(one.names & other.names) and len(titles) < 2


def _may_be_one(one: Person, other: Person) -> bool:
    """Whether the names can be one person's: colleagues share a phone, and none of them is given
    what another one eats. Names in two scripts can; in one script one has the words of the other.
    """
    if one.names & other.names or bool(_HAN.search(one.name)) != bool(_HAN.search(other.name)):
        return True
    words, others = (set(fold(each.name).split()) for each in (one, other))
    return words <= others or others <= words
