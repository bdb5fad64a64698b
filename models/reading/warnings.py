"""What a leader is warned of before they decide on a visit (R1.4)."""

from collections.abc import Callable, Mapping

from models.policy.customer_fields import LIKE_PRODUCTS, VERIFIED
from models.reading.picture import VisitPicture

_HOLDS: Mapping[str, Callable[[VisitPicture], bool]] = {
    "new": lambda picture: picture.is_new_customer,
    "unverified": lambda picture: picture.survey.get(VERIFIED) == "not_verified",
    "like_products": lambda picture: picture.survey.get(LIKE_PRODUCTS) == "yes",
}


def warnings(picture: VisitPicture) -> list[str]:
    """Of what the policy warns of, that which holds for the customer, in the policy's order."""
    return [code for code in picture.policy.request.warn_of if _HOLDS[code](picture)]
