"""The figures of the month (R11.1): told once, on the first working day after it, to the holders
of the roles that the policy names.

A row in the outbox waits for that day; telling puts in the row of the next month. What downtime
missed is due when it ends; of several months missed the latest is told, since the others say what
nobody can act on any more.
"""

from datetime import date, datetime
from typing import Any

from sqlmodel import Session, and_, col, func, or_, select

from models.base.words import OPEN_STATUSES
from models.measures.figures import Figures, figures
from models.measures.months import bounds, latest_told, month_after, told_at
from models.policy.quiet import after_quiet
from models.records.people import Reader
from models.records.visit import Visit
from models.reminders.owed import NOBODY, Owed
from models.reminders.quiet import known_zone
from services.reading.desk import Desk, Site
from services.reading.looks import pictures
from services.reading.people import holders, readers
from services.saying.outbox import add_once

KIND = "monthly_figures"
TELL = f"do:{KIND}"
"""The verb that tells a month. args: `month`, its first day."""
_OPEN = [str(status) for status in OPEN_STATUSES]


def plan_ahead(desk: Desk) -> None:
    """Have the telling of the next month in the outbox. Doing it again, or on two bots at once,
    does nothing more. The key holds the time: under a policy with another time it is told then."""
    table, site = desk.site.policy.monthly_figures, desk.site
    if table is None:
        return
    when = table.at, site.timezone, site.policy.work_days
    month = month_after(latest_told(desk.now, *when))
    due = told_at(month, *when)
    key = f"{KIND}:{month:%Y-%m}:at:{int(due.timestamp())}"
    row = Owed(key, TELL, NOBODY, due=due, args={"month": month.isoformat()})
    add_once(desk.session, [row], None, desk.now, is_planned=False)


def tell(desk: Desk, month: date) -> None:
    """Owe everybody concerned the figures of the month, or of a later one if that has come; each
    person once, whatever roles they hold, after the end of their quiet hours. Nothing before the
    time that the policy in force says."""
    plan_ahead(desk)
    site, policy = desk.site, desk.site.policy
    if policy.monthly_figures is None:
        return
    at = policy.monthly_figures.at
    latest = latest_told(desk.now, at, site.timezone, policy.work_days)
    if latest < month:
        return
    people = _concerned(desk.session, site)
    zones = readers(desk.session, set(people), site)
    rows = []
    for person in people:
        zone = known_zone(zones[person].timezone, site.timezone)
        due = after_quiet(policy, KIND, desk.now, zone)
        key = f"{KIND}:{latest:%Y-%m}:{person}"
        args: dict[str, object] = {"month": latest.isoformat()}
        rows.append(Owed(key, KIND, person, due=due, args=args))
    add_once(desk.session, rows, None, desk.now, is_planned=False)


def as_it_stands(
    session: Session,
    kind: str,
    args: dict[str, Any],
    reader: Reader,
    site: Site,
    now: datetime,
) -> dict[str, Any]:
    """What a message that belongs to no visit says as things stand: its own args, for the figures
    of a month with the `figures` themselves; None in their place where nothing is to be said."""
    if kind != KIND:
        return args
    is_concerned = reader.is_among(_concerned(session, site))
    month = date.fromisoformat(args["month"])
    return {**args, "figures": read(session, site, month, now) if is_concerned else None}


def read(session: Session, site: Site, month: date, now: datetime) -> Figures | None:
    """The figures of a month that is over, as they stand; None where no guests left in it.

    Who was to depart has left, be it that after downtime this is written down only now.
    """
    begins, ends = bounds(month, site.timezone)
    left_at = func.coalesce(Visit.left_at, Visit.departure)
    is_prepared = and_(col(Visit.approved_at).is_not(None), col(Visit.status).in_(_OPEN))
    held = select(Visit.id).where(
        col(Visit.trial_of).is_(None),
        left_at >= begins,
        left_at < ends,
        or_(col(Visit.left_at).is_not(None), is_prepared),
    )
    views = pictures(session, [visit_id or 0 for visit_id in session.exec(held)], site)
    if not views:
        return None
    return figures(month, list(views.values()), site.policy.worked_out, now)


def _concerned(session: Session, site: Site) -> list[str]:
    """Who is told, each once, in an order that is always the same."""
    table = site.policy.monthly_figures
    if table is None:
        return []
    roles = holders(session)
    return sorted({person for role in table.to for person in roles.get(role, [])})
