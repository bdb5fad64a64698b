"""The whole bot, put together in one place: read it from top to bottom."""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

import aiohttp
from slack_bolt.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy import text

from bot.channel import VisitsChannel
from bot.directory import fetch_people
from bot.settings import Settings
from bot.slack import Identity, error_code, find_out_identity, open_clients
from bot.socket import Socket
from bot.web import WebServer
from handlers import register
from handlers.edge import Edge
from scheduler.dispatcher import PACE, Dispatcher
from scheduler.send import delivery_client
from scheduler.tick import Ticker
from services.database import Database, DatabaseTrouble, sole_bot
from services.desk import Site
from templates.messages import render

_HEAD_START = 2.0
_AGAIN_SECONDS = 30.0
log = logging.getLogger(__name__)


class Connection(Protocol):
    """How Slack's requests come in."""

    async def open(self) -> None: ...
    async def close(self) -> None: ...


@dataclass(frozen=True)
class Bot:
    """The running bot's parts, for whoever steers it."""

    identity: Identity
    site: Site
    database: Database
    dispatcher: Dispatcher
    edge: Edge
    app: AsyncApp


@asynccontextmanager
async def assemble(
    settings: Settings, clock: Callable[[], datetime], *, pace: timedelta | None = PACE
) -> AsyncIterator[Bot]:
    """The bot, connected and at work until the end of the block; then what is in hand is finished.

    Raises CannotRun, SettingsError or DatabaseTrouble when it cannot start.
    """
    site = settings.site()
    with Database(settings.database_url.get_secret_value()) as database:
        await asyncio.to_thread(database.upgrade)
        with sole_bot(database):
            async with (
                open_clients(settings) as clients,
                delivery_client(settings.bot_token, settings.slack_api_url) as sender,
            ):
                identity = await find_out_identity(clients.behind)
                channel = VisitsChannel(clients.behind, settings.usher_channel)
                dispatcher = Dispatcher(
                    database, sender, clock, site, channel.find, render, pace=pace
                )
                if database.is_sqlite:
                    await asyncio.to_thread(dispatcher.take_over)
                ticker = Ticker(dispatcher)
                edge = Edge(database, site, clock, wake=ticker.wake)
                app = bolt_app(settings, clients.clicks, identity)
                register(app, edge)
                connection = connect(settings, app, clients.behind, is_ready(database, ticker))
                behind = [
                    _in_background("the people", _people(clients.behind, edge, clock)),
                    _in_background("the channel of the visit cards", channel.find),
                ]
                try:
                    await asyncio.wait(behind, timeout=_HEAD_START)
                    await connection.open()
                    ticker.start()
                    yield Bot(identity, site, database, dispatcher, edge, app)
                finally:
                    for task in behind:
                        task.cancel()
                    await asyncio.gather(*behind, return_exceptions=True)
                    await connection.close()
                    await edge.close()
                    await ticker.stop()


def bolt_app(settings: Settings, client: AsyncWebClient, identity: Identity) -> AsyncApp:
    """The Bolt app: acknowledges after the work, and never asks Slack who it is."""
    known = AuthorizeResult(
        enterprise_id=None,
        team_id=identity.team_id,
        team=identity.team,
        bot_id=identity.bot_id,
        bot_user_id=identity.user_id,
        bot_token=settings.bot_token,
    )

    async def authorize() -> AuthorizeResult:
        return known

    secret = settings.slack_signing_secret
    return AsyncApp(
        name="usher",
        logger=logging.getLogger("slack_bolt.usher"),
        client=client,
        authorize=authorize,
        signing_secret=secret.get_secret_value() if secret else "",
        process_before_response=True,
    )


def connect(
    settings: Settings,
    app: AsyncApp,
    client: AsyncWebClient,
    is_ready: Callable[[], Awaitable[bool]],
) -> Connection:
    """Socket Mode if there is an app token, else HTTP. Not open yet."""
    if settings.slack_app_token is not None:
        return Socket(app, settings.slack_app_token.get_secret_value(), client)
    return WebServer(app, is_ready, settings.port)


def is_ready(database: Database, ticker: Ticker) -> Callable[[], Awaitable[bool]]:
    """Tells whether the bot can work: the database answers and the outbox is looked at."""

    def answers() -> bool:
        try:
            with database.reading() as session:
                session.connection().execute(text("SELECT 1"))
        except DatabaseTrouble:
            return False
        return True

    async def ask() -> bool:
        return ticker.is_alive and await asyncio.to_thread(answers)

    return ask


def _people(
    client: AsyncWebClient, edge: Edge, clock: Callable[[], datetime]
) -> Callable[[], Awaitable[object]]:
    async def fetch() -> None:
        count = await fetch_people(client, edge.remember, clock)
        log.info("knows the people of the workspace", extra={"people": count})

    return fetch


def _in_background(what: str, work: Callable[[], Awaitable[object]]) -> asyncio.Task[None]:
    """Do it behind the work, again after a while if Slack or the database fails."""

    async def keep_trying() -> None:
        while True:
            try:
                await work()
            except (SlackApiError, aiohttp.ClientError, TimeoutError, DatabaseTrouble) as error:
                log.warning("could not look up %s: %s", what, _reason(error))
                await asyncio.sleep(_AGAIN_SECONDS)
            else:
                return

    return asyncio.create_task(keep_trying())


def _reason(error: Exception) -> str:
    if isinstance(error, SlackApiError):
        return error_code(error)
    return str(error) or type(error).__name__
