"""The field's standard terms as codes: one word for one thing in code, chat and docs."""

from enum import StrEnum
from typing import TypeAlias

Role: TypeAlias = str
"""The key of a role of the company, as its policy declares it (`[[role]]`)."""


class Party(StrEnum):
    """What a person is to one visit. Policies name parties and roles alike."""

    REQUESTER = "requester"
    HOST = "host"
    SECOND_HOST = "second_host"
    ACCOUNT_OWNER = "account_owner"
    ATTENDING = "attending"  # the leaders who have said that they will attend
    APPROVERS = "approvers"
    TRIP_DRIVER = "trip_driver"
    TASK_OWNERS = "task_owners"
    CHANNEL = "channel"


class Purpose(StrEnum):
    """Why the customer comes (R1.2, R1.6)."""

    SITE_AUDIT = "site_audit"
    PROJECT_NEGOTIATION = "project_negotiation"
    GOODS_INSPECTION = "goods_inspection"
    COMPLAINT = "complaint"
    COURTESY = "courtesy"
    TECHNICAL_EXCHANGE = "technical_exchange"
    SIGNING = "signing"
    STUDY_TOUR = "study_tour"
    GOVERNMENT_INSPECTION = "government_inspection"
    MEETING = "meeting"  # no visit: only where the policy takes meetings by the same form (P05)


class TravelBy(StrEnum):
    FLIGHT = "flight"
    TRAIN = "train"
    SHIP = "ship"
    OWN_CAR = "own_car"
    OTHER = "other"


class VisitStatus(StrEnum):
    """Where a visit stands between notice and archive."""

    REQUESTED = "requested"
    CHANGES_ASKED = "changes_asked"
    DECLINED = "declined"
    APPROVED = "approved"
    FOLLOW_UP = "follow_up"
    CLOSED = "closed"
    CANCELLED = "cancelled"
    LAPSED = "lapsed"  # the arrival came before a decision
    POSTPONED = "postponed"  # the date is open


OFF_STATUSES = frozenset({VisitStatus.DECLINED, VisitStatus.CANCELLED, VisitStatus.LAPSED})
"""It does not take place."""
RESTING = frozenset({VisitStatus.LAPSED, VisitStatus.POSTPONED})
"""New dates bring it back."""
OPEN_STATUSES = frozenset(
    {
        VisitStatus.POSTPONED,
        VisitStatus.REQUESTED,
        VisitStatus.CHANGES_ASKED,
        VisitStatus.APPROVED,
        VisitStatus.FOLLOW_UP,
    }
)


class StepState(StrEnum):
    """State of one approval step (R3.1)."""

    WAITING = "waiting"  # an earlier step is not decided yet
    PENDING = "pending"  # asked, not decided
    APPROVED = "approved"
    DECLINED = "declined"
    CHANGES_ASKED = "changes_asked"
    VOID = "void"  # overtaken by a new round, a decline or a cancellation


class Matter(StrEnum):
    """What a sign-off decides: one mechanism for all of them."""

    REQUEST = "request"
    EXCEPTION = "exception"


class InvitationState(StrEnum):
    """What a leader who was asked to attend has said (R4.5)."""

    ASKED = "asked"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"  # asked no longer: the visit is off, or somebody else goes


class CostKind(StrEnum):
    """What money was spent on."""

    MEALS = "meals"
    LODGING = "lodging"
    VEHICLE = "vehicle"
    LEISURE = "leisure"
    GIFT = "gift"
    OTHER = "other"


class LedgerKind(StrEnum):
    """What a line of a visit's ledger is."""

    EXPENSE = "expense"
    CORRECTION = "correction"  # takes back the line that it names


class Outcome(StrEnum):
    """What came of a visit (R8.4)."""

    LANDED = "landed"
    ENDED = "ended"


class Phase(StrEnum):
    PREPARATION = "preparation"
    DEPARTURE = "departure"
    FOLLOW_UP = "follow_up"


class TaskState(StrEnum):
    OPEN = "open"
    DONE = "done"
    PROBLEM = "problem"


class TripKind(StrEnum):
    PICKUP = "pickup"
    DROPOFF = "dropoff"
    RIDE = "ride"  # in town, or between two places of the programme


class TripState(StrEnum):
    """A car's way: each state follows the one before it, DECLINED goes back to the dispatcher."""

    WANTED = "wanted"
    ASSIGNED = "assigned"
    DECLINED = "declined"
    ACCEPTED = "accepted"
    HERE = "here"
    ABOARD = "aboard"
    DONE = "done"


class Intention(StrEnum):
    """What the customer means to do next, as the feedback form asks it (R8.1)."""

    SIGNED = "signed"
    WILL_SIGN = "will_sign"
    INTERESTED = "interested"
    UNDECIDED = "undecided"
    NOT_INTERESTED = "not_interested"


class DeliveryState(StrEnum):
    PENDING = "pending"
    CLAIMED = "claimed"
    SENT = "sent"
    EXPIRED = "expired"
    CANCELLED = "cancelled"
    FAILED = "failed"


class EntryKind(StrEnum):
    """What was said or happened, as an entry keeps it."""

    QUESTION = "question"
    SUGGESTION = "suggestion"
    INTENTION = "intention"
    PROMISE = "promise"
    ORDER = "order"
    PROBLEM = "problem"
    INCIDENT = "incident"
    ERROR = "error"
    COMPLAINT = "complaint"
    PRAISE = "praise"
    PROGRESS = "progress"
    CALL = "call"


class EntryState(StrEnum):
    OPEN = "open"
    DONE = "done"
    DROPPED = "dropped"  # needed no more


class EntrySource(StrEnum):
    """Where an entry came from."""

    CHAT = "chat"
    FORM = "form"


class FileUse(StrEnum):
    """What a file is to its visit."""

    PHOTO = "photo"
    RECEIPT = "receipt"
    SIGNED = "signed"
    WORD = "word"  # a picture of what a leader said
    OTHER = "other"
