"""Who may do what: one table. Checked at the edge for each click, used to show only what works.

The roles themselves are the company's: its policy says which abilities each of them has.
"""

from enum import StrEnum

from models.base.words import FileUse

ANYONE = "anyone"
"""Every member of the workspace."""


class Verb(StrEnum):
    """What a person can do. Each is one function of `services`."""

    REQUEST = "request"
    SEE = "see"
    DECIDE = "decide"
    DELEGATE = "delegate"
    RECORD_WORD = "record_word"
    EDIT = "edit"
    FILL_NOTICE = "fill_notice"
    FILL_CUSTOMER = "fill_customer"
    MERGE_CUSTOMERS = "merge_customers"
    RESCHEDULE = "reschedule"
    CANCEL = "cancel"
    INVITE = "invite"
    ANSWER_INVITATION = "answer_invitation"
    FINISH_TASK = "finish_task"
    HAND_OVER = "hand_over"
    CONFIRM = "confirm"
    ASK_CAR = "ask_car"
    ASSIGN_CAR = "assign_car"
    DRIVE = "drive"
    GIVE_FEEDBACK = "give_feedback"
    RECORD_OUTCOME = "record_outcome"
    REQUEST_EXCEPTION = "request_exception"
    NOTE_COST = "note_cost"
    SETTLE_ENTRY = "settle_entry"
    TALK = "talk"
    SET_ROLES = "set_roles"
    FILL_ROLES = "fill_roles"
    RATE = "rate"
    BE_AWAY = "be_away"
    HAND_OVER_ALL = "hand_over_all"
    SET_OWNER = "set_owner"
    CANCEL_SEVERAL = "cancel_several"
    REMIND_OWNERS = "remind_owners"
    READ_GUESTS = "read_guests"
    READ_NOTES = "read_notes"
    READ_PROBLEMS = "read_problems"
    READ_FEEDBACK = "read_feedback"
    READ_ENTRIES = "read_entries"
    READ_FILES = "read_files"
    READ_WORDS = "read_words"
    READ_CUSTOMER = "read_customer"


class Ability(StrEnum):
    """What a role of the company can do for every visit, as the policy gives it."""

    PREPARES = "prepares"  # plans, books and chases the preparation; changes and moves visits
    ASSIGNS_CARS = "assigns_cars"
    DRIVES = "drives"  # can be given a trip
    FRONTS = "fronts"  # receives the guests at the door
    SEES_MONEY = "sees_money"  # sees and notes what visits cost, hears of overspend
    CHASES = "chases"  # is shown what is open and what help is needed
    SEES_VISITS = "sees_visits"
    ADMINISTERS = "administers"  # gives roles to people; hears what goes wrong


# What a person is to the visit (see services.standing), besides the abilities of their roles.
REQUESTER, HOST, ACCOUNT_OWNER = "requester", "host", "account_owner"
SECOND_HOST = "second_host"
DECIDER, TASK_OWNER, TRIP_DRIVER = "decider", "task_owner", "trip_driver"
INVITED = "invited"
NAMED = "named"  # holds a role for this visit
NOTICE_FILLER = "notice_filler"  # whom the policy has fill something of the notice
RATER = "rater"  # whom the policy asks how important it is (`rated_by`)
ENTRY_OWNER = "entry_owner"
EXCEPTION_WRITER = "exception_writer"  # whom the policy names for it (`written_by`)
INVOLVED = "involved"

_CIRCLE = frozenset(
    {
        REQUESTER,
        HOST,
        SECOND_HOST,
        ACCOUNT_OWNER,
        DECIDER,
        EXCEPTION_WRITER,
        INVITED,
        RATER,
        Ability.SEES_VISITS,
        Ability.PREPARES,
        Ability.ADMINISTERS,
    }
)
"""Who runs, decides or leads a visit. Others see it too, but of its people and of what was said no
more than their own item needs."""

TABLE: dict[Verb, frozenset[str]] = {
    Verb.REQUEST: frozenset({ANYONE}),
    Verb.SEE: frozenset(
        {
            REQUESTER,
            HOST,
            SECOND_HOST,
            ACCOUNT_OWNER,
            DECIDER,
            TASK_OWNER,
            TRIP_DRIVER,
            EXCEPTION_WRITER,
            INVITED,
            NAMED,
            RATER,
            NOTICE_FILLER,
            ENTRY_OWNER,
            Ability.SEES_VISITS,
            Ability.PREPARES,
            Ability.ASSIGNS_CARS,
            Ability.FRONTS,
            Ability.SEES_MONEY,
            Ability.CHASES,
            Ability.ADMINISTERS,
        }
    ),
    Verb.DECIDE: frozenset({DECIDER}),
    Verb.DELEGATE: frozenset({DECIDER}),
    Verb.RECORD_WORD: frozenset({HOST, Ability.PREPARES}),
    Verb.EDIT: frozenset({REQUESTER, HOST, Ability.PREPARES, Ability.ADMINISTERS}),
    Verb.FILL_NOTICE: frozenset(
        {
            REQUESTER,
            HOST,
            SECOND_HOST,
            ACCOUNT_OWNER,
            NOTICE_FILLER,
            Ability.PREPARES,
            Ability.ADMINISTERS,
        }
    ),
    Verb.FILL_CUSTOMER: frozenset(
        {
            REQUESTER,
            HOST,
            SECOND_HOST,
            ACCOUNT_OWNER,
            NOTICE_FILLER,
            Ability.PREPARES,
            Ability.ADMINISTERS,
        }
    ),
    Verb.MERGE_CUSTOMERS: frozenset({Ability.PREPARES, Ability.ADMINISTERS}),
    Verb.RESCHEDULE: frozenset({REQUESTER, HOST, Ability.PREPARES, Ability.ADMINISTERS}),
    Verb.CANCEL: frozenset({REQUESTER, HOST, Ability.PREPARES, Ability.ADMINISTERS}),
    Verb.INVITE: frozenset({REQUESTER, HOST, Ability.PREPARES, Ability.ADMINISTERS}),
    Verb.ANSWER_INVITATION: frozenset({INVITED}),
    Verb.FINISH_TASK: frozenset({TASK_OWNER, HOST, Ability.PREPARES}),
    Verb.HAND_OVER: frozenset({TASK_OWNER, HOST, Ability.PREPARES, Ability.CHASES}),
    Verb.CONFIRM: frozenset({TASK_OWNER, HOST, Ability.PREPARES}),
    Verb.ASK_CAR: frozenset(
        {
            REQUESTER,
            HOST,
            SECOND_HOST,
            ACCOUNT_OWNER,
            Ability.ASSIGNS_CARS,
            Ability.PREPARES,
            Ability.ADMINISTERS,
        }
    ),
    Verb.ASSIGN_CAR: frozenset({Ability.ASSIGNS_CARS, Ability.PREPARES}),
    Verb.DRIVE: frozenset({TRIP_DRIVER}),
    Verb.GIVE_FEEDBACK: frozenset({ACCOUNT_OWNER, HOST}),
    Verb.RECORD_OUTCOME: frozenset({ACCOUNT_OWNER, HOST}),
    Verb.REQUEST_EXCEPTION: frozenset({REQUESTER, HOST, ACCOUNT_OWNER, EXCEPTION_WRITER}),
    Verb.NOTE_COST: frozenset({HOST, ACCOUNT_OWNER, Ability.PREPARES, Ability.SEES_MONEY}),
    Verb.SET_ROLES: frozenset({Ability.ADMINISTERS}),
    Verb.RATE: frozenset({RATER}),
    Verb.FILL_ROLES: frozenset({HOST, Ability.PREPARES, Ability.ADMINISTERS}),
    Verb.CANCEL_SEVERAL: frozenset({Ability.PREPARES, Ability.ADMINISTERS}),
    Verb.SET_OWNER: frozenset({Ability.PREPARES, Ability.ADMINISTERS}),
    Verb.REMIND_OWNERS: frozenset({HOST, DECIDER, Ability.PREPARES, Ability.CHASES}),
    Verb.SETTLE_ENTRY: frozenset({ENTRY_OWNER, HOST, Ability.PREPARES}),
    Verb.TALK: frozenset({ANYONE}),
    Verb.BE_AWAY: frozenset({ANYONE}),
    Verb.HAND_OVER_ALL: frozenset({Ability.ADMINISTERS}),
    Verb.READ_GUESTS: _CIRCLE | {NAMED},
    Verb.READ_NOTES: _CIRCLE | {NAMED},
    Verb.READ_PROBLEMS: _CIRCLE | {Ability.CHASES},
    Verb.READ_FEEDBACK: _CIRCLE,
    Verb.READ_ENTRIES: _CIRCLE,
    Verb.READ_FILES: _CIRCLE,
    Verb.READ_WORDS: _CIRCLE,
    Verb.READ_CUSTOMER: _CIRCLE,
}


SEES_BUDGET = frozenset({Verb.DECIDE, Verb.EDIT})
"""Who may do one of these sees the budget (R10.1)."""
SEES_MONEY = SEES_BUDGET | {Verb.REQUEST_EXCEPTION, Verb.NOTE_COST}
"""Who may do one of these sees exceptions and costs (R10.1)."""


def may(standing: frozenset[str], verb: Verb) -> bool:
    """Whether somebody with these abilities and parts may do the verb."""
    return bool(TABLE[verb] & (standing | {ANYONE}))


def reads_file(use: str, allowed: frozenset[Verb]) -> bool:
    """Whether who may do these verbs may have a file of that use; what one has added oneself one
    may have as well."""
    if use == FileUse.RECEIPT:
        return bool(SEES_MONEY & allowed)
    return (Verb.READ_WORDS if use == FileUse.WORD else Verb.READ_FILES) in allowed
