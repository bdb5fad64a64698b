"""What a customer's file knows of the company itself: its sections, and the fields of each (P09,
P14, R1.1). Adding one takes a line here and its words in `templates/reading/customer_terms.py`.
"""

from enum import StrEnum

from models.base.limits import NAME_LIMIT, NOTES_LIMIT, PLACE_LIMIT
from models.policy.notice_fields import YES_NO, NoticeField


class CustomerSection(StrEnum):
    """A part of the file that is filled and saved by itself, in the order they are offered."""

    COMPANY = "company"
    REACH = "reach"
    BUSINESS = "business"
    DEALINGS = "dealings"


NATURES = ("trader", "maker", "both")
VERIFIED, LIKE_PRODUCTS = "verified", "like_products"
_S = CustomerSection
CUSTOMER_FIELDS: tuple[NoticeField, ...] = (
    NoticeField(VERIFIED, _S.COMPANY, "choice", ("verified", "not_verified")),
    NoticeField("nature", _S.COMPANY, "choice", NATURES),
    NoticeField(LIKE_PRODUCTS, _S.COMPANY, "choice", YES_NO),
    NoticeField("industry", _S.COMPANY, "line"),
    NoticeField("company_size", _S.COMPANY, "line"),
    NoticeField("founded", _S.COMPANY, "line", limit=64),
    NoticeField("country", _S.COMPANY, "line", limit=64),
    NoticeField("influence", _S.COMPANY, "words", limit=NOTES_LIMIT),
    NoticeField("address", _S.REACH, "line", limit=PLACE_LIMIT),
    NoticeField("site", _S.REACH, "line", limit=PLACE_LIMIT),
    NoticeField("contact_person", _S.REACH, "line"),
    NoticeField("company_phone", _S.REACH, "line", limit=64),
    NoticeField("fax", _S.REACH, "line", limit=64),
    NoticeField("mail", _S.REACH, "line", limit=NAME_LIMIT),
    NoticeField("products", _S.BUSINESS, "words", limit=NOTES_LIMIT),
    NoticeField("market", _S.BUSINESS, "words", limit=NOTES_LIMIT),
    NoticeField("prices", _S.BUSINESS, "words", limit=NOTES_LIMIT),
    NoticeField("credit", _S.BUSINESS, "line"),
    NoticeField("recent_business", _S.BUSINESS, "words", limit=NOTES_LIMIT),
    NoticeField("cooperation", _S.DEALINGS, "words", limit=NOTES_LIMIT),
    NoticeField("intended", _S.DEALINGS, "words", limit=NOTES_LIMIT),
    NoticeField("suppliers_here", _S.DEALINGS, "words", limit=NOTES_LIMIT),
)
OF_CUSTOMER = {field.key: field for field in CUSTOMER_FIELDS}
PRIVATE = frozenset({"prices", "credit", "recent_business", "cooperation", "intended"})
"""For those alone who run, decide or lead a visit of the customer, or look after it."""
ALWAYS = frozenset({VERIFIED, LIKE_PRODUCTS})
"""What a leader may be warned of (R1.4) is asked whatever a policy wants."""


def customer_fields_of(section: CustomerSection) -> list[NoticeField]:
    """The fields of a section in the order in which they are asked; ten at most."""
    return [field for field in CUSTOMER_FIELDS if field.section == section]
