"""What is given to the lanes goes out, whenever it is given."""

import asyncio

from scheduler.lanes import LANES, Lanes


async def test_what_comes_as_all_lanes_end_at_once_goes_out_too() -> None:
    lanes, go_on, gone = Lanes(), asyncio.Event(), asyncio.Event()

    async def wait() -> None:
        await go_on.wait()

    async def go() -> None:
        gone.set()

    for number in range(LANES):
        lanes.add(1, f"U{number}", wait)
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    go_on.set()
    await asyncio.sleep(0)
    assert not lanes, "all have ended; that their tasks have, is not known yet"
    lanes.add(1, "U0", go)
    await asyncio.wait_for(gone.wait(), 5)
    await lanes.all_landed()
