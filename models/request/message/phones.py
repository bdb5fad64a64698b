"""The phone numbers and addresses that a message holds, and which of them reaches the guests."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice

import phonenumbers
from phonenumbers import (
    Leniency,
    PhoneMetadata,
    PhoneNumberFormat,
    PhoneNumberMatcher,
    PhoneNumberType,
)

from models.request.message.said import Read, Span

MAIL = re.compile(r"(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_FAX = re.compile(r"(?:fax|telefax|传真|傳真|f)\s*[.:]?\s*\+?$", re.IGNORECASE)
_MOBILE = re.compile(
    r"(?:mobile|mobil|mob|cell|cellphone|handy|whatsapp|wechat|手机|手機|移动电话|行動電話|m)\s*[.:]*\s*$",
    re.IGNORECASE,
)
_CONTACT = re.compile(
    r"(?:reach|call|contact|phone|联系电话|联系人|联络|聯絡|联系方式|电话|電話)[^\n]{0,24}$",
    re.IGNORECASE,
)
_OFFICE_BEHIND = re.compile(r"\s*\(?(?:办公|座机|office|总机)", re.IGNORECASE)
_HAN = re.compile("[\u4e00-\u9fff]")
_NO_PHONE = re.compile(
    r"(?<!contact )(?<!phone )(?<!mobile )(?<!tel )(?<!cell )(?:(?<![a-z])no|nr|order|po|claim"
    r"|batch|iban|account|账号|订单|合同号|编号)[.:#\s]*$",
    re.IGNORECASE,
)
_MOST = 40
"""Numbers of a message that are looked at."""
_BOTH = {PhoneNumberType.FIXED_LINE_OR_MOBILE}


@dataclass(frozen=True)
class Phone:
    """A number in a message: as it is kept, where it stands, and how well it suits to be called:
    3 a mobile, 2 one given as the contact, 1 another. `is_unsure` where its country is not said,
    and the words are those of guests from abroad."""

    kept: str
    span: Span
    rank: int
    is_unsure: bool = False


def phones_in(text: str, country: str) -> list[Phone]:
    """The numbers of a text, faxes left out; those without a country are of `country`."""
    masked = MAIL.sub(lambda match: "\x02" * len(match[0]), text)
    found: list[Phone] = []
    matches = PhoneNumberMatcher(masked, country, leniency=Leniency.POSSIBLE)
    for match in islice(matches, _MOST):
        span = Span(match.start, match.end)
        line = masked[masked.rfind("\n", 0, span.begin) + 1 : span.begin]
        number = match.number
        kind = phonenumbers.number_type(number)
        is_abroad = match.raw_string.lstrip().startswith(("+", "00"))
        is_valid = phonenumbers.is_valid_number(number)
        if _FAX.search(line) or _NO_PHONE.search(line) or not (is_valid or is_abroad):
            continue
        is_mobile = kind == PhoneNumberType.MOBILE or bool(_MOBILE.search(line))
        is_unsure = not is_abroad and kind != PhoneNumberType.MOBILE and not _HAN.search(text)
        is_own = kind == PhoneNumberType.MOBILE or _is_national(match.raw_string, country)
        if not is_abroad and not is_own:
            continue
        rank = 3 if is_mobile or (kind in _BOTH and bool(_MOBILE.search(line))) else 1
        if rank < 3 and _CONTACT.search(line) and not _OFFICE_BEHIND.match(text, span.end):
            rank = 2
        kept = phonenumbers.format_number(number, PhoneNumberFormat.E164)
        found.append(Phone(kept, span, rank, is_unsure))
    return found


def contact_of(phones: Sequence[Phone]) -> Read[str] | None:
    """The number to call; several that suit alike are doubtful."""
    if not phones:
        return None
    most = max(phone.rank for phone in phones)
    best = [phone for phone in phones if phone.rank == most]
    numbers = tuple(dict.fromkeys(phone.kept for phone in best))
    if len(numbers) == 1 and not best[0].is_unsure:
        return Read(numbers[0], best[0].span)
    return Read(None, Span(best[0].span.begin, best[-1].span.end), numbers)


def _is_national(written: str, country: str) -> bool:
    """Whether figures without a country are dialled so from all over it, and no other number."""
    metadata = PhoneMetadata.metadata_for_region(country)
    prefix = metadata.national_prefix if metadata is not None else None
    return not prefix or re.sub(r"\D", "", written).startswith(prefix)
