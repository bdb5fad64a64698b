"""The whole bot, put together in one place: read it from top to bottom."""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Protocol

import aiohttp
from slack_bolt.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.channel import VisitsChannel
from bot.clock import running_clock
from bot.directory import fetch_people
from bot.health import Health
from bot.memory import give_back
from bot.metrics import Metrics
from bot.settings import Settings
from bot.slack import Identity, error_code, find_out_identity, open_clients
from bot.socket import Socket
from bot.trouble import CannotRun
from bot.watch import DatabaseWatch
from bot.web import WebServer
from handlers import register
from handlers.slack.edge import Edge
from models.records.people import Reader
from scheduler.dispatcher import PACE, Dispatcher
from scheduler.faults import SlackFault
from scheduler.guard import ClockGuard
from scheduler.periodic import Periodic
from scheduler.send import delivery_client
from scheduler.tick import Ticker
from services.procedure.watch import look_over
from services.reading.desk import Desk, Site
from services.saying.backlog import channel_used
from services.store.database import Database, DatabaseTrouble
from services.store.files import FileStore
from services.store.sole_bot import sole_bot
from templates.messages import render

_HEAD_START = 2.0
_AGAIN_SECONDS = 30.0
log = logging.getLogger(__name__)


class Connection(Protocol):
    """How requests come in."""

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
    watch: DatabaseWatch


@asynccontextmanager
async def assemble(
    settings: Settings,
    clock: Callable[[], datetime],
    *,
    pace: timedelta | None = PACE,
    running: Callable[[], float] = running_clock,
) -> AsyncIterator[Bot]:
    """The bot, connected and at work until the end of the block; then what is in hand is finished.

    `clock` may be set and may jump, which is told by `running` (seconds), which only runs.

    Raises CannotRun, SettingsError or DatabaseTrouble when it cannot start.
    """
    site = settings.site()
    with Database(settings.database_url.get_secret_value()) as database:
        await asyncio.to_thread(database.upgrade)
        with sole_bot(database):
            await asyncio.to_thread(_look_over, database, site, clock)
            async with (
                open_clients(settings) as clients,
                delivery_client(settings.bot_token, settings.slack_api_url) as sender,
            ):
                identity = await find_out_identity(clients.behind)
                used = partial(_channel_used, database)
                channel = VisitsChannel(clients.behind, settings.usher_channel, used)
                metrics = Metrics()
                files = FileStore(settings.files_folder)
                await asyncio.to_thread(_prepare, files)
                dispatcher = Dispatcher(
                    database,
                    sender,
                    clock,
                    site,
                    channel.find,
                    render,
                    pace=pace,
                    watch=metrics,
                    read=files.read,
                    guard=ClockGuard(settings.usher_clock_guard, running),
                )
                if database.is_sqlite:
                    await asyncio.to_thread(dispatcher.take_over)
                periodic = Periodic(database, clock, site)
                ticker = Ticker(dispatcher, periodic=periodic, after_burst=give_back)
                edge = Edge(
                    database,
                    site,
                    clock,
                    wake=ticker.wake,
                    files=files,
                    team_id=identity.team_id,
                    lacks=identity.lacks,
                )
                app = bolt_app(settings, clients.clicks, identity)
                register(app, edge)
                token = settings.slack_app_token
                socket = token and Socket(app, token.get_secret_value(), clients.behind)
                readers = Reader(site.locale, site.timezone)
                watch = DatabaseWatch(database, clients.behind, channel.find, readers)
                health = Health(
                    database,
                    watch,
                    ticker,
                    clock,
                    lambda: not socket or socket.is_connected,
                    lambda: dispatcher.failing_since,
                    identity.lacks,
                )
                ways_in: list[Connection] = [socket] if socket else []
                if settings.http_port is not None:
                    called = None if socket else app
                    secret = settings.signing_secret
                    server = WebServer(called, health, metrics, settings.http_port, secret=secret)
                    ways_in.insert(0, server)
                behind = [
                    _in_background("the people", _people(clients.behind, edge)),
                    _in_background("the channel of the visit cards", channel.find),
                    asyncio.create_task(watch.run()),
                ]
                try:
                    await asyncio.wait(behind[:2], timeout=_HEAD_START)
                    for way in ways_in:
                        await way.open()
                    ticker.start()
                    yield Bot(identity, site, database, dispatcher, edge, app, watch)
                finally:
                    for task in behind:
                        task.cancel()
                    await asyncio.gather(*behind, return_exceptions=True)
                    for way in reversed(ways_in):
                        await way.close()
                    await edge.close()
                    await ticker.stop()


def _look_over(database: Database, site: Site, clock: Callable[[], datetime]) -> None:
    with database.session() as session:
        for line in look_over(Desk(session, clock(), site, None, "command")):
            log.warning("the policy: %s", line)


def _channel_used(database: Database) -> str | None:
    with database.reading() as session:
        return channel_used(session)


def _prepare(files: FileStore) -> None:
    try:
        files.prepare()
    except OSError as error:
        raise CannotRun(f"USHER_FILES: the folder cannot be written to: {error}") from error


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

    return AsyncApp(
        name="usher",
        logger=logging.getLogger("slack_bolt.usher"),
        client=client,
        authorize=authorize,
        signing_secret=settings.signing_secret,
        process_before_response=True,
    )


def _people(client: AsyncWebClient, edge: Edge) -> Callable[[], Awaitable[object]]:
    async def fetch() -> None:
        count = await fetch_people(client, edge)
        log.info("knows the people of the workspace", extra={"people": count})

    return fetch


def _in_background(what: str, work: Callable[[], Awaitable[object]]) -> asyncio.Task[None]:
    """Do it behind the work, again after a while if Slack or the database fails."""

    async def keep_trying() -> None:
        while True:
            try:
                await work()
            except (
                SlackApiError,
                SlackFault,
                aiohttp.ClientError,
                TimeoutError,
                DatabaseTrouble,
            ) as error:
                log.warning("could not look up %s: %s", what, _reason(error))
                await asyncio.sleep(_AGAIN_SECONDS)
            else:
                return

    return asyncio.create_task(keep_trying())


def _reason(error: Exception) -> str:
    if isinstance(error, SlackApiError):
        return error_code(error)
    return str(error) or type(error).__name__
