"""One change of a visit at a time."""

from sqlmodel import Session, select

from models.base.errors import Outdated, VisitNotFound
from models.records.cars import Trip
from models.records.entries import Entry
from models.records.preparation import Task
from models.records.signoff import ApprovalStep, SignOff
from models.records.visit import Visit
from services.store.unchanged import forget

HOLDERS = "holders"
"""Under which a session keeps who holds which role, once that was read."""


def hold(session: Session, visit_id: int) -> Visit:
    """The visit as it is now, kept from every other change until the commit.

    What a verb has read before is read anew, for somebody else may have changed it meanwhile: rows
    of the outbox must follow from the newest state. Raises VisitNotFound.
    """
    session.flush()
    session.expire_all()
    session.info.pop(HOLDERS, None)
    forget(session)
    visit = session.get(Visit, visit_id, with_for_update=True, populate_existing=True)
    if visit is None:
        raise VisitNotFound(str(visit_id))
    return visit


def hold_by(
    session: Session,
    part: type[Task] | type[Trip] | type[ApprovalStep] | type[Entry],
    part_id: int,
) -> Visit:
    """The same for the visit that a task, trip, approval step or entry belongs to. Raises Outdated
    where that is gone."""
    if issubclass(part, ApprovalStep):
        query = select(SignOff.visit_id).join(ApprovalStep).where(ApprovalStep.id == part_id)
    else:
        query = select(part.visit_id).where(part.id == part_id)
    visit_id = session.exec(query).first()
    if visit_id is None:
        raise Outdated
    return hold(session, visit_id)
