"""Keys of fields as a policy names them: of visit notice, request and customer's file."""

from typing import Annotated

from pydantic import AfterValidator

from models.policy.customer_fields import OF_CUSTOMER
from models.policy.nearest import nearest
from models.policy.notice_fields import BY_KEY, KEYS

_KNOWN = (*KEYS, *OF_CUSTOMER)


def _known(value: str) -> str:
    if value not in _KNOWN:
        near = nearest(value, _KNOWN) or f": use any of {', '.join(_KNOWN)}"
        raise ValueError(f"{value!r} is no field of the notice{near}")
    return value


def _asked(value: str) -> str:
    if _known(value) not in BY_KEY and value not in OF_CUSTOMER:
        raise ValueError(f"{value!r} is always asked: only what is wanted of it can be said here")
    return value


def _of_notice(value: str) -> str:
    if value not in BY_KEY:
        raise ValueError(
            f"{value!r} is no field of the visit notice: use any of {', '.join(BY_KEY)}"
        )
    return value


FieldKey = Annotated[str, AfterValidator(_known)]
"""Any field."""
AskedKey = Annotated[str, AfterValidator(_asked)]
"""A field of the notice or of the customer's file."""
NoticeKey = Annotated[str, AfterValidator(_of_notice)]
"""A field of the notice alone."""
