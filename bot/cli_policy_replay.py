"""`usher policy replay`: past visits by another policy. Nothing is written."""

from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from pathlib import PurePath
from typing import Annotated

import typer

from bot.cli_errors import explained
from bot.cli_policy_lines import shortened
from bot.settings import load_settings
from bot.trouble import CannotRun
from models.base.times import local
from models.policy import load_policy
from models.policy.span import Span
from models.procedure.replay import Replayed, Totals, totals
from services.procedure.replay import past_visits, replay_visit
from services.store.database import Database


def replay_policy(
    file: Annotated[str, typer.Argument(help="A policy file, or the name of a shipped policy.")],
    since: Annotated[
        datetime | None,
        typer.Option(formats=["%Y-%m-%d"], metavar="DATE", help="Arrivals from that day on."),
    ] = None,
) -> None:
    """Say what another policy would have asked of past visits, and what they would have cost.

    Reads only. Visits of which both policies say the same are counted, not listed.
    """
    with explained():
        settings = load_settings()
        site, policy = settings.site(), load_policy(file)
        with Database(settings.database_url.get_secret_value()) as database:
            if database.file is not None and not database.file.is_file():
                raise CannotRun(f"there is no database {database.place} yet")
            database.check_version()
            with database.reading() as session:
                visit_ids = past_visits(session, site, since.date() if since else None)
            found = []
            for visit_id in visit_ids:
                with database.reading() as session:
                    found.append(replay_visit(session, site, visit_id, policy))
    for visit in found:
        for line in visit_lines(visit):
            typer.echo(line)
    for line in total_lines(found, PurePath(policy.file).name):
        typer.echo(line)


def visit_lines(visit: Replayed) -> Iterator[str]:
    """The differences of one visit; nothing where both policies say the same."""
    then, now = visit.then, visit.now
    if visit.is_same:
        return
    day = f"{local(visit.arrival, visit.zone):%Y-%m-%d}"
    yield f"{visit.number}  {day}  {shortened(visit.customer)}"
    if (then.level, then.proposed) != (now.level, now.proposed):
        yield f"  level {_level(then.level, then.proposed)} → {_level(now.level, now.proposed)}"
    if then.approvers != now.approvers:
        yield f"  approvers {', '.join(then.approvers)} → {', '.join(now.approvers)}"
    if (then.lead, then.is_late) != (now.lead, now.is_late):
        yield f"  lead time {_lead(then.lead, then.is_late)} → {_lead(now.lead, now.is_late)}"
    if visit.has_one_currency:
        yield from _money_lines(visit)
    if then.reminders != now.reminders:
        yield f"  reminders {then.reminders} → {now.reminders}"


def _money_lines(visit: Replayed) -> Iterator[str]:
    then, now, currency = visit.then, visit.now, visit.currency
    if then.allowed != now.allowed:
        caps = f"{_limit(then.allowed)} → {_limit(now.allowed)}"
        budget = f"; budget {_amount(visit.budget)}" if visit.budget is not None else ""
        over = ""
        if then.over_budget or now.over_budget:
            over = f", above it {_amount(then.over_budget)} → {_amount(now.over_budget)}"
        yield f"  caps together ({currency}) {caps}{budget}{over}"
    if visit.spent is not None and (then.over, then.shares) != (now.over, now.shares):
        spent = f"spent {_amount(visit.spent)}, above the caps"
        yield f"  {spent} {_amount(then.over)} → {_amount(now.over)}"
        for who in dict.fromkeys([*then.shares, *now.shares]):
            old, new = (_amount(part.get(who, Decimal(0))) for part in (then.shares, now.shares))
            yield f"    borne by {who} {old} → {new}"


def total_lines(found: list[Replayed], file: str) -> Iterator[str]:
    """All visits together, then and now side by side."""
    if not found:
        yield "There are no past visits."
        return
    sums = totals(found)
    first, last = (local(each.arrival, each.zone).date() for each in (found[0], found[-1]))
    same = sums.visits - sums.differing
    yield (
        f"{_count(sums.visits, 'past visit')} ({_days(first, last)}) by the file they kept and by "
        f"{file}; {same} the same by both."
    )
    rows = [("held at another level", "", str(sums.other_level))]
    rows += [
        (name, str(pair[0]), str(pair[1]))
        for name, pair in (
            ("approvals asked", sums.approvals),
            ("late requests", sums.late),
            ("reminders", sums.reminders),
            ("budgets above the caps", sums.over_budget),
        )
    ]
    rows += list(_money_rows(sums))
    width = max(len(name) for name, _, _ in rows)
    yield f"  {'':<{width}}  {'then':>14}  {'now':>14}"
    yield from (f"  {name:<{width}}  {then:>14}  {now:>14}" for name, then, now in rows)
    if sums.not_comparable:
        yield (
            f"Amounts of {_count(sums.not_comparable, 'visit')} are left out: the two files count "
            "in different currencies."
        )


def _money_rows(sums: Totals) -> Iterator[tuple[str, str, str]]:
    if not sums.currency:
        return
    yield f"spent ({sums.currency})", _amount(sums.spent), _amount(sums.spent)
    yield "above the caps", _amount(sums.over[0]), _amount(sums.over[1])
    for who, (old, new) in sums.shares.items():
        yield f"  borne by {who}", _amount(old), _amount(new)


def _level(level: str, proposed: str) -> str:
    return level if level == proposed else f"{level} (proposed {proposed})"


def _lead(span: Span, is_late: bool) -> str:
    return f"{span}{', late' if is_late else ''}"


def _limit(amount: Decimal | None) -> str:
    return "no limit" if amount is None else _amount(amount)


def _amount(amount: Decimal | None) -> str:
    return f"{amount or 0:,.2f}".removesuffix(".00")


def _days(first: date, last: date) -> str:
    return f"{first}" if first == last else f"{first} to {last}"


def _count(number: int, word: str) -> str:
    return f"{number} {word}{'' if number == 1 else 's'}"
