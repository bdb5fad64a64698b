"""The words of a customer's file: its sections, its fields, the answers to choose from (P14)."""

from models.policy.customer_fields import CustomerSection
from models.policy.notice_fields import NoticeField
from templates.wording.language import Language
from templates.wording.terms import N_
from templates.wording.text import Text

_SECTIONS = {
    CustomerSection.COMPANY: N_("Company"),
    CustomerSection.REACH: N_("Address and contact"),
    CustomerSection.BUSINESS: N_("Market and business"),
    CustomerSection.DEALINGS: N_("Cooperation"),
}
_FIELDS = {
    "verified": N_("Identity of the company"),
    "nature": N_("Trader or maker"),
    "like_products": N_("Makes products like ours"),
    "industry": N_("Industry"),
    "company_size": N_("Size of the company"),
    "founded": N_("Founded"),
    "country": N_("Country or region"),
    "influence": N_("Influence in the local market"),
    "address": N_("Company address"),
    "site": N_("Website"),
    "contact_person": N_("Contact person"),
    "company_phone": N_("Company phone"),
    "fax": N_("Fax"),
    "mail": N_("Mail address"),
    "products": N_("Their products"),
    "market": N_("Their market"),
    "prices": N_("Prices"),
    "credit": N_("Credit standing"),
    "recent_business": N_("Recent business"),
    "cooperation": N_("Cooperation so far"),
    "intended": N_("Intended cooperation"),
    "suppliers_here": N_("Their suppliers here"),
}
_ANSWERS = {
    "verified": N_("Verified"),
    "not_verified": N_("Could not be verified"),
    "trader": N_("Trader"),
    "maker": N_("Maker"),
    "both": N_("Trader and maker"),
    "yes": N_("Yes"),
    "no": N_("No"),
}
KEYS = frozenset(_FIELDS)


def section(language: Language, name: CustomerSection) -> Text:
    """The heading of a section."""
    return language._(_SECTIONS[name])


def label(language: Language, key: str) -> Text:
    """The label of a field."""
    return language._(_FIELDS[key])


def answer(language: Language, code: str) -> Text:
    """One answer to choose."""
    return language._(_ANSWERS[code])


def answers(language: Language, field: NoticeField) -> list[tuple[str, Text]]:
    """What there is to choose in a field."""
    return [(code, answer(language, code)) for code in field.options]
