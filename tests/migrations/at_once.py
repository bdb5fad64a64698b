"""A bot that starts: brings the database up to date in a process of its own."""

from multiprocessing.synchronize import Barrier

from services.store.database import Database


def upgrade(url: str, barrier: Barrier) -> None:
    """Wait for the others, then upgrade."""
    with Database(url) as database:
        barrier.wait()
        database.upgrade()
        database.check_version()
