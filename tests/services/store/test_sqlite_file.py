"""The file of an SQLite database: its owner's alone, and noticed when it is gone or another one."""

import os
import shutil
from pathlib import Path

import pytest

from services.store.database import Database, DatabaseTrouble
from services.store.sole_bot import sole_bot
from tests.services.store.test_database import count, write


def mode(path: Path) -> int:
    return path.stat().st_mode & 0o777


def test_what_usher_makes_only_its_owner_may_read(tmp_path: Path) -> None:
    before = os.umask(0o022)
    try:
        with Database(f"sqlite:///{tmp_path / 'usher.db'}") as database, sole_bot(database):
            database.upgrade()
            write(database)
            database.backup(tmp_path / "copy.db")
            found = {each.name: mode(each) for each in tmp_path.iterdir()}
    finally:
        os.umask(before)
    assert set(found) == {"usher.db", "usher.db-wal", "usher.db-shm", "usher.db.lock", "copy.db"}
    assert set(found.values()) == {0o600}


def test_a_file_that_others_could_read_is_closed_to_them(sqlite_url: str, tmp_path: Path) -> None:
    file = tmp_path / "usher.db"
    file.chmod(0o644)
    with Database(sqlite_url) as database:
        write(database)
        assert mode(file) == 0o600


def test_a_file_that_is_gone_takes_nothing_until_it_is_back(
    sqlite_url: str, tmp_path: Path
) -> None:
    file, away = tmp_path / "usher.db", tmp_path / "away.db"
    with Database(sqlite_url) as database:
        write(database)
        file.rename(away)
        for use in (write, count, Database.try_writing):
            with pytest.raises(DatabaseTrouble, match="is gone") as refused:
                use(database)
            assert refused.value.code == "database_gone"
        assert not file.exists(), "an empty one would pass for it"
        away.rename(file)
        assert count(database) == 1
        database.try_writing()


def test_another_file_in_its_place_takes_nothing(sqlite_url: str, tmp_path: Path) -> None:
    """Restored from a backup while Usher runs, say: it must be started anew."""
    file, copy = tmp_path / "usher.db", tmp_path / "copy.db"
    with Database(sqlite_url) as database:
        write(database)
        database.backup(copy)
        file.unlink()
        shutil.copy(copy, file)
        for use in (write, count, Database.try_writing):
            with pytest.raises(DatabaseTrouble, match="replaced by another file") as refused:
                use(database)
            assert refused.value.code == "database_replaced"
    with Database(sqlite_url) as anew:
        assert count(anew) == 1


def test_an_attempt_at_writing_changes_nothing(database: Database) -> None:
    database.try_writing()
    database.check_version()
