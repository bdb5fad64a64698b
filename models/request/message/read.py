"""A message read: what it states of a visit, each fact with the words that it came from.

Rules alone: nothing leaves the house, and the same words are always read alike. The newest part of
a message counts before what it quotes. What may be read in several ways is no fact: it is empty,
with the candidates.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import TypeVar
from zoneinfo import ZoneInfo

from models.request.message.customer import customer_in
from models.request.message.moments import Stay, Times
from models.request.message.parts import Kind, Part, parts_of
from models.request.message.people import People, people_in
from models.request.message.persons import Person, persons_in
from models.request.message.phones import MAIL, Phone, contact_of, phones_in
from models.request.message.purpose import purpose_in
from models.request.message.said import Found, FoundGuest, Read, Said, Span
from models.request.message.signed import Signature, signature_of
from models.request.message.size import size_in
from models.request.message.travel import travel_in

LONGEST = 8_000
"""Characters that are read; what lies behind is old."""
_HIDDEN = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\x00-\x02]")
_BLANKS = re.compile(r"[ \t\u00a0\u3000]{5,}")
_LINES = re.compile(r"(?:[ \t]*\n){3,}")
_QUOTE = 80
T = TypeVar("T")


@dataclass(frozen=True)
class _Facts:
    """What a part says."""

    customer: Read[str] | None = None
    purpose: Read[str] | None = None
    size: Read[int] | None = None
    stay: Stay = field(default_factory=Stay)
    number: Read[str] | None = None
    way: Read[str] | None = None
    phone: Read[str] | None = None
    people: People = field(default_factory=People)


def read_message(text: str, now: datetime, zone: str, country: str = "CN") -> Found:
    """What a message states. `now` is aware; `zone` is that of times which name none, the site's
    (IANA); `country` (ISO) that of phones which name none."""
    written = _HIDDEN.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))[:LONGEST]
    written = _LINES.sub("\n\n", _BLANKS.sub("    ", written))
    parts = parts_of(written, now, zone)
    today = now.astimezone(ZoneInfo(zone)).date()
    older = [person for part in parts[1:] for person in persons_in(part.text)]
    facts = [
        _part(part, Times(part.text, part.sent or today), zone, country, older) for part in parts
    ]
    return _Reader(parts, facts).found()


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


def _contact(phones: list[Phone], people: People, signature: Signature | None) -> Read[str] | None:
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

    def __init__(self, parts: list[Part], facts: list[_Facts]) -> None:
        self.pairs = list(zip(parts, facts, strict=True))

    def found(self) -> Found:
        """All facts; those of one of us are no facts of the guests."""
        lead = self._newest(lambda facts: facts.people.lead)
        texts = {
            "customer": self._newest(lambda facts: facts.customer, is_theirs=True),
            "purpose": self._newest(lambda facts: facts.purpose),
            "lead_guest": _told(lead, lambda guest: guest.name),
            "lead_guest_title": _told(lead, lambda guest: guest.title or ""),
            "contact_phone": self._newest(lambda facts: facts.phone, is_theirs=True),
            "travel_number": self._newest(lambda facts: facts.number),
            "travel_by": self._newest(lambda facts: facts.way),
        }
        moments = {
            "arrival": self._newest(lambda facts: facts.stay.arrival),
            "departure": self._newest(lambda facts: facts.stay.departure),
        }
        return Found(
            {name: said for name, said in texts.items() if said is not None},
            {name: said for name, said in moments.items() if said is not None},
            self._newest(lambda facts: facts.size),
            self._guests(),
        )

    def _newest(
        self, fact: Callable[[_Facts], Read[T] | None], *, is_theirs: bool = False
    ) -> Said[T] | None:
        """What the newest part says that says anything of it. What is `theirs` is taken from no
        part that one of us may have written, and is doubtful where nobody knows who did."""
        for part, facts in self.pairs:
            read = fact(facts)
            if read is None or (is_theirs and part.kind is Kind.ANSWERED):
                continue
            if is_theirs and part.kind is Kind.BELOW and read.value is not None:
                read = Read(None, read.span, (read.value,))
            return _said(part, read)
        return None

    def _guests(self) -> tuple[Said[FoundGuest], ...]:
        for part, facts in self.pairs:
            if facts.people.guests:
                return tuple(_said(part, guest) for guest in facts.people.guests)
        return ()


def _said(part: Part, read: Read[T]) -> Said[T]:
    quote = " ".join(part.written[read.span.begin : read.span.end].split())
    short = quote if len(quote) <= _QUOTE else f"{quote[:_QUOTE]}…"
    return Said(read.value, short, read.candidates, read.is_open)


def _told(lead: Said[FoundGuest] | None, say: Callable[[FoundGuest], str]) -> Said[str] | None:
    """What is said of the lead guest: the name, or the title."""
    if lead is None:
        return None
    value = say(lead.value) if lead.value is not None else ""
    candidates = tuple(filter(None, map(say, lead.candidates)))
    return Said(value or None, lead.quote, candidates) if value or candidates else None
