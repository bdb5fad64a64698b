"""`make bench`: every benchmark, one after the other; each prints its figures and its goals."""

import asyncio

from benchmarks import acknowledgement, policy, queues


def main() -> None:
    """Run all benchmarks."""
    asyncio.run(acknowledgement.measure())
    policy.measure()
    queues.measure()


if __name__ == "__main__":
    main()
