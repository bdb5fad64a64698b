"""By when a step is to be decided, before its silence goes on to the next leader (R3.1). Pure."""

from datetime import datetime, timedelta

from models.base.words import Matter
from models.reading.deciding import is_own_only
from models.reading.picture import VisitPicture
from models.records.signoff import ApprovalStep
from models.reminders.outbox import CARDS
from models.reminders.quiet import said_at


def decision_due(picture: VisitPicture, step: ApprovalStep) -> datetime | None:
    """The same time for each level, counted from when it was told, which quiet hours put off.

    At once where nobody but who asked for it could decide; None for a step that nobody has been
    asked for yet.
    """
    asked, chain = step.silent_since, picture.chain_of(step.id)
    if asked is None or chain is None:
        return None
    if is_own_only(picture.policy, chain.sign_off, step, picture.holders):
        return asked
    return silence_ends(picture, CARDS[Matter(chain.sign_off.matter)], asked)


def silence_ends(picture: VisitPicture, kind: str, asked: datetime) -> datetime:
    """When whoever was asked by a card of that kind is passed: quiet hours put it off."""
    zone = picture.visit.timezone
    said = said_at(picture, kind, asked, zone)
    hours = picture.policy.escalation.hours(urgent=picture.visit.is_urgent)
    return said + timedelta(hours=hours)
