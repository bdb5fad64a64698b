"""The first steps of an admin: roles, the calendar, a trial visit. They begin where a bot starts
and nobody holds a role yet, and end when all are done or somebody leaves them."""

from dataclasses import dataclass

from sqlmodel import select

from models.base.errors import Outdated
from models.base.words import Role
from models.policy.check import unheld_roles
from models.records.people import FirstStep
from models.records.visit import AFTER_TRIALS, TRIALS, Visit
from services.reading.desk import Desk
from services.reading.people import holders
from services.saying import audit, outbox

BEGUN, TOLD, CALENDAR, TRIAL, LEFT = "begun", "told", "calendar", "trial", "left"


@dataclass(frozen=True)
class FirstSteps:
    """What is open: roles that nobody holds, whether the calendar was looked at, whether a visit
    was tried, and the person's own trial while it is there. `is_told`: somebody was led here."""

    missing: list[Role]
    has_calendar: bool
    has_tried: bool
    trial: int | None
    is_told: bool


def begin(desk: Desk) -> None:
    """Begin them where nobody holds a role and no visit was ever asked for."""
    is_new = (
        not holders(desk.session) and desk.session.exec(select(Visit.id).limit(1)).first() is None
    )
    if is_new:
        _note(desk, BEGUN)


def first_steps(desk: Desk) -> FirstSteps | None:
    """How far the steps are; None where there are none, or none any more."""
    done = set(desk.session.exec(select(FirstStep.key)))
    if BEGUN not in done or LEFT in done:
        return None
    missing = unheld_roles(desk.site.policy, holders(desk.session))
    trial = desk.session.exec(
        select(Visit.id).where(
            Visit.number > TRIALS, Visit.number < AFTER_TRIALS, Visit.trial_of == desk.person
        )
    ).first()
    if not missing and {CALENDAR, TRIAL} <= done and trial is None:
        return None
    return FirstSteps(missing, CALENDAR in done, TRIAL in done, trial, TOLD in done)


def tick(desk: Desk, step: str) -> None:
    """Say that the calendar is right, or that the steps are left. Raises Outdated for others."""
    if step not in {CALENDAR, LEFT}:
        raise Outdated
    if _note(desk, step):
        audit.record(desk, "first_step", None, step=step)


def tried(desk: Desk) -> None:
    """A trial visit was made."""
    _note(desk, TRIAL)


def lead(desk: Desk) -> None:
    """Tell the acting admin where to begin, if nobody was told before."""
    if _note(desk, TOLD):
        outbox.owe(desk, "first_steps", desk.person, "first_steps", None)


def _note(desk: Desk, key: str) -> bool:
    """Whether it was not noted before."""
    if desk.session.get(FirstStep, key) is not None:
        return False
    desk.session.add(FirstStep(key=key, at=desk.now))
    desk.session.flush()
    return True
