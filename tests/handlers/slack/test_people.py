"""What Slack says of a person, as it is remembered."""

from datetime import UTC, datetime
from typing import Any

import pytest

from handlers.slack.people import Workspace, person

NOW = datetime(2030, 1, 1, tzinfo=UTC)
HERE = Workspace("T1", has_guests=False, zone="Asia/Shanghai")


def user(**facts: Any) -> dict[str, Any]:
    return {"id": "U1", "team_id": "T1", "name": "ann", **facts}


@pytest.mark.parametrize("zone", [None, "", "Mars/Olympus", "Etc/Unknown"])
def test_whose_zone_is_not_known_goes_by_the_sites(zone: str | None) -> None:
    assert person(user(tz=zone), NOW, HERE).timezone == "Asia/Shanghai"


def test_a_zone_that_is_known_counts_and_stays() -> None:
    known = person(user(tz="Europe/Berlin"), NOW, HERE)
    assert known.timezone == "Europe/Berlin"
    assert person(user(), NOW, HERE, known).timezone == "Europe/Berlin"


def test_the_handle_is_kept() -> None:
    assert person(user(), NOW, HERE).handle == "ann"
