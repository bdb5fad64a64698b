"""`usher db`: the database's schema and its copies."""

from pathlib import Path
from typing import Annotated

import typer

from bot.cli_errors import explained
from bot.settings import load_settings
from bot.trouble import CannotRun
from services.store.database import Database, DatabaseTrouble

app = typer.Typer(no_args_is_help=True, help="The database.")


@app.callback()
def group() -> None:
    """The database that DATABASE_URL names."""


@app.command("upgrade")
def upgrade_database() -> None:
    """Bring the database up to date. `usher run` does it too."""
    with explained(), Database(load_settings().database_url.get_secret_value()) as database:
        database.upgrade()
        typer.echo(f"The database {database.place} is up to date.")


@app.command("backup")
def backup_database(
    file: Annotated[Path, typer.Argument(help="The copy to write; it must not be there yet.")],
) -> None:
    """Copy an SQLite database into a file. It may be in use."""
    with explained(), Database(load_settings().database_url.get_secret_value()) as database:
        database.check_version()
        try:
            database.backup(file)
        except DatabaseTrouble as trouble:
            if trouble.code != "backup_refused":
                raise
            raise CannotRun(str(trouble)) from None
        typer.echo(f"{database.place} is copied to {file}.")
