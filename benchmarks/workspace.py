"""The local workspace in a process of its own, so that it takes no time from whoever is measured.

It is as strict as ever; its rate limit is off, and many people have joined.
"""

import asyncio
import multiprocessing
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from multiprocessing.connection import Connection

from bot.slack import manifest
from sandbox.model import User
from sandbox.server import Sandbox
from scheduler.send import EVENT_TYPE

PEOPLE = tuple(f"U9{number:05d}" for number in range(5000))
_PATIENCE = 30.0
_FORGETS_EVERY = 0.5


@dataclass(frozen=True)
class Said:
    """What the bot has said: its messages, how many ids they bear, and how many calls were refused.
    (Of a forgetful workspace only the first, with all that is forgotten.)"""

    messages: int
    ids: int
    refused: int


class Workspace:
    """The workspace as its child process tells of it."""

    def __init__(self, pipe: Connection) -> None:
        self._pipe = pipe
        if not pipe.poll(_PATIENCE):
            raise TimeoutError("the workspace did not start")
        self.api_url, self.bot_token, self.app_token = pipe.recv()

    def said(self) -> Said:
        """What was said so far."""
        self._pipe.send("said")
        found: Said = self._pipe.recv()
        return found


@contextmanager
def workspace(people: int = 1000, *, forgets: bool = False) -> Iterator[Workspace]:
    """A new workspace with so many of `PEOPLE`, until the end of the block. One that forgets keeps
    no message longer than a second, so that it may take any number of them."""
    processes = multiprocessing.get_context("spawn")
    ours, theirs = processes.Pipe()
    process = processes.Process(target=_main, args=(theirs, people, forgets), daemon=True)
    process.start()
    try:
        yield Workspace(ours)
    finally:
        process.kill()
        process.join()


def _main(pipe: Connection, people: int, forgets: bool) -> None:
    asyncio.run(_serve(pipe, people, forgets))


async def _serve(pipe: Connection, people: int, forgets: bool) -> None:
    sandbox = Sandbox()
    sandbox.install(manifest())
    for number, user_id in enumerate(PEOPLE[:people]):
        handle = f"person{number}"
        locale = "zh-CN" if number % 2 else "en-GB"
        user = User(id=user_id, handle=handle, name=handle, title="", locale=locale, tz="UTC")
        sandbox.workspace.add_user(user)
    await sandbox.start()
    forgotten = [0]
    forgetting = asyncio.create_task(_forget(sandbox, forgotten)) if forgets else None
    pipe.send((sandbox.api_url, sandbox.bot_token, sandbox.app_token))
    while await asyncio.to_thread(pipe.recv) == "said":
        said = _said(sandbox)
        pipe.send(replace(said, messages=said.messages + forgotten[0]))
    if forgetting is not None:
        forgetting.cancel()


async def _forget(sandbox: Sandbox, forgotten: list[int]) -> None:
    while True:
        await asyncio.sleep(_FORGETS_EVERY)
        forgotten[0] += _said(sandbox).messages
        sandbox.calls.clear()
        for channel in sandbox.workspace.channels.values():
            channel.messages.clear()
            channel.timeline.clear()


def _said(sandbox: Sandbox) -> Said:
    workspace = sandbox.workspace
    bot = workspace.app.bot_user
    ids = [
        (message.metadata or {}).get("event_payload", {}).get("id")
        for channel in workspace.channels.values()
        for message in channel.messages.values()
        if message.user == bot and (message.metadata or {}).get("event_type") == EVENT_TYPE
    ]
    return Said(len(ids), len(set(ids)), sum(call.status != "ok" for call in sandbox.calls))
