"""`usher policy replay`: past visits by another file, readable, and nothing is written."""

import hashlib
import sqlite3
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from models.base.words import CostKind, VisitStatus
from models.policy import load_policy
from models.policy.load import SHIPPED
from models.records.money import LedgerLine
from models.records.visit import Visit
from services.store.database import Database
from tests.bot.commands import Ended, usher_here
from tests.services.conftest import LIN, Office
from tests.services.conftest import office as office  # noqa: PLC0414 - a fixture

CAPS = load_policy("ranked_caps")


def finished(office: Office, number: int = 1) -> list[int]:
    """Visits that took place under ranked_caps, each with one dinner of 1,300."""
    office.site = office.site.__class__(office.site.timezone, office.site.locale, CAPS)
    made = []
    for turn in range(number):
        visit_id = office.submit(
            customer=f"Northern Turbine Works {turn}",
            level="senior",
            lead_guest_title="Purchasing director",
            budget=Decimal(20000),
        )
        with office.database.session() as session:
            visit = session.get_one(Visit, visit_id)
            visit.status, visit.approved_at = VisitStatus.CLOSED, visit.created_at
            visit.left_at, visit.closed_at = visit.departure, visit.departure + timedelta(days=9)
            session.add(visit)
            session.add(
                LedgerLine(
                    visit_id=visit_id,
                    form_key=f"c{turn}",
                    what=CostKind.MEALS,
                    item="dinner",
                    day=visit.arrival.date(),
                    amount=Decimal(1300),
                    guests=4,
                    spent_by=LIN,
                    noted_at=visit.departure,
                )
            )
        made.append(visit_id)
    return made


def replay(database: Database, cwd: Path, *words: str) -> Ended:
    url = database.url.render_as_string(hide_password=False)
    return usher_here("policy", "replay", *words, cwd=cwd, DATABASE_URL=url)


def mine(folder: Path) -> str:
    text = (SHIPPED / "ranked_caps.toml").read_text(encoding="utf-8")
    assert "amount = 700" in text
    assert "\ndays = 3\n" in text
    text = text.replace("amount = 700", "amount = 500")
    text = text.replace("\ndays = 3\n", "\ndays = 30\n")
    file = folder / "mine.toml"
    file.write_text(text, encoding="utf-8")
    return str(file)


def test_it_lists_what_differs_and_sums_it_up(office: Office, tmp_path: Path) -> None:
    (visit_id,) = finished(office)
    ended = replay(office.database, tmp_path, mine(tmp_path))
    assert (ended.code, ended.err) == (0, "")
    number = office.look(visit_id).visit.number
    assert f"{number}  2026-12-10  Northern Turbin…" in ended.out
    assert "  lead time 3 days → 30 days, late" in ended.out
    assert "  spent 1,300, above the caps 0 → 200" in ended.out
    assert "1 past visit (2026-12-10) by the file they kept" in ended.out
    lines = [" ".join(line.split()) for line in ended.out.splitlines()]
    assert "late requests 0 1" in lines
    assert "spent (CNY) 1,300 1,300" in lines
    assert "above the caps 0 200" in lines
    assert all(len(line) <= 120 for line in ended.out.splitlines())


def test_the_same_file_lists_nothing(office: Office, tmp_path: Path) -> None:
    finished(office, 3)
    ended = replay(office.database, tmp_path, "ranked_caps")
    assert "3 the same by both." in ended.out
    assert "V-2026" not in ended.out


def test_since_leaves_out_earlier_arrivals(office: Office, tmp_path: Path) -> None:
    finished(office)
    file = mine(tmp_path)
    assert "1 past visit" in replay(office.database, tmp_path, file, "--since", "2026-12-10").out
    later = replay(office.database, tmp_path, file, "--since", "2026-12-11")
    assert later.out == "There are no past visits.\n"
    wrong = replay(office.database, tmp_path, file, "--since", "yesterday")
    assert wrong.code == 2
    assert "yesterday" in wrong.err


def test_open_visits_are_not_replayed(office: Office, tmp_path: Path) -> None:
    office.submit()
    assert replay(office.database, tmp_path, "express").out == "There are no past visits.\n"


def test_nothing_is_written(sqlite_url: str, tmp_path: Path) -> None:
    with Database(sqlite_url) as database:
        finished(Office(database), 2)
        before = dump(database)
        assert replay(database, tmp_path, mine(tmp_path)).code == 0
        assert dump(database) == before


def dump(database: Database) -> str:
    assert database.file is not None
    with sqlite3.connect(database.file) as connection:
        text = "\n".join(connection.iterdump())
    connection.close()
    return hashlib.sha256(text.encode()).hexdigest()


@pytest.mark.parametrize("url", ["sqlite:///nothing.db", "postgresql://u:hush@127.0.0.1:9/d"])
def test_without_a_database_it_says_so(tmp_path: Path, url: str) -> None:
    ended = usher_here("policy", "replay", "express", cwd=tmp_path, DATABASE_URL=url)
    assert ended.code == 2
    assert ended.err.startswith("usher: ")
    assert "hush" not in ended.err
    assert not (tmp_path / "nothing.db").exists()
