"""Costs: noted, held against caps and exceptions, overspend shared (R2.3), put right by a
counter-line; gifts above policy are refused and reported (R10.2)."""

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from sqlmodel import select

from models.base.errors import (
    Fault,
    InvalidForm,
    NotApprovedYet,
    Outdated,
    VisitOver,
)
from models.base.permissions import Ability
from models.base.words import (
    OFF_STATUSES,
    CostKind,
    LedgerKind,
)
from models.money.forms import CorrectionForm, CostForm
from models.money.spending import Held, day_at, days_of, room_nights
from models.money.spending import hold as hold_sum
from models.reading.picture import VisitPicture
from models.records.money import LedgerLine
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
    cost: LedgerLine | None
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
    known = session.exec(select(LedgerLine).where(LedgerLine.form_key == form_key)).first()
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
    cost = LedgerLine(
        visit_id=visit_id,
        form_key=form_key,
        what=what,
        item=item,
        day=day,
        amount=amount,
        guests=guests if what in {CostKind.MEALS, CostKind.LODGING} else None,
        note=(form.note or "").strip() or None,
        spent_by=desk.person,
        noted_at=desk.now,
    )
    _write(desk, view, cost, held)
    audit.note(desk, visit, "note_cost", cost=cost.id, what=what, item=item)
    outbox.changed(desk, visit)
    return Noted(visit, cost)


def correct_cost(
    desk: Desk, visit_id: int, line_id: int, form: CorrectionForm, form_key: str
) -> Noted:
    """Put a noted cost right: a counter-line takes it back with the reason, and what was really
    spent is noted anew and held anew; the line itself stays as it was written.

    A form submitted twice corrects once. Returns the new cost, the counter-line where nothing was
    spent. Raises InvalidForm; Outdated for a line that was corrected meanwhile.
    """
    session = desk.session
    visit = hold(session, visit_id)
    known = session.exec(select(LedgerLine).where(LedgerLine.form_key == form_key)).first()
    if known is not None:
        return Noted(visit, known, is_repeat=True)
    view, old = correctable(desk, visit_id, line_id)
    faults = form.faults(old.amount)
    if faults or form.amount is None or form.reason is None:
        raise InvalidForm(faults)
    what, most = CostKind(old.what), old.guests or visit.party_size
    others = replace(view, costs=[cost for cost in view.costs if cost.id != line_id])
    held = hold_sum(others, what, old.item, old.day, form.amount, most)
    if what == CostKind.GIFT and held.over and held.by != "budget" and _refuses_gifts(view):
        _report_gift(desk, view, form.amount, held, form_key)
        return Noted(visit, None, held.left)
    same = {"visit_id", "what", "item", "day", "guests"}
    both = old.model_dump(include=same) | {"spent_by": desk.person, "noted_at": desk.now}
    line = LedgerLine(
        **both,
        kind=LedgerKind.CORRECTION,
        corrects_id=line_id,
        form_key=form_key,
        amount=-old.amount,
        note=form.reason.strip(),
    )
    session.add(line)
    session.flush()
    if form.amount:
        line = LedgerLine(**both, amount=form.amount, note=old.note)
        _write(desk, others, line, held)
    audit.note(desk, visit, "correct_cost", cost=line_id, what=what, item=old.item)
    outbox.changed(desk, visit)
    return Noted(visit, line)


def correctable(desk: Desk, visit_id: int, line_id: int) -> tuple[VisitPicture, LedgerLine]:
    """A noted cost that stands. Raises Outdated where it was corrected meanwhile."""
    view = picture(desk.session, visit_id, desk.site)
    found = next((cost for cost in view.costs if cost.id == line_id), None)
    if found is None:
        raise Outdated
    return view, found


def _write(desk: Desk, view: VisitPicture, cost: LedgerLine, held: Held) -> None:
    """Add a cost as it was held; host and finance are told of what lies above."""
    cost.allowed, cost.held_by = held.allowed, held.by
    cost.shares = {who: str(part) for who, part in held.shares.items()}
    desk.session.add(cost)
    desk.session.flush()
    if held.over:
        for person in dict.fromkeys([view.visit.host_id, *view.able(Ability.SEES_MONEY)[:1]]):
            if person != desk.actor_id:
                key = f"v{view.visit.id}:overspend:{cost.id}:{person}"
                outbox.owe(desk, "overspend", person, key, view.visit.id, cost=cost.id)


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
