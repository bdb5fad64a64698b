"""How important a request is: asked of whom the policy names, before its approvers (P18)."""

from models.base.errors import AlreadyDecided, Fault, InvalidForm, Outdated
from models.base.words import OPEN_STATUSES, Party, Role
from models.reading.picture import VisitPicture
from models.records.visit import Visit
from services.people.roles import need_roles
from services.reading.desk import Desk
from services.reading.looks import picture
from services.saying import audit, outbox
from services.signoff.approval import ask_approvers
from services.store.hold import hold


def ask_raters(desk: Desk, visit: Visit, view: VisitPicture) -> list[Role]:
    """Ask whoever rates the request where the policy names somebody, else its approvers. Returns
    the roles that nobody holds; where nobody can rate, the approvers are asked at once."""
    who = view.policy.request.rated_by
    if who is None:
        return ask_approvers(desk, visit, view)
    visit.rating_asked_at = desk.now
    desk.session.add(visit)
    if view.raters():
        return []
    visit.rating_ended_at = desk.now
    missing = [] if isinstance(who, Party) else need_roles(desk, visit, [who])
    return [*missing, *ask_approvers(desk, visit, view)]


def rate(desk: Desk, visit_id: int, level: str) -> Visit:
    """Say how important the visit is, by a level of its policy; its approvers are asked now.

    The level becomes the visit's; above the lowest it counts as important. Raises AlreadyDecided
    for whoever comes second, Outdated where it goes on without, InvalidForm for no such level.
    """
    visit = hold(desk.session, visit_id)
    view = picture(desk.session, visit_id, desk.site)
    levels = {each.key: each for each in view.policy.levels}
    if level not in levels:
        raise InvalidForm({"level": Fault("choice_gone")})
    if visit.rated_by is not None and visit.rating_ended_at is not None:
        raise AlreadyDecided(visit.rated_by, visit.rating_ended_at, "rated")
    if not visit.awaits_rating or visit.status not in OPEN_STATUSES:
        raise Outdated
    lowest = min(each.tier or 0 for each in levels.values())
    visit.rated, visit.rated_by = level, desk.person
    visit.level, visit.is_important = level, (levels[level].tier or 0) > lowest
    audit.note(desk, visit, "rate", level=level)
    _go_on(desk, visit)
    return visit


def go_on_unrated(desk: Desk, visit_id: int) -> None:
    """Ask the approvers although nobody has rated the request in time. Does nothing else."""
    visit = hold(desk.session, visit_id)
    if visit.awaits_rating and visit.status in OPEN_STATUSES:
        audit.note(desk, visit, "not_rated")
        _go_on(desk, visit)


def _go_on(desk: Desk, visit: Visit) -> None:
    visit.revision += 1  # a form that was opened before would put the old level back
    visit.rating_ended_at = desk.now
    desk.session.add(visit)
    desk.session.flush()
    ask_approvers(desk, visit)
    outbox.changed(desk, visit)
