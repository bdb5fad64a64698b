"""Reading: visits whole, by id or number; customers by name. Changes nothing."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime
from functools import cache
from typing import Any, TypeVar

from sqlalchemy import bindparam, func
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import Select, SelectOfScalar

from models.base.errors import VisitNotFound
from models.base.words import VisitStatus
from models.policy import Policy
from models.policy.customer_fields import OF_CUSTOMER
from models.reading.deciding import Chain
from models.reading.ledger import standing_costs
from models.reading.picture import VisitPicture
from models.records.aftercare import Feedback
from models.records.audit import AuditEntry
from models.records.cars import Trip
from models.records.customers import Customer, CustomerFact, Guest
from models.records.entries import Entry
from models.records.escorts import Invitation
from models.records.exception import ExceptionRequest
from models.records.files import VisitFile
from models.records.money import LedgerLine
from models.records.preparation import Task
from models.records.request import Confirmation, NoticeFact, NoticeValue
from models.records.signoff import ApprovalStep, SignOff
from models.records.visit import Visit
from services.reading.clashes import clashes
from services.reading.desk import Site
from services.reading.people import holders_of, named, of_visit
from services.reading.versions import policy_of
from services.store.sql import among, column_of, kind_of, one_of
from services.store.unchanged import unchanged

_Part = TypeVar(
    "_Part",
    Guest,
    Trip,
    Task,
    ExceptionRequest,
    Invitation,
    LedgerLine,
    Feedback,
    Entry,
    VisitFile,
    NoticeFact,
    Confirmation,
)
_Whole = TypeVar("_Whole", Visit, Customer)
_HISTORY_LENGTH = 30
_EDITS = ("edit", "resubmit", "reopen")


def get_visit(session: Session, visit_id: int) -> Visit:
    """The visit of that id. Raises VisitNotFound."""
    visit = session.get(Visit, visit_id)
    if visit is None:
        raise VisitNotFound(str(visit_id))
    return visit


def find_visit(session: Session, number: str) -> Visit | None:
    """The visit of that number, however it was typed (`v-2026-0001`, ` V-2026-0001 `)."""
    return session.exec(select(Visit).where(Visit.number == number.strip().upper())).first()


def picture(session: Session, visit_id: int, site: Site, *, in_full: bool = False) -> VisitPicture:
    """A visit with all that belongs to it; `in_full` with its history, entries and files as well.
    Raises VisitNotFound."""
    visit = get_visit(session, visit_id)
    return _pictures(session, [visit], site, {visit_id} if in_full else set())[visit_id]


def new_picture(
    session: Session,
    visit: Visit,
    customer: Customer,
    policy: Policy,
    guests: list[Guest],
    trips: list[Trip],
    *,
    is_new_customer: bool,
) -> VisitPicture:
    """A visit that was made in this transaction: all that belongs to it is at hand."""
    return VisitPicture(
        visit=visit,
        customer=customer,
        policy=policy,
        holders=holders_of(session, visit, policy),
        guests=guests,
        trips=sorted(trips, key=_by_time),
        survey=surveys(session, [customer.id or 0]).get(customer.id or 0, {}),
        is_new_customer=is_new_customer,
    )


def with_chains(session: Session, view: VisitPicture) -> VisitPicture:
    """The same picture with the sign-offs as they are now, where nothing else has changed."""
    session.flush()
    number = view.visit.id or 0
    return replace(view, chains=_chains(session, [number])[number])


def pictures(
    session: Session, visit_ids: Collection[int], site: Site, in_full: Collection[int] = ()
) -> dict[int, VisitPicture]:
    """Many visits, each with all that belongs to it, by a handful of queries; those of `in_full`
    with their history, entries and files. One that is not there is left out."""
    if not visit_ids:
        return {}
    visits = session.exec(_by_id(kind_of(session), Visit), params={"ids": list(visit_ids)})
    return _pictures(session, visits.all(), site, in_full)


def _pictures(
    session: Session, visits: Sequence[Visit], site: Site, in_full: Collection[int]
) -> dict[int, VisitPicture]:
    ids = [visit.id or 0 for visit in visits]
    theirs = {visit.customer_id for visit in visits}
    of_them = unchanged(session, _by_id(kind_of(session), Customer), theirs, [Customer])
    customers = {customer.id: customer for customer in of_them}
    guests = _parts(session, Guest, ids, "position")
    trips = _parts(session, Trip, ids)
    tasks = _parts(session, Task, ids)
    chains = _chains(session, ids)
    exceptions = _parts(session, ExceptionRequest, ids)
    invitations = _parts(session, Invitation, ids)
    ledger = _parts(session, LedgerLine, ids)
    notices = _parts(session, NoticeFact, ids)
    confirmed = _parts(session, Confirmation, ids)
    feedback = _parts(session, Feedback, ids, "visit_id")
    entries = _parts(session, Entry, in_full)
    files = _parts(session, VisitFile, in_full)
    firsts = _first_leavings(session, theirs)
    asked = [visit for visit in visits if visit.status == VisitStatus.REQUESTED]
    edits = _edits(session, [visit.id or 0 for visit in asked if visit.approval_round > 1])
    looked_at = [visit for visit in visits if visit in asked or visit.id in in_full]
    clashing = clashes(session, looked_at)
    policies = [policy_of(session, visit, site) for visit in visits]
    asks = [visit for visit, policy in zip(visits, policies, strict=True) if _asks_survey(policy)]
    known = surveys(session, {visit.customer_id for visit in (*asks, *looked_at)})
    own = named(session, ids) if any(policy.company.for_visits for policy in policies) else {}
    found: dict[int, VisitPicture] = {}
    for number, visit, policy in zip(ids, visits, policies, strict=True):
        order = {rule.key: place for place, rule in enumerate(policy.tasks)}
        found[number] = VisitPicture(
            visit=visit,
            customer=customers[visit.customer_id],
            policy=policy,
            holders=of_visit(holders_of(session, visit, policy), own.get(number, {})),
            named=own.get(number, {}),
            guests=guests[number],
            trips=sorted(trips[number], key=_by_time),
            tasks=sorted(tasks[number], key=lambda task: order.get(task.key, len(order))),
            chains=chains[number],
            exceptions=exceptions[number],
            invitations=invitations[number],
            notice={fact.key: fact.value for fact in notices[number]},
            confirmed={each.key: each.mark for each in confirmed[number]},
            costs=standing_costs(ledger[number]),
            survey=known.get(visit.customer_id, {}),
            is_new_customer=_is_first(visit.customer_id, visit.created_at, firsts),
            feedback=next(iter(feedback[number]), None),
            history=_history(session, number) if number in in_full else [],
            entries=entries.get(number, []),
            files=files.get(number, []),
            edits=edits.get(number, []),
            clashes=clashing.get(number, []),
        )
    return found


def surveys(session: Session, customers: Collection[int]) -> dict[int, dict[str, NoticeValue]]:
    """What is known of these customers, by field (P14)."""
    found: dict[int, dict[str, NoticeValue]] = {}
    if not customers:
        return found
    among_them = among(session, column_of(CustomerFact, "customer_id"), customers)
    query = select(CustomerFact).where(among_them).order_by(col(CustomerFact.id))
    for fact in session.exec(query):
        found.setdefault(fact.customer_id, {})[fact.key] = fact.value
    return found


def _asks_survey(policy: Policy) -> bool:
    return any(key in OF_CUSTOMER for rule in policy.notices for key in rule.wanted)


def _by_time(trip: Trip) -> tuple[datetime, str]:
    return trip.at, trip.kind


def _parts(
    session: Session, table: type[_Part], visit_ids: Collection[int], order: str = "id"
) -> dict[int, list[_Part]]:
    """What belongs to these visits, of one kind, in order."""
    found: dict[int, list[_Part]] = {visit_id: [] for visit_id in visit_ids}
    if not visit_ids:
        return found
    query = _parts_query(kind_of(session), table, order)
    for part in unchanged(session, query, visit_ids, [table]):
        found[part.visit_id].append(part)
    return found


@cache
def _parts_query(kind: str, table: type[_Part], order: str) -> SelectOfScalar[_Part]:
    of_visits = one_of(kind, column_of(table, "visit_id"), "ids")
    return select(table).where(of_visits).order_by(column_of(table, order))


@cache
def _by_id(kind: str, table: type[_Whole]) -> SelectOfScalar[_Whole]:
    return select(table).where(one_of(kind, column_of(table, "id"), "ids"))


def _chains(session: Session, visit_ids: Collection[int]) -> dict[int, list[Chain]]:
    """The sign-offs of these visits with their steps, each in order."""
    found: dict[int, dict[int | None, Chain]] = {visit_id: {} for visit_id in visit_ids}
    query = _chains_query(kind_of(session))
    for sign_off, step in unchanged(session, query, visit_ids, [SignOff, ApprovalStep]):
        of_visit = found[sign_off.visit_id or 0]
        of_visit.setdefault(sign_off.id, Chain(sign_off, [])).steps.append(step)
    return {visit_id: list(chains.values()) for visit_id, chains in found.items()}


@cache
def _chains_query(kind: str) -> Select[SignOff, ApprovalStep]:
    return (
        select(SignOff, ApprovalStep)
        .join(ApprovalStep)
        .where(one_of(kind, column_of(SignOff, "visit_id"), "ids"))
        .order_by(col(SignOff.id), col(ApprovalStep.position))
    )


def _history(session: Session, visit_id: int) -> list[AuditEntry]:
    return list(session.exec(_history_query(), params={"visit": visit_id}))


@cache
def _history_query() -> SelectOfScalar[AuditEntry]:
    query = select(AuditEntry).where(AuditEntry.visit_id == bindparam("visit"))
    return query.order_by(col(AuditEntry.id).desc()).limit(_HISTORY_LENGTH)


def _edits(session: Session, visit_ids: Collection[int]) -> dict[int, list[AuditEntry]]:
    """What was edited of these visits, oldest first."""
    found: dict[int, list[AuditEntry]] = {}
    if not visit_ids:
        return found
    for entry in session.exec(_edits_query(kind_of(session)), params={"ids": list(visit_ids)}):
        found.setdefault(entry.visit_id or 0, []).append(entry)
    return found


@cache
def _edits_query(kind: str) -> SelectOfScalar[AuditEntry]:
    of_visits = one_of(kind, column_of(AuditEntry, "visit_id"), "ids")
    query = select(AuditEntry).where(of_visits, col(AuditEntry.verb).in_(_EDITS))
    return query.order_by(col(AuditEntry.id))


def _first_leavings(session: Session, customers: Collection[int]) -> dict[int, datetime]:
    """When guests of these customers first left; none for customers who never came."""
    found = unchanged(session, _leavings_query(kind_of(session)), customers, [Visit, Customer])
    return {customer or 0: left_at for customer, left_at in found if left_at is not None}


@cache
def _leavings_query(kind: str) -> Select[int | None, Any]:
    first = (  # one look into the index for each, however many visits there were
        select(func.min(Visit.left_at))
        .where(Visit.customer_id == Customer.id, col(Visit.left_at).is_not(None))
        .scalar_subquery()
    )
    return select(Customer.id, first).where(one_of(kind, column_of(Customer, "id"), "ids"))


def _is_first(customer_id: int, asked_at: datetime, firsts: dict[int, datetime]) -> bool:
    first = firsts.get(customer_id)
    return first is None or first > asked_at


def is_first_visit(session: Session, customer_id: int, asked_at: datetime) -> bool:
    """Whether no visit of the customer took place before one that was asked for then."""
    return _is_first(customer_id, asked_at, _first_leavings(session, [customer_id]))
