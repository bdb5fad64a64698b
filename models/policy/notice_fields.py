"""What a visit notice knows beyond the request: the sections, and the fields of each (P02, R1.1).

A field is asked once, in its section, and shown wherever it matters. Adding one takes a line here,
its words in `templates/reading/notice_terms.py`, and nothing else.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal, get_args

from models.base.limits import NAME_LIMIT, NOTES_LIMIT, PLACE_LIMIT
from models.policy.level_tables import Bearer

Input = Literal[
    "line", "words", "choice", "choices", "number", "amount", "moment", "person", "people"
]


class Section(StrEnum):
    """A part of the notice that is filled and saved by itself, in the order they are offered."""

    GUESTS = "guests"
    TRAVEL = "travel"
    GREETING = "greeting"
    LODGING = "lodging"
    ROOMS = "rooms"
    MEALS = "meals"
    SIGHTS = "sights"
    GIFTS = "gifts"
    WISHES = "wishes"
    MONEY = "money"


YES_NO = ("yes", "no")
"""Not known is another answer than no, so nothing of this is a tick."""
TICKETS = ("booked", "pending", "wanted")
BORNE_BY: tuple[str, ...] = get_args(Bearer)
SIGNING = ("none", "limit", "unlimited", "by_item")
SIGNED_ITEMS = ("minibar", "laundry", "meals", "bowling")
IN_ROOM = ("fruit", "flowers", "brochures", "welcome_card")
MOMENTS = ("leaders_meeting", "dinner", "send_off")
CHANNELS = ("chat", "phone", "mail", "online", "form")
CONFIRMED_BY = ("phone", "mail", "chat", "in_person")
SIGHTS_LENGTH = ("short", "long")


@dataclass(frozen=True)
class NoticeField:
    """One thing that is asked. `options` are the codes of a choice, `limit` the most characters of
    words, or the largest number."""

    key: str
    section: StrEnum  # of the visit's notice, or of the customer's file
    kind: Input
    options: tuple[str, ...] = ()
    limit: int = NAME_LIMIT


def _yes_no(key: str, section: Section) -> NoticeField:
    return NoticeField(key, section, "choice", YES_NO)


_HEADS = 5000
_S = Section
FIELDS: tuple[NoticeField, ...] = (
    NoticeField("men", _S.GUESTS, "number", limit=_HEADS),
    NoticeField("women", _S.GUESTS, "number", limit=_HEADS),
    NoticeField("companions", _S.GUESTS, "words", limit=NOTES_LIMIT),
    _yes_no("own_interpreter", _S.GUESTS),
    _yes_no("interpreter_wanted", _S.GUESTS),
    NoticeField("local_agent", _S.GUESTS, "line"),
    _yes_no("invitation_letter", _S.GUESTS),
    NoticeField("customs", _S.GUESTS, "words", limit=NOTES_LIMIT),
    NoticeField("travel_from", _S.TRAVEL, "line", limit=PLACE_LIMIT),
    NoticeField("travel_to", _S.TRAVEL, "line", limit=PLACE_LIMIT),
    NoticeField("terminal", _S.TRAVEL, "line"),
    NoticeField("leaves_at", _S.TRAVEL, "moment"),
    NoticeField("return_ticket", _S.TRAVEL, "choice", TICKETS),
    NoticeField("return_number", _S.TRAVEL, "line", limit=32),
    NoticeField("home_at", _S.TRAVEL, "moment"),
    NoticeField("other_suppliers", _S.TRAVEL, "words", limit=NOTES_LIMIT),
    _yes_no("onward_help", _S.TRAVEL),
    NoticeField("car_route", _S.TRAVEL, "words", limit=NOTES_LIMIT),
    NoticeField("greeting_place", _S.GREETING, "line", limit=PLACE_LIMIT),
    NoticeField("greeting_person", _S.GREETING, "person"),
    NoticeField("name_sign", _S.GREETING, "line"),
    _yes_no("welcome_flowers", _S.GREETING),
    NoticeField("banner", _S.GREETING, "line"),
    NoticeField("special_vehicle", _S.GREETING, "line"),
    NoticeField("send_off_place", _S.GREETING, "line", limit=PLACE_LIMIT),
    _yes_no("hotel_wanted", _S.LODGING),
    NoticeField("hotel", _S.LODGING, "line"),
    NoticeField("rooms_single", _S.LODGING, "number", limit=_HEADS),
    NoticeField("rooms_double", _S.LODGING, "number", limit=_HEADS),
    NoticeField("rooms_suite", _S.LODGING, "number", limit=_HEADS),
    NoticeField("lodging_by", _S.LODGING, "choice", BORNE_BY),
    NoticeField("guest_pays", _S.LODGING, "amount"),
    NoticeField("per_diem", _S.LODGING, "amount"),
    _yes_no("checked_in", _S.ROOMS),
    NoticeField("room_signing", _S.ROOMS, "choice", SIGNING),
    NoticeField("signing_limit", _S.ROOMS, "amount"),
    NoticeField("signed_items", _S.ROOMS, "choices", SIGNED_ITEMS),
    _yes_no("long_distance", _S.ROOMS),
    _yes_no("breakfast", _S.ROOMS),
    NoticeField("in_room", _S.ROOMS, "choices", IN_ROOM),
    NoticeField("meals_by", _S.MEALS, "choice", ("company", "guest")),
    NoticeField("welcome_dinner_by", _S.MEALS, "person"),
    NoticeField("farewell_dinner_by", _S.MEALS, "person"),
    NoticeField("meal_wishes", _S.MEALS, "words", limit=NOTES_LIMIT),
    _yes_no("sights_wanted", _S.SIGHTS),
    NoticeField("sights", _S.SIGHTS, "line", limit=PLACE_LIMIT),
    NoticeField("sights_length", _S.SIGHTS, "choice", SIGHTS_LENGTH),
    _yes_no("sights_guide", _S.SIGHTS),
    NoticeField("sights_agency", _S.SIGHTS, "line"),
    NoticeField("leisure", _S.SIGHTS, "line", limit=PLACE_LIMIT),
    NoticeField("gift_kind", _S.GIFTS, "line"),
    NoticeField("gift_value", _S.GIFTS, "amount"),
    NoticeField("gift_number", _S.GIFTS, "number", limit=_HEADS),
    NoticeField("gift_moment", _S.GIFTS, "choice", MOMENTS),
    NoticeField("topics", _S.WISHES, "words", limit=NOTES_LIMIT),
    NoticeField("places_to_see", _S.WISHES, "words", limit=NOTES_LIMIT),
    NoticeField("wishes", _S.WISHES, "words", limit=NOTES_LIMIT),
    NoticeField("new_project", _S.WISHES, "words", limit=NOTES_LIMIT),
    NoticeField("suggested_leaders", _S.WISHES, "people", limit=20),
    NoticeField("came_by", _S.WISHES, "choice", CHANNELS),
    NoticeField("confirmed_with", _S.WISHES, "line"),
    NoticeField("confirmed_by", _S.WISHES, "choice", CONFIRMED_BY),
    NoticeField("confirmed_at", _S.WISHES, "moment"),
    NoticeField("cost_department", _S.MONEY, "line"),
    NoticeField("advance_wanted", _S.MONEY, "amount"),
)
BY_KEY = {field.key: field for field in FIELDS}

OF_ONE_VISIT = frozenset(
    {
        *("leaves_at", "return_ticket", "return_number", "home_at", "checked_in", "new_project"),
        *("came_by", "confirmed_with", "confirmed_by", "confirmed_at", "advance_wanted"),
    }
)
"""What is not taken over where a visit is asked for like an earlier one."""

OF_REQUEST = (
    "guests",
    "diets",
    "travel_by",
    "travel_number",
    "contact_phone",
    "pickup_place",
    "dropoff_place",
    "meeting_time",
    "meeting_place",
    "second_host",
    "budget",
)
"""What the request itself or its details hold, and a policy may want as well; `diets`: the diet of
every guest who is named, where not known is not none."""
KEYS = (*BY_KEY, *OF_REQUEST)


def fields_of(section: Section) -> list[NoticeField]:
    """The fields of a section in the order in which they are asked; ten at most."""
    return [field for field in FIELDS if field.section == section]
