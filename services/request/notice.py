"""Filling the visit notice, section by section, also by two people at once (P02)."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlmodel import select

from models.base.errors import VisitOver
from models.base.permissions import Verb
from models.base.words import OPEN_STATUSES
from models.keeping.entered import Entered, merge
from models.policy.notice_fields import OF_ONE_VISIT, Section
from models.reading.notice import asked_in
from models.reading.picture import VisitPicture
from models.records.request import NoticeFact
from models.records.visit import Visit
from services.keeping.facts import keep_facts
from services.preparation.checklist import settle_noted
from services.reading.desk import Desk
from services.reading.looks import get_visit, picture
from services.reading.standing import allowed
from services.request.asking_first import follow_notice
from services.saying import audit, outbox
from services.store.hold import hold


@dataclass(frozen=True)
class Filled:
    """The visit, and the fields that have another value now."""

    visit: Visit
    fields: list[str]


def fill_section(
    desk: Desk,
    visit_id: int,
    section: Section,
    entered: Mapping[str, Entered],
    opened_with: Mapping[str, str],
) -> Filled:
    """Take over what was entered in a section; fields that are not in `entered` stay, and what
    somebody else has changed since the form was opened with these marks.

    Raises Overtaken with the fields that both have changed, InvalidForm, VisitOver once the visit
    is archived or off.
    """
    visit = hold(desk.session, visit_id)
    view = fillable(desk, visit_id)
    changed = merge(asked_in(view, section), entered, opened_with, view.notice)
    if changed:
        rows = desk.session.exec(select(NoticeFact).where(NoticeFact.visit_id == visit_id))
        keep_facts(desk, rows, changed, lambda **said: NoticeFact(visit_id=visit_id, **said))
        late = {"late": True} if visit.left_at is not None else {}
        audit.record(desk, "fill_notice", visit_id, fields=list(changed), **late)
        settle_noted(desk, visit)
        follow_notice(desk, visit)
        outbox.changed(desk, visit)
    return Filled(visit, list(changed))


def take_over(desk: Desk, visit: Visit, earlier_id: int) -> None:
    """Take over what the notice of an earlier visit says, all but what belongs to that visit alone,
    for whoever may read it."""
    earlier = get_visit(desk.session, earlier_id)
    if Verb.READ_NOTES not in allowed(desk, earlier):
        return
    known = picture(desk.session, earlier_id, desk.site).notice
    taken = {key: value for key, value in known.items() if key not in OF_ONE_VISIT}
    if taken:
        visit_id = visit.id or 0
        keep_facts(desk, [], taken, lambda **said: NoticeFact(visit_id=visit_id, **said))
        audit.record(desk, "fill_notice", visit.id, fields=list(taken), like=earlier.number)
        follow_notice(desk, visit)
        outbox.changed(desk, visit)


def fillable(desk: Desk, visit_id: int) -> VisitPicture:
    """A visit whose notice may still be filled: until it is archived, also after the guests have
    left (P05, P18). Raises VisitOver."""
    view = picture(desk.session, visit_id, desk.site)
    if view.status not in OPEN_STATUSES:
        raise VisitOver(view.visit.status)
    return view
