"""For how long it may be taken back what came of a visit. Pure."""

from datetime import datetime, timedelta

from models.records.visit import Visit

_TAKE_BACK = timedelta(days=1)


def may_take_back(visit: Visit, now: datetime) -> bool:
    """Whether the outcome is known, and was said within the last day."""
    return visit.outcome_at is not None and now - visit.outcome_at <= _TAKE_BACK
