"""The people of the workspace, fetched behind the work, so that no click waits for a look-up.

Everybody once at the start; afterwards `user_change` and `team_join` events keep them fresh
(handlers/), so nothing is asked twice.
"""

import asyncio
from collections.abc import Callable
from datetime import datetime

from slack_sdk.web.async_client import AsyncWebClient

from handlers.people import person
from models.people import Person
from services.database import Database
from services.people import remember

_PAGE = 200


async def fetch_people(
    client: AsyncWebClient, database: Database, clock: Callable[[], datetime]
) -> int:
    """Remember everybody in the workspace, a page at a time; returns how many people there are.

    Raises SlackApiError, aiohttp.ClientError, TimeoutError, DatabaseTrouble.
    """
    count = 0
    pages = await client.users_list(limit=_PAGE, include_locale=True)
    async for page in pages:
        now = clock()
        people = [p for user in page["members"] if (p := person(user, now)) is not None]
        await asyncio.to_thread(_keep, database, people)
        count += len(people)
    return count


def _keep(database: Database, people: list[Person]) -> None:
    with database.session() as session:
        remember(session, people)
