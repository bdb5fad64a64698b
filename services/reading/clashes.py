"""Which other visits are on at the time of one and touch it. Changes nothing."""

from collections.abc import Collection
from functools import cache

from sqlalchemy import BindParameter, bindparam
from sqlmodel import Session, col, or_, select
from sqlmodel.sql.expression import Select

from models.base.words import VisitStatus
from models.reading.clashes import Clash
from models.records.customers import Customer
from models.records.visit import Visit

_ON = [str(each) for each in (VisitStatus.REQUESTED, VisitStatus.CHANGES_ASKED)]
_ON += [str(VisitStatus.APPROVED)]


def clashes(session: Session, visits: Collection[Visit]) -> dict[int, list[Clash]]:
    """By visit, the others whose stay overlaps with it and that are of the same customer or have a
    host of it, the earliest first: one query, however many visits. Those that are not on, and
    trials, clash with nothing."""
    visits = [visit for visit in visits if visit.status in _ON and visit.trial_of is None]
    if not visits:
        return {}
    about = {
        "first": min(visit.arrival for visit in visits),
        "last": max(visit.departure for visit in visits),
        "customers": list({visit.customer_id for visit in visits}),
        "hosts": list({host for visit in visits for host in _hosts(visit)}),
    }
    found: dict[int, list[Clash]] = {}
    others = session.exec(_others_query(), params=about).all()
    for visit in visits:
        for other, customer in others:
            clash = _clash(visit, other, customer)
            if clash is not None:
                found.setdefault(visit.id or 0, []).append(clash)
    return found


@cache
def _others_query() -> Select[Visit, str]:
    hosts: BindParameter[list[str]] = bindparam("hosts", expanding=True)
    return (
        select(Visit, Customer.name)
        .join(Customer, col(Customer.id) == Visit.customer_id)
        .where(
            col(Visit.status).in_(_ON),
            col(Visit.trial_of).is_(None),
            Visit.arrival < bindparam("last"),
            Visit.departure > bindparam("first"),
            or_(
                col(Visit.customer_id).in_(bindparam("customers", expanding=True)),
                col(Visit.host_id).in_(hosts),
                col(Visit.second_host_id).in_(hosts),
            ),
        )
        .order_by(col(Visit.arrival), col(Visit.id))
    )


def _clash(visit: Visit, other: Visit, customer: str) -> Clash | None:
    overlaps = other.arrival < visit.departure and other.departure > visit.arrival
    if other.id == visit.id or not overlaps:
        return None
    same = other.customer_id == visit.customer_id
    hosts = tuple(host for host in _hosts(visit) if host in _hosts(other))
    if not same and not hosts:
        return None
    return Clash(other.number, customer, other.arrival, other.departure, same, hosts)


def _hosts(visit: Visit) -> list[str]:
    return [host for host in (visit.host_id, visit.second_host_id) if host]
