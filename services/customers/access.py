"""What a person may do with a customer's file: told by their parts in its visits."""

from dataclasses import dataclass

from sqlmodel import Session, col, select

from models.base.errors import NotAllowed, Outdated
from models.base.permissions import ACCOUNT_OWNER, Verb, may
from models.records.customers import Customer
from models.records.visit import Visit
from services.reading.concern import may_concern
from services.reading.desk import Desk
from services.reading.finding import COUNTED
from services.reading.standing import Subject, roles_of, standing


@dataclass(frozen=True)
class Access:
    """`verbs` are what the person may do with the file; of its visits they see those of
    `visit_ids`, the latest first, None: all."""

    verbs: frozenset[Verb]
    visit_ids: list[int] | None

    @property
    def sees(self) -> bool:
        return Verb.SEE in self.verbs

    @property
    def reads_all(self) -> bool:
        """Whether also what is for those alone who run or decide visits: prices and credit, open
        promises, the customer's people."""
        return Verb.READ_CUSTOMER in self.verbs


_VERBS = (
    Verb.SEE,
    Verb.FILL_CUSTOMER,
    Verb.READ_CUSTOMER,
    Verb.MERGE_CUSTOMERS,
    Verb.SET_OWNER,
)


def customer_of(session: Session, customer_id: int) -> Customer:
    """The customer of that id, or the one that it turned out to be another spelling of. Raises
    Outdated."""
    customer = session.get(Customer, customer_id)
    while customer is not None and customer.merged_into_id is not None:
        customer = session.get(Customer, customer.merged_into_id)
    if customer is None:
        raise Outdated
    return customer


def access_to(desk: Desk, customer: Customer) -> Access:
    """What the person may do. Asking for a visit opens nobody else's file: who has a part only in
    visits that no leader has approved reads what is for few in a file that is all their own."""
    session, me = desk.session, desk.person
    roles = standing(desk)
    parts = roles | {ACCOUNT_OWNER} if customer.account_owner_id == me else roles
    found = {verb for verb in _VERBS if may(parts, verb)}
    if found == set(_VERBS) and may(roles, Verb.SEE):
        return Access(frozenset(found), None)
    query = (
        select(Visit)
        .where(Visit.customer_id == customer.id)
        .order_by(col(Visit.arrival).desc(), col(Visit.id).desc())
    )
    mine = query.where(may_concern(me, roles_of(session, me), is_open=False)).limit(COUNTED)
    seen: list[int] = []
    for visit in session.exec(mine):
        here = standing(desk, Subject(visit))
        if not may(here, Verb.SEE):
            continue
        seen.append(visit.id or 0)
        can = {verb for verb in _VERBS if may(here, verb)}
        if visit.approved_at is None and _asks(visit, me):
            can.discard(Verb.READ_CUSTOMER)
        found |= can
    if Verb.FILL_CUSTOMER in found and not _of_others(session, customer, me):
        found.add(Verb.READ_CUSTOMER)
    return Access(frozenset(found), None if may(roles, Verb.SEE) else seen)


def check(desk: Desk, customer: Customer, verb: Verb) -> Access:
    """What the person may do. Raises NotAllowed where that is not among it."""
    access = access_to(desk, customer)
    if verb not in access.verbs:
        raise NotAllowed(verb)
    return access


def _asks(visit: Visit, me: str) -> bool:
    """Whether somebody has their part in a visit by asking for it, or by being named there."""
    return me in {visit.requester_id, visit.host_id, visit.second_host_id, visit.account_owner_id}


def _of_others(session: Session, customer: Customer, me: str) -> bool:
    """Whether there is a visit of the customer that is not the person's own, or it has another
    account owner."""
    if customer.account_owner_id not in {None, me}:
        return True
    query = select(Visit.id).where(
        Visit.customer_id == customer.id,
        col(Visit.requester_id) != me,
        col(Visit.host_id) != me,
    )
    return session.exec(query.limit(1)).first() is not None
