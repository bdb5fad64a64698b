"""`usher roles`: who holds which role, as `/visit setup` does it in Slack."""

import re
from collections.abc import Sequence
from typing import Annotated

import typer
from sqlmodel import Session, select

from bot.cli_errors import explained
from bot.clock import wall_clock
from bot.settings import load_settings, nearest
from bot.trouble import CannotRun
from models.records.people import Person
from services.people import roles
from services.reading.desk import Desk
from services.reading.people import holders, outsiders
from services.store.database import Database

app = typer.Typer(no_args_is_help=True, help="Who holds which role.")
_USER_ID = re.compile(r"[UW][A-Z0-9]{2,31}")


@app.command("set")
def set_roles(
    role: Annotated[
        str, typer.Argument(help="The key of a role, as `usher roles show` lists them.")
    ],
    user_ids: Annotated[
        list[str], typer.Argument(metavar="USER_ID...", help="Slack member ids, such as U012AB3CD.")
    ],
) -> None:
    """Give a role to these people and nobody else. The first is asked where one is needed.

    Works while the bot runs, too: open visits follow at once.
    """
    with explained():
        settings = load_settings()
        site = settings.site()
        wanted = _role(role, site.policy.company.keys)
        for user_id in user_ids:
            if not _USER_ID.fullmatch(user_id):
                raise CannotRun(
                    f"{user_id!r} is not a Slack member id: it begins with U "
                    "(in Slack: profile, ⋮, Copy member ID)"
                )
        with Database(settings.database_url.get_secret_value()) as database:
            database.upgrade()
            with database.session() as session:
                outside = outsiders(session, user_ids)
                if outside:
                    raise CannotRun(
                        f"{', '.join(sorted(outside))}: no member of the workspace (left, a guest, "
                        "a bot, or of another team), so nobody's role"
                    )
                desk = Desk(session, wall_clock(), site, None, "command")
                people = list(dict.fromkeys(user_ids))
                roles.set_roles(desk, {wanted: people})
                names = _names(session)
        for user_id in people:
            if names and user_id not in names:
                typer.echo(f"usher: {user_id} is not known in the workspace (yet)", err=True)
        typer.echo(f"{wanted}: {_written(people, names)}")


@app.command("show")
def show_roles() -> None:
    """List every role with the people who hold it."""
    with explained():
        settings = load_settings()
        company = settings.site().policy.company
        with Database(settings.database_url.get_secret_value()) as database:
            database.upgrade()
            with database.reading() as session:
                found, names = holders(session), _names(session)
        width = max(20, *map(len, company.keys))
        for role in company.listed:
            typer.echo(f"{role.key:<{width}} {_written(found.get(role.key, []), names)}")


def _role(word: str, keys: Sequence[str]) -> str:
    if word in keys:
        return word
    best = nearest(word, list(keys))
    hint = f"did you mean {best}?" if best else f"there are {', '.join(keys)}"
    raise CannotRun(f"{word!r} is not a role: {hint}")


def _names(session: Session) -> dict[str, str]:
    return {person.user_id: person.name for person in session.exec(select(Person))}


def _written(people: list[str], names: dict[str, str]) -> str:
    if not people:
        return "nobody"
    return ", ".join(f"{names[p]} ({p})" if p in names else p for p in people)
