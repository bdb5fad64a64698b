"""The edge to the database: one place opens transactions, resolves the actor, checks permission.

A listener asks for one verb; here it runs in a worker thread, in one transaction, at one moment.
"""

import asyncio
import logging
from collections.abc import Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, TypeVar

from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlmodel import Session

from handlers.slack.heard import Heard
from handlers.slack.newest import Newest
from handlers.slack.people import Workspace
from handlers.slack.shown import Shown
from models.base.permissions import Verb
from models.records.people import Person, Reader
from services.people import leaving
from services.reading import people, standing
from services.reading.desk import Desk, Site
from services.store.database import Database, DatabaseTrouble
from services.store.files import FileStore

T = TypeVar("T")
Deed = Callable[[Desk], T]
_THREADS = 8
log = logging.getLogger(__name__)


@dataclass(frozen=True)
class About:
    """What a click is about, by the one id that its button carried."""

    visit: int | None = None
    task: int | None = None
    trip: int | None = None
    step: int | None = None
    invitation: int | None = None
    entry: int | None = None


class Edge:
    """Runs verbs for people. `wake` is called after each commit: something may be due at once.

    `files` is where files of visits are kept; `team_id` is the Slack workspace whose people take
    part; `lacks` are the scopes without which the app is
    installed: what needs them is left out, in words.
    """

    def __init__(
        self,
        database: Database,
        site: Site,
        clock: Callable[[], datetime],
        wake: Callable[[], None] = lambda: None,
        *,
        files: FileStore,
        team_id: str,
        lacks: frozenset[str] = frozenset(),
    ) -> None:
        self.database = database
        self.site = site
        self.clock = clock
        self.wake = wake
        self.files = files
        self.workspace = Workspace(team_id, site.policy.request.guest_accounts, site.timezone)
        self.lacks = lacks
        self.drafts: Newest[dict[str, str | int]] = Newest()
        self.following: Newest[Any] = Newest()
        self.shown = Shown()
        self.heard = Heard()
        self.viewers: set[str] = set()
        """Who has looked at App Home since the start: theirs is kept fresh after what they do."""
        self._readers: dict[str, Reader] = {}
        self._running: set[asyncio.Task[Any]] = set()
        # Apart, so that people can still look while writers wait for their turn.
        self._writers = ThreadPoolExecutor(_THREADS, "usher-act")
        self._lookers = ThreadPoolExecutor(_THREADS, "usher-look")

    async def act(self, actor_id: str, verb: Verb, do: Deed[T], about: About | None = None) -> T:
        """Do one verb and commit. Raises its domain errors, NotAllowed and VisitNotFound.

        Tried once more where two people did the same at the same time.
        """

        def work() -> T:
            now = self.clock()
            try:
                return self._act(actor_id, verb, do, about, now)
            except (DBAPIError, DatabaseTrouble) as error:
                if not _is_passing(error):
                    raise
                log.info("tried again: %s", error)
                return self._act(actor_id, verb, do, about, now)

        result = await self._in(self._writers, work)
        self.wake()
        return result

    async def look(
        self, actor_id: str, do: Deed[T], verb: Verb | None = None, about: About | None = None
    ) -> T:
        """Read something; with a verb, only for whoever may do that."""

        def work() -> T:
            with self.database.reading() as session:
                desk = self._desk(session, actor_id, self.clock())
                if verb is not None:
                    standing.check(desk, verb, _subject(session, about))
                result = do(desk)
                session.expunge_all()  # what was read is looked at after the session
                return result

        return await self._in(self._lookers, work)

    async def remember(self, persons: list[Person]) -> None:
        """Keep what Slack says of people; who has left the workspace is passed over."""

        def work() -> None:
            with self.database.session() as session:
                desk = Desk(session, self.clock(), self.site, None, "slack")
                leaving.remember(desk, persons)

        await self._in(self._writers, work)
        self.wake()
        for person in persons:
            self.forget(person.user_id)

    async def unknown_holders(self) -> set[str]:
        """Who holds a role, and is not known here."""

        def work() -> set[str]:
            with self.database.reading() as session:
                return people.unknown_holders(session)

        return await self._in(self._lookers, work)

    def reader(self, user_id: str) -> Reader:
        """How to speak to somebody, without a look into the database: as it was last known."""
        unknown = Reader(self.site.locale, self.site.timezone, user_id)
        return self._readers.get(user_id, unknown)

    def knows(self, user_id: str) -> bool:
        """Whether the person is known here as one who takes part, with language and zone."""
        return user_id in self._readers

    def forget(self, user_id: str) -> None:
        """Have the person's language and zone read anew."""
        self._readers.pop(user_id, None)

    def start(self, work: Coroutine[Any, Any, T]) -> asyncio.Task[T]:
        """Begin something that may go on after Slack has been answered."""
        task = asyncio.create_task(work)
        self._running.add(task)
        task.add_done_callback(self._running.discard)
        return task

    async def settle(self) -> None:
        """Wait until nothing that was begun here goes on."""
        while self._running:
            await asyncio.wait(set(self._running))

    async def close(self) -> None:
        """Finish what is in hand and let the threads go."""
        await self.settle()
        self._writers.shutdown()
        self._lookers.shutdown()

    async def _in(self, threads: ThreadPoolExecutor, work: Callable[[], T]) -> T:
        return await asyncio.get_running_loop().run_in_executor(threads, work)

    def _act(self, actor_id: str, verb: Verb, do: Deed[T], about: About | None, now: datetime) -> T:
        with self.database.session() as session:
            desk = self._desk(session, actor_id, now)
            standing.check(desk, verb, _subject(session, about))
            return do(desk)

    def _desk(self, session: Session, actor_id: str, now: datetime) -> Desk:
        known = people.remembered(session, actor_id)
        if known is not None and known.is_active:  # others are looked at anew each time
            self._readers[actor_id] = people.reader(session, actor_id, self.site)
        return Desk(session, now, self.site, actor_id, "slack")


def _subject(session: Session, about: About | None) -> standing.Subject | None:
    return standing.subject(session, **asdict(about)) if about is not None else None


def _is_passing(error: DBAPIError | DatabaseTrouble) -> bool:
    """Whether the same transaction can succeed if it is done again at once."""
    if isinstance(error, DatabaseTrouble):
        return error.code == "database_busy"
    return isinstance(error, IntegrityError) or getattr(error.orig, "sqlstate", "") == "40001"
