"""The people of the workspace, fetched behind the work, so that no click waits for a look-up.

Everybody once at the start; afterwards `user_change` and `team_join` events keep them fresh
(handlers/), so nothing is asked twice.
"""

from collections.abc import Awaitable, Callable
from datetime import datetime

from slack_sdk.web.async_client import AsyncWebClient

from handlers.slack.people import person
from models.records.people import Person

_PAGE = 200


async def fetch_people(
    client: AsyncWebClient,
    remember: Callable[[list[Person]], Awaitable[None]],
    clock: Callable[[], datetime],
) -> int:
    """Have everybody in the workspace remembered, a page at a time; returns how many there are.

    Raises SlackApiError, aiohttp.ClientError, TimeoutError, and what `remember` raises.
    """
    count = 0
    pages = await client.users_list(limit=_PAGE, include_locale=True)
    async for page in pages:
        now = clock()
        people = [found for user in page["members"] if (found := person(user, now)) is not None]
        await remember(people)
        count += len(people)
    return count
