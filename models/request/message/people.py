"""Who comes: the lead guest and the others, as far as a message says it for certain."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from models.request.message.companies import companies_in
from models.request.message.lists import GuestList, list_in
from models.request.message.persons import Person, is_same, merged, persons_in
from models.request.message.phones import Phone
from models.request.message.said import FoundGuest, Read, Span
from models.request.message.signed import Signature

_I_COME = re.compile(
    r"(?<!\w)I(?:['’](?:ll|m|d)|\s+(?:will|would|can|must|shall|am|have to|plan to|want to"
    r"|intend to))?\s+(?:also\s+)?(?:\w+ly\s+)?"
    r"(?:come|coming|visit(?:ing)?|arriv\w+|land|fly(?:ing)?|travel(?:ling)?|take|drive|return"
    r"|leave|be (?:there|at|in)|stay)\b"
    r"|\b(?:only|just)\s+me\b|\bmy\s+(?:flight|train|arrival)\b|\bme and\b",
    re.IGNORECASE,
)
_I_COME_HAN = re.compile(
    r"(?<!给)(?<!和)我(?:会|将|要|想|准备|打算|计划|自己|一个人)?(?:亲自)?(?:过来|过去|来|去|到|飞|乘|坐|和(?!您|你))"
)
_AND_I = re.compile(r"\band (?:I|me|myself)\b|(?:和|跟|与)我")
_COMPANION = re.compile(
    r"(?:同行|还有|陪同|另有|同事|以及|及|随行|accompanied by|together with"
    r"|along with)[^,，。;\n]{0,16}$",
    re.IGNORECASE,
)
_I_AM = re.compile(r"(?<!\w)(?:I am|I'm|[Mm]y name is|[Tt]his is)\s+$|我是[^\s,，。]{0,20}$")
_FIRST_RANK = re.compile(
    r"\b(?:chair\w*|president|ceo|chief executive|managing director|general manager|owner"
    r"|ambassador|minister)\b|董事长|总裁|总经理|董事長|總經理",
    re.IGNORECASE,
)
_VICE = re.compile(r"\b(?:vice|deputy|assistant)\b|副|助理", re.IGNORECASE)


@dataclass(frozen=True)
class People:
    """The lead guest, the other guests, and how many a whole list names."""

    lead: Read[FoundGuest] | None = None
    guests: tuple[Read[FoundGuest], ...] = ()
    listed: Read[int] | None = None


def people_in(
    text: str, signature: Signature | None, phones: list[Phone], older: Sequence[Person]
) -> People:
    """Who comes by a part of a message. `older` are the people of the parts that it answers: of
    these more may be known of who is named here."""
    end = signature.begin if signature is not None else len(text)
    body = text[:end] + " " * (len(text) - end)
    listed = list_in(body, phones)
    firms = [span for _, span in companies_in(body)]
    named = [each for each in persons_in(body if end else text) if not _within(each.span, firms)]
    if signature is not None and signature.name is not None:
        signer = Person(signature.name[0], signature.name[1], signature.title)
    else:
        signer = None
    known = [*named, *([signer] if signer else []), *older]
    prose = [_completed(each, known) for each in named if not each.is_contact]
    if listed is not None and listed.guests:
        return _of_list(listed, prose)
    lead = _lead(body, prose, signer)
    if lead is None:
        return People(_doubtful([*named, *([signer] if signer else [])]))
    others = [each for each in prose if each.comes and not is_same(each.name, lead.name)]
    guests = tuple(Read(FoundGuest(each.name, each.title), each.span) for each in others)
    return People(Read(FoundGuest(lead.name, lead.title), lead.span), guests)


def _within(span: Span, firms: Sequence[Span]) -> bool:
    return any(firm.begin <= span.begin and span.end <= firm.end for firm in firms)


def _of_list(listed: GuestList, prose: Sequence[Person]) -> People:
    """The first of a list leads it, unless it is said who does, or somebody else stands higher."""
    leading = [each for each in prose if each.leads]
    guests = list(listed.guests)
    first = guests[0].value
    count = len(guests) if listed.is_whole and not listed.doubtful else None
    lead: Read[FoundGuest] | None = guests[0]
    if len(leading) == 1:
        lead = Read(FoundGuest(leading[0].name, leading[0].title), leading[0].span)
        if count is not None and not any(
            each.value and is_same(each.value.name, leading[0].name) for each in guests
        ):
            count += 1
        for each in guests:
            if each.value and is_same(each.value.name, leading[0].name):
                lead = replace(
                    each, value=replace(each.value, title=each.value.title or leading[0].title)
                )
    elif (
        leading
        or any(each < guests[0].span for each in listed.doubtful)
        or (first and _is_below(first, [each.value for each in guests[1:] if each.value]))
    ):
        named = tuple(each.value for each in guests if each.value)
        lead = Read(None, listed.span, named)
    if lead is not None and lead.value is not None:
        name = lead.value.name
        guests = [each for each in guests if each.value and not is_same(each.value.name, name)]
    doubtful = [Read[FoundGuest](None, span) for span in listed.doubtful]
    total = Read(count, listed.span) if count is not None else None
    return People(lead, (*guests, *doubtful), total)


def _is_below(first: FoundGuest, others: Sequence[FoundGuest]) -> bool:
    """Whether somebody further down a list is the head of the house, and the first is not."""
    return not _is_head(first) and any(_is_head(other) for other in others)


def _is_head(guest: FoundGuest) -> bool:
    title = guest.title or ""
    return bool(_FIRST_RANK.search(title)) and not _VICE.search(title)


def _lead(body: str, prose: Sequence[Person], signer: Person | None) -> Person | None:
    leading = merged([each for each in prose if each.leads])
    if len(leading) == 1:
        return leading[0]
    if leading:
        return None
    itself = next((each for each in prose if _I_AM.search(body[: _title_begin(body, each)])), None)
    if itself is not None:
        return itself
    comes = bool(_I_COME.search(body) or _I_COME_HAN.search(body))
    if _AND_I.search(body) and prose and not re.search(r"\bme and\b|加上我", body):
        return None
    prose = [each for each in prose if each.comes]
    first = prose[0] if prose else None
    if first is not None and _COMPANION.search(body[: _title_begin(body, first)]):
        return signer if comes else None
    if len(prose) == 1:
        return first if not comes or signer is None or is_same(prose[0].name, signer.name) else None
    if prose:
        heads = [each for each in prose if _is_head(FoundGuest(each.name, each.title))]
        first_is_head = len(heads) == 1 and heads[0] is prose[0]
        has_rank = bool(prose[0].title) or not prose[0].name.isascii()
        return prose[0] if first_is_head or (has_rank and _are_one_list(body, prose)) else None
    return signer if comes else None


def _are_one_list(body: str, prose: Sequence[Person]) -> bool:
    """Whether people stand one behind the other, with nothing but their titles between them."""
    for one, other in pairwise(prose):
        between = body[one.span.end : other.span.begin]
        rest = between.replace(one.title or "\0", "").replace(other.title or "\0", "")
        if (
            len(
                re.sub(
                    r"[\s,，、;；()（）]|\band\b|和|先生|女士|Mr\.?|Ms\.?|Mrs\.?|Dr\.?", "", rest
                )
            )
            > 0
        ):
            return False
    return True


def _title_begin(body: str, person: Person) -> int:
    """Where a person's title begins that stands before the name."""
    before = body[: person.span.begin].rstrip()
    title = person.title or ""
    return len(before) - len(title) if title and before.endswith(title) else person.span.begin


def _completed(person: Person, known: Sequence[Person]) -> Person:
    """A person with the title and the whole name that stand elsewhere."""
    for other in known:
        if other is not person and is_same(other.name, person.name):
            longer = max(person.name, other.name, key=len)
            name = longer if " " not in person.name and " " in longer else person.name
            comes = person.comes or other.comes
            person = replace(person, name=name, title=person.title or other.title, comes=comes)
    return person


def _doubtful(people: Sequence[Person]) -> Read[FoundGuest] | None:
    """Who may lead, where nobody says who does."""
    if not people:
        return None
    each = merged(people)
    spans = [person.span for person in each]
    whole = Span(min(span.begin for span in spans), max(span.end for span in spans))
    return Read(None, whole, tuple(FoundGuest(person.name, person.title) for person in each))
