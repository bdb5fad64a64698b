"""Exceptions: asked for with a reason, decided before the money is spent (R2.2)."""

from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

from sqlmodel import select

from models.base.errors import (
    Fault,
    InvalidForm,
    VisitOver,
)
from models.base.words import OPEN_STATUSES, Matter, StepState
from models.money.forms import ExceptionForm
from models.money.spending import approved, ask_of, beyond_now, day_at, days_of, is_spent, limit_now
from models.policy.approvals import Approver, exception_approvers
from models.policy.conditions import Beyond
from models.policy.exception_asks import Ask, every_ask
from models.reading.facts import facts_of
from models.reading.picture import VisitPicture
from models.records.exception import ExceptionRequest
from models.records.signoff import ApprovalStep, SignOff
from models.records.visit import Visit
from services.keeping.chain import (
    ask_next,
    close,
    current_chain,
    lay_out_steps,
    open_chain,
    revive,
    void_steps,
)
from services.reading.desk import Desk
from services.reading.looks import picture
from services.reading.versions import policy_of
from services.saying import audit, outbox
from services.signoff.limits import check_hour
from services.store.hold import hold


@dataclass(frozen=True)
class Asked:
    """The exception asked for. `missing_roles` are deciders that nobody holds; `is_repeat` that
    this very form had asked before."""

    visit: Visit
    exception: ExceptionRequest
    missing_roles: list[str] = field(default_factory=list)
    is_repeat: bool = False


def request_exception(desk: Desk, visit_id: int, form: ExceptionForm, form_key: str) -> Asked:
    """Ask for one exception and its first decider (R2.2).

    A form submitted twice asks once. Raises VisitOver, TooManyRequests, and InvalidForm beside the
    field: where the level allows it anyway, where the money is spent or the same is being decided
    already.
    """
    session = desk.session
    visit = hold(session, visit_id)
    known = session.exec(
        select(ExceptionRequest).where(ExceptionRequest.form_key == form_key)
    ).first()
    if known is not None:
        return Asked(visit, known, is_repeat=True)
    if visit.status not in OPEN_STATUSES:
        raise VisitOver(visit.status)
    view = picture(session, visit_id, desk.site)
    ask, day = _checked(desk, view, form)
    check_hour(desk, view.policy)
    exception = ExceptionRequest(
        visit_id=visit_id,
        form_key=form_key,
        what=ask.what,
        item=ask.item,
        day=day,
        planned=ask.planned,
        amount=ask.amount,
        reason=(form.reason or "").strip(),
        asked_by=desk.person,
        asked_at=desk.now,
    )
    session.add(exception)
    session.flush()
    audit.note(desk, visit, "ask_exception", **_named(exception))
    sign_off = open_chain(desk, Matter.EXCEPTION, exception.id or 0, visit, desk.person)
    chain = exception_approvers_of(view, ask.what)
    missing = lay_out_steps(desk, visit, view.policy, sign_off, chain)
    outbox.changed(desk, visit)
    return Asked(visit, exception, missing)


def exception_approvers_of(view: VisitPicture, what: Beyond) -> list[Approver]:
    """Who decides an exception of that kind for the visit, in order."""
    return exception_approvers(view.policy, facts_of(view), what)


DECISIONS = frozenset({StepState.APPROVED, StepState.DECLINED})


def follow(
    desk: Desk, visit: Visit, sign_off: SignOff, step: ApprovalStep, decision: StepState
) -> list[str]:
    """What follows from a decision on an exception: the next is asked, or it is decided and its
    asker and the host are told. Returns roles that nobody holds."""
    exception = desk.session.get_one(ExceptionRequest, sign_off.matter_id)
    verb = f"exception_{decision}"
    named = _named(exception)
    if step.on_behalf_of:
        named["on_behalf_of"] = step.on_behalf_of
    audit.note(desk, visit, verb, role=step.role, comment=step.comment, **named)
    if decision == StepState.APPROVED:
        policy = policy_of(desk.session, visit, desk.site)
        missing = ask_next(desk, visit, policy, sign_off)
        if missing is not None:
            return missing
    _decided(desk, visit, exception, sign_off, decision)
    return []


def undo(desk: Desk, visit: Visit, sign_off: SignOff, step: ApprovalStep) -> list[str]:
    """The exception is being decided again. Returns who has been told of the decision."""
    exception = desk.session.get_one(ExceptionRequest, sign_off.matter_id)
    exception.state, exception.decided_at = StepState.PENDING, None
    desk.session.add(exception)
    at, kinds = step.decided_at or desk.now, ["exception_decided"]
    return outbox.recall(desk, visit.id or 0, kinds, at, exception=exception.id)


def revive_void(desk: Desk, visit: Visit, at: datetime) -> None:
    """Have the exceptions wait again that became void with the visit at that moment."""
    void = desk.session.exec(
        select(ExceptionRequest).where(
            ExceptionRequest.visit_id == visit.id,
            ExceptionRequest.state == StepState.VOID,
            ExceptionRequest.decided_at == at,
        )
    )
    for exception in void.all():
        sign_off = current_chain(desk, Matter.EXCEPTION, exception.id or 0)
        if sign_off is not None and sign_off.closed_at == at:
            exception.state, exception.decided_at = StepState.PENDING, None
            desk.session.add(exception)
            revive(desk, sign_off)


def review(desk: Desk, visit: Visit) -> list[str]:
    """Look at the open exceptions of a visit again, after its level or its policy has changed.

    What is within the new caps needs no decision any more: it becomes void and its asker is told.
    Of the others the deciders are asked whom the rules name now; who has approved is not asked
    again. Returns roles that nobody holds.
    """
    session = desk.session
    session.flush()
    missing: list[str] = []
    for exception in picture(session, visit.id or 0, desk.site).exceptions:
        if exception.state != StepState.PENDING:
            continue
        view = picture(session, visit.id or 0, desk.site)
        sign_off = current_chain(desk, Matter.EXCEPTION, exception.id or 0)
        if sign_off is None:
            continue
        if beyond_now(view, ask_of(exception)) is None:
            audit.note(desk, visit, "exception_void", **_named(exception))
            _decided(desk, visit, exception, sign_off, StepState.VOID)
            continue
        missing += _ask_anew(desk, view, exception, sign_off)
    return missing


def _ask_anew(
    desk: Desk, view: VisitPicture, exception: ExceptionRequest, sign_off: SignOff
) -> list[str]:
    steps = view.exception_steps(exception.id)
    approvers = exception_approvers_of(view, Beyond(exception.what))
    standing = [step.role for step in steps if step.state != StepState.VOID]
    if standing == [approver.role for approver in approvers]:
        return []
    void_steps(desk, sign_off)
    done = {step.role for step in steps if step.state == StepState.APPROVED}
    left = [approver for approver in approvers if approver.role not in done]
    if left:
        first = max((step.position for step in steps), default=-1) + 1
        return lay_out_steps(desk, view.visit, view.policy, sign_off, left, first)
    _decided(desk, view.visit, exception, sign_off, StepState.APPROVED)
    return []


def _checked(desk: Desk, view: VisitPicture, form: ExceptionForm) -> tuple[Ask, date | None]:
    """What is asked for, and the day of a meal. Raises InvalidForm."""
    faults = form.faults()
    found = next((ask for ask in every_ask(view.policy) if ask.code == form.what), None)
    if found is None:
        raise InvalidForm(faults | {"what": Fault("required")})
    if found.is_money and form.amount is None:
        faults.setdefault("amount", Fault("required"))
    day: date | None = None
    if found.what == Beyond.MEALS:
        day = form.day or day_at(view.visit, desk.now)
        if day not in days_of(view.visit):
            faults["day"] = Fault("no_day_of_visit")
    if faults:
        raise InvalidForm(faults)
    ask = found.of(form.amount) if found.is_money else found
    for check in (_within, _spent, _asked_before):
        if faults := check(view, ask, day):
            raise InvalidForm(faults)
    return ask, day


def _within(view: VisitPicture, ask: Ask, day: date | None) -> dict[str, Fault]:
    """That the level, or an exception approved before, allows it anyway."""
    place = "amount" if ask.is_money else "what"
    if beyond_now(view, ask) is None:
        limit = limit_now(view, ask)
        if not ask.is_money:
            return {place: Fault("choice_allowed")}
        if limit is None:
            return {place: Fault("no_limit")}
        return {place: Fault("within_cap", _money(view, limit))}
    if ask.is_money:
        before = approved(view, ask.what, ask.item, day)
        if before is not None and (ask.amount or Decimal(0)) <= before:
            return {place: Fault("within_exception", _money(view, before))}
    elif any(each.state == StepState.APPROVED and ask_of(each) == ask for each in view.exceptions):
        return {place: Fault("choice_excepted")}
    return {}


def _spent(view: VisitPicture, ask: Ask, day: date | None) -> dict[str, Fault]:
    """That the money is spent already (R2.2)."""
    return {"what": Fault("spent_already")} if is_spent(view, ask, day) else {}


def _asked_before(view: VisitPicture, ask: Ask, day: date | None) -> dict[str, Fault]:
    """That the same is being decided."""
    is_asked = any(
        each.state == StepState.PENDING
        and (each.what, each.item, each.planned, each.day) == (ask.what, ask.item, ask.planned, day)
        for each in view.exceptions
    )
    return {"what": Fault("being_decided")} if is_asked else {}


def _money(view: VisitPicture, amount: Decimal) -> dict[str, str | int]:
    return {"amount": str(amount), "currency": view.policy.currency}


def _decided(
    desk: Desk,
    visit: Visit,
    exception: ExceptionRequest,
    sign_off: SignOff,
    decision: StepState,
) -> None:
    exception.state, exception.decided_at = decision, desk.now
    desk.session.add(exception)
    close(desk, sign_off, decision)
    for person in dict.fromkeys([exception.asked_by, visit.host_id]):
        if person != desk.actor_id:
            key = f"v{visit.id}:exception_decided:{exception.id}:{person}"
            outbox.owe(desk, "exception_decided", person, key, visit.id, exception=exception.id)


def _named(exception: ExceptionRequest) -> dict[str, object]:
    """What the audit trail says of it; no amounts, for its lines are shown in the channel."""
    return {
        "exception": exception.id,
        "what": exception.what,
        "item": exception.item,
        "planned": exception.planned,
    }


def exceptable(desk: Desk, visit_id: int) -> VisitPicture:
    """A visit for which an exception may still be asked."""
    view = picture(desk.session, visit_id, desk.site)
    if view.status not in OPEN_STATUSES:
        raise VisitOver(view.visit.status)
    return view
