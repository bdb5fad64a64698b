"""The command line of Usher."""

import asyncio
from importlib.metadata import version
from typing import Annotated, Literal

import typer

from bot import cli_database, cli_outbox, cli_policy, cli_roles
from bot.cli_errors import explained
from bot.settings import load_settings

app = typer.Typer(
    name="usher",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="Usher hosts key-customer visits in Slack, from the request to the archive.",
)
app.add_typer(cli_database.app, name="db")
app.add_typer(cli_outbox.app, name="outbox")
app.add_typer(cli_policy.app, name="policy")
app.add_typer(cli_roles.app, name="roles")


def _show_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"usher {version('usher')}")
        raise typer.Exit


@app.callback()
def options(
    show_version: Annotated[
        bool,
        typer.Option("--version", callback=_show_version, is_eager=True, help="Show the version."),
    ] = False,
) -> None:
    """Usher hosts key-customer visits in Slack, from the request to the archive."""


@app.command()
def run() -> None:
    """Bring the database up to date, connect to Slack, and work until stopped."""
    from bot.run import serve

    with explained():
        asyncio.run(serve(load_settings(for_slack=True)))


@app.command()
def demo(
    port: Annotated[
        int, typer.Option(min=0, max=65535, help="Where the demo is served; 0: any free port.")
    ] = 8600,
    locale: Annotated[
        Literal["en", "zh"], typer.Option(help="The language of the visits channel.")
    ] = "en",
) -> None:
    """Show Usher with a local Slack workspace in the browser; nothing is kept."""
    from bot.demo import show

    with explained():
        asyncio.run(show(port, locale, typer.echo))


def main() -> None:
    """The entry point of the `usher` command."""
    app()
