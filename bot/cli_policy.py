"""`usher policy`: a company's procedure as a file."""

from collections.abc import Iterable
from typing import Annotated

import typer

from bot.cli_errors import explained
from bot.cli_policy_apply import apply_policy
from bot.cli_policy_lines import unreadable_lines
from bot.cli_policy_replay import replay_policy
from bot.settings import SettingsError, load_settings
from models.policy import PolicyError, load_policy, shipped_policies
from models.policy.check import undecidable
from models.policy.report import check_lines, diff_lines, list_lines, show_lines
from services.reading.people import holders
from services.reading.versions import Unreadable, unreadable
from services.store.database import Database, DatabaseTrouble

app = typer.Typer(no_args_is_help=True, help="The company's procedure.")
app.command("apply")(apply_policy)
app.command("replay")(replay_policy)
_POLICY = "A policy file, or the name of a shipped policy."


@app.command("check")
def check_policy(file: Annotated[str, typer.Argument(help=_POLICY)]) -> None:
    """Say whether a policy can be used, and what is wrong with it otherwise.

    Where DATABASE_URL leads to a database, roles that nobody holds are named, and kept versions
    that cannot be read.
    """
    with explained():
        policy = load_policy(file)
        if faults := undecidable(policy):
            raise PolicyError("\n".join(str(fault) for fault in faults))
    try:
        people, lost = _looked_up()
    except _NotThere as reason:
        _print([*check_lines(policy), f"Who holds which role was not looked at: {reason}."])
    else:
        _print([*check_lines(policy, people), *unreadable_lines(lost)])


class _NotThere(Exception):
    """There is no database to look at; the message says why."""


def _looked_up() -> tuple[dict[str, list[str]], list[Unreadable]]:
    """Who holds which role, and kept versions that cannot be read. Changes nothing, makes no
    database. Raises _NotThere."""
    try:
        settings = load_settings()
        with Database(settings.database_url.get_secret_value()) as database:
            if database.file is not None and not database.file.is_file():
                raise _NotThere(f"there is no database {database.place} yet")
            database.check_version()
            with database.reading() as session:
                return holders(session), unreadable(session, settings.site())
    except SettingsError as error:
        raise _NotThere(error.faults[0].rstrip(".")) from None
    except DatabaseTrouble as trouble:
        raise _NotThere(f"DATABASE_URL: {trouble}") from None


@app.command("list")
def list_policies() -> None:
    """Name the policies that come with Usher; a star marks the one in force."""
    with explained():
        policies = [load_policy(name) for name in shipped_policies()]
    try:
        in_force = load_settings().usher_policy
    except SettingsError:  # a wrong setting is nothing to the list
        in_force = ""
    _print(list_lines(policies, in_force))


@app.command("show")
def show_policy(
    name: Annotated[str, typer.Argument(help=_POLICY)],
    locale: Annotated[str, typer.Option(help="Language of the company's words: en or zh.")] = "en",
) -> None:
    """Print a policy for reading: levels, chains, caps, items, timed steps."""
    with explained():
        policy = load_policy(name)
    _print(show_lines(policy, locale))


@app.command("diff")
def diff_policies(
    old: Annotated[str, typer.Argument(help=_POLICY)],
    new: Annotated[str, typer.Argument(help=_POLICY)],
) -> None:
    """Print the differences from one policy to another, table by table."""
    with explained():
        policies = load_policy(old), load_policy(new)
    _print(diff_lines(*policies))


def _print(lines: Iterable[str]) -> None:
    for line in lines:
        typer.echo(line)
