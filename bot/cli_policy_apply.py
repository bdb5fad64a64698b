"""`usher policy apply`: open visits follow a policy as it stands, after what changes was shown."""

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated

import typer
from sqlmodel import col, func, select

from bot.cli_errors import explained
from bot.cli_policy_lines import change_lines, summary_lines, unreadable_lines
from bot.clock import wall_clock
from bot.settings import load_settings
from models.base.words import OPEN_STATUSES
from models.policy import Policy, load_policy
from models.procedure.change import PolicyChange
from models.records.people import Person
from models.records.visit import Visit
from services.procedure.apply import change_policy, visits_to_change
from services.reading.desk import Desk, Site
from services.reading.versions import unreadable
from services.store.database import Database

NOT_DONE = 1
"""Nothing was changed, or not everything."""


@dataclass(frozen=True)
class Plan:
    """The visits that keep another version, what changes for each, and what is worth knowing."""

    changes: list[PolicyChange]
    lines: list[str]

    @property
    def to_do(self) -> list[PolicyChange]:
        """The visits that can follow."""
        return [change for change in self.changes if change.lost_level is None]


def apply_policy(
    file: Annotated[
        str | None,
        typer.Argument(help="A policy file or a shipped policy; left out: the one in force."),
    ] = None,
    yes: Annotated[bool, typer.Option("--yes", help="Change without asking.")] = False,
) -> None:
    """Show what a policy changes for open visits and their reminders; change it when confirmed.

    New requests follow the file of USHER_POLICY from the bot's next start. May be called
    again after an interruption: what is done stays done. Works while the bot runs, too.
    """
    with explained():
        settings = load_settings()
        site = settings.site()
        policy = load_policy(file) if file is not None else site.policy
        with Database(settings.database_url.get_secret_value()) as database:
            database.upgrade()
            plan = _plan(database, site, policy)
            for line in plan.lines:
                typer.echo(line)
            if not plan.to_do:
                return
            _confirm(yes=yes)
            left = _change(database, site, policy, plan.to_do)
    typer.echo(f"{len(plan.to_do) - len(left)} changed.")
    if policy.digest != site.policy.digest:
        typer.echo(f"New requests still follow {site.policy.file}: USHER_POLICY names it.")
    if left:
        typer.echo(
            f"usher: changed by somebody meanwhile, so left as they were: {', '.join(left)}. "
            "Call usher policy apply again to see what changes now.",
            err=True,
        )
        raise typer.Exit(NOT_DONE)


def _plan(database: Database, site: Site, policy: Policy) -> Plan:
    """Every change is made and undone again, each in a transaction of its own: what is shown is
    what will be."""
    with database.reading() as session:
        visit_ids = visits_to_change(session, policy)
        names = {person.user_id: person.name for person in session.exec(select(Person))}
        lost = list(unreadable(session, site))
        statuses = [str(status) for status in OPEN_STATUSES]
        query = select(func.count()).select_from(Visit).where(col(Visit.status).in_(statuses))
        others = session.exec(query).one() - len(visit_ids)
    changes = []
    for visit_id in visit_ids:
        with database.session() as session:
            desk = Desk(session, wall_clock(), site, None, "command")
            change = change_policy(desk, visit_id, policy)
            session.rollback()
        if change is not None:
            changes.append(change)
    lines = [*unreadable_lines(lost)]
    for change in changes:
        lines += change_lines(change, names)
    return Plan(changes, [*lines, *summary_lines(changes, policy, others)])


def _confirm(*, yes: bool) -> None:
    if yes:
        return
    if not sys.stdin.isatty():
        typer.echo(
            "usher: nothing was changed: there is no terminal to ask at. "
            "Call it with --yes to change the visits as shown.",
            err=True,
        )
        raise typer.Exit(NOT_DONE)
    if not typer.confirm("Change these visits?"):
        typer.echo("Nothing was changed.")
        raise typer.Exit(NOT_DONE)


def _change(
    database: Database, site: Site, policy: Policy, shown: Sequence[PolicyChange]
) -> list[str]:
    """Change visit by visit, each by itself and as shown. Returns the numbers of those that are no
    longer as they were shown."""
    left = []
    for change in shown:
        with database.session() as session:
            desk = Desk(session, wall_clock(), site, None, "command")
            found = change_policy(desk, change.visit_id, policy)
            if found is not None and found != change:
                session.rollback()
                left.append(change.number)
    return left
