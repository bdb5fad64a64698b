"""I am away: from one day to another somebody stands in; and all that somebody has, handed over.

Each visit that it concerns follows in a transaction of its own, by a row of the outbox.
"""

from dataclasses import dataclass
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from sqlmodel import col, or_, select
from sqlmodel.sql.expression import SelectOfScalar

from models.base.errors import Fault, InvalidForm, Outdated
from models.base.words import OPEN_STATUSES, EntryState, StepState, TaskState
from models.reading.handing import lacks_to_stand_in, parts_of
from models.records.cars import Trip
from models.records.customers import Customer
from models.records.entries import Entry
from models.records.people import Absence, Person, VisitRole
from models.records.preparation import Task
from models.records.signoff import SignOff
from models.records.visit import Visit
from models.reminders.owed import NOBODY, Owed
from services.reading import absences
from services.reading.desk import Desk
from services.reading.looks import pictures
from services.reading.people import holders
from services.saying import audit, outbox

BEGIN = "do:away"
"""The row that begins an absence at its first day. args: `absence`."""
BACK = "do:back"
"""The row by which one visit goes back to who is back. args: `absence`."""
MOST_DAYS = 366
REASON_LIMIT = 1000


@dataclass(frozen=True)
class Asked:
    """The absence; `is_repeat`: this very form had asked for it before."""

    absence: Absence
    is_repeat: bool = False


def go_away(desk: Desk, first: date | None, last: date | None, stand_in: str | None) -> Asked:
    """Say from which day to which the acting person is away, and who stands in; that one is told.
    Sent twice it is one absence. It begins with its first day, at once where that is today.

    Raises InvalidForm beside the field.
    """
    session, me, to = desk.session, desk.person, stand_in or ""
    known = _present(desk, first, last, to)
    if known is not None:
        return Asked(known, is_repeat=True)
    faults = {**_day_faults(desk, first, last), **_stand_in_faults(desk, first, last, to)}
    if faults or first is None or last is None:
        raise InvalidForm(faults)
    absence = Absence(user_id=me, from_day=first, to_day=last, stand_in=to, asked_at=desk.now)
    session.add(absence)
    session.flush()
    days = {"from_day": first.isoformat(), "to_day": last.isoformat()}
    audit.record(desk, "go_away", None, absence=absence.id, to=to, **days)
    outbox.owe(desk, "stands_in", to, f"absence:{absence.id}", None, other=me, **days)
    if first <= absences.today(desk):
        begin(desk, absence.id or 0)
    else:
        start = datetime.combine(first, time(), tzinfo=ZoneInfo(desk.site.timezone))
        args: dict[str, object] = {"absence": absence.id}
        row = Owed(f"absence:{absence.id}:begin", BEGIN, NOBODY, due=start, args=args)
        outbox.add_once(session, [row], None, desk.now, is_planned=False)
    return Asked(absence)


def begin(desk: Desk, absence_id: int) -> None:
    """Have all that is open go along to the stand-in, unless the person is back already."""
    absence = desk.session.get(Absence, absence_id)
    if absence is None or absence.ended_at is not None:
        return
    visits = _with_parts(desk, absence.user_id, absence.stand_in)
    outbox.hand_on(desk, visits, absence.user_id, absence.stand_in, absence.id)


def come_back(desk: Desk, absence_id: int) -> Absence:
    """The acting person is back, or does not go: what went along and nobody has acted on comes
    back to them. Told twice it changes nothing. Raises Outdated for somebody else's absence."""
    absence = desk.session.get(Absence, absence_id, with_for_update=True, populate_existing=True)
    if absence is None or absence.user_id != desk.person:
        raise Outdated
    if absence.ended_at is not None:
        return absence
    absence.ended_at = desk.now
    desk.session.add(absence)
    audit.record(desk, "come_back", None, absence=absence.id, to=absence.stand_in)
    args: dict[str, object] = {"absence": absence.id}
    for visit_id in _concerned(desk, absence.stand_in):
        key = f"v{visit_id}:back:{absence.id}"
        row = Owed(key, BACK, NOBODY, due=desk.now, args=args)
        outbox.add_once(desk.session, [row], visit_id, desk.now, is_planned=False)
    return absence


@dataclass(frozen=True)
class HandedAll:
    """How many visits and customers go from one person to another."""

    visits: int
    customers: int


def hand_over_all(
    desk: Desk, who: str | None, to: str | None, reason: str | None = None
) -> HandedAll:
    """Give all that somebody has to another person, for good: visits, items, promises, customers,
    trips, and the decisions that wait for them where the policy lets the other decide. Both are
    told once, of what there was; the reason goes to who tells guests that another person comes
    (D12). Raises InvalidForm beside the field."""
    faults = {}
    if not who:
        faults["handed_from"] = Fault("required")
    if not to:
        faults["handed_to"] = Fault("required")
    elif to == who:
        faults["handed_to"] = Fault("same_person")
    elif not _is_here(desk, to):
        faults["handed_to"] = Fault("not_here")
    reason = (reason or "").strip() or None
    if reason is not None and len(reason) > REASON_LIMIT:
        faults["reason"] = Fault("too_long", {"limit": REASON_LIMIT, "length": len(reason)})
    if faults or not who or not to:
        raise InvalidForm(faults)
    visits = _with_parts(desk, who, to)
    customers = desk.session.exec(select(Customer).where(Customer.account_owner_id == who)).all()
    for customer in customers:
        customer.account_owner_id = to
        desk.session.add(customer)
    if visits or customers:
        numbers = [customer.id for customer in customers]
        entry = audit.record(
            desk, "hand_over_all", None, other=who, to=to, visits=visits, customers=numbers
        )
        outbox.hand_on(desk, visits, who, to, None, reason)
        facts = {"other": who, "to": to, "by": desk.person, "count": len(visits)}
        for person in [to, who] if _is_here(desk, who) else [to]:
            key = f"handed_all:{entry.id}:{person}"
            outbox.owe(desk, "handed_all", person, key, None, **facts)
    return HandedAll(len(visits), len(customers))


def _present(desk: Desk, first: date | None, last: date | None, to: str) -> Absence | None:
    return desk.session.exec(
        select(Absence).where(
            Absence.user_id == desk.person,
            Absence.from_day == first,
            Absence.to_day == last,
            Absence.stand_in == to,
            col(Absence.ended_at).is_(None),
        )
    ).first()


def _day_faults(desk: Desk, first: date | None, last: date | None) -> dict[str, Fault]:
    faults = {}
    if first is None:
        faults["away_from"] = Fault("required")
    elif first < absences.today(desk):
        faults["away_from"] = Fault("day_past")
    if last is None:
        faults["away_to"] = Fault("required")
    elif first is not None and last < first:
        faults["away_to"] = Fault("to_before_from")
    elif first is not None and (last - first).days >= MOST_DAYS:
        faults["away_to"] = Fault("away_too_long")
    if first is None or last is None or faults:
        return faults
    if absences.overlapping(desk.session, desk.person, first, last) is not None:
        faults["away_from"] = Fault("away_already")
    return faults


def _stand_in_faults(
    desk: Desk, first: date | None, last: date | None, to: str
) -> dict[str, Fault]:
    """Why somebody cannot stand in. Whoever is away themselves cannot: so never in a circle."""
    if not to:
        return {"stand_in": Fault("required")}
    if to == desk.person:
        return {"stand_in": Fault("same_person")}
    if not _is_here(desk, to):
        return {"stand_in": Fault("not_here")}
    if first is not None and last is not None:
        away = absences.overlapping(desk.session, to, first, last)
        if away is not None:
            days = {"first": away.from_day.isoformat(), "last": away.to_day.isoformat()}
            return {"stand_in": Fault("stand_in_away", {**days})}
    lack = lacks_to_stand_in(desk.site.policy, holders(desk.session), desk.person, to)
    return {"stand_in": Fault(lack)} if lack is not None else {}


def _is_here(desk: Desk, user_id: str) -> bool:
    """Whether the person has not left the workspace, as far as is known."""
    found = desk.session.get(Person, user_id)
    return found is None or found.is_active


def _concerned(desk: Desk, who: str) -> list[int]:
    """The visits in which the person can have something, next arrival first."""
    owns = select(Customer.id).where(Customer.account_owner_id == who)
    of = select(Visit.id).where(
        or_(
            col(Visit.id).in_(_open_entries(who)),
            col(Visit.status).in_([str(status) for status in OPEN_STATUSES])
            & or_(
                Visit.host_id == who,
                Visit.second_host_id == who,
                Visit.account_owner_id == who,
                col(Visit.customer_id).in_(owns),
                col(Visit.id).in_(
                    select(Task.visit_id).where(Task.owner_id == who, Task.state != TaskState.DONE)
                ),
                col(Visit.id).in_(select(Trip.visit_id).where(Trip.driver_id == who)),
                col(Visit.id).in_(select(VisitRole.visit_id).where(VisitRole.user_id == who)),
                col(Visit.id).in_(
                    select(SignOff.visit_id).where(SignOff.state == StepState.PENDING)
                ),
            ),
        )
    )
    found = desk.session.exec(of.order_by(col(Visit.arrival), col(Visit.id)))
    return [visit_id or 0 for visit_id in found]


def _with_parts(desk: Desk, who: str, to: str) -> list[int]:
    """Of these visits those in which the person has something that the other can take."""
    concerned = _concerned(desk, who)
    views = pictures(desk.session, concerned, desk.site)
    kept = set(desk.session.exec(_open_entries(who)))
    return [each for each in concerned if each in kept or parts_of(views[each], who, to)]


def _open_entries(who: str) -> SelectOfScalar[int]:
    """The visits of which the person has an open entry."""
    return select(Entry.visit_id).where(Entry.owner_id == who, Entry.state == EntryState.OPEN)
