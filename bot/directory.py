"""The people of the workspace, fetched behind the work, so that no click waits for a look-up.

Everybody once at the start, and who else holds a role, be it wrongly; afterwards `user_change` and
`team_join` events keep them fresh (handlers/), so nothing is asked twice.
"""

from slack_sdk.web.async_client import AsyncWebClient

from handlers.slack.edge import Edge
from handlers.slack.people import look_up, person

_PAGE = 200


async def fetch_people(client: AsyncWebClient, edge: Edge) -> int:
    """Have everybody in the workspace remembered, a page at a time; returns how many there are.

    Raises SlackApiError, aiohttp.ClientError, TimeoutError, and DatabaseTrouble.
    """
    count = 0
    pages = await client.users_list(limit=_PAGE, include_locale=True)
    async for page in pages:
        now = edge.clock()
        people = [person(user, now, edge.workspace) for user in page["members"]]
        await edge.remember(people)
        count += len(people)
    for user_id in await edge.unknown_holders():
        user = await look_up(client, user_id)
        await edge.remember([person(user, edge.clock(), edge.workspace)])
    return count
