"""One bot on a SQLite file: the lock beside it, held while the bot runs."""

import contextlib
import fcntl
import os
from collections.abc import Iterator

from services.store.database import Database, DatabaseTrouble
from services.store.sqlite_file import OWN


@contextlib.contextmanager
def sole_bot(database: Database) -> Iterator[None]:
    """Hold the SQLite file as its only bot; the command line may still use it beside.

    PostgreSQL takes any number of bots. Raises DatabaseTrouble database_in_use.
    """
    file = database.file
    if file is None:
        yield
        return
    file = file.resolve()  # another name of the file is no other file
    path = file.with_name(file.name + ".lock")
    try:
        handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, OWN)
    except OSError as error:
        raise DatabaseTrouble(
            "database_read_only", f"{path} cannot be written: {error.strerror}"
        ) from error
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            holder = os.pread(handle, 20, 0).decode(errors="replace").strip() or "unknown"
            raise DatabaseTrouble(
                "database_in_use",
                f"another Usher (process {holder}) runs on {file}; stop it first,"
                " or use PostgreSQL to run several",
            ) from None
        os.ftruncate(handle, 0)
        os.pwrite(handle, str(os.getpid()).encode(), 0)
        yield
    finally:
        os.close(handle)
