"""Who is told of a changed visit, and the reason that goes with it (R3.2, R7.7)."""

from datetime import datetime

from models.base.errors import Fault, InvalidForm
from models.records.visit import Visit
from services.keeping import calendar
from services.reading.desk import Desk
from services.reading.looks import picture
from services.saying import outbox

REASON_LIMIT = 1000


def checked_reason(reason: str) -> str:
    """The reason that everybody concerned reads. Raises InvalidForm without one, or of an overlong
    one."""
    reason = reason.strip()
    if not reason:
        raise InvalidForm({"reason": Fault("required")})
    if len(reason) > REASON_LIMIT:
        facts: dict[str, str | int] = {"limit": REASON_LIMIT, "length": len(reason)}
        raise InvalidForm({"reason": Fault("too_long", facts)})
    return reason


def tell_changed(
    desk: Desk,
    visit: Visit,
    told: list[str],
    rebooked: set[str],
    old_times: tuple[datetime, datetime] | None,
    fields: list[str],
    old_host: str,
) -> None:
    """One message to each person concerned; whoever gets a fresh card about it needs no other."""
    if old_times is not None:
        calendar.renew(desk, visit)
    view = picture(desk.session, visit.id or 0, desk.site)
    step = view.pending_step
    asked = set(view.deciders(step)) if step is not None else set()
    asked -= {each.user_id for each in view.invitations if each.is_waiting}
    hosts = {visit.host_id, old_host}
    # a host who has heard nothing of the visit hears of it when it is approved
    knowing = hosts if len(hosts) > 1 or visit.approved_at else hosts & set(told)
    for person in outbox.concerned(desk, visit, told):
        if person in rebooked or (person in asked and visit.approval_round > 1):
            continue
        key = f"v{visit.id}:changed:{visit.revision}:{person}"
        if old_times is not None:
            outbox.owe(
                desk,
                "rescheduled",
                person,
                key,
                visit.id,
                old_arrival=old_times[0].isoformat(),
                old_departure=old_times[1].isoformat(),
                by=desk.person,
            )
        elif person in {visit.requester_id, *knowing}:
            outbox.owe(desk, "changed", person, key, visit.id, fields=fields, by=desk.person)
