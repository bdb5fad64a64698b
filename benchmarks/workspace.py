"""The local workspace in a process of its own, so that it takes no time from whoever is measured.

It is as strict as ever; its rate limit is off, and a thousand people have joined.
"""

import asyncio
import multiprocessing
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing.connection import Connection

from sandbox.model import User
from sandbox.server import Sandbox
from scheduler.send import EVENT_TYPE

PEOPLE = tuple(f"U9{number:05d}" for number in range(1000))
_PATIENCE = 30.0


@dataclass(frozen=True)
class Said:
    """What stands in the conversations: messages of the bot's, and how many ids they bear."""

    messages: int
    ids: int
    refused: int


class Workspace:
    """The workspace as its child process tells of it."""

    def __init__(self, pipe: Connection) -> None:
        self._pipe = pipe
        if not pipe.poll(_PATIENCE):
            raise TimeoutError("the workspace did not start")
        self.api_url, self.bot_token = pipe.recv()

    def said(self) -> Said:
        """What was said so far."""
        self._pipe.send("said")
        found: Said = self._pipe.recv()
        return found


@contextmanager
def workspace() -> Iterator[Workspace]:
    """A new workspace, until the end of the block."""
    processes = multiprocessing.get_context("spawn")
    ours, theirs = processes.Pipe()
    process = processes.Process(target=_main, args=(theirs,), daemon=True)
    process.start()
    try:
        yield Workspace(ours)
    finally:
        process.kill()
        process.join()


def _main(pipe: Connection) -> None:
    asyncio.run(_serve(pipe))


async def _serve(pipe: Connection) -> None:
    sandbox = Sandbox()
    for number, user_id in enumerate(PEOPLE):
        handle = f"person{number}"
        user = User(id=user_id, handle=handle, name=handle, title="", locale="en-US", tz="UTC")
        sandbox.workspace.add_user(user)
    await sandbox.start()
    pipe.send((sandbox.api_url, sandbox.bot_token))
    while await asyncio.to_thread(pipe.recv) == "said":
        pipe.send(_said(sandbox))


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
