"""What Slack says of a person, as Usher remembers it."""

from collections.abc import Mapping
from datetime import datetime
from functools import lru_cache
from typing import Any
from zoneinfo import available_timezones

from models.records.people import Person

_SLACKBOT = "USLACKBOT"
_NAME_LIMIT = 255


def person(user: Mapping[str, Any], now: datetime, known: Person | None = None) -> Person | None:
    """The person of a Slack user object; None for bots.

    What the object leaves out (events may leave out the locale) stays as `known` has it.
    """
    if user.get("is_bot") or user.get("id") in {None, _SLACKBOT}:
        return None
    profile = user.get("profile") or {}
    name = profile.get("display_name") or user.get("real_name") or profile.get("real_name")
    zone = str(user.get("tz") or (known.timezone if known else "UTC"))
    return Person(
        user_id=user["id"],
        name=str(name or user.get("name") or user["id"])[:_NAME_LIMIT],
        locale=str(user.get("locale") or (known.locale if known else "en-US"))[:16],
        timezone=zone if zone in _zones() else "UTC",
        is_workspace_admin=bool(user.get("is_admin") or user.get("is_owner")),
        is_active=not user.get("deleted", False),
        refreshed_at=now,
    )


@lru_cache(maxsize=1)
def _zones() -> frozenset[str]:
    return frozenset(available_timezones())
