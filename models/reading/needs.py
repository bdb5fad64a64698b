"""Who may do what to a visit, read off its picture: what a message shows of it hangs on that.

The same table answers clicks (`services.reading.standing`), which know of admins that only Slack
names as well.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping

from models.base.permissions import (
    ACCOUNT_OWNER,
    DECIDER,
    ENTRY_OWNER,
    EXCEPTION_WRITER,
    HOST,
    INVITED,
    NAMED,
    NOTICE_FILLER,
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
from models.reading.notice import fillers_of
from models.reading.picture import VisitPicture


def who_may(picture: VisitPicture, verb: Verb) -> frozenset[str]:
    """The people who may do the verb to a visit by a role or a part in it."""
    return frozenset(who for part in TABLE[verb] for who in _people(picture, part) if who)


def _people(picture: VisitPicture, part: str) -> Iterable[str | None]:
    if part in set(Ability):
        return picture.able(Ability(part))
    return _OF_PART[part](picture) if part in _OF_PART else ()


def _invited(picture: VisitPicture) -> Iterator[str]:
    return (i.user_id for i in picture.invitations if i.state != InvitationState.WITHDRAWN)


def _named(picture: VisitPicture) -> Iterator[str]:
    return (who for people in picture.named.values() for who in people)


def _raters(picture: VisitPicture) -> Iterable[str]:
    return picture.raters() if picture.visit.rating_asked_at is not None else ()


def _writers(picture: VisitPicture) -> Iterator[str]:
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


_OF_PART: Mapping[str, Callable[[VisitPicture], Iterable[str | None]]] = {
    REQUESTER: lambda picture: [picture.visit.requester_id],
    HOST: lambda picture: [picture.visit.host_id],
    SECOND_HOST: lambda picture: [picture.visit.second_host_id],
    ACCOUNT_OWNER: lambda picture: [picture.account_owner],
    DECIDER: _deciders,
    TASK_OWNER: lambda picture: (task.owner_id for task in picture.tasks),
    TRIP_DRIVER: lambda picture: (trip.driver_id for trip in picture.trips),
    INVITED: _invited,
    NAMED: _named,
    NOTICE_FILLER: fillers_of,
    RATER: _raters,
    ENTRY_OWNER: lambda picture: (entry.owner_id for entry in picture.entries),
    EXCEPTION_WRITER: _writers,
}
