"""Telling people what could not be delivered: whoever can mend it, and whoever stands in.

A closed visits channel is told to the admins and the visit's requester once a day. A message that
failed for good is told to the coordinator, else to the admins, once for each visit, person and
cause; where the person cannot be written to, it goes to whom the policy names next.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime

from sqlmodel import Session, select

from models.base.permissions import Ability
from models.base.times import local
from models.base.words import DeliveryState, Party
from models.policy import Policy
from models.reading.picture import VisitPicture
from models.records.visit import Visit
from models.reminders.outbox import Delivery
from scheduler.faults import is_closed
from scheduler.rows import Claimed, Outcome, Over, PutBack
from services.reading.desk import Desk, Site
from services.reading.looks import picture
from services.reading.people import able, holders
from services.saying.outbox import owe

CHANNEL_MISSING = "channel_missing"
"""args: `fault`, Slack's error code."""
DELIVERY_FAILED = "delivery_failed"
"""args: `person` who was not reached, `reason` as in the row, `kind` and `args` of the message,
`instead`: who got it in their place, or None."""

_ABLE_TO = {
    "cars": Ability.ASSIGNS_CARS,
    "trip_declined": Ability.ASSIGNS_CARS,
    "task_problem": Ability.PREPARES,
}
"""What whoever is told such a thing can do: others who can stand in for them."""
_TO_DRIVERS = frozenset({"trip", "trip_cancelled", "car_ready"})


@dataclass(frozen=True, order=True)
class _Notice:
    key: str
    kind: str = field(compare=False)
    person: str = field(compare=False)
    visit_id: int | None = field(compare=False)
    args: dict[str, object] = field(compare=False)


def tell_of_faults(
    session: Session, outcomes: Iterable[Outcome], now: datetime, site: Site
) -> None:
    """Owe what people should hear of these outcomes; nothing twice."""
    desk = Desk(session, now, site, None, "tick")
    notices: list[_Notice] = []
    for outcome in outcomes:
        if isinstance(outcome, PutBack) and outcome.notice is not None:
            notices += _of_channel(desk, outcome.row, outcome.notice)
        elif isinstance(outcome, Over) and outcome.state == DeliveryState.FAILED:
            notices += _of_failure(desk, outcome.row, outcome.reason)
    for each in sorted(notices):  # in order, so that two bots never wait crosswise
        owe(desk, each.kind, each.person, each.key, each.visit_id, **each.args)


def _of_channel(desk: Desk, row: Claimed, fault: str) -> Iterator[_Notice]:
    visit = desk.session.get(Visit, row.visit_id) if row.visit_id else None
    people = able(holders(desk.session), desk.site.policy, Ability.ADMINISTERS)
    if visit is not None:
        people.append(visit.requester_id)
    for person in dict.fromkeys(people):
        key = f"{CHANNEL_MISSING}:{_day(desk)}:{person}"
        yield _Notice(key, CHANNEL_MISSING, person, row.visit_id, {"fault": fault})


def _of_failure(desk: Desk, row: Claimed, reason: str) -> Iterator[_Notice]:
    view = picture(desk.session, row.visit_id, desk.site) if row.visit_id else None
    roles = view.holders if view else holders(desk.session)
    instead = _send_to_next(desk, row, view, roles) if is_closed(reason) else None
    if row.kind == DELIVERY_FAILED:
        return  # whoever stands in has been told
    policy = view.policy if view else desk.site.policy
    told = [p for p in able(roles, policy, Ability.PREPARES) if p != row.recipient][:1]
    told = told or able(roles, policy, Ability.ADMINISTERS)
    if view is not None and instead is None:
        told = [*told, *_others(row, view)]
    about = f"v{row.visit_id}" if row.visit_id else _day(desk)
    args: dict[str, object] = {"person": row.recipient, "reason": reason, "instead": instead}
    args |= {"kind": row.kind, "args": row.args}
    for person in dict.fromkeys(told):
        if person != row.recipient:
            key = f"failed:{about}:{row.recipient}:{person}:{reason}"[:160]
            yield _Notice(key, DELIVERY_FAILED, person, row.visit_id, args)


def _send_to_next(
    desk: Desk, row: Claimed, view: VisitPicture | None, roles: dict[str, list[str]]
) -> str | None:
    """Owe the message to the next in line; returns who that is, None where nobody stands in."""
    line = _line(row, view, roles, view.policy if view else desk.site.policy)
    if row.recipient not in line:
        return None
    after = line[line.index(row.recipient) + 1 :]
    if not after:
        return None
    same = select(Delivery).where(
        Delivery.visit_id == row.visit_id,
        Delivery.kind == row.kind,
        Delivery.recipient == after[0],
        Delivery.state != DeliveryState.CANCELLED,
    )
    if "step" in row.args:  # it may be repeated
        due = select(Delivery.due_at).where(Delivery.seq == row.seq)
        same = same.where(Delivery.due_at == due.scalar_subquery())
    if all(each.args != row.args for each in desk.session.exec(same)):
        owe(desk, row.kind, after[0], f"instead:{row.id}", row.visit_id, **row.args)
    return after[0]


def _line(
    row: Claimed, view: VisitPicture | None, roles: dict[str, list[str]], policy: Policy
) -> list[str]:
    """Who may be told a message, in turn: the holders of the role that it goes to, in their order,
    then those whom the policy's step names for escalation."""
    if row.kind == DELIVERY_FAILED:
        prepare = able(roles, policy, Ability.PREPARES)
        return list(dict.fromkeys([*prepare, *able(roles, policy, Ability.ADMINISTERS)]))
    if row.kind in _ABLE_TO:
        return able(roles, policy, _ABLE_TO[row.kind])
    step = view.policy.step(str(row.args.get("step"))) if view else None
    if view is None or step is None:
        return []
    people = [p for who in step.to if not isinstance(who, Party) for p in roles.get(who, [])]
    if row.recipient not in people:
        people = [row.recipient]
    if step.escalate is not None:
        people += [p for who in step.escalate.to for p in view.people(who)]
    return list(dict.fromkeys(people))


def _others(row: Claimed, view: VisitPicture) -> list[str]:
    """Whom else it concerns that a driver or the dispatcher does not know: the host, who calls
    them, and for a driver the dispatcher, who can send another."""
    if row.kind in _TO_DRIVERS:
        return [view.visit.host_id, *view.able(Ability.ASSIGNS_CARS)[:1]]
    dispatchers = view.able(Ability.ASSIGNS_CARS)
    return [view.visit.host_id] if row.recipient in dispatchers else []


def _day(desk: Desk) -> str:
    return local(desk.now, desk.site.timezone).date().isoformat()
