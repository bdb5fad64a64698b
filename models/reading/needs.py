"""Who may do what to a visit, read off its picture: what a message shows of it hangs on that.

The same table answers clicks (`services.reading.standing`), which know of admins that only Slack
names as well.
"""

from collections.abc import Iterator

from models.base.permissions import (
    ACCOUNT_OWNER,
    DECIDER,
    ENTRY_OWNER,
    EXCEPTION_WRITER,
    HOST,
    INVITED,
    NAMED,
    RATER,
    REQUESTER,
    SECOND_HOST,
    TABLE,
    TASK_OWNER,
    TRIP_DRIVER,
    Ability,
    Verb,
)
from models.base.words import InvitationState, Party, StepState
from models.reading.deciding import deciders_of
from models.reading.picture import VisitPicture


def who_may(picture: VisitPicture, verb: Verb) -> frozenset[str]:
    """The people who may do the verb to a visit by a role or a part in it."""
    return frozenset(who for part in TABLE[verb] for who in _people(picture, part) if who)


def _people(picture: VisitPicture, part: str) -> Iterator[str | None]:
    visit = picture.visit
    if part in set(Ability):
        yield from picture.able(Ability(part))
        return
    match part:
        case _ if part == REQUESTER:
            yield visit.requester_id
        case _ if part == HOST:
            yield visit.host_id
        case _ if part == SECOND_HOST:
            yield visit.second_host_id
        case _ if part == ACCOUNT_OWNER:
            yield picture.account_owner
        case _ if part == DECIDER:
            yield from _deciders(picture)
        case _ if part == TASK_OWNER:
            yield from (task.owner_id for task in picture.tasks)
        case _ if part == TRIP_DRIVER:
            yield from (trip.driver_id for trip in picture.trips)
        case _ if part == INVITED:
            for each in picture.invitations:
                yield each.user_id if each.state != InvitationState.WITHDRAWN else None
        case _ if part == NAMED:
            yield from (who for people in picture.named.values() for who in people)
        case _ if part == RATER and visit.rating_asked_at is not None:
            yield from picture.raters()
        case _ if part == ENTRY_OWNER:
            yield from (entry.owner_id for entry in picture.entries)
        case _ if part == EXCEPTION_WRITER:
            for rule in picture.policy.exceptions:
                who = rule.written_by
                is_part = who in set(Party)
                yield from picture.people(who) if is_part else picture.holders.get(who, [])


def _deciders(picture: VisitPicture) -> Iterator[str | None]:
    for chain in picture.chains:
        for step in chain.steps:
            if step.state != StepState.WAITING:
                yield step.decided_by
                yield from deciders_of(picture.policy, chain.sign_off, step, picture.holders)
