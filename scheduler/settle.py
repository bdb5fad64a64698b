"""Writing down what became of rows, and owing what people should hear of it. What cannot be stored
of one row does not hold up the others."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from scheduler.mark import mark
from scheduler.notice import tell_of_faults
from scheduler.rows import Outcome, PutBack, Said
from services.reading.desk import Site
from services.store.database import Database, DatabaseTrouble

logger = logging.getLogger("usher.delivery")

UNSTORABLE = "unstorable"
"""The reason of a row whose outcome the database would not take as it was."""


@dataclass(slots=True)
class Settled:
    """What was marked, and what a verb keeps at this moment, to be marked when that has ended."""

    marked: list[Outcome] = field(default_factory=list)
    unmarked: list[Outcome] = field(default_factory=list)


def settle(database: Database, site: Site, outcomes: Sequence[Outcome], now: datetime) -> Settled:
    """Mark the outcomes and owe notices of faults, in one transaction; where that fails, each by
    itself. Raises DatabaseTrouble; marking again does no harm."""
    try:
        with database.session() as session:
            kept = {id(outcome) for outcome in mark(session, outcomes, now)}
            tell_of_faults(session, outcomes, now, site)
    except DatabaseTrouble:
        raise
    except Exception as error:  # noqa: BLE001 - one bad row must not hold up the others
        logger.warning("outcomes are marked one by one: %s", type(error).__name__)
        settled = Settled()
        for outcome in outcomes:
            _settle_one(database, site, outcome, now, settled)
        return settled
    return Settled(
        [outcome for outcome in outcomes if id(outcome) not in kept],
        [outcome for outcome in outcomes if id(outcome) in kept],
    )


def _settle_one(
    database: Database, site: Site, outcome: Outcome, now: datetime, settled: Settled
) -> None:
    """As it is; else without telling anybody; else without what may not be storable. What cannot
    be marked even so is looked for in its conversation when its claim has run out."""
    for given, is_told in ((outcome, True), (outcome, False), (_bare(outcome), False)):
        try:
            with database.session() as session:
                kept = mark(session, [given], now)
                if is_told:
                    tell_of_faults(session, [given], now, site)
        except DatabaseTrouble:
            raise
        except Exception as error:  # the others go on
            row = outcome.row
            logger.error("%s %s could not be marked", row.kind, row.id, exc_info=error)
        else:
            (settled.unmarked if kept else settled.marked).append(given)
            return


def _bare(outcome: Outcome) -> Outcome:
    """What happened, in words of our own: without what Slack answered."""
    row = outcome.row
    if isinstance(outcome, Said):
        return replace(outcome, channel=row.channel, ts=row.ts, digest=None)
    if isinstance(outcome, PutBack):
        return replace(outcome, channel=row.channel, ts=row.ts, reason=UNSTORABLE)
    return replace(outcome, reason=UNSTORABLE)
