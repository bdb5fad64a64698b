"""What a leader is warned of (A21, R1.4)."""

import pytest

from models.policy.load import SHIPPED, restore_policy
from models.reading.warnings import warnings
from tests.models.visits import HOLDERS, make_picture

STANDARD = (SHIPPED / "standard.toml").read_text(encoding="utf-8")
WARNS = 'warn_of = ["unverified", "like_products"]'
UNVERIFIED, LIKE = {"verified": "not_verified"}, {"like_products": "yes"}
BOTH = ["unverified", "like_products"]


@pytest.mark.parametrize(
    ("warn_of", "survey", "is_new", "found"),
    [
        ([], UNVERIFIED | LIKE, True, []),
        (["new"], {}, True, ["new"]),
        (["new"], {}, False, []),
        (["unverified"], UNVERIFIED | LIKE, True, ["unverified"]),
        (["unverified"], {"verified": "verified"}, True, []),
        (BOTH, UNVERIFIED | LIKE, False, BOTH),
        (["like_products"], {"like_products": "no"}, False, []),
    ],
)
def test_what_the_policy_warns_of(
    warn_of: list[str], survey: dict[str, str], is_new: bool, found: list[str]
) -> None:
    listed = ", ".join(f'"{code}"' for code in warn_of)
    assert WARNS in STANDARD
    policy = restore_policy(STANDARD.replace(WARNS, f"warn_of = [{listed}]"), "own.toml")
    view = make_picture(policy=policy, holders=HOLDERS, survey=survey, is_new_customer=is_new)
    assert warnings(view) == found
