"""The command line: what it says, how it ends, and that it is written down."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer

from bot.cli import app
from services.store.database import Database
from tests.bot.commands import ROOT, usher, usher_here

TOKENS = {"SLACK_BOT_TOKEN": "xoxb-1", "SLACK_APP_TOKEN": "xapp-1"}


def commands(group: Any, words: tuple[str, ...] = ()) -> Iterator[tuple[str, str]]:
    """Every command with its help."""
    for name, command in group.commands.items():
        if hasattr(command, "commands"):
            yield from commands(command, (*words, name))
        else:
            yield " ".join((*words, name)), command.help or ""


def test_every_command_is_written_down_and_explains_itself() -> None:
    manual = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
    found = dict(commands(typer.main.get_command(app)))
    assert {"run", "demo", "db upgrade", "policy check", "roles set"} <= set(found)
    for name, words in found.items():
        assert f"| `usher {name}" in manual, f"docs/operations.md does not name usher {name}"
        assert words.endswith((".", "too.")), f"usher {name} has no help"


def test_help_and_version(tmp_path: Path) -> None:
    helped = usher_here("--help", cwd=tmp_path)
    assert helped.code == 0
    assert "from the request to the archive" in helped.out
    assert usher("--version", cwd=tmp_path).out == "usher 0.1.0\n"


def test_an_unknown_command_is_refused_with_the_nearest(tmp_path: Path) -> None:
    ended = usher_here("rolls", cwd=tmp_path)
    assert ended.code == 2
    assert "Did you mean 'roles'?" in ended.err


def test_run_names_what_is_wrong_and_ends_with_2(tmp_path: Path) -> None:
    ended = usher("run", cwd=tmp_path, USHER_TIMEZNE="UTC", USHER_POLICY="standrad")
    assert ended.code == 2
    assert ended.out == ""
    lines = ended.err.splitlines()
    assert lines[0] == "usher: USHER_TIMEZNE is not a setting: did you mean USHER_TIMEZONE?"
    assert lines[1].startswith("usher: SLACK_BOT_TOKEN is missing")
    assert lines[2].startswith("usher: SLACK_APP_TOKEN is missing")
    assert lines[3].startswith("usher: USHER_POLICY there is no policy 'standrad'")
    assert "Traceback" not in ended.err


def test_a_database_whose_host_nobody_knows_is_one_line_and_2(tmp_path: Path) -> None:
    url = "postgresql://usher:secret@nowhere.invalid/usher"
    ended = usher("run", cwd=tmp_path, DATABASE_URL=url, **TOKENS)
    assert (ended.code, ended.out) == (2, "")
    (line,) = ended.err.splitlines()
    assert line.startswith("usher: DATABASE_URL: the database ")
    assert "failed to resolve host 'nowhere.invalid'" in line
    assert "secret" not in line


def test_roles_are_set_and_shown(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'usher.db'}"
    assert usher_here("db", "upgrade", cwd=tmp_path, DATABASE_URL=url).code == 0
    done = usher_here("roles", "set", "driver", "U1AA", "U2BB", cwd=tmp_path, DATABASE_URL=url)
    assert (done.code, done.out) == (0, "driver: U1AA, U2BB\n")
    shown = usher_here("roles", "show", cwd=tmp_path, DATABASE_URL=url).out.splitlines()
    assert "driver               U1AA, U2BB" in shown
    assert "chairman             nobody" in shown


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("roles", "set", "drvier", "U1AA"), "'drvier' is not a role: did you mean driver?"),
        (("roles", "set", "driver", "lin.wei"), "'lin.wei' is not a Slack member id"),
        (("policy", "check", "nowhere.toml"), "there is no policy 'nowhere.toml'"),
    ],
)
def test_a_wrong_argument_is_named(tmp_path: Path, words: tuple[str, ...], said: str) -> None:
    ended = usher_here(*words, cwd=tmp_path)
    assert ended.code == 2
    assert said in ended.err


def test_a_policy_is_checked(tmp_path: Path) -> None:
    good = usher_here("policy", "check", str(ROOT / "policies" / "standard.toml"), cwd=tmp_path)
    assert good.code == 0
    assert "the policy 'standard' can be used" in good.out
    text = (ROOT / "policies" / "standard.toml").read_text(encoding="utf-8")
    mine = tmp_path / "mine.toml"
    mine.write_text(text.replace("max_party_size", "max_party_sice"), encoding="utf-8")
    bad = usher_here("policy", "check", str(mine), cwd=tmp_path)
    assert bad.code == 2
    assert "max_party_sice: unknown key; did you mean 'max_party_size'?" in bad.err
    assert "standard" in usher_here("policy", "list", cwd=tmp_path).out


def test_a_policy_in_which_nobody_decides_what_the_top_asks_for_is_refused(tmp_path: Path) -> None:
    """R3.1: the file is refused, with the line of the chain and what to write."""
    text = (ROOT / "policies" / "ranked_caps.toml").read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if not line.startswith("own_request_to")]
    mine = tmp_path / "mine.toml"
    mine.write_text("\n".join(lines), encoding="utf-8")
    bad = usher_here("policy", "check", str(mine), cwd=tmp_path)
    number = 1 + next(i for i, line in enumerate(lines) if '"chairman"]' in line)
    assert bad.code == 2
    assert f"mine.toml:{number} [[level]]" in bad.err
    assert "nobody decides what chairman asks for" in bad.err
    assert "own_request_to" in bad.err


def test_the_list_marks_the_policy_in_force(tmp_path: Path) -> None:
    listed = usher_here("policy", "list", cwd=tmp_path, USHER_POLICY="express").out
    assert [line[2:9] for line in listed.splitlines() if line.startswith("*")] == ["express"]
    wrong = usher_here("policy", "list", cwd=tmp_path, USHER_POLICY="nowhere.toml")
    assert (wrong.code, "*" in wrong.out) == (0, False)


def test_a_policy_is_shown_and_compared(tmp_path: Path) -> None:
    shown = usher_here("policy", "show", "ranked_caps", cwd=tmp_path).out
    assert "dinner: CNY 400 for a party of 2, 200 each further guest" in shown
    chinese = usher_here("policy", "show", "ranked_caps", "--locale", "zh", cwd=tmp_path).out
    assert "普通" in chinese
    other = usher_here("policy", "diff", "ranked_caps", "ranked_cars", cwd=tmp_path)
    assert other.code == 0
    assert "differences; + added, - removed" in other.out
    same = usher_here("policy", "diff", "standard", "standard", cwd=tmp_path).out
    assert "say the same" in same
    unknown = usher_here("policy", "show", "standrad", cwd=tmp_path)
    assert (unknown.code, unknown.out) == (2, "")


def test_a_database_of_a_newer_version_is_left_alone(tmp_path: Path) -> None:
    file = tmp_path / "usher.db"
    with Database(f"sqlite:///{file}") as database:
        database.upgrade()
    with sqlite3.connect(file) as connection:
        connection.execute("UPDATE alembic_version SET version_num = 'from_the_future'")
    connection.close()
    ended = usher_here("db", "upgrade", cwd=tmp_path, DATABASE_URL=f"sqlite:///{file}")
    assert ended.code == 2
    assert "usher: DATABASE_URL: the database" in ended.err
    assert "newer version" in ended.err


@pytest.mark.parametrize("url", ["sqlite:///nowhere/usher.db", "postgresql://u:hush@127.0.0.1:9/d"])
def test_a_database_out_of_reach_is_named_without_its_password(tmp_path: Path, url: str) -> None:
    ended = usher_here("db", "upgrade", cwd=tmp_path, DATABASE_URL=url)
    assert ended.code == 2
    assert ended.err.startswith("usher: DATABASE_URL: ")
    assert "hush" not in ended.err
    assert "Traceback" not in ended.err


def test_a_file_that_is_no_database_is_named(tmp_path: Path) -> None:
    (tmp_path / "usher.db").write_bytes(b"this is a letter, not a database" * 99)
    ended = usher_here("db", "upgrade", cwd=tmp_path, DATABASE_URL="sqlite:///usher.db")
    assert ended.code == 2
    assert "is not a sound SQLite database" in ended.err
