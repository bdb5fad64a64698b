"""What time itself brings: the verbs that fall due, called like those that people call."""

import logging
from collections.abc import Callable, Mapping
from datetime import date, datetime

from models.base.errors import DomainError
from models.base.words import DeliveryState
from scheduler.claim import holds
from scheduler.mark import mark
from scheduler.rows import Claimed, Outcome, Over, Said
from services.aftercare import follow_up
from services.cars import trips
from services.measures import monthly
from services.people import absence, leaving, roles
from services.people.told import Why
from services.reading.desk import Desk, Site
from services.request import handing_over, rating, resting
from services.saying import outbox
from services.signoff import decisions
from services.store.database import Database

logger = logging.getLogger("usher.delivery")

Verb = Callable[[Desk, Claimed], None]


def _escalate(desk: Desk, row: Claimed) -> None:
    decisions.escalate(desk, int(row.args["step"]), int(row.args.get("level", 1)))


def _lapse(desk: Desk, row: Claimed) -> None:
    resting.lapse_visit(desk, row.visit_id or 0)


def _left(desk: Desk, row: Claimed) -> None:
    follow_up.guests_left(desk, row.visit_id or 0, row.due_at)


def _role(desk: Desk, row: Claimed) -> None:
    roles.follow_role(desk, row.visit_id or 0, str(row.args["role"]), list(row.args["before"]))


def _pass_over(desk: Desk, row: Claimed) -> None:
    leaving.pass_over(desk, row.visit_id or 0, str(row.args["person"]))
    trips.take_back(desk, row.visit_id or 0, str(row.args["person"]))


def _freshen(desk: Desk, row: Claimed) -> None:
    outbox.touch(desk, row.visit_id or 0)


def _unrated(desk: Desk, row: Claimed) -> None:
    rating.go_on_unrated(desk, row.visit_id or 0)


def _month(desk: Desk, row: Claimed) -> None:
    monthly.tell(desk, date.fromisoformat(row.args["month"]))


def _away(desk: Desk, row: Claimed) -> None:
    absence.begin(desk, int(row.args["absence"]))


def _back(desk: Desk, row: Claimed) -> None:
    handing_over.bring_back(desk, row.visit_id or 0, int(row.args["absence"]))


def _hand(desk: Desk, row: Claimed) -> None:
    args = row.args
    why = Why(args.get("reason"), args.get("by"))
    handing_over.hand_visit(desk, row.visit_id or 0, args["who"], args["to"], args["absence"], why)


VERBS: Mapping[str, Verb] = {
    "do:escalate": _escalate,
    "do:lapse": _lapse,
    "do:left": _left,
    "do:role": _role,
    "do:unrated": _unrated,
    "do:freshen": _freshen,
    leaving.LEFT: _pass_over,
    monthly.TELL: _month,
    absence.BEGIN: _away,
    absence.BACK: _back,
    outbox.HAND_ON: _hand,
}
PREFIX = "do:"
BROUGHT_BY_TIME = frozenset(
    {
        "do:escalate",
        "do:lapse",
        "do:left",
        "do:unrated",
        monthly.TELL,
        absence.BEGIN,
        absence.BACK,
    }
)
"""Those that only time brings and that nobody can undo; the others follow what people did."""


def run(
    database: Database, site: Site, row: Claimed, now: datetime, verbs: Mapping[str, Verb] = VERBS
) -> Outcome | None:
    """Call the verb of a row and mark the row, in one transaction: it happens once or not at all.

    None: the row was cancelled or taken over meanwhile, and nothing was done. A verb that refuses
    (the visit is over, somebody was faster) leaves the row cancelled with the refusal's code.
    """
    try:
        with database.session() as session:
            if not holds(session, row):
                return None
            done = Said(row, "done", row.revision, None, None, None, now)
            mark(session, [done], now)
            verbs[row.kind](Desk(session, now, site, None, "tick"), row)
            return done
    except DomainError as refused:
        logger.info("%s %s: %s", row.kind, row.id, refused.code)
        over = Over(row, DeliveryState.CANCELLED, f"refused:{refused.code}", row.revision)
        with database.session() as session:
            mark(session, [over], now)
        return over
