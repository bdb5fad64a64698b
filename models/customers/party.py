"""What is asked of each guest of a party, in two steps of at most ten inputs (P02, P04)."""

from dataclasses import dataclass
from typing import Literal

from models.base.limits import NAME_LIMIT, PHONE_LIMIT, PLACE_LIMIT
from models.customers.lists import SHORT_LIMIT
from models.customers.shapes import MAIL_LIMIT

Kind = Literal["line", "words", "choice", "choices", "tick", "file"]
SEXES = ("female", "male")
NEEDS = ("pickup", "hotel", "ticket", "invitation_letter", "interpreter")


@dataclass(frozen=True)
class GuestField:
    """One thing that is asked of a guest. `options` are the codes of a choice; of one without, the
    procedure says what there is to choose. `limit`: the most characters."""

    key: str
    part: Literal[1, 2]
    kind: Kind = "line"
    options: tuple[str, ...] = ()
    limit: int = NAME_LIMIT


FIELDS = (
    GuestField("name", 1),
    GuestField("name_other", 1),
    GuestField("title", 1),
    GuestField("rank", 1, "choice"),
    GuestField("leads", 1, "tick"),
    GuestField("phone", 1, limit=PHONE_LIMIT),
    GuestField("mail", 1, limit=MAIL_LIMIT),
    GuestField("language", 1, limit=SHORT_LIMIT),
    GuestField("sex", 1, "choice", SEXES),
    GuestField("nationality", 1, limit=SHORT_LIMIT),
    GuestField("diet", 2, "choices"),
    GuestField("diet_words", 2),
    GuestField("faith", 2, "words", limit=PLACE_LIMIT),
    GuestField("taboos", 2, "words", limit=PLACE_LIMIT),
    GuestField("wishes", 2, "words", limit=PLACE_LIMIT),
    GuestField("needs", 2, "choices", NEEDS),
    GuestField("ethnic_group", 2, limit=SHORT_LIMIT),
    GuestField("photo", 2, "file"),
)


def fields_of_part(part: int) -> list[GuestField]:
    """The fields of a step, in order."""
    return [field for field in FIELDS if field.part == part]
