"""`usher policy apply`: what is shown, asked and changed, on both databases."""

import os
import pty
import re
import subprocess
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import select

from models.policy import load_policy
from models.policy.load import SHIPPED
from models.records.audit import AuditEntry
from models.records.procedure import PolicyVersion
from models.records.visit import Visit
from services.people import roles
from services.procedure.apply import change_policy
from services.store.database import Database
from tests.bot.commands import USHER, Ended, clean_environment, usher_here
from tests.services.conftest import ROLES, SITE, Office

TEXT = (SHIPPED / "standard.toml").read_text(encoding="utf-8")
MORE = """
[[step]]
key = "flag_up"
at = "arrival -2h"
to = ["host"]
until = "arrival"
text = "Put the flag up"

[[task]]
key = "flag"
title = "Flag"
owner = "it"
due = "arrival -1d 17:00"
"""
OTHER_CHAIN = (
    'approvers = ["department_manager", "vice_president"]',
    'approvers = ["department_manager", "general_manager"]',
)


@pytest.fixture
def office(database: Database) -> Office:
    """An office of today, so that the command's own clock finds its visits ahead."""
    place = Office(database)
    place.now = datetime.now(UTC).replace(microsecond=0)
    place.staff()
    return place


@pytest.fixture
def apply(database_url: str, tmp_path: Path) -> Callable[..., Ended]:
    def run(*words: str, **settings: str) -> Ended:
        url = {"DATABASE_URL": database_url}
        return usher_here("policy", "apply", *words, cwd=tmp_path, **url, **settings)

    return run


def ahead(office: Office, days: int = 20) -> dict[str, Any]:
    arrival = (office.now + timedelta(days=days)).replace(hour=2, minute=0, second=0)
    return {
        "arrival": arrival,
        "departure": arrival + timedelta(hours=8),
        "pickup_time": arrival - timedelta(hours=1),
        "dropoff_time": arrival + timedelta(hours=8),
    }


def mine(tmp_path: Path, text: str) -> str:
    file = tmp_path / "mine.toml"
    file.write_text(text, encoding="utf-8")
    return str(file)


def digests(office: Office) -> list[str]:
    with office.database.reading() as session:
        return list(session.exec(select(Visit.policy_digest).order_by(Visit.number)))


def test_it_shows_what_changes_and_changes_it(
    office: Office, apply: Callable[..., Ended], tmp_path: Path
) -> None:
    approved = office.approved(customer="Northern Turbine Works", **ahead(office))
    waiting = office.submit(customer="Acme", **ahead(office, 25))
    file = mine(tmp_path, TEXT.replace(*OTHER_CHAIN) + MORE)

    shown = apply(file)

    assert shown.code == 1
    assert "nothing was changed: there is no terminal" in shown.err
    assert "--yes" in shown.err
    first, second = (office.look(i).visit.number for i in (approved, waiting))
    assert f"{first}  Northern Turbin…  approved: standard " in shown.out
    assert "  + item flag (it): " in shown.out
    assert re.search(r"  \+ reminder flag_up \(U01LIN\): \d{4}-\d\d-\d\d 08:00\n", shown.out)
    assert f"{second}  Acme  requested: standard " in shown.out
    assert "  asked anew; approvers: + general_manager, - vice_president" in shown.out
    last = shown.out.splitlines()[-1]
    assert last.startswith("2 open visits would follow standard ")
    assert last.endswith("; 1 asked anew; 1 item added; 1 reminder added.")
    assert set(digests(office)) == {SITE.policy.digest}

    done = apply(file, "--yes")

    assert (done.code, done.err) == (0, "")
    assert "\n2 changed.\n" in done.out
    assert "New requests still follow policies/standard.toml" in done.out
    new = load_policy(file).digest
    assert digests(office) == [new, new]
    assert office.look(approved).task("flag")
    assert [s.role for s in office.look(waiting).approvals] == [
        "department_manager",
        "general_manager",
    ]
    with office.database.reading() as session:
        found = session.exec(select(AuditEntry).where(AuditEntry.verb == "change_policy")).all()
        assert [(e.visit_id, e.source, e.actor_id) for e in found] == [
            (approved, "command", None),
            (waiting, "command", None),
        ]
        assert session.get(PolicyVersion, new)

    again = apply(file)

    assert again.code == 0
    assert re.fullmatch(r"Nothing to change: 2 open visits on standard \w{8}\.\n", again.out)


def test_without_a_file_it_is_the_policy_in_force(
    office: Office, apply: Callable[..., Ended], tmp_path: Path
) -> None:
    office.submit(**ahead(office))
    file = mine(tmp_path, TEXT + MORE)
    done = apply("--yes", USHER_POLICY=file)
    assert done.code == 0
    assert "1 changed." in done.out
    assert "still follow" not in done.out
    assert digests(office) == [load_policy(file).digest]


def test_a_level_that_is_gone_and_an_unreadable_version_are_named(
    office: Office, apply: Callable[..., Ended]
) -> None:
    first = office.submit(level="b", **ahead(office))
    second = office.submit(level="a", level_reason="They asked for it", **ahead(office))
    with office.database.session() as session:
        visit = session.get_one(Visit, second)
        text = "[weather]\numbrella = true\n"
        session.add(
            PolicyVersion(
                digest="fe" * 8, name="newer", file="n.toml", text=text, kept_at=office.now
            )
        )
        visit.policy_digest, visit.policy_name = "fe" * 8, "newer"
        session.add(visit)
    done = apply("star_levels", "--yes")
    assert done.code == 0
    assert "left as it is: there is no level b any more" in done.out
    numbers = [office.look(i).visit.number for i in (first, second)]
    assert f"because their level is gone: {numbers[0]}, {numbers[1]}." in done.out
    assert "A kept version cannot be read (newer fefefefe): n.toml: " in done.out
    assert f"These visits follow the policy in force: {numbers[1]}" in done.out
    assert digests(office)[0] == SITE.policy.digest


def test_what_was_left_by_an_interruption_is_done_by_the_next_call(
    office: Office, apply: Callable[..., Ended], tmp_path: Path
) -> None:
    visits = [office.approved(**ahead(office, 20 + n)) for n in range(3)]
    file = mine(tmp_path, TEXT + MORE)
    office.do(None, change_policy, visits[0], load_policy(file))
    done = apply(file, "--yes")
    assert "\n2 changed.\n" in done.out
    assert set(digests(office)) == {load_policy(file).digest}
    with office.database.reading() as session:
        found = session.exec(select(AuditEntry).where(AuditEntry.verb == "change_policy")).all()
    assert sorted(entry.visit_id or 0 for entry in found) == visits


def at_terminal(
    url: str, cwd: Path, file: str, meanwhile: Callable[[], object], answer: str
) -> Ended:
    """The command at a terminal: something happens while it waits for the answer."""
    master, slave = pty.openpty()
    process = subprocess.Popen(
        [USHER, "policy", "apply", file],
        cwd=cwd,
        env=clean_environment(DATABASE_URL=url),
        stdin=slave,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    os.close(slave)
    assert process.stdout is not None
    said = b""
    while b"Change these visits?" not in said:
        piece = process.stdout.read(1)
        assert piece, said
        said += piece
    meanwhile()
    os.write(master, answer.encode() + b"\n")
    out, err = process.communicate(timeout=50)
    os.close(master)
    return Ended(process.returncode, (said + out).decode(), err.decode())


def test_at_a_terminal_it_asks_and_no_changes_nothing(
    office: Office, database_url: str, tmp_path: Path
) -> None:
    office.submit(**ahead(office))
    file = mine(tmp_path, TEXT + MORE)
    ended = at_terminal(database_url, tmp_path, file, lambda: None, "n")
    assert ended.code == 1
    assert "Nothing was changed." in ended.out
    assert digests(office) == [SITE.policy.digest]


def test_a_visit_that_changed_after_it_was_shown_is_left_and_named(
    office: Office, database_url: str, tmp_path: Path
) -> None:
    first = office.submit(**ahead(office))
    office.submit(**ahead(office, 25))
    file = mine(tmp_path, TEXT.replace(*OTHER_CHAIN) + MORE)
    ended = at_terminal(database_url, tmp_path, file, lambda: office.approve(first), "y")
    assert ended.code == 1
    assert "Change these visits?" in ended.out
    assert "1 changed.\n" in ended.out
    number = office.look(first).visit.number
    assert f"changed by somebody meanwhile, so left as they were: {number}." in ended.err
    assert digests(office) == [SITE.policy.digest, load_policy(file).digest]


def test_a_wrong_file_is_named(apply: Callable[..., Ended], tmp_path: Path) -> None:
    ended = apply(mine(tmp_path, TEXT.replace("max_party_size", "max_party_sise")))
    assert (ended.code, ended.out) == (2, "")
    assert "max_party_sise: unknown key; did you mean 'max_party_size'?" in ended.err


def test_check_names_roles_and_versions_where_there_is_a_database(
    office: Office, database_url: str, tmp_path: Path
) -> None:
    office.site = replace(SITE, policy=load_policy("standard"))
    office.do("U01ADMIN", roles.set_role, next(iter(ROLES)), [])
    words = ("policy", "check", "standard")
    known = usher_here(*words, cwd=tmp_path, DATABASE_URL=database_url)
    assert known.code == 0
    assert "nobody holds the role department_manager" in known.out
    assert "usher roles set department_manager USER_ID" in known.out
    unknown = usher_here(*words, cwd=tmp_path, DATABASE_URL="sqlite:///nothing.db")
    assert unknown.code == 0
    assert "nobody holds" not in unknown.out
    assert "not looked at: there is no database nothing.db yet." in unknown.out
    assert not (tmp_path / "nothing.db").exists()
    away = usher_here(*words, cwd=tmp_path, DATABASE_URL="postgresql://u:hush@127.0.0.1:9/d")
    assert away.code == 0
    assert "not looked at: DATABASE_URL: " in away.out
    assert "hush" not in away.out
