"""Who is away, and who stands in."""

from collections.abc import Sequence
from datetime import date
from zoneinfo import ZoneInfo

from sqlmodel import Session, col, or_, select

from models.records.people import Absence
from services.reading.desk import Desk


def today(desk: Desk) -> date:
    """The day that it is at the site."""
    return desk.now.astimezone(ZoneInfo(desk.site.timezone)).date()


def running(desk: Desk) -> Sequence[Absence]:
    """The absences of this day."""
    day = today(desk)
    return desk.session.exec(
        select(Absence)
        .where(Absence.from_day <= day, Absence.to_day >= day, col(Absence.ended_at).is_(None))
        .order_by(col(Absence.id))
    ).all()


def concerning(desk: Desk, person: str) -> list[Absence]:
    """The person's own absences that have not been ended, and those of this day and to come in
    which they stand in; the first to come first."""
    rows = desk.session.exec(
        select(Absence)
        .where(
            col(Absence.ended_at).is_(None),
            or_(
                Absence.user_id == person,
                (col(Absence.stand_in) == person) & (col(Absence.to_day) >= today(desk)),
            ),
        )
        .order_by(col(Absence.from_day), col(Absence.id))
    )
    return list(rows)


def overlapping(session: Session, person: str, first: date, last: date) -> Absence | None:
    """An absence of the person that has a day in common with these, and has not been ended."""
    return session.exec(
        select(Absence)
        .where(
            Absence.user_id == person,
            col(Absence.ended_at).is_(None),
            Absence.from_day <= last,
            Absence.to_day >= first,
        )
        .order_by(col(Absence.from_day))
        .limit(1)
    ).first()
