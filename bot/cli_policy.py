"""`usher policy`: a company's procedure as a file."""

from collections.abc import Iterable
from typing import Annotated

import typer

from bot.cli_errors import explained
from models.policy import load_policy, shipped_policies
from models.policy.report import check_lines, diff_lines, list_lines, show_lines

app = typer.Typer(no_args_is_help=True, help="The company's procedure.")
_POLICY = "A policy file, or the name of a shipped policy."


@app.command("check")
def check_policy(file: Annotated[str, typer.Argument(help=_POLICY)]) -> None:
    """Say whether a policy can be used, and what is wrong with it otherwise."""
    with explained():
        policy = load_policy(file)
    _print(check_lines(policy))


@app.command("list")
def list_policies() -> None:
    """Name the policies that come with Usher."""
    with explained():
        policies = [load_policy(name) for name in shipped_policies()]
    _print(list_lines(policies))


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
