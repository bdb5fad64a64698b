"""The file of an SQLite database: nobody else's to read, and the same one as long as Usher runs."""

import contextlib
import os
import sqlite3
from pathlib import Path

OWN = 0o600
_BESIDE = ("", "-wal", "-shm")


class SqliteFile:
    """One database file. What is written into a file that was removed or replaced is lost, and the
    open connections do not tell: the file at the path is compared with the one first found there.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._first: tuple[int, int] | None = None
        self._is_prepared = False

    def prepare(self) -> None:
        """Before it is first opened: make it, if it is not there; its owner alone may read it, and
        what SQLite lays beside it. A file that is somebody else's stays as it is."""
        if self._is_prepared:  # if it is gone by now, an empty one would pass for it
            return
        self._is_prepared = True
        with contextlib.suppress(OSError):
            _make_own(self.path)
        for suffix in _BESIDE:
            with contextlib.suppress(OSError):
                self.path.with_name(self.path.name + suffix).chmod(OWN)
        self.fault()

    def fault(self) -> tuple[str, str] | None:
        """Code and words, if the file is not the one that was opened; None while it is."""
        try:
            found = self.path.stat()
        except FileNotFoundError:
            if self._first is None:
                return None
            return "database_gone", f"the database {self.path} is gone: put it back, or stop Usher"
        except OSError as error:
            return (
                "database_gone",
                f"the database {self.path} cannot be looked at: {error.strerror}",
            )
        identity = (found.st_dev, found.st_ino)
        if self._first is None:
            self._first = identity
        if identity == self._first:
            return None
        return (
            "database_replaced",
            f"the database {self.path} was replaced by another file while Usher ran:"
            " put the first one back, or start Usher anew to work with this one",
        )


def copy_whole(source: sqlite3.Connection, copy: Path) -> None:
    """Copy a database as it is at one moment into a file that is not there yet, or not at all.

    Raises OSError and sqlite3.Error.
    """
    part = copy.with_name(copy.name + ".part")
    part.unlink(missing_ok=True)
    _make_own(part)
    with contextlib.closing(sqlite3.connect(part)) as target:
        source.backup(target)
        target.execute("PRAGMA journal_mode=DELETE")  # one file, nothing beside it
    os.link(part, copy)  # unlike a renaming, it never replaces a file
    part.unlink()


def _make_own(path: Path) -> None:
    """Make an empty file that only its owner may read; an existing file stays."""
    with contextlib.suppress(FileExistsError):
        os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, OWN))
