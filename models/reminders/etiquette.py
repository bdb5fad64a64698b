"""Who is shown which etiquette cards of a visit, and when (P07). Pure."""

from collections.abc import Iterator
from datetime import datetime

from models.base.permissions import Ability
from models.base.words import Party, TripKind
from models.policy.choose import steps_for
from models.policy.etiquette import Card, CardReader, cards_for, load_etiquette
from models.reading.facts import facts_of
from models.reading.picture import VisitPicture
from models.reminders.anchors import anchors, moment_of, start_of
from models.reminders.owed import Owed, prefix

ETIQUETTE = "etiquette"
CARRIERS = frozenset({"call_guest", "car_ready"})
"""The messages to the host and to the driver that offer the cards as well."""


def cards_of(picture: VisitPicture, person: str) -> list[Card]:
    """The cards that are for a person, by all that they are to the visit, each once."""
    found = [card for reader in _parts(picture, person) for card in _cards(picture, reader)]
    return list({card.key: card for card in found}.values())


def _carried(picture: VisitPicture) -> set[str]:
    """Who is shown their cards by a message of the day that they get anyway."""
    return {
        person
        for step in steps_for(picture.policy, facts_of(picture))
        if step.message in CARRIERS
        for _, trip in anchors(picture, step.at.anchor)
        for who in step.to
        for person in picture.people(who, trip)
    }


def etiquette_rows(picture: VisitPicture) -> Iterator[Owed]:
    """One message for each person with cards, at the first of their moments; it moves along with
    the visit and does not help once that moment's anchor has passed. None after the guests left,
    nor for those to whom another message carries them.
    """
    if picture.policy.cards == [] or picture.visit.left_at is not None:
        return
    people = dict.fromkeys(p for reader in CardReader for p in _people(picture, reader))
    carried = _carried(picture)
    for person in (each for each in people if each not in carried):
        moments = [
            moment
            for reader in _parts(picture, person)
            if _cards(picture, reader) and (moment := _moment(picture, reader)) is not None
        ]
        if moments:
            due, expires = min(moments)
            yield Owed(f"{prefix(picture)}:{ETIQUETTE}:{person}", ETIQUETTE, person, due, expires)


def _cards(picture: VisitPicture, reader: CardReader) -> list[Card]:
    return cards_for(picture.policy.cards, reader, facts_of(picture))


def _parts(picture: VisitPicture, person: str) -> list[CardReader]:
    return [reader for reader in CardReader if person in _people(picture, reader)]


def _people(picture: VisitPicture, reader: CardReader) -> list[str]:
    match reader:
        case CardReader.HOST:
            return picture.people(Party.HOST)
        case CardReader.SECOND_HOST:
            return picture.people(Party.SECOND_HOST)
        case CardReader.FRONT_DESK:
            return picture.able(Ability.FRONTS)[:1]
        case CardReader.DRIVER:
            pickups = [trip for trip in picture.trips if trip.kind == TripKind.PICKUP]
            return [trip.driver_id for trip in pickups if trip.driver_id]


def _moment(picture: VisitPicture, reader: CardReader) -> tuple[datetime, datetime] | None:
    """When a reader's cards come, and until when they help."""
    for moment in load_etiquette().shown[reader]:
        due, start = moment_of(picture, moment), start_of(picture, moment.anchor)
        if due is not None and start is not None:
            return due, start
    return None
