"""Reading the key facts back to the customer: which of them are confirmed (R1.3)."""

from collections.abc import Collection, Mapping

from sqlmodel import select

from models.base.errors import VisitOver
from models.base.words import OPEN_STATUSES
from models.reading.picture import VisitPicture
from models.reading.read_back import is_read_back, key_facts
from models.records.request import Confirmation
from models.records.visit import Visit
from services.reading.desk import Desk
from services.reading.looks import picture
from services.saying import audit, outbox
from services.store.hold import hold


def confirm_facts(
    desk: Desk, visit_id: int, confirmed: Collection[str], shown: Mapping[str, str]
) -> Visit:
    """Keep which facts the customer has confirmed; those left out are open.

    `shown` are the marks of the facts as the form showed them: one that was changed meanwhile is
    not confirmed. Raises VisitOver.
    """
    visit = hold(desk.session, visit_id)
    facts = {each.key: each for each in key_facts(to_read_back(desk, visit_id))}
    rows = desk.session.exec(select(Confirmation).where(Confirmation.visit_id == visit_id)).all()
    present = {row.key: row for row in rows}
    stands = {key for key in confirmed if key in facts and shown.get(key) == facts[key].mark}
    news = sorted(key for key in stands if not facts[key].is_confirmed)
    gone = sorted(key for key in facts if facts[key].is_confirmed and key not in stands)
    for key in news:
        row = present.get(key) or Confirmation(
            visit_id=visit_id, key=key, mark="", said_by=desk.person, said_at=desk.now
        )
        row.mark, row.said_by, row.said_at = facts[key].mark, desk.person, desk.now
        desk.session.add(row)
    for key in gone:
        desk.session.delete(present[key])
    if news or gone:
        audit.record(desk, "read_back", visit_id, fields=news, opened=gone)
        outbox.changed(desk, visit)
    return visit


def to_read_back(desk: Desk, visit_id: int) -> VisitPicture:
    """A visit whose facts can be read back. Raises VisitOver."""
    view = picture(desk.session, visit_id, desk.site)
    if view.status not in OPEN_STATUSES or not is_read_back(view):
        raise VisitOver(view.visit.status)
    return view
