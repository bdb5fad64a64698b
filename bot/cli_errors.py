"""How a command ends that cannot do its work: the reason on stderr and an exit code."""

from collections.abc import Iterator
from contextlib import contextmanager

import typer

from bot.settings import SettingsError
from bot.trouble import CannotRun
from models.policy import PolicyError
from services.store.database import DatabaseTrouble

WRONG = 2
"""Something that was given is wrong: a setting, an argument, a policy, a token, the database."""


@contextmanager
def explained() -> Iterator[None]:
    """End the command with exit code 2 and the reason in words when what it was given is wrong."""
    try:
        yield
    except (SettingsError, PolicyError, CannotRun) as error:
        lines = str(error).splitlines()
    except DatabaseTrouble as trouble:
        lines = [f"DATABASE_URL: {trouble}"]
    else:
        return
    for line in lines:
        typer.echo(f"usher: {line}", err=True)
    raise typer.Exit(WRONG)
