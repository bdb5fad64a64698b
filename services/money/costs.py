"""Costs: noted, held against caps and exceptions, overspend shared (R2.3); gifts above policy are
refused and reported (R10.2)."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlmodel import select

from models.base.errors import (
    Fault,
    InvalidForm,
    NotApprovedYet,
    VisitOver,
)
from models.base.permissions import Ability
from models.base.words import (
    OFF_STATUSES,
    CostKind,
)
from models.money.forms import CostForm
from models.money.spending import Held, day_at, days_of, room_nights
from models.money.spending import hold as hold_sum
from models.reading.picture import VisitPicture
from models.records.money import Cost
from models.records.visit import Visit
from services.reading.desk import Desk
from services.reading.looks import picture
from services.saying import audit, outbox
from services.store.hold import hold

_NEVER = OFF_STATUSES


@dataclass(frozen=True)
class Noted:
    """The cost as it was noted. None: a gift above the procedure, which was refused and reported;
    `allowed` is what gifts may still cost. `is_repeat`: this very form had noted it before."""

    visit: Visit
    cost: Cost | None
    allowed: Decimal | None = None
    is_repeat: bool = False


def note_cost(desk: Desk, visit_id: int, form: CostForm, form_key: str) -> Noted:
    """Note what was spent on a visit and hold it against its cap or approved exception (R2.3).

    A form submitted twice notes one cost. What lies above is shared as the policy says; host and
    finance are told of it once. A gift above the procedure is refused where it says so, and
    reported (R10.2). Raises InvalidForm; NotApprovedYet, or VisitOver for a visit that never was.
    """
    session = desk.session
    visit = hold(session, visit_id)
    known = session.exec(select(Cost).where(Cost.form_key == form_key)).first()
    if known is not None:
        return Noted(visit, known, is_repeat=True)
    if visit.approved_at is None:
        raise VisitOver(visit.status) if visit.status in _NEVER else NotApprovedYet
    view = picture(session, visit_id, desk.site)
    what, item, day, amount, guests = _checked(desk, view, form)
    held = hold_sum(view, what, item, day, amount, guests)
    if what == CostKind.GIFT and held.over and held.by != "budget" and _refuses_gifts(view):
        _report_gift(desk, view, amount, held, form_key)
        return Noted(visit, None, held.left)
    cost = Cost(
        visit_id=visit_id,
        form_key=form_key,
        what=what,
        item=item,
        day=day,
        amount=amount,
        guests=guests if what in {CostKind.MEALS, CostKind.LODGING} else None,
        allowed=held.allowed,
        held_by=held.by,
        shares={who: str(part) for who, part in held.shares.items()},
        note=(form.note or "").strip() or None,
        spent_by=desk.person,
        noted_at=desk.now,
    )
    session.add(cost)
    session.flush()
    audit.note(desk, visit, "note_cost", cost=cost.id, what=what, item=item)
    if held.over:
        for person in dict.fromkeys([visit.host_id, *view.able(Ability.SEES_MONEY)[:1]]):
            if person != desk.actor_id:
                key = f"v{visit.id}:overspend:{cost.id}:{person}"
                outbox.owe(desk, "overspend", person, key, visit.id, cost=cost.id)
    outbox.changed(desk, visit)
    return Noted(visit, cost)


def _checked(
    desk: Desk, view: VisitPicture, form: CostForm
) -> tuple[CostKind, str | None, date | None, Decimal, int]:
    visit = view.visit
    is_lodging = form.kind is not None and form.kind[0] == CostKind.LODGING
    most = room_nights(visit) if is_lodging else visit.party_size
    faults = form.faults(most)
    day: date | None = None
    if form.kind is not None and form.kind[0] == CostKind.MEALS:
        day = form.day or day_at(visit, desk.now)
        if day not in days_of(visit):
            faults["day"] = Fault("no_day_of_visit")
    if faults or form.kind is None or form.amount is None:
        raise InvalidForm(faults)
    what, item = form.kind
    return what, item, day, form.amount, form.guests or most


def _refuses_gifts(view: VisitPicture) -> bool:
    gifts = view.policy.gifts
    return gifts is not None and gifts.refuse_above


def _report_gift(
    desk: Desk, view: VisitPicture, amount: Decimal, held: Held, form_key: str
) -> None:
    """Tell the keeper of the procedure's secrets, and finance; keep it in the audit trail."""
    visit, secrecy = view.visit, view.policy.secrecy
    allowed = held.allowed or Decimal(0)
    facts = {"amount": str(amount), "allowed": str(allowed), "left": str(held.left)}
    audit.record(desk, "refuse_gift", visit.id, **facts)
    keepers = view.people(secrecy.keeper) if secrecy is not None else []
    for person in dict.fromkeys([*keepers, *view.able(Ability.SEES_MONEY)[:1]]):
        if person != desk.actor_id:
            key = f"v{visit.id}:gift:{form_key}:{person}"[:160]
            outbox.owe(desk, "gift_refused", person, key, visit.id, by=desk.person, **facts)


def spendable(desk: Desk, visit_id: int) -> VisitPicture:
    """A visit on which money may have been spent."""
    view = picture(desk.session, visit_id, desk.site)
    if view.visit.approved_at is None:
        if view.status in OFF_STATUSES:
            raise VisitOver(view.visit.status)
        raise NotApprovedYet
    return view
