"""`usher demo`: alive at the first look, and its clock takes everything along on the way."""

import os
import re
import signal
import socket
from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from pathlib import Path

import aiohttp
import pytest

from bot.demo import Demo, demo
from bot.demo_story import FIRST, ZONE, arrival_tomorrow
from tests.bot.commands import usher
from tests.bot.running import usher_process


@pytest.fixture
async def shown() -> AsyncIterator[Demo]:
    """The demo, opened."""
    async with demo() as opened:
        yield opened


@pytest.mark.parametrize(
    ("now", "arrival"),
    [
        ("2026-12-01 00:05", "2026-12-02 10:00"),
        ("2026-12-01 08:59", "2026-12-02 10:00"),
        ("2026-12-01 15:20", "2026-12-02 16:00"),
        ("2026-12-01 15:40", "2026-12-02 16:30"),
        ("2026-12-01 21:10", "2026-12-02 22:00"),
        ("2026-12-01 21:40", "2026-12-03 10:00"),
        ("2026-12-31 23:59", "2027-01-02 10:00"),
    ],
)
def test_one_day_before_is_still_to_come(now: str, arrival: str) -> None:
    moment = datetime.fromisoformat(now).replace(tzinfo=ZONE)
    found = arrival_tomorrow(moment)
    assert found == datetime.fromisoformat(arrival).replace(tzinfo=ZONE)
    assert found - timedelta(days=1) > moment


async def test_the_first_screen_is_alive(shown: Demo) -> None:
    sandbox = shown.sandbox
    (card,) = [m for m in sandbox.persona("sam.carter").channel("visits") if "V-" in m.text]
    assert "Acme Robotics" in card.text
    assert "Approved" in card.text
    assert "Buick GL8" in card.text
    assert card.buttons == ["Details", "Edit", "Reschedule", "Cancel"]
    assert sandbox.persona("lin.wei").sees("Acme Robotics")
    assert abs(sandbox.clock.offset) < timedelta(seconds=1)
    assert not sandbox.rejections
    async with aiohttp.ClientSession() as session, session.get(sandbox.url + "/") as page:
        assert page.status == 200
        assert "<html" in await page.text()


@pytest.mark.parametrize("handle", FIRST)
async def test_it_opens_as_somebody_with_two_things_waiting(shown: Demo, handle: str) -> None:
    sandbox = shown.sandbox
    home = await sandbox.persona(handle).open_home()
    assert re.search(r"(Waiting for you|待您处理)[ （(]+2[)）]", home.text)
    assert home.buttons
    async with aiohttp.ClientSession() as session, session.get(sandbox.url + "/ui/boot") as boot:
        assert (await boot.json())["first"] == FIRST


async def test_the_channel_reads_the_language_it_is_given() -> None:
    async with demo(locale="zh") as opened:
        (card,) = [m for m in opened.sandbox.persona("lin.wei").channel("visits") if "V-" in m.text]
        assert "已同意" in card.text
        assert card.buttons[0] == "详情"


async def test_the_clock_offers_what_comes(shown: Demo) -> None:
    assert shown.sandbox.moments is not None
    moments = await shown.sandbox.moments()
    year = (shown.arrival - timedelta(days=6)).year
    assert [moment.label for moment in moments] == [
        f"V-{year}-0001 Acme Robotics: {what}"
        for what in (
            "one day before",
            "half a day before",
            "15 minutes before pickup",
            "an hour before",
            "arrival",
            "10 minutes before drop-off",
            "a day after",
            "a week after",
        )
    ]
    assert moments[0].at == shown.arrival - timedelta(days=1)


async def test_a_jump_takes_everything_along_at_its_own_time(shown: Demo) -> None:
    sandbox, arrival = shown.sandbox, shown.arrival
    pickup = arrival - timedelta(minutes=75)
    await sandbox.jump(pickup - timedelta(minutes=15))
    assert abs(sandbox.clock.now() - (pickup - timedelta(minutes=15))) < timedelta(seconds=5)
    driver = sandbox.persona("ma.long").last_dm()
    assert len(driver.buttons) == 2, "the car, and the manners"
    channel = sandbox.persona("sam.carter").channel("visits")
    said = {sandbox.workspace.at(m.ts).replace(microsecond=0) for m in channel}
    checks = {arrival - timedelta(days=1), arrival - timedelta(hours=12)}
    assert any(abs(at - check) < timedelta(seconds=5) for at in said for check in checks)
    assert abs(sandbox.workspace.at(driver.ts) - sandbox.clock.now()) < timedelta(seconds=5)
    await sandbox.jump(arrival + timedelta(hours=6, minutes=30, days=1))
    assert sandbox.persona("lin.wei").last_dm().buttons == [
        "填写反馈",
        "稍后",
    ]
    assert not sandbox.rejections


async def test_a_click_in_the_demo_reaches_the_bot(shown: Demo) -> None:
    sandbox = shown.sandbox
    sam = sandbox.persona("sam.carter")
    await sam.command("/visit new", channel="visits")
    modal = await sam.modal()
    arrival = sandbox.clock.now() + timedelta(days=5)
    await modal.fill_all(
        {
            "Customer": "Globex",
            "Purpose": "Technical exchange",
            "Lead guest": "Ada Byron",
            "Lead guest's title": "Software engineer",
            "Party size": "2",
            "Arrival": arrival,
            "Departure": arrival + timedelta(hours=4),
        }
    )
    result = await modal.submit()
    assert not result.errors
    await sandbox.wait_for(lambda: sandbox.persona("chen.hao").sees("Globex"))
    await sandbox.persona("chen.hao").click("同意")
    await sandbox.wait_for(
        lambda: "Approved" in sandbox.persona("ana.silva").channel("visits")[-1].text
    )
    assert sandbox.moments is not None
    moments = await sandbox.moments()
    assert any("Globex: one day before" in moment.label for moment in moments)
    assert any("Globex：提前一天" in moment.labels["zh"] for moment in moments)
    assert not any(re.search("[a-z]{3}", m.labels["zh"].partition("：")[2]) for m in moments)


async def test_the_command_prints_the_address_and_ends_with_0(tmp_path: Path) -> None:
    async with usher_process("demo", "--port", "0", cwd=tmp_path, USHER_POLICY="other") as running:
        assert running.process.stdout is not None
        line = (await running.process.stdout.readline()).decode()
        assert line.startswith("Usher's demo is at http://127.0.0.1:")
        address = line.split()[-1]
        async with aiohttp.ClientSession() as session, session.get(address + "ui/boot") as boot:
            assert (await boot.json())["commands"][0]["command"] == "/visit"
        ended = await running.end(signal.SIGINT)
    assert ended.code == 0
    assert ended.err == ""
    assert not os.listdir(tmp_path)  # noqa: PTH208 - nothing is left behind


def test_a_port_that_is_taken_is_named(tmp_path: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        ended = usher("demo", "--port", str(port), cwd=tmp_path)
    assert ended.code == 2
    assert f"port {port} is taken by another program: usher demo --port {port + 1}" in ended.err
