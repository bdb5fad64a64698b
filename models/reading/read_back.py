"""The key facts of a visit, read back to the customer and confirmed one by one (R1.3)."""

import hashlib
from dataclasses import dataclass

from models.base.words import TripKind
from models.reading.picture import VisitPicture

KEY_FACTS = (
    "lead_guest",
    "guests",
    "party_size",
    "arrival",
    "departure",
    "travel_number",
    "contact_phone",
    "pickup_place",
    "dropoff_place",
    "meeting_place",
)
"""By the field in which each is entered; at most ten, as many as one input of Slack lists."""


@dataclass(frozen=True)
class KeyFact:
    """A fact that is known: its field, a mark of what it says now, and whether the customer has
    confirmed just that."""

    key: str
    mark: str
    is_confirmed: bool


def key_facts(picture: VisitPicture) -> list[KeyFact]:
    """The key facts that are known, in order. One that was changed since is open again."""
    found: list[KeyFact] = []
    for key in KEY_FACTS:
        said = _said(picture, key)
        if any(said):
            written = "\n".join(str(part) for part in said)
            mark = hashlib.sha256(written.encode()).hexdigest()[:16]
            found.append(KeyFact(key, mark, picture.confirmed.get(key) == mark))
    return found


def is_read_back(picture: VisitPicture) -> bool:
    """Whether the policy wants the facts read back, and there is time for it yet."""
    return picture.policy.request.read_back and picture.visit.left_at is None


def _said(picture: VisitPicture, key: str) -> list[object]:
    visit = picture.visit
    match key:
        case "lead_guest":
            return [visit.lead_guest, visit.lead_guest_title]
        case "guests":
            return [guest.name for guest in picture.guests]
        case "travel_number":
            return [visit.travel_number, visit.travel_by] if visit.travel_number else []
        case "pickup_place" | "dropoff_place":
            kind = TripKind.PICKUP if key == "pickup_place" else TripKind.DROPOFF
            trips = [trip for trip in picture.trips if trip.kind == kind]
            return [part for trip in trips for part in (trip.at, trip.place)]
        case "meeting_place":
            return [visit.meeting_at, visit.meeting_place]
        case _:
            return [getattr(visit, key)]
