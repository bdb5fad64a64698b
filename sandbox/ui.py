"""The page's own API: the files of the page, boot, live connection, acts, clock and faults."""

import asyncio
import mimetypes
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Protocol

from aiohttp import web

from sandbox import ui_shapes
from sandbox.changes import Change, MessagePosted
from sandbox.client import Client
from sandbox.faults import Faults
from sandbox.model import Json
from sandbox.ui_acts import ActError, Acts
from sandbox.ui_live import LiveSession
from sandbox.workspace import Workspace

_PAGE = Path(__file__).parent / "page"
_FAULT_FIELDS = ("method", "kind", "times", "share", "seed", "retry_after", "seconds")

mimetypes.add_type("text/javascript", ".js")


@dataclass(frozen=True, slots=True)
class Moment:
    """A choice of where the clock may jump; `zone` is an IANA name for showing it. `labels` has the
    label in other languages of the page, by their code (`zh`)."""

    label: str
    at: datetime
    zone: str
    labels: Mapping[str, str] = field(default_factory=dict)


class Host(Protocol):
    """The part of the sandbox that the page steers."""

    workspace: Workspace
    client: Client
    faults: Faults
    moments: Callable[[], Awaitable[list[Moment]]] | None
    jump: Callable[[datetime], Awaitable[None]]
    rate_limit: bool
    first: list[str]

    @property
    def online(self) -> bool:
        """Whether the app is connected."""


class Ui:
    """Serves the page."""

    def __init__(self, host: Host) -> None:
        self._host = host
        self._workspace = host.workspace
        self._acts = Acts(host.workspace, host.client)
        self._sessions: set[LiveSession] = set()
        self._sockets: set[asyncio.Task[Any]] = set()
        self.moments_pause = 1.0
        self._moments: list[Json] = []
        self._moments_stale = asyncio.Event()
        self._watcher: asyncio.Task[None] | None = None
        host.workspace.changes.subscribe(self._on_change)

    def routes(self) -> list[web.RouteDef]:
        """Where the page and its API are served."""
        return [
            web.get("/", self._index),
            web.get("/page/{path:.+}", self._page_file),
            web.get("/ui/boot", self._boot),
            web.get("/ui/live", self._live),
            web.post("/ui/act", self._act),
            web.post("/ui/upload", self._upload),
            web.get("/ui/files/{id}", self._file),
            web.post("/ui/clock", self._clock),
            web.get("/ui/faults", self._list_faults),
            web.post("/ui/faults", self._fault),
        ]

    def start(self) -> None:
        """Keep the choices for the clock fresh from now on."""
        self._watcher = asyncio.create_task(self._watch_moments())

    async def stop(self) -> None:
        """Close all pages' connections."""
        tasks = [*self._sockets, *([self._watcher] if self._watcher else [])]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    # The page's files

    async def _index(self, _request: web.Request) -> web.StreamResponse:
        return _served(_PAGE / "index.html")

    async def _page_file(self, request: web.Request) -> web.StreamResponse:
        path = (_PAGE / request.match_info["path"]).resolve()
        if not path.is_relative_to(_PAGE) or not path.is_file():
            raise web.HTTPNotFound
        return _served(path)

    async def _file(self, request: web.Request) -> web.Response:
        file = self._workspace.files.get(request.match_info["id"])
        if file is None:
            raise web.HTTPNotFound
        headers = {"X-Content-Type-Options": "nosniff", "Content-Security-Policy": "sandbox"}
        return web.Response(body=file.content, content_type=file.mimetype, headers=headers)

    # What it knows

    async def _boot(self, _request: web.Request) -> web.Response:
        await self._refresh_moments()
        told = ui_shapes.boot(self._workspace, self._host.first, online=self._host.online)
        return web.json_response(told | {"moments": self._moments})

    async def _live(self, request: web.Request) -> web.StreamResponse:
        user = self._workspace.users.get(request.query.get("user", ""))
        if user is None or user.is_bot:
            raise web.HTTPNotFound(text="nobody has that id")
        self._workspace.app_dm(user.id)
        session = LiveSession(self._workspace, user.id, lambda: self._moments)
        self._sessions.add(session)
        task = asyncio.current_task()
        if task is not None:
            self._sockets.add(task)
            task.add_done_callback(self._sockets.discard)
        try:
            return await session.run(request, online=self._host.online)
        finally:
            self._sessions.discard(session)

    # What it does

    async def _act(self, request: web.Request) -> web.Response:
        try:
            return web.json_response(await self._acts.do(await _json(request)))
        except ActError as failure:
            return web.json_response({"ok": False, "notice": str(failure)})

    async def _upload(self, request: web.Request) -> web.Response:
        form = await request.post()
        sent, user = form.get("file"), self._workspace.users.get(str(form.get("user")))
        if not isinstance(sent, web.FileField) or user is None:
            return web.json_response({"ok": False, "notice": "The file did not arrive."})
        content = await asyncio.to_thread(sent.file.read)
        file = self._workspace.add_file(sent.filename, user.id, content, sent.content_type)
        return web.json_response({"ok": True, "id": file.id, "file": ui_shapes.file(file)})

    async def _clock(self, request: web.Request) -> web.Response:
        body = await _json(request)
        try:
            if body.get("jump"):
                moment = datetime.fromisoformat(str(body["jump"]))
                if moment.tzinfo is None:
                    raise ValueError("a moment needs a time zone")
            else:
                step = timedelta(seconds=float(body["advance"]))
                moment = self._workspace.clock.now() + step
        except (KeyError, ValueError, OverflowError) as failure:
            return web.json_response({"ok": False, "notice": f"This is not a time: {failure}"})
        await self._host.jump(moment)
        await self._refresh_moments()
        told = ui_shapes.clock(self._workspace.clock)
        return web.json_response({"ok": True, **told, "moments": self._moments})

    async def _list_faults(self, _request: web.Request) -> web.Response:
        faults = [asdict(fault) for fault in self._host.faults.active]
        for fault in faults:
            del fault["_random"]
        return web.json_response({"faults": faults, "rate_limit": self._host.rate_limit})

    async def _fault(self, request: web.Request) -> web.Response:
        body = await _json(request)
        kind = body.get("kind")
        if kind == "refresh_socket":
            self._host.faults.refresh_socket()
        elif kind == "lose_sockets":
            self._host.faults.lose_sockets()
        elif kind == "clear":
            self._host.faults.clear()
        elif kind == "rate_limit":
            self._host.rate_limit = bool(body.get("on", True))
        else:
            try:
                self._host.faults.add(**{key: body[key] for key in _FAULT_FIELDS if key in body})
            except (TypeError, ValueError) as failure:
                return web.json_response({"ok": False, "notice": str(failure)})
        return web.json_response({"ok": True})

    # Where the clock may jump

    def _on_change(self, change: Change) -> None:
        if isinstance(change, MessagePosted) and self._sessions:
            self._moments_stale.set()

    async def _watch_moments(self) -> None:
        """The choices follow what is posted, at most once a second, while a page is open."""
        while True:
            await self._moments_stale.wait()
            await asyncio.sleep(self.moments_pause)
            self._moments_stale.clear()
            before = self._moments
            await self._refresh_moments()
            if before != self._moments:
                for session in self._sessions:
                    session.clock_moved()

    async def _refresh_moments(self) -> None:
        if self._host.moments is not None:
            self._moments = [
                {
                    "label": moment.label,
                    "labels": dict(moment.labels),
                    "at": moment.at.isoformat(),
                    "zone": moment.zone,
                }
                for moment in await self._host.moments()
            ]


async def _json(request: web.Request) -> Json:
    """The JSON body. Another content type is refused, so that no other site can act here."""
    if request.content_type != "application/json":
        raise web.HTTPUnsupportedMediaType
    try:
        body = await request.json()
    except ValueError:
        raise web.HTTPBadRequest(text="this is not JSON") from None
    if not isinstance(body, dict):
        raise web.HTTPBadRequest(text="this is not a JSON object")
    return body


def _served(path: Path) -> web.FileResponse:
    response = web.FileResponse(path)
    response.headers["Cache-Control"] = "no-cache"
    return response
