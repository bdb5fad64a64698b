"""What a verb may refuse: codes and facts, no words. The edge turns them into words."""

from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True)
class Fault:
    """What is wrong with one field of a form: a code of `templates` and the facts it names."""

    code: str
    facts: dict[str, str | int] = field(default_factory=dict)


class DomainError(Exception):
    """Expected: somebody is told in words. `code` names the text, `facts` fill it."""

    code = "refused"

    def __init__(self, **facts: object) -> None:
        super().__init__(self.code)
        self.facts = facts


class InvalidForm(DomainError):
    """Fields of a form that cannot stand, each with its fault; nothing was changed."""

    code = "invalid_form"

    def __init__(self, faults: dict[str, Fault]) -> None:
        super().__init__()
        self.faults = faults


class CustomerNotFound(DomainError):
    """No such customer, or not one that the person may know of: the two look alike."""

    code = "customer_not_found"

    def __init__(self, name: str) -> None:
        super().__init__(name=name)


class VisitNotFound(DomainError):
    """No such visit, or not one that the person may see: the two look alike to the asker."""

    code = "visit_not_found"

    def __init__(self, number: str) -> None:
        super().__init__(number=number)


class NotAllowed(DomainError):
    """The person holds no role or part that may do this."""

    code = "not_allowed"

    def __init__(self, verb: str) -> None:
        super().__init__(verb=verb)


class NotAMember(DomainError):
    """The person takes no part: of another team, a guest account, a bot, deactivated."""

    code = "not_a_member"


class AlreadyDecided(DomainError):
    """Somebody was faster: who and when."""

    code = "already_decided"

    def __init__(self, by: str, at: datetime, outcome: str) -> None:
        super().__init__(by=by, at=at, outcome=outcome)


class TooLateToTakeBack(DomainError):
    """A decision stands after this time."""

    code = "too_late_to_take_back"

    def __init__(self, minutes: int) -> None:
        super().__init__(minutes=minutes)


class ActedUpon(DomainError):
    """Somebody has gone by a decision already: who (None: time itself) and when."""

    code = "acted_upon"

    def __init__(self, by: str | None, at: datetime) -> None:
        super().__init__(by=by, at=at)


class GoneOn(DomainError):
    """What is to be taken back stands by now: others have gone by it, or its time is over."""

    code = "gone_on"


class TooEarly(DomainError):
    """What cannot have happened yet: it is due `at`, and may be said from `since` on."""

    code = "too_early"

    def __init__(self, at: datetime, since: datetime) -> None:
        super().__init__(at=at, since=since)


class CarsOpen(DomainError):
    """Cars are not settled while a trip has no driver who has accepted."""

    code = "cars_open"


class NoticeOpen(DomainError):
    """An item that is done by what is entered in the visit notice, and that is not there yet."""

    code = "notice_open"


class Outdated(DomainError):
    """The card or form shows something that has changed since; the fresh one is on its way."""

    code = "outdated"


class Overtaken(DomainError):
    """Somebody else has changed the same fields of a form meanwhile; nothing was saved."""

    code = "overtaken"

    def __init__(self, fields: list[str]) -> None:
        super().__init__()
        self.fields = fields


class TooManyRequests(DomainError):
    """One person has as many requests `waiting`, or has asked as often within the `hour`, as the
    policy lets."""

    code = "too_many_requests"

    def __init__(self, what: str, most: int) -> None:
        super().__init__(what=what, most=most)


class NotApprovedYet(DomainError):
    """No money is spent on a visit before it was approved."""

    code = "not_approved_yet"


class VisitOver(DomainError):
    """The visit is declined, cancelled or closed: nothing can be done to it any more."""

    code = "visit_over"

    def __init__(self, status: str) -> None:
        super().__init__(status=status)
