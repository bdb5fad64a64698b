"""`usher db`: the database's schema."""

import typer

from bot.cli_errors import explained
from bot.settings import load_settings
from services.database import Database

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
