"""Reminders of three bots on PostgreSQL while one is killed every second and Slack fails.

The test of the same name, whole: 2,000 reminders within a minute; of Slack's answers 5 % are lost
after it has accepted, 5 % are 429s and 2 % are 500s. To be run alone, too:
`python -m benchmarks.chaos`, with a seed if another one is wanted.
"""

import asyncio
import sys
from datetime import timedelta

from benchmarks.databases import migrated, server
from sandbox.server import Sandbox
from tests.postgres import NoPostgres
from tests.scheduler.chaos import BOTS, Aftermath, rage

REMINDERS = 2_000
OVER = timedelta(seconds=60)
SEED = 41


def measure(seed: int = SEED) -> None:
    """Print what became of the reminders. Raises AssertionError unless each stands once."""
    try:
        with server() as address, migrated(address) as database:
            after = asyncio.run(_rage(database.url.render_as_string(hide_password=False), seed))
    except NoPostgres as reason:
        print(f"Chaos: PostgreSQL cannot run here: {reason}")
        return
    doubled = sum(1 for count in after.said.values() if count > 1)
    missing = sum(1 for row in after.rows if not after.said[row])
    print(f"Chaos, {REMINDERS} reminders, {BOTS} bots on PostgreSQL, seed {seed}")
    print(
        f"  {after.kills} kills; {after.dropped} answers lost, {after.limited} 429s, "
        f"{after.failed} 500s; {after.looked} look-ups; {after.seconds:.0f} s"
    )
    print(
        f"  said exactly once: {REMINDERS - doubled - missing}   missing: {missing}   "
        f"more than once: {doubled}   states: {dict(after.states)}"
    )
    print(f"  goal, every one exactly once: {'reached' if after.is_exactly_once else 'MISSED'}")
    assert after.is_exactly_once


async def _rage(url: str, seed: int) -> Aftermath:
    sandbox = Sandbox()
    await sandbox.start()
    try:
        return await rage(url, sandbox, REMINDERS, OVER, seed)
    finally:
        await sandbox.stop()


if __name__ == "__main__":
    measure(*(int(given) for given in sys.argv[1:]))
