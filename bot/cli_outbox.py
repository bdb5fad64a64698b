"""`usher outbox`: what is due, late and failed; trying it again, or having done with it. Also while
the bot runs."""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from typing import Annotated

import typer

from bot.cli_errors import explained
from bot.clock import wall_clock
from bot.settings import load_settings
from bot.trouble import CannotRun
from models.base.times import local
from models.reminders.outbox import CHANNEL, Delivery
from scheduler.compose import LATE
from services.reading.desk import Desk
from services.saying.backlog import (
    Backlog,
    NoSuchFailure,
    backlog,
    dismiss,
    doubt,
    failed_rows,
    late_rows,
    retry,
)
from services.store.database import Database
from services.store.sole_bot import sole_bot

app = typer.Typer(help="What Usher owes: due, late, failed.")
_ID_LENGTH = 8


@app.callback(invoke_without_command=True)
def group(context: typer.Context) -> None:
    """What Usher owes: due, late, failed. Works beside a running bot."""
    if context.invoked_subcommand is None:
        show(20)


@app.command("show")
def show(
    limit: Annotated[int, typer.Option(min=1, help="How many rows to list of each kind.")] = 20,
) -> None:
    """Count what is due, late and failed, and list what is late or failed."""
    with explained():
        settings, now = load_settings(), wall_clock()
        with Database(settings.database_url.get_secret_value()) as database:
            database.upgrade()
            with database.reading() as session:
                counts = backlog(session, now, LATE)
                late = list(late_rows(session, now, LATE, limit))
                failed = list(failed_rows(session, limit))
    for line in _summary(counts, now):
        typer.echo(line)
    zone = settings.usher_timezone
    for title, rows, number in (("late", late, counts.late), ("failed", failed, counts.failed)):
        if rows:
            more = f" (of {number})" if number > len(rows) else ""
            typer.echo(f"\n{title}{more}:")
            for line in _lines(rows, zone):
                typer.echo(line)


@app.command("retry")
def retry_rows(
    ids: Annotated[
        list[str] | None,
        typer.Argument(metavar="ID...", help="Rows, as `usher outbox` lists them."),
    ] = None,
    failed: Annotated[bool, typer.Option("--failed", help="All that failed.")] = False,
) -> None:
    """Try failed rows again. What may have arrived is looked for before it is sent."""
    with explained():
        if bool(ids) == failed:
            raise CannotRun("name the rows to try again, or write --failed for all of them")
        count = _each(retry, None if failed else ids)
    typer.echo(f"{count} to be tried again; a running bot does it within a second.")


@app.command("dismiss")
def dismiss_rows(
    ids: Annotated[
        list[str] | None,
        typer.Argument(metavar="ID...", help="Rows, as `usher outbox` lists them."),
    ] = None,
    everything: Annotated[bool, typer.Option("--all", help="All that failed.")] = False,
) -> None:
    """Have done with failed rows that somebody saw to: not sent, and listed no more."""
    with explained():
        if bool(ids) == everything:
            raise CannotRun("name the rows to dismiss, or write --all for all that failed")
        count = _each(dismiss, None if everything else ids)
    typer.echo(f"{count} dismissed; they are not sent.")


@app.command("recheck")
def recheck_rows() -> None:
    """After going back to a backup, before the bot starts: have what was due since looked for."""
    with explained():
        settings = load_settings()
        with Database(settings.database_url.get_secret_value()) as database:
            database.upgrade()
            with sole_bot(database), database.session() as session:
                desk = Desk(session, wall_clock(), settings.site(), None, "command")
                count = doubt(desk)
    typer.echo(f"{count} to be looked for in Slack before they are sent.")


def _each(verb: Callable[[Desk, Sequence[str] | None], int], ids: list[str] | None) -> int:
    """What is done to failed rows, those of these ids or all. Returns how many there were."""
    settings = load_settings()
    with Database(settings.database_url.get_secret_value()) as database:
        database.upgrade()
        with database.session() as session:
            desk = Desk(session, wall_clock(), settings.site(), None, "command")
            try:
                return verb(desk, ids)
            except NoSuchFailure as error:
                raise CannotRun(
                    f"{error.facts['id']!r} is not the id of one failed row: "
                    "`usher outbox` lists them"
                ) from None


def _summary(counts: Backlog, now: datetime) -> Iterable[str]:
    since = ""
    if counts.oldest_due is not None:
        since = f"  (the oldest for {(now - counts.oldest_due).total_seconds():.0f} s)"
    yield f"due        {counts.due}{since}"
    yield f"under way  {counts.under_way}"
    yield f"waiting    {counts.waiting}  (due, but for a limit, a closed channel or another try)"
    yield f"later      {counts.later}"
    yield f"late       {counts.late}"
    yield f"failed     {counts.failed}"
    yield f"expired    {counts.expired}"


def _lines(rows: list[Delivery], zone: str) -> Iterable[str]:
    for row in rows:
        due = f"{local(row.due_at, zone):%Y-%m-%d %H:%M}"
        to = "the visits channel" if row.recipient == CHANNEL else row.recipient or "nobody"
        visit = f", visit {row.visit_id}" if row.visit_id is not None else ""
        tries = f", {row.attempts} tries" if row.attempts else ""
        why = f": {row.reason}" if row.reason else ""
        yield f"  {row.id[:_ID_LENGTH]}  due {due}  {row.kind} to {to}{visit}{tries}{why}"
