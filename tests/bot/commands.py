"""The `usher` command as a person starts it: another process, a clean environment."""

import contextlib
import io
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from unittest import mock

from bot.cli import app

ROOT = Path(__file__).parents[2]
USHER = str(Path(sys.executable).with_name("usher"))


def clean_environment(**settings: str) -> dict[str, str]:
    """This machine's environment without anything of Usher's, and these settings."""
    ours = ("USHER_", "SLACK_", "DATABASE_URL", "PORT")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(ours)}
    return {**kept, "PYTHONUNBUFFERED": "1", **settings}


@dataclass(frozen=True)
class Ended:
    """How a command ended and what it said."""

    code: int
    out: str
    err: str


def usher(*words: str, cwd: Path, **settings: str) -> Ended:
    """Run `usher` to its end in a folder, with these settings and no others."""
    done = subprocess.run(
        [USHER, *words],
        cwd=cwd,
        env=clean_environment(**settings),
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=50,
        check=False,
    )
    return Ended(done.returncode, done.stdout, done.stderr)


def usher_here(*words: str, cwd: Path, **settings: str) -> Ended:
    """The same within this process, which takes a tenth of the time: for commands that are about
    what they say and store. Nobody is at the keyboard. Not beside anything else at work here."""
    out, err, code = io.StringIO(), io.StringIO(), 0
    with (
        mock.patch.dict(os.environ, clean_environment(**settings), clear=True),
        contextlib.chdir(cwd),
        contextlib.redirect_stdout(out),
        contextlib.redirect_stderr(err),
        mock.patch.object(sys, "stdin", io.StringIO()),
    ):
        try:
            app(args=list(words), prog_name="usher")
        except SystemExit as end:
            code = end.code if isinstance(end.code, int) else 1
    return Ended(code, out.getvalue(), err.getvalue())
