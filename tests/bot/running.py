"""A bot in a process of its own, as `usher run` starts it."""

import asyncio
import signal
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from sandbox.server import Sandbox
from tests.bot.commands import USHER, Ended, clean_environment

STARTED = b"Usher is at work"


def settings_of(sandbox: Sandbox, folder: Path) -> dict[str, str]:
    """What `.env` would hold for this workspace."""
    return {
        "SLACK_API_URL": sandbox.api_url,
        "SLACK_BOT_TOKEN": sandbox.bot_token,
        "SLACK_APP_TOKEN": sandbox.app_token,
        "DATABASE_URL": f"sqlite:///{folder / 'usher.db'}",
    }


class Running:
    """A process of `usher` under way; everything it says is kept."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self.process = process
        self._said = b""

    async def says(self, words: bytes) -> None:
        """Wait until it has said this on stderr. Raises AssertionError if it ends before."""
        assert self.process.stderr is not None
        while words not in self._said:
            line = await self.process.stderr.readline()
            assert line, f"it ended without saying {words!r}:\n{self._said.decode()}"
            self._said += line

    async def end(self, number: signal.Signals | None = None) -> Ended:
        """Send a signal if one is given, and wait for the end."""
        if number is not None:
            self.process.send_signal(number)
        out, err = await asyncio.wait_for(self.process.communicate(), 30)
        said = (self._said + err).decode()
        return Ended(self.process.returncode or 0, out.decode(), said)


@asynccontextmanager
async def usher_process(*words: str, cwd: Path, **settings: str) -> AsyncIterator[Running]:
    """`usher` under way; killed at the end if it still runs."""
    process = await asyncio.create_subprocess_exec(
        USHER,
        *words,
        cwd=cwd,
        env=clean_environment(**settings),
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    try:
        yield Running(process)
    finally:
        if process.returncode is None:
            process.kill()
            await process.communicate()
