"""What is refused, in words: concrete, polite, with what to do."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal

from models.base.errors import DomainError, Fault, InvalidForm
from models.base.permissions import Verb
from models.records.people import Reader
from templates.wording import terms
from templates.wording.language import Language
from templates.wording.text import Text, guard, joined, mention

ERRORS = frozenset(
    {
        "invalid_form",
        "visit_not_found",
        "customer_not_found",
        "not_allowed",
        "not_a_member",
        "already_decided",
        "outdated",
        "overtaken",
        "too_late_to_take_back",
        "acted_upon",
        "not_approved_yet",
        "gone_on",
        "too_early",
        "cars_open",
        "notice_open",
        "visit_over",
        "too_many_requests",
        "refused",
    }
)
FAULTS = frozenset(
    {
        "required",
        "too_long",
        "party_size",
        "budget",
        "choice_gone",
        "same_customer",
        "level_reason",
        "told_reason",
        "told_by_edit",
        "capital",
        "capital_unit",
        "meeting_before_arrival",
        "meeting_after_departure",
        "guest_line",
        "guest_unclear",
        "guest_column",
        "more_guests",
        "too_many_guests",
        "guest_twice",
        "name_unseen",
        "no_name",
        "mail_in_line",
        "phone_in_line",
        "arrival_past",
        "too_far",
        "departure_before_arrival",
        "stay_too_long",
        "pickup_place_missing",
        "pickup_after_arrival",
        "pickup_too_early",
        "dropoff_before_arrival",
        "dropoff_too_late",
        "pickup_past",
        "dropoff_past",
        "dropoff_before_meeting",
        "dropoff_place_missing",
        "dropoff_time_missing",
        "drive_past",
        "drive_outside",
        "drive_too_long",
        "drive_to_missing",
        "drive_kind_fixed",
        "number_between",
        "flight_number",
        "train_number",
        "travel_number",
        "phone",
        "above_allowed",
        "satisfaction",
        "not_a_driver",
        "not_a_member",
        "amount",
        "no_day_of_visit",
        "cost_guests",
        "within_cap",
        "within_exception",
        "no_limit",
        "choice_allowed",
        "choice_excepted",
        "spent_already",
        "being_decided",
        "gift_above",
        "due_past",
        "same_amount",
        "takes_part",
        "too_many_people",
        "driver_busy",
        "not_a_decider",
        "not_said_yet",
        "no_stand_in",
        "day_past",
        "to_before_from",
        "day_missing",
        "clock_missing",
        "clock_skipped",
        "away_too_long",
        "away_already",
        "same_person",
        "not_here",
        "stand_in_away",
        "no_picture",
        "file_empty",
        "file_too_large",
        "file_kind",
        "file_mismatch",
        "file_gone",
        "file_unreachable",
        "invalid",
    }
)
_REFUSED_VERBS: dict[str, str] = {
    Verb.SEE: "not_allowed_see",
    Verb.READ_FILES: "not_allowed_see",
    Verb.DECIDE: "not_allowed_decide",
    Verb.DELEGATE: "not_allowed_delegate",
    Verb.RECORD_WORD: "not_allowed_record_word",
    Verb.EDIT: "not_allowed_change",
    Verb.RESCHEDULE: "not_allowed_change",
    Verb.CANCEL: "not_allowed_change",
    Verb.INVITE: "not_allowed_invite",
    Verb.FILL_ROLES: "not_allowed_change",
    Verb.RATE: "not_allowed_decide",
    Verb.ANSWER_INVITATION: "not_allowed_answer",
    Verb.FINISH_TASK: "not_allowed_task",
    Verb.HAND_OVER: "not_allowed_task",
    Verb.CONFIRM: "not_allowed_task",
    Verb.ASK_CAR: "not_allowed_change",
    Verb.ASSIGN_CAR: "not_allowed_assign_car",
    Verb.DRIVE: "not_allowed_drive",
    Verb.GIVE_FEEDBACK: "not_allowed_give_feedback",
    Verb.RECORD_OUTCOME: "not_allowed_record_outcome",
    Verb.REQUEST_EXCEPTION: "not_allowed_request_exception",
    Verb.NOTE_COST: "not_allowed_note_cost",
    Verb.SETTLE_ENTRY: "not_allowed_settle_entry",
    Verb.CANCEL_SEVERAL: "not_allowed_cancel_several",
    Verb.SET_OWNER: "not_allowed_set_owner",
    Verb.SET_ROLES: "not_allowed_set_roles",
    Verb.HAND_OVER_ALL: "not_allowed_set_roles",
    Verb.REMIND_OWNERS: "not_allowed_remind",
}
_OUTCOMES = frozenset(
    {"approved", "declined", "changes_asked", "done", "confirmed", "feedback", "landed", "ended"}
    | {"attends", "cannot", "denied", "delegated"}
)


def error_words(error: DomainError, reader: Reader) -> str:
    """An expected refusal, as mrkdwn."""
    return _error(error, Language(reader)).mrkdwn()


def field_words(fault: Fault, reader: Reader) -> str:
    """What is wrong with one field, as the plain text beside it."""
    code = fault.code if fault.code in FAULTS else "invalid"
    language = Language(reader)
    facts: dict[str, object] = {**fault.facts}
    if "currency" in facts and "amount" in facts:
        facts["amount"] = language.money(Decimal(str(facts["amount"])), str(facts["currency"]))
    return language.say("faults", code, **facts).plain(2000)


def form_errors(error: InvalidForm, reader: Reader) -> dict[str, str]:
    """All faults of a form by its fields' names, which are its block ids."""
    return {field: field_words(fault, reader) for field, fault in error.faults.items()}


def listed_errors(words: Mapping[str, str], reader: Reader) -> str:
    """What is wrong with several fields, a line each with its label (mrkdwn)."""
    language = Language(reader)
    lines = [
        Text(f"❗ *{terms.field(language, field)}*{language.colon}{guard(said, 2000)}")
        for field, said in words.items()
    ]
    return joined("\n", lines).mrkdwn()


def choices_gone(fields: Sequence[str], reader: Reader) -> str:
    """That a draft's choices are not in the procedure any more (mrkdwn)."""
    language = Language(reader)
    named = joined(language.comma, [terms.field(language, field) for field in fields])
    return language.say("forms", "choice_gone", fields=named).mrkdwn()


def unexpected_words(reader: Reader, reference: str, *, is_done: bool = False) -> str:
    """An error of ours, and the reference under which it is logged: nothing was changed, or what
    the person did `is_done` and it came afterwards."""
    name = "unexpected_done" if is_done else "unexpected"
    return Language(reader).say("errors", name, reference=Text(f"`{reference}`")).mrkdwn()


def database_words(reader: Reader) -> str:
    """The database does not take anything now, so what the person did is not kept."""
    return Language(reader).say("errors", "database").mrkdwn()


def database_lost_words(reader: Reader) -> str:
    """For the visits channel: the database is gone, so nothing is kept and nobody is reminded."""
    return Language(reader).say("errors", "database_lost").mrkdwn()


def database_back_words(reader: Reader) -> str:
    """In its place: the database is back."""
    return Language(reader).say("errors", "database_back").mrkdwn()


def slack_trouble_words(reader: Reader) -> str:
    """Slack itself failed while something was being shown."""
    return Language(reader).say("errors", "slack_trouble").mrkdwn()


def _error(error: DomainError, language: Language) -> Text:
    facts = error.facts
    match error.code:
        case "not_allowed":
            name = _REFUSED_VERBS.get(str(facts.get("verb")), "not_allowed")
            return language.say("errors", name)
        case "already_decided":
            outcome = str(facts.get("outcome"))
            name = f"already_decided_{outcome}" if outcome in _OUTCOMES else "already_decided"
            who, at = mention(str(facts["by"])), facts["at"]
            when = language.moment(at) if isinstance(at, datetime) else guard(at)
            return language.say("errors", name, who=who, when=when)
        case "acted_upon":
            at = facts["at"]
            when = language.moment(at) if isinstance(at, datetime) else guard(at)
            if facts["by"] is None:
                return language.say("errors", "acted_upon_by_time", when=when)
            who = mention(str(facts["by"]))
            return language.say("errors", "acted_upon", who=who, when=when)
        case "too_early":
            said = {
                name: language.moment(at) for name, at in facts.items() if isinstance(at, datetime)
            }
            return language.say("errors", "too_early", **said)
        case "visit_over":
            status = terms.status_word(language, str(facts["status"]))
            return language.say("errors", "visit_over", status=status)
        case "too_many_requests":
            return language.say("errors", f"too_many_{facts['what']}", most=facts["most"])
        case code if code in ERRORS:
            return language.say("errors", code, **facts)
        case _:
            return language.say("errors", "refused")
