"""The field's standard terms as people read them: one code, one term, in each language."""

from collections.abc import Iterable

from models.base.words import (
    Intention,
    Party,
    Purpose,
    StepState,
    TravelBy,
    TripKind,
    TripState,
    VisitStatus,
)
from models.policy.role_tables import shipped_names
from models.policy.span import Span
from models.reading.picture import VisitPicture
from models.records.preparation import Task
from templates.wording.language import Language
from templates.wording.text import Text, guard, joined


def N_(message: str) -> str:  # noqa: N802 - the customary name for "collect this, translate later"
    """Mark a text for the catalogue that is translated where it is used."""
    return message


_PURPOSES = {
    Purpose.SITE_AUDIT: N_("Site audit"),
    Purpose.PROJECT_NEGOTIATION: N_("Project negotiation"),
    Purpose.GOODS_INSPECTION: N_("Goods inspection"),
    Purpose.COMPLAINT: N_("Complaint"),
    Purpose.COURTESY: N_("Courtesy visit"),
    Purpose.TECHNICAL_EXCHANGE: N_("Technical exchange"),
    Purpose.SIGNING: N_("Signing"),
    Purpose.STUDY_TOUR: N_("Study tour"),
    Purpose.GOVERNMENT_INSPECTION: N_("Government inspection"),
    Purpose.MEETING: N_("Meeting only"),
}
_TRAVEL = {
    TravelBy.FLIGHT: N_("Flight"),
    TravelBy.TRAIN: N_("Train"),
    TravelBy.SHIP: N_("Ship"),
    TravelBy.OWN_CAR: N_("Own car"),
    TravelBy.OTHER: N_("Other"),
}
_STATUSES = {
    VisitStatus.REQUESTED: N_("Waiting for approval"),
    VisitStatus.CHANGES_ASKED: N_("Changes asked for"),
    VisitStatus.DECLINED: N_("Declined"),
    VisitStatus.APPROVED: N_("Approved"),
    VisitStatus.FOLLOW_UP: N_("Follow-up"),
    VisitStatus.CLOSED: N_("Closed"),
    VisitStatus.CANCELLED: N_("Cancelled"),
    VisitStatus.LAPSED: N_("Lapsed, not approved"),
    VisitStatus.POSTPONED: N_("Postponed, date open"),
}
STATUS_SIGNS = {
    VisitStatus.REQUESTED: "⏳",
    VisitStatus.CHANGES_ASKED: "✏️",
    VisitStatus.DECLINED: "⛔",
    VisitStatus.APPROVED: "✅",
    VisitStatus.FOLLOW_UP: "📝",
    VisitStatus.CLOSED: "🏁",
    VisitStatus.CANCELLED: "🚫",
    VisitStatus.LAPSED: "⌛",
    VisitStatus.POSTPONED: "⏸️",
}
_PARTIES = {
    Party.REQUESTER: N_("Requester"),
    Party.HOST: N_("Host"),
    Party.ACCOUNT_OWNER: N_("Account owner"),
    Party.SECOND_HOST: N_("Second host"),
    Party.ATTENDING: N_("Leaders who attend"),
    Party.APPROVERS: N_("Approvers"),
    Party.TRIP_DRIVER: N_("Driver of the trip"),
    Party.TASK_OWNERS: N_("Owners of the items"),
    Party.CHANNEL: N_("Visits channel"),
}
_TRIP_STATES = {
    TripState.WANTED: N_("No driver yet"),
    TripState.ASSIGNED: N_("Driver asked"),
    TripState.DECLINED: N_("Driver cannot"),
    TripState.ACCEPTED: N_("Driver accepted"),
    TripState.HERE: N_("Car is here"),
    TripState.ABOARD: N_("Guests aboard"),
    TripState.DONE: N_("Dropped off"),
}
_STEP_STATES = {
    StepState.WAITING: N_("Not asked yet"),
    StepState.PENDING: N_("Asked"),
    StepState.APPROVED: N_("Approved"),
    StepState.DECLINED: N_("Declined"),
    StepState.CHANGES_ASKED: N_("Changes asked for"),
    StepState.VOID: N_("No longer needed"),
}
_INTENTIONS = {
    Intention.SIGNED: N_("Signed"),
    Intention.WILL_SIGN: N_("Will sign"),
    Intention.INTERESTED: N_("Interested"),
    Intention.UNDECIDED: N_("Undecided"),
    Intention.NOT_INTERESTED: N_("Not interested"),
}
FIELDS = {
    "customer": N_("Customer"),
    "purpose": N_("Purpose"),
    "lead_guest": N_("Lead guest"),
    "lead_guest_title": N_("Lead guest's title"),
    "party_size": N_("Party size"),
    "arrival": N_("Arrival"),
    "departure": N_("Departure"),
    "host": N_("Host"),
    "level": N_("Level"),
    "level_reason": N_("Why this level"),
    "customer_kind": N_("Customer kind"),
    "capital": N_("Registered capital"),
    "overseas": N_("Overseas customer"),
    "important": N_("Important visit"),
    "exception_reason": N_("Reason for the exception"),
    "told_reason": N_("Why somebody else comes"),
    "meeting_time": N_("First meeting"),
    "meeting_place": N_("Meeting place"),
    "second_host": N_("Second host"),
    "travel_by": N_("Travel by"),
    "travel_number": N_("Flight or train number"),
    "pickup_place": N_("Pickup place"),
    "pickup_time": N_("Pickup time"),
    "dropoff_time": N_("Drop-off time"),
    "dropoff_place": N_("Drop-off place"),
    "contact_phone": N_("Contact's phone"),
    "account_owner": N_("Account owner"),
    "budget": N_("Budget"),
    "guests": N_("Guests"),
    "notes": N_("Notes"),
}


def purpose(language: Language, code: str) -> Text:
    """Why the customer comes (R1.2)."""
    return language._(_PURPOSES[Purpose(code)])


def travel_by(language: Language, code: str) -> Text:
    """How the guests travel."""
    return language._(_TRAVEL[TravelBy(code)])


def travel(language: Language, by: str | None, number: Text | None) -> Text | None:
    """How the guests travel, with the number of flight or train; None where neither is known."""
    if number and by == TravelBy.FLIGHT:
        return language._("Flight %(number)s", number=number)
    if number and by == TravelBy.TRAIN:
        return language._("Train %(number)s", number=number)
    return joined(" ", [travel_by(language, by) if by else None, number]) or None


def status(language: Language, picture: VisitPicture) -> Text:
    """Where the visit stands; a change of an approved visit is told from a first request."""
    if picture.status == VisitStatus.REQUESTED and picture.visit.approved_at is not None:
        return language._("Change waiting for approval")
    if picture.status == VisitStatus.REQUESTED and picture.visit.awaits_notice:
        return language._("Waiting for its notice")
    if picture.status == VisitStatus.REQUESTED and picture.visit.awaits_rating:
        return language._("Waiting to be rated")
    return language._(_STATUSES[picture.status])


def status_word(language: Language, code: str) -> Text:
    """The term of a status code."""
    return language._(_STATUSES[VisitStatus(code)])


def role(language: Language, code: str) -> Text:
    """A role as the company names it, or a part in a visit. One that the policy has no longer
    shows by its key."""
    name = language.roles.get(code) or shipped_names().get(code)
    if name is not None:
        return language.own(name)
    if code in _PARTIES:
        return language._(_PARTIES[Party(code)])
    return guard(code.replace("_", " ").capitalize())


def trip_kind(language: Language, code: str, by: str | None) -> Text:
    """Pickup, drop-off or ride, as it is called for guests who travel that way; None: not known."""
    if by == TravelBy.FLIGHT:
        pickup, dropoff = (
            language.pgettext("by air", "Pickup"),
            language.pgettext("by air", "Drop-off"),
        )
    elif by == TravelBy.TRAIN:
        pickup, dropoff = (
            language.pgettext("by rail", "Pickup"),
            language.pgettext("by rail", "Drop-off"),
        )
    else:
        pickup, dropoff = language._("Pickup"), language._("Drop-off")
    kinds = {TripKind.PICKUP: pickup, TripKind.DROPOFF: dropoff, TripKind.RIDE: language._("Ride")}
    return kinds[TripKind(code)]


def trip_state(language: Language, code: str) -> Text:
    """How far a car is."""
    return language._(_TRIP_STATES[TripState(code)])


def step_state(language: Language, code: str) -> Text:
    """What became of an approval step."""
    return language._(_STEP_STATES[StepState(code)])


def intention(language: Language, code: str) -> Text:
    """What the customer means to do next (R8.1)."""
    return language._(_INTENTIONS[Intention(code)])


def field(language: Language, name: str) -> Text:
    """The label of a field of the visit form."""
    return language._(FIELDS[name]) if name in FIELDS else guard(name)


def level(language: Language, picture: VisitPicture) -> Text:
    """The reception level in the company's own words."""
    return language.own(picture.level.name)


def after_level(name: Text) -> Text:
    """A level's name behind the word level, which many names begin with themselves."""
    return Text(name.removeprefix("Level "))


def task(language: Language, picture: VisitPicture, key: str) -> Text:
    """A checklist or follow-up item in the company's own words."""
    rule = picture.policy.task_rule(key)
    return language.own(rule.title) if rule is not None else guard(key.replace("_", " "))


def task_of(language: Language, picture: VisitPicture, item: Task) -> Text:
    """The words of a stored item."""
    return task(language, picture, item.key)


def span(language: Language, length: Span) -> Text:
    """A number of days, working days or hours."""
    match length.unit:
        case "days":
            return language.ngettext("%(num)s day", "%(num)s days", length.number)
        case "working_days":
            return language.ngettext("%(num)s working day", "%(num)s working days", length.number)
        case "hours":
            return language.ngettext("%(num)s hour", "%(num)s hours", length.number)


def choice(language: Language, key: str) -> Text:
    """What a leader may choose for the guests, or neither (P09)."""
    names = {
        "sights": language._("Sights"),
        "souvenir": language._("Souvenir"),
        "leisure": language._("Leisure"),
        "meals": language._("Meals"),
        "vehicle": language._("Vehicle"),
        "welcome": language._("Welcome"),
    }
    return names.get(key) or language._("Neither")


def choices(language: Language, keys: Iterable[str]) -> Text:
    """What there is to choose from: the label of the choice."""
    return joined(" / ", [choice(language, key) for key in keys])
