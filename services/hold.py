"""One change of a visit at a time."""

from sqlmodel import Session

from models.errors import VisitNotFound
from models.visit import Visit


def hold(session: Session, visit_id: int) -> Visit:
    """The visit as it is now, kept from every other change until the commit.

    What a verb has read before is read anew, for somebody else may have changed it meanwhile: rows
    of the outbox must follow from the newest state. Raises VisitNotFound.
    """
    session.flush()
    session.expire_all()
    visit = session.get(Visit, visit_id, with_for_update=True, populate_existing=True)
    if visit is None:
        raise VisitNotFound(str(visit_id))
    return visit
