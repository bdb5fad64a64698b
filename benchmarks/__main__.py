"""`make bench`: every benchmark, one after the other; each prints its figures and its goals.

`python -m benchmarks tick storm` runs only those that are named.
"""

import asyncio
import sys
from collections.abc import Callable, Mapping

from benchmarks import (
    acknowledgement,
    chaos,
    contacts,
    finding,
    memory,
    policy,
    queues,
    storm,
    tick,
)

BENCHMARKS: Mapping[str, Callable[[], None]] = {
    "acknowledgement": lambda: asyncio.run(acknowledgement.measure()),
    "policy": policy.measure,
    "finding": finding.measure,
    "contacts": contacts.measure,
    "queues": queues.measure,
    "tick": tick.measure,
    "storm": storm.measure,
    "chaos": chaos.measure,
    "memory": memory.measure,
}


def main(names: list[str]) -> int:
    """Run all benchmarks, or those named; 1 if one of them failed, 2 if there is none of a name."""
    unknown = [name for name in names if name not in BENCHMARKS]
    if unknown:
        print(f"no benchmark is called {unknown[0]}; there are {', '.join(BENCHMARKS)}")
        return 2
    failed = []
    for name in names or BENCHMARKS:
        try:
            BENCHMARKS[name]()
        except AssertionError as error:
            failed.append(name)
            print(f"  {name} failed: {error}")
    return bool(failed)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
