"""`usher policy`: a company's procedure as a file."""

from typing import Annotated

import typer

from bot.cli_errors import explained
from models.policy import load_policy, shipped_policies

app = typer.Typer(no_args_is_help=True, help="The company's procedure.")


@app.command("check")
def check_policy(
    file: Annotated[str, typer.Argument(help="A policy file, or the name of a shipped policy.")],
) -> None:
    """Say whether a policy can be used, and what is wrong with it otherwise."""
    with explained():
        policy = load_policy(file)
    typer.echo(
        f"{file}: the policy {policy.name!r} can be used: {len(policy.levels)} levels, "
        f"{len(policy.tasks)} tasks, {len(policy.steps)} timed steps, version {policy.digest}."
    )


@app.command("list")
def list_policies() -> None:
    """Name the policies that come with Usher."""
    with explained():
        for name, path in shipped_policies().items():
            typer.echo(f"{name:<16} {load_policy(name).title.en}  ({path})")
