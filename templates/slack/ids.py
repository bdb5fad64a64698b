"""Every id that Slack sends back: actions, callbacks, blocks. Each has exactly one handler."""

from models.policy.customer_fields import CustomerSection
from models.policy.notice_fields import Section
from models.reading.finding import Shelf, Wanted

# Buttons of messages, views and App Home. The comment says what the button's value holds.
NEW_VISIT = "new_visit"  # "-"
FILL_FROM_MESSAGE = "fill_from_message"  # "-"
SAY = "say"  # the words behind `/visit`
RESUME_DRAFT = "resume_draft"  # form key of the draft
START_AFRESH = "start_afresh"  # "-"
DETAILS = "details"  # visit:revision
EDIT = "edit"  # visit:revision
SAME_AGAIN = "same_again"  # visit:revision
READ_BACK = "read_back"  # visit:revision
READ_BACK_EN = "read_back_en"  # visit
READ_BACK_ZH = "read_back_zh"  # visit
SHOW_NOTICE = "show_notice"  # visit:revision
ADD_DETAILS = "add_details"  # visit:revision
RESCHEDULE = "reschedule"  # visit:revision
DATE_OPEN = "date_open"  # visit:revision
CANCEL = "cancel"  # visit:revision
APPROVE = "approve"  # step
DECLINE = "decline"  # step
ASK_CHANGES = "ask_changes"  # step
TAKE_BACK = "take_back"  # step
DELEGATE = "delegate"  # step
BY_PHONE = "by_phone"  # visit
CONFIRM_WORD = "confirm_word"  # step
DENY_WORD = "deny_word"  # step
WHAT_DECIDED = "what_decided"  # visit:step, 0 for all of the visit
CHANGE_REQUEST = "change_request"  # visit:revision
TASK_DONE = "task_done"  # task
TASK_PROBLEM = "task_problem"  # task
TASK_HAND_OVER = "task_hand_over"  # task
TASK_CONFIRM = "task_confirm"  # task
REMIND_OWNERS = "remind_owners"  # visit
SHOW_CARS = "show_cars"  # visit:revision
ADD_DRIVE = "add_drive"  # visit:revision
CHANGE_DRIVE = "change_drive"  # trip
REMOVE_DRIVE = "remove_drive"  # trip
ASSIGN_DRIVER = "assign_driver"  # trip
ACCEPT_TRIP = "accept_trip"  # trip:assignment
DECLINE_TRIP = "decline_trip"  # trip:assignment
CAR_HERE = "car_here"  # trip:assignment
GUESTS_ABOARD = "guests_aboard"  # trip:assignment
DROPPED_OFF = "dropped_off"  # trip:assignment
REPORT_BACK = "report_back"  # trip:assignment
DRIVE_AFTER_ALL = "drive_after_all"  # trip:assignment
GIVE_FEEDBACK = "give_feedback"  # visit
ASK_EXCEPTION = "ask_exception"  # visit:revision
NOTE_COST = "note_cost"  # visit:revision
CORRECT_COST = "correct_cost"  # visit:line
REMIND_TOMORROW = "remind_tomorrow"  # task
LANDED = "landed"  # visit
ENDED = "ended"  # visit
OUTCOME_BACK = "outcome_back"  # visit
SHOW_ETIQUETTE = "show_etiquette"  # visit
INVITE_LEADERS = "invite_leaders"  # visit:revision
ATTEND = "attend"  # invitation:turn
CANNOT_ATTEND = "cannot_attend"  # invitation:turn
INVITE_SUBSTITUTE = "invite_substitute"  # invitation
WHY = "why"  # visit:part
WITHDRAW_INVITATION = "withdraw_invitation"  # invitation:turn
ASSIGN_PEOPLE = "assign_people"  # "-", or the role that is wanted
FILL_ROLES = "fill_roles"  # visit:revision
AWAY = "away"  # "-"
BACK = "back"  # absence
HAND_ALL = "hand_all"  # "-"
SET_OWNER = "set_owner"  # visit:revision
OPEN_CUSTOMER = "open_customer"  # customer:visit, 0 without one
MERGE_CUSTOMER = "merge_customer"  # customer
STRIKE_CONTACT = "strike_contact"  # contact:customer
TAKE_OVER_KNOWN = "take_over_known"  # visit:fact of a contact
STRIKE_KNOWN = "strike_known"  # visit:fact of a contact
CHOOSE = "choose"  # a select of a message; its options hold step:choice
RATE = "rate"  # a select of a message; its options hold visit:level
ADD_TO_VISIT = "add_to_visit"  # a PostRef
NOTE_ENTRY = "note_entry"  # visit:revision
ENTRY_DONE = "entry_done"  # entry
ENTRY_ANSWER = "entry_answer"  # entry
ENTRY_HAND_OVER = "entry_hand_over"  # entry
ENTRY_REOPEN = "entry_reopen"  # entry
SEND_FILE = "send_file"  # visit:file
ADD_TO_CALENDAR = "add_to_calendar"  # visit:revision
CANCEL_SEVERAL = "cancel_several"  # "-"
LIST_NEXT = "list_next"  # shelf:page:words
LIST_BACK = "list_back"  # shelf:page:words
TICK_STEP = "tick_step"  # a first step's key
START_TRIAL = "start_trial"  # "-"
DELETE_TRIAL = "delete_trial"  # visit
LIST_SHELF = "list_shelf"  # a select of a message; its options hold shelf:page:words
ALL_GUESTS = "all_guests"  # visit:page
GUESTS_NEXT = "guests_next"  # visit:page
GUESTS_BACK = "guests_back"  # visit:page
ADD_GUEST = "add_guest"  # visit
CHANGE_GUEST = "change_guest"  # visit:guest:page
REMOVE_GUEST = "remove_guest"  # visit:guest
ABOUT_PARTY = "about_party"  # visit
PASTE_LIST = "paste_list"  # visit
LIST_FILE = "list_file"  # visit
GO_ON_LIST = "go_on_list"  # visit
DROP_LIST = "drop_list"  # visit
LINES_NEXT = "lines_next"  # visit:page
LINES_BACK = "lines_back"  # visit:page
PUT_RIGHT = "put_right"  # visit:page
GUESTS_OF_POST = "guests_of_post"  # a PostRef

OPEN_SECTIONS = {section: f"open_section_{section}" for section in Section}
"""The button of each section of the notice; visit:revision."""

OPEN_FILE_SECTIONS = {section: f"open_file_{section}" for section in CustomerSection}
"""The button of each section of a customer's file; customer:visit, 0 without one."""

BUTTONS = (
    *OPEN_SECTIONS.values(),
    *OPEN_FILE_SECTIONS.values(),
    NEW_VISIT,
    FILL_FROM_MESSAGE,
    SAY,
    RESUME_DRAFT,
    START_AFRESH,
    DETAILS,
    EDIT,
    ADD_DETAILS,
    SHOW_NOTICE,
    SAME_AGAIN,
    READ_BACK,
    READ_BACK_EN,
    READ_BACK_ZH,
    RESCHEDULE,
    DATE_OPEN,
    CANCEL,
    APPROVE,
    DECLINE,
    ASK_CHANGES,
    TAKE_BACK,
    DELEGATE,
    BY_PHONE,
    CONFIRM_WORD,
    DENY_WORD,
    WHAT_DECIDED,
    CHANGE_REQUEST,
    TASK_DONE,
    TASK_PROBLEM,
    TASK_HAND_OVER,
    TASK_CONFIRM,
    REMIND_OWNERS,
    SHOW_CARS,
    ADD_DRIVE,
    CHANGE_DRIVE,
    REMOVE_DRIVE,
    ASSIGN_DRIVER,
    ACCEPT_TRIP,
    DECLINE_TRIP,
    CAR_HERE,
    GUESTS_ABOARD,
    DROPPED_OFF,
    REPORT_BACK,
    DRIVE_AFTER_ALL,
    GIVE_FEEDBACK,
    ASK_EXCEPTION,
    NOTE_COST,
    CORRECT_COST,
    REMIND_TOMORROW,
    LANDED,
    ENDED,
    OUTCOME_BACK,
    SHOW_ETIQUETTE,
    INVITE_LEADERS,
    ATTEND,
    CANNOT_ATTEND,
    INVITE_SUBSTITUTE,
    WITHDRAW_INVITATION,
    WHY,
    ASSIGN_PEOPLE,
    FILL_ROLES,
    AWAY,
    BACK,
    HAND_ALL,
    SET_OWNER,
    OPEN_CUSTOMER,
    MERGE_CUSTOMER,
    STRIKE_CONTACT,
    TAKE_OVER_KNOWN,
    STRIKE_KNOWN,
    CHOOSE,
    RATE,
    ADD_TO_VISIT,
    NOTE_ENTRY,
    ENTRY_DONE,
    ENTRY_ANSWER,
    ENTRY_HAND_OVER,
    ENTRY_REOPEN,
    SEND_FILE,
    ADD_TO_CALENDAR,
    CANCEL_SEVERAL,
    LIST_NEXT,
    LIST_BACK,
    LIST_SHELF,
    TICK_STEP,
    START_TRIAL,
    DELETE_TRIAL,
    ALL_GUESTS,
    GUESTS_NEXT,
    GUESTS_BACK,
    ADD_GUEST,
    CHANGE_GUEST,
    REMOVE_GUEST,
    ABOUT_PARTY,
    PASTE_LIST,
    LIST_FILE,
    GO_ON_LIST,
    DROP_LIST,
    LINES_NEXT,
    LINES_BACK,
    PUT_RIGHT,
    GUESTS_OF_POST,
)

# Inputs. Those of the visit form report each change, so that a closed form leaves a draft. Slack
# keeps what was entered under the same block and action id when a view is updated, so a form that
# is refilled (draft resumed, or started afresh after that) answers under the other id of the pair.
DRAFT_VALUE = "draft_value"
DRAFT_VALUE_RESUMED = "draft_value_resumed"
DRAFT_VALUES = (DRAFT_VALUE, DRAFT_VALUE_RESUMED)
CUSTOMER = "customer"  # searches: it asks for options
CUSTOMER_RESUMED = "customer_resumed"
CUSTOMERS = (CUSTOMER, CUSTOMER_RESUMED)
DRIVER_SEARCH = "driver_search"  # where there are more drivers than a select can list
FIND_VISIT = "find_visit"  # of a message, counts at once; its options hold visit:revision
MERGE_SEARCH = "merge_search"  # its options hold a customer
SEARCHES = (*CUSTOMERS, DRIVER_SEARCH, FIND_VISIT, MERGE_SEARCH)  # these ask for options
VALUES_AGAIN = ("value", "value_again")  # in turns, where a form is filled anew
VALUE = "value"  # all inputs of the other forms; they report nothing before they are submitted

# Views.
NEW_VISIT_FORM = "new_visit_form"  # also told when it is closed
FILL_FORM = "fill_form"  # a message, over the request that it fills
CHANGE_VISIT_FORM = "change_visit_form"  # Edit, and Change request
READ_BACK_FORM = "read_back_form"
SECTION_FORM = "section_form"  # one section of the notice
GUEST_FORM = "guest_form"  # a step of what is asked of one guest
PASTE_FORM = "paste_form"
LIST_FILE_FORM = "list_file_form"
LIST_OF_POST_FORM = "list_of_post_form"  # which visit a list that was sent is for
LINES_FORM = "lines_form"  # doubtful lines of a guest list
PREVIEW_FORM = "preview_form"  # how a guest list was read
ADD_DETAILS_FORM = "add_details_form"  # after the sending, and Add details
DECISION_FORM = "decision_form"  # why declined, which changes are asked for
DELEGATE_FORM = "delegate_form"
SPOKEN_FORM = "spoken_form"  # approved by phone
PROBLEM_FORM = "problem_form"
HAND_OVER_FORM = "hand_over_form"
DRIVE_FORM = "drive_form"  # one drive, first step
DRIVE_WISHES_FORM = "drive_wishes_form"  # second step
ASSIGN_FORM = "assign_form"
DECLINE_TRIP_FORM = "decline_trip_form"
FEEDBACK_FORM = "feedback_form"
RESCHEDULE_FORM = "reschedule_form"
POSTPONE_FORM = "postpone_form"
CANCEL_FORM = "cancel_form"
CANCEL_SEVERAL_FORM = "cancel_several_form"
EXCEPTION_FORM = "exception_form"
COST_FORM = "cost_form"
CORRECTION_FORM = "correction_form"
INVITE_FORM = "invite_form"
CANNOT_ATTEND_FORM = "cannot_attend_form"
WITHDRAW_FORM = "withdraw_form"
SETUP_FORM = "setup_form"
FILL_ROLES_FORM = "fill_roles_form"
AWAY_FORM = "away_form"
HAND_ALL_FORM = "hand_all_form"
OWNER_FORM = "owner_form"
CUSTOMER_FORM = "customer_form"  # one section of a customer's file
MERGE_FORM = "merge_form"  # with which customer
MERGE_CONFIRM_FORM = "merge_confirm_form"  # what moves
ENTRY_FORM = "entry_form"
ENTRY_ANSWER_FORM = "entry_answer_form"
ENTRY_HAND_OVER_FORM = "entry_hand_over_form"
FILES_FORM = "files_form"
CARS_VIEW = "cars_view"  # nothing to submit
DETAILS_VIEW = "details_view"  # nothing to submit
DECIDED_VIEW = "decided_view"  # nothing to submit
NOTICE_VIEW = "notice_view"  # nothing to submit
ETIQUETTE_VIEW = "etiquette_view"  # nothing to submit
SECTIONS_VIEW = "sections_view"  # nothing to submit
GUESTS_VIEW = "guests_view"  # nothing to submit
READING_VIEW = "reading_view"  # nothing to submit
CUSTOMER_VIEW = "customer_view"  # nothing to submit
WHY_VIEW = "why_view"  # nothing to submit
HOME_VIEW = "home_view"

FORMS = (
    NEW_VISIT_FORM,
    FILL_FORM,
    CHANGE_VISIT_FORM,
    ADD_DETAILS_FORM,
    SECTION_FORM,
    READ_BACK_FORM,
    DECISION_FORM,
    DELEGATE_FORM,
    SPOKEN_FORM,
    PROBLEM_FORM,
    HAND_OVER_FORM,
    DRIVE_FORM,
    DRIVE_WISHES_FORM,
    ASSIGN_FORM,
    DECLINE_TRIP_FORM,
    FEEDBACK_FORM,
    RESCHEDULE_FORM,
    POSTPONE_FORM,
    CANCEL_FORM,
    CANCEL_SEVERAL_FORM,
    EXCEPTION_FORM,
    COST_FORM,
    CORRECTION_FORM,
    INVITE_FORM,
    CANNOT_ATTEND_FORM,
    WITHDRAW_FORM,
    SETUP_FORM,
    FILL_ROLES_FORM,
    AWAY_FORM,
    HAND_ALL_FORM,
    OWNER_FORM,
    CUSTOMER_FORM,
    MERGE_FORM,
    MERGE_CONFIRM_FORM,
    ENTRY_FORM,
    ENTRY_ANSWER_FORM,
    ENTRY_HAND_OVER_FORM,
    FILES_FORM,
    GUEST_FORM,
    PASTE_FORM,
    LIST_FILE_FORM,
    LIST_OF_POST_FORM,
    LINES_FORM,
    PREVIEW_FORM,
)

# The global shortcut "New visit", and those in a message's menu.
NEW_VISIT_SHORTCUT = "new_visit"
MAKE_VISIT_SHORTCUT = "make_visit"
MESSAGE_SHORTCUT = "add_to_visit"

# Input blocks bear the names of the fields that a fault is reported for: those of the visit form,
# the feedback and the rescheduling the forms' own, those of the setup and of a visit's roles the
# roles', the others these.
COMMENT = "comment"
SHEET = "sheet"
CONFIRMED = "confirmed"
DELEGATE_TO = "delegate_to"
AWAY_FROM = "away_from"
AWAY_TO = "away_to"
STAND_IN = "stand_in"
HANDED_FROM = "handed_from"
HANDED_TO = "handed_to"
LEADER = "leader"
SAID_AT = "said_at"
SAID = "said"
SAID_PICTURE = "said_picture"
PROBLEM = "problem"
OWNER = "owner"
ACCOUNT_OWNER = "account_owner"
MERGE_INTO = "merge_into"
REASON = "reason"
PEOPLE = "people"
SUBSTITUTE = "substitute"
WHAT = "what"
AMOUNT = "amount"
DAY = "day"
GUEST_COUNT = "guests"
NOTE = "note"
VISIT = "visit"
KIND = "kind"
TEXT = "text"
SAID_BY = "said_by"
DUE = "due"
ANSWER = "answer"
SETTLED = "settled"
USE = "use"
DRIVER = "driver"
CAR = "car"
EVEN_SO = "even_so"
DRAFT_BANNER = "draft_banner"
PROPOSAL = "proposal"
ALLOWED = "allowed"
LEVEL_CARS = "level_cars"
TOLD = "told"
NOTICE = "notice"
LIST = "list"
LINE = "line_"  # with the line's place in the list behind it


_CLOCK = "_at:"


def clock_block(block: str, zone: str) -> str:
    """The input beside a day's that asks for the time of day by the clock of an IANA zone."""
    return f"{block}{_CLOCK}{zone}"


def clock_of(block: str) -> tuple[str, str] | None:
    """The day's input beside which this one asks for the time, and its zone; None for others."""
    day, is_clock, zone = block.partition(_CLOCK)
    return (day, zone) if is_clock else None


def pack(*numbers: int | None) -> str:
    """Numbers as a button's value, such as `12:3`."""
    return ":".join(str(number) for number in numbers)


def pack_wanted(wanted: Wanted) -> str:
    """Which visits are wanted, as a value: `open:2:Acme`."""
    return f"{wanted.shelf}:{wanted.page}:{wanted.words}"


def unpack_wanted(value: str) -> Wanted:
    """Which visits are wanted. Raises ValueError where it is no such value."""
    shelf, page, words = value.split(":", 2)
    return Wanted(Shelf(shelf), words, max(0, int(page)))


def unpack(value: str) -> tuple[int, ...]:
    """The numbers of a button's value. Raises ValueError where it is no such value."""
    return tuple(int(part) for part in value.split(":"))
