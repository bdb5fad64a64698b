"""The visit notice of a stored visit: what is asked in it, what is known, what is missing yet."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from models.base.words import Party, StepState
from models.policy.conditions import Beyond
from models.policy.customer_fields import (
    ALWAYS,
    OF_CUSTOMER,
    CustomerSection,
    customer_fields_of,
)
from models.policy.exception_asks import BORNE, Ask, point
from models.policy.moment import Anchor
from models.policy.notice_fields import BY_KEY, NoticeField, Section, fields_of
from models.policy.notice_tables import NoticeRule
from models.policy.rules import Policy
from models.reading.facts import facts_of
from models.reading.picture import VisitPicture
from models.records.exception import ExceptionRequest
from models.records.preparation import Task
from models.records.request import NoticeValue


@dataclass(frozen=True)
class Missing:
    """A field that is wanted and not known: who fills it, and until when; `reminds` where the
    policy says a time, else it is the arrival."""

    key: str
    people: tuple[str, ...]
    due: datetime
    before_approval: bool = False
    reminds: bool = True


@dataclass(frozen=True)
class Completeness:
    """How much of what is wanted is known."""

    known: int
    missing: list[Missing]

    @property
    def wanted(self) -> int:
        return self.known + len(self.missing)


def rules_for(picture: VisitPicture) -> list[NoticeRule]:
    """The rules of the policy that apply to the visit, in the file's order."""
    if not picture.policy.notices:
        return []
    facts, grades = facts_of(picture), picture.policy.grades
    return [
        rule
        for rule in picture.policy.notices
        if rule.only is None or rule.only.hold(facts, grades)
    ]


def asked_in(picture: VisitPicture, section: Section) -> list[NoticeField]:
    """The fields of a section that this visit's notice asks for: those that the policy names, all
    of them where it names none at all. By which way the request came is asked where there are
    several (A27)."""
    return _asked_by(rules_for(picture), picture, section)


def _asked_by(
    rules: list[NoticeRule], picture: VisitPicture, section: Section
) -> list[NoticeField]:
    fields = [_as_here(picture.policy, field) for field in fields_of(section)]
    asked = _asked(picture.policy, rules, fields, BY_KEY, picture.notice)
    return [field for field in asked if field.kind != "choice" or len(field.options) > 1]


def _as_here(policy: Policy, field: NoticeField) -> NoticeField:
    """The field with the answers that the policy has."""
    if field.key != "came_by":
        return field
    return replace(field, options=tuple(policy.request.channels))


def asked_of_customer(
    policy: Policy, picture: VisitPicture | None, section: CustomerSection, known: Collection[str]
) -> list[NoticeField]:
    """The same of a section of a customer's file, whose latest visit is `picture`, if there is
    any."""
    rules = rules_for(picture) if picture is not None else policy.notices
    return _asked(policy, rules, customer_fields_of(section), OF_CUSTOMER, {*known, *ALWAYS})


def _asked(
    policy: Policy,
    rules: Iterable[NoticeRule],
    fields: list[NoticeField],
    catalogue: Collection[str],
    known: Collection[str],
) -> list[NoticeField]:
    if not any(key in catalogue for rule in policy.notices for key in _named(rule)):
        return fields
    named = {key for rule in rules for key in _named(rule)}
    # What is known shows, although the policy asks for it no more.
    return [field for field in fields if field.key in named or field.key in known]


def _named(rule: NoticeRule) -> tuple[str, ...]:
    return (*rule.wanted, *rule.offered)


def sections_of(picture: VisitPicture) -> list[Section]:
    """The sections in which something is asked, in their order; the guests' always."""
    rules = rules_for(picture)
    return [s for s in Section if s == Section.GUESTS or _asked_by(rules, picture, s)]


def wanted_keys(picture: VisitPicture) -> list[str]:
    """Every field that is wanted, once."""
    return list(dict.fromkeys(key for rule in rules_for(picture) for key in rule.wanted))


def completeness(picture: VisitPicture) -> Completeness:
    """How much of the notice is known, and what is missing, of whom, until when."""
    missing: dict[str, Missing] = {}
    known: set[str] = set()
    for rule in rules_for(picture):
        for key in rule.wanted:
            if is_known(picture, key):
                known.add(key)
            else:
                missing.setdefault(key, _missing(picture, rule, key))
    return Completeness(len(known), list(missing.values()))


def holds_back(picture: VisitPicture) -> list[Missing]:
    """What must be known before the approvers are asked, and is not."""
    return [each for each in completeness(picture).missing if each.before_approval]


def is_known(picture: VisitPicture, key: str) -> bool:
    """Whether the notice says that. It is not asked of a party whose guests are not named what
    they eat."""
    if key in BY_KEY:
        return key in picture.notice
    if key in OF_CUSTOMER:
        return key in picture.survey
    visit = picture.visit
    match key:
        case "guests":
            return bool(picture.guests)
        case "diets":
            return bool(picture.guests) and all(guest.diet for guest in picture.guests)
        case "pickup_place" | "dropoff_place":
            return any(trip.kind == key.removesuffix("_place") for trip in picture.trips)
        case "second_host":
            return visit.second_host_id is not None
        case "meeting_time":
            return visit.meeting_at is not None
        case _:
            return bool(getattr(visit, key))


def still_fills(picture: VisitPicture, task: Task) -> list[str]:
    """The fields of the notice by which an item is done, as far as they are not known."""
    rule = picture.policy.task_rule(task.key)
    return [] if rule is None else [key for key in rule.fills if key not in picture.notice]


def dearer_lodging(picture: VisitPicture) -> Ask | None:
    """Who is to bear the lodging, where that is dearer for us than the level allows and nobody has
    been asked for the exception (B09); None else."""
    ask = Ask(Beyond.LODGING, BORNE, str(picture.notice.get("lodging_by") or "guest"))
    if point(picture.policy, facts_of(picture), ask, None) is None:
        return None
    asked = {(each.what, each.item, each.planned) for each in _standing(picture)}
    return None if (ask.what, ask.item, ask.planned) in asked else ask


def _standing(picture: VisitPicture) -> list[ExceptionRequest]:
    off = {StepState.DECLINED, StepState.VOID}
    return [each for each in picture.exceptions if each.state not in off]


def suggested_leaders(picture: VisitPicture) -> list[str]:
    """The leaders whom the notice suggests to take part (A16)."""
    found = picture.notice.get("suggested_leaders")
    return [str(who) for who in found] if isinstance(found, list) else []


def values_of(picture: VisitPicture, section: Section) -> dict[str, NoticeValue]:
    """What is known in a section, by field."""
    notice = picture.notice
    return {f.key: notice[f.key] for f in fields_of(section) if f.key in notice}


def fillers_of(picture: VisitPicture) -> Iterator[str]:
    """Whoever the policy has fill something of a notice: every holder of a role."""
    for task in picture.tasks:
        rule_of_task = picture.policy.task_rule(task.key)
        if rule_of_task is not None and rule_of_task.fills and task.owner_id:
            yield task.owner_id
    for rule in picture.policy.notices:
        who = rule.filled_by
        if isinstance(who, Party):
            yield from picture.people(who)
        elif who is not None:
            yield from picture.holders.get(who, [])


def _missing(picture: VisitPicture, rule: NoticeRule, key: str) -> Missing:
    visit = picture.visit
    people = picture.people(rule.filled_by) if rule.filled_by is not None else []
    due = visit.arrival
    if rule.due is not None:
        base = visit.created_at if rule.due.anchor == Anchor.REQUEST else visit.arrival
        due = rule.due.offset.from_(base, visit.timezone, picture.policy.work_days)
    asked = tuple(people) or (visit.requester_id,)
    return Missing(key, asked, due, rule.before_approval, rule.due is not None)
