"""A message read: what it states of a visit, each fact with the words that it came from.

Rules alone: nothing leaves the house, and the same words are always read alike. The newest part of
a message counts before what it quotes. What may be read in several ways is no fact: it is empty,
with the candidates.
"""

import re
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar
from zoneinfo import ZoneInfo

from models.request.message.customer import customer_in
from models.request.message.moments import Stay, Times
from models.request.message.parts import NARROW, Kind, Part, parts_of
from models.request.message.people import People, people_in
from models.request.message.persons import Person, persons_in
from models.request.message.phones import MAIL, Phone, contact_of, phones_in
from models.request.message.purpose import purpose_in
from models.request.message.said import Found, FoundGuest, Read, Said, Span
from models.request.message.signed import Signature, signature_of
from models.request.message.size import size_in
from models.request.message.travel import travel_in

LONGEST = 12_000
"""Characters that are read; what lies behind is old."""
_HIDDEN = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\x00-\x02]")
_URL = re.compile(r"https?://\S+|\bwww\.\S+")
_QUOTE = 80
T = TypeVar("T")


@dataclass
class _Facts:
    """What a part says."""

    customer: Read[str] | None = None
    purpose: Read[str] | None = None
    size: Read[int] | None = None
    stay: Stay | None = None
    number: Read[str] | None = None
    way: Read[str] | None = None
    phone: Read[str] | None = None
    people: People | None = None


def read_message(text: str, now: datetime, zone: str, country: str = "CN") -> Found:
    """What a message states. `now` is aware; `zone` is that of times which name none, the site's
    (IANA); `country` (ISO) that of phones which name none."""
    written = _HIDDEN.sub(" ", text.replace("\r\n", "\n").replace("\r", "\n"))[:LONGEST]
    plain = _URL.sub(lambda match: "\x02" * len(match[0]), written.translate(NARROW))
    parts = parts_of(plain, now, zone)
    today = now.astimezone(ZoneInfo(zone)).date()
    older = [person for part in parts[1:] for person in persons_in(part.text)]
    facts = [
        _part(part, Times(part.text, part.sent or today), zone, country, older) for part in parts
    ]
    return _Reader(written, parts, facts).found()


def _part(part: Part, times: Times, zone: str, country: str, older: list[Person]) -> _Facts:
    text = part.text
    phones = [phone for phone in phones_in(text, country) if not _overlaps(phone, times)]
    taken = [*times.spans, *(phone.span for phone in phones), *_mails(text)]
    signature = signature_of(text)
    people = people_in(text, signature, phones, older)
    number, way = travel_in(text, times.clauses, taken)
    persons = [each.name for each in persons_in(text)]
    if signature and signature.name:
        persons.append(signature.name[0])
    return _Facts(
        customer=customer_in(text, times.clauses.text, signature, persons),
        purpose=purpose_in(text),
        size=size_in(times.clauses.text) or people.listed,
        stay=times.stay(zone),
        number=number,
        way=way,
        phone=_contact(phones, people, signature),
        people=people,
    )


def _contact(
    phones: list[Phone], people: People, signature: Signature | None
) -> Read[str] | None:
    """The lead guest's own number; else the one to call, those of the other guests left out."""
    lead = people.lead.value if people.lead is not None else None
    if lead is not None and lead.phone is not None:
        own = [phone for phone in phones if phone.kept == lead.phone]
        return contact_of(own)
    others = {each.value.phone for each in people.guests if each.value and each.value.phone}
    left = [phone for phone in phones if phone.kept not in others]
    signed = [p for p in left if signature is not None and p.span.begin >= signature.begin]
    told = [p for p in left if p not in signed]
    return contact_of(told) if told else contact_of(signed)


def _overlaps(phone: Phone, times: Times) -> bool:
    return any(
        phone.span.begin < day.span.end and day.span.begin < phone.span.end for day in times.days
    )


def _mails(text: str) -> list[Span]:
    return [Span(*match.span()) for match in MAIL.finditer(text)]


class _Reader:
    """Takes each fact from the newest part that says something of it."""

    def __init__(self, written: str, parts: list[Part], facts: list[_Facts]) -> None:
        self.written = written
        self.pairs = list(zip(parts, facts, strict=True))

    def found(self) -> Found:
        lead = self._newest([facts.people.lead if facts.people else None for facts in self._facts()])
        texts = {
            "customer": self._newest(self._own([f.customer for f in self._facts()])),
            "purpose": self._newest([f.purpose for f in self._facts()]),
            "lead_guest": _name(lead),
            "lead_guest_title": self._title(lead),
            "contact_phone": self._newest(self._own([f.phone for f in self._facts()])),
            "travel_number": self._newest([f.number for f in self._facts()]),
            "travel_by": self._newest([f.way for f in self._facts()]),
        }
        moments = {
            "arrival": self._newest([f.stay.arrival if f.stay else None for f in self._facts()]),
            "departure": self._newest([f.stay.departure if f.stay else None for f in self._facts()]),
        }
        guests = next((f.people.guests for f in self._facts() if f.people and f.people.guests), ())
        size = self._newest([f.size for f in self._facts()])
        return Found(
            {name: self._said(read) for name, read in texts.items() if read is not None},
            {name: self._said(read) for name, read in moments.items() if read is not None},
            self._said(size) if size is not None else None,
            tuple(self._said(guest) for guest in guests),
        )

    def _facts(self) -> list[_Facts]:
        return [facts for _, facts in self.pairs]

    def _own(self, reads: list[Read[T] | None]) -> list[Read[T] | None]:
        """Without what stands in a part that one of us may have written."""
        found: list[Read[T] | None] = []
        for (part, _), read in zip(self.pairs, reads, strict=True):
            if part.kind is Kind.ANSWERED:
                found.append(None)
            elif part.kind is Kind.BELOW and read is not None and read.value is not None:
                found.append(Read(None, read.span, (read.value,)))
            else:
                found.append(read)
        return found

    def _newest(self, reads: list[Read[T] | None]) -> Read[T] | None:
        """The newest value, or what is doubtful where no part has one for certain."""
        said = [read for read in reads if read is not None]
        return said[0] if said else None

    def _title(self, lead: Read[FoundGuest] | None) -> Read[str] | None:
        if lead is None or lead.value is None or not lead.value.title:
            return None
        return Read(lead.value.title, lead.span)

    def _said(self, read: Read[T]) -> Said[T]:
        begin, end = read.span
        quote = " ".join(self.written[begin:end].split())
        short = quote if len(quote) <= _QUOTE else f"{quote[:_QUOTE]}…"
        return Said(read.value, short, read.candidates, read.is_open)


def _name(lead: Read[FoundGuest] | None) -> Read[str] | None:
    if lead is None:
        return None
    value = lead.value.name if lead.value is not None else None
    return Read(value, lead.span, tuple(guest.name for guest in lead.candidates))
