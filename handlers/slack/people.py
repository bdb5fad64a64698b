"""What Slack says of a person, as Usher remembers it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any
from zoneinfo import available_timezones

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from models.records.people import Person

_SLACKBOT = "USLACKBOT"
_NAME_LIMIT = 255
_HANDLE_LIMIT = 80
_NOBODY = {"user_not_found", "user_not_visible", "users_not_found"}


@dataclass(frozen=True)
class Workspace:
    """Whose people take part: those of this team; `has_guests`: its guest accounts as well. Whose
    time zone is not known, or is none, goes by that of the site (`zone`)."""

    team_id: str
    has_guests: bool
    zone: str

    def takes_part(self, user: Mapping[str, Any]) -> bool:
        """Whether a Slack user object is somebody who works here: active, of this team (of an
        organisation with several: of this one too), no bot, and no guest unless guests do."""
        teams = (user.get("enterprise_user") or {}).get("teams") or ()
        if self.team_id not in {user.get("team_id"), *teams} or user.get("is_stranger"):
            return False
        if user.get("deleted") or user.get("is_bot") or user.get("id") == _SLACKBOT:
            return False
        return self.has_guests or not (user.get("is_restricted") or user.get("is_ultra_restricted"))


def person(
    user: Mapping[str, Any], now: datetime, workspace: Workspace, known: Person | None = None
) -> Person:
    """The person of a Slack user object, as Slack itself answers with it; whoever takes no part is
    nobody's admin either.

    What the object leaves out stays as `known` has it.
    """
    takes_part = workspace.takes_part(user)
    profile = user.get("profile") or {}
    name = profile.get("display_name") or user.get("real_name") or profile.get("real_name")
    zone = str(user.get("tz") or (known.timezone if known else ""))
    return Person(
        user_id=user["id"],
        name=str(name or user.get("name") or user["id"])[:_NAME_LIMIT],
        handle=str(user.get("name") or "")[:_HANDLE_LIMIT] or (known.handle if known else None),
        locale=str(user.get("locale") or (known.locale if known else "en-US"))[:16],
        timezone=zone if zone in _zones() else workspace.zone,
        is_workspace_admin=takes_part and bool(user.get("is_admin") or user.get("is_owner")),
        is_active=takes_part,
        refreshed_at=now,
    )


async def look_up(slack: AsyncWebClient, user_id: str) -> Mapping[str, Any]:
    """The Slack user object of an id; of no team where Slack knows nobody by it. Raises what else
    Slack's API raises."""
    try:
        answer = await slack.users_info(user=user_id, include_locale=True)
    except SlackApiError as refused:
        if refused.response["error"] not in _NOBODY:
            raise
        return {"id": user_id}
    user: Mapping[str, Any] = answer["user"]
    return user


@lru_cache(maxsize=1)
def _zones() -> frozenset[str]:
    return frozenset(available_timezones())
