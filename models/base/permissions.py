"""Who may do what: one table. Checked at the edge for each click, used to show only what works."""

from enum import StrEnum

from models.base.words import Role

ANYONE = "anyone"
"""Every member of the workspace."""


class Verb(StrEnum):
    """What a person can do. Each is one function of `services`."""

    REQUEST = "request"
    SEE = "see"
    DECIDE = "decide"
    EDIT = "edit"
    RESCHEDULE = "reschedule"
    CANCEL = "cancel"
    INVITE = "invite"
    ANSWER_INVITATION = "answer_invitation"
    FINISH_TASK = "finish_task"
    HAND_OVER = "hand_over"
    CONFIRM = "confirm"
    ASSIGN_CAR = "assign_car"
    DRIVE = "drive"
    GIVE_FEEDBACK = "give_feedback"
    RECORD_OUTCOME = "record_outcome"
    REQUEST_EXCEPTION = "request_exception"
    NOTE_COST = "note_cost"
    SETTLE_ENTRY = "settle_entry"
    TALK = "talk"
    SET_ROLES = "set_roles"


# What a person is to the visit (see services.standing), besides the roles of the company.
REQUESTER, HOST, ACCOUNT_OWNER = "requester", "host", "account_owner"
SECOND_HOST = "second_host"
DECIDER, TASK_OWNER, TRIP_DRIVER = "decider", "task_owner", "trip_driver"
INVITED = "invited"
ENTRY_OWNER = "entry_owner"
EXCEPTION_WRITER = "exception_writer"  # whom the policy names for it (`written_by`)
INVOLVED = "involved"

_LEADERS = {
    Role.DEPARTMENT_MANAGER,
    Role.VICE_PRESIDENT,
    Role.GENERAL_MANAGER,
    Role.CHAIRMAN,
}

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
            ENTRY_OWNER,
            *_LEADERS,
            Role.COORDINATOR,
            Role.DISPATCHER,
            Role.FRONT_DESK,
            Role.FINANCE,
            Role.ADMIN,
        }
    ),
    Verb.DECIDE: frozenset({DECIDER}),
    Verb.EDIT: frozenset({REQUESTER, HOST, Role.COORDINATOR, Role.ADMIN}),
    Verb.RESCHEDULE: frozenset({REQUESTER, HOST, Role.COORDINATOR, Role.ADMIN}),
    Verb.CANCEL: frozenset({REQUESTER, HOST, Role.COORDINATOR, Role.ADMIN}),
    Verb.INVITE: frozenset({REQUESTER, HOST, Role.COORDINATOR, Role.ADMIN}),
    Verb.ANSWER_INVITATION: frozenset({INVITED}),
    Verb.FINISH_TASK: frozenset({TASK_OWNER, HOST, Role.COORDINATOR}),
    Verb.HAND_OVER: frozenset({TASK_OWNER, HOST, Role.COORDINATOR}),
    Verb.CONFIRM: frozenset({TASK_OWNER, HOST, Role.COORDINATOR}),
    Verb.ASSIGN_CAR: frozenset({Role.DISPATCHER, Role.COORDINATOR}),
    Verb.DRIVE: frozenset({TRIP_DRIVER}),
    Verb.GIVE_FEEDBACK: frozenset({ACCOUNT_OWNER, HOST}),
    Verb.RECORD_OUTCOME: frozenset({ACCOUNT_OWNER, HOST}),
    Verb.REQUEST_EXCEPTION: frozenset({REQUESTER, HOST, ACCOUNT_OWNER, EXCEPTION_WRITER}),
    Verb.NOTE_COST: frozenset({HOST, ACCOUNT_OWNER, Role.COORDINATOR, Role.FINANCE}),
    Verb.SETTLE_ENTRY: frozenset({ENTRY_OWNER, HOST, Role.COORDINATOR}),
    Verb.TALK: frozenset({ANYONE}),
    Verb.SET_ROLES: frozenset({Role.ADMIN}),
}


SEES_BUDGET = frozenset({Verb.DECIDE, Verb.EDIT})
"""Who may do one of these sees the budget (R10.1)."""
SEES_MONEY = SEES_BUDGET | {Verb.REQUEST_EXCEPTION, Verb.NOTE_COST}
"""Who may do one of these sees exceptions and costs (R10.1)."""


def may(standing: frozenset[str], verb: Verb) -> bool:
    """Whether somebody with these roles and parts may do the verb."""
    return bool(TABLE[verb] & (standing | {ANYONE}))
