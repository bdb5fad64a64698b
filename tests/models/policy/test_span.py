"""How far ahead a request comes, and whether that is enough, in each unit (R1.5, A22, A25, A26)."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from models.policy import Policy, load_policy
from models.policy.conditions import Facts
from models.policy.leadtime import earliness, lead_missed, lead_needed
from models.policy.load import parse_policy
from models.policy.span import Ahead, Span, ahead

SHANGHAI = "Asia/Shanghai"


def at(written: str, zone: str = SHANGHAI) -> datetime:
    return datetime.fromisoformat(written).replace(tzinfo=ZoneInfo(zone))


def policy(**lead: object) -> Policy:
    data = load_policy("overseas").model_dump(mode="python", by_alias=True, exclude_unset=True)
    return parse_policy(data | {"lead_time": lead}, "", "mine.toml")


@pytest.mark.parametrize(
    ("asked", "arrival", "days", "working_days", "hours"),
    [
        ("2026-11-27 09:00", "2026-11-28 15:00", 1, 0, 30),  # A25: 30 hours over a weekend
        ("2026-11-28 09:00", "2026-11-29 15:00", 1, 0, 30),
        ("2026-11-27 23:59", "2026-11-28 00:01", 1, 0, 0),
        ("2026-09-30 09:00", "2026-10-08 09:00", 8, 0, 192),  # the National Day week
        ("2026-10-09 09:00", "2026-10-12 09:00", 3, 1, 72),  # a make-up Saturday
        ("2026-12-31 09:00", "2027-01-02 09:00", 2, 0, 48),
        ("2026-11-26 09:00", "2026-11-26 08:00", 0, 0, 0),
    ],
)
def test_it_is_counted_by_the_sites_days(
    asked: str, arrival: str, days: int, working_days: int, hours: int
) -> None:
    found = ahead(at(asked), at(arrival), SHANGHAI, load_policy("standard").work_days)
    assert (found.days, found.working_days) == (days, working_days)
    assert found.in_("hours") == Span(hours, "hours")


def test_a_day_is_one_of_the_calendar_however_long_the_clocks_make_it() -> None:
    berlin = "Europe/Berlin"
    found = ahead(
        at("2026-10-24 09:00", berlin),
        at("2026-10-25 09:00", berlin),
        berlin,
        load_policy("standard").work_days,
    )
    assert (found.days, found.hours) == (1, 25)


@pytest.mark.parametrize(
    ("name", "asked", "expected"),
    [
        ("express", Ahead(1, 0, 30), "early"),  # A25
        ("express", Ahead(1, 0, 24), "urgent"),  # A26
        ("express", Ahead(0, 0, 25), "late"),
        ("standard", Ahead(1, 0, 30), "late"),  # A22
        ("standard", Ahead(5, 3, 120), "in_time"),
        ("standard", Ahead(1, 0, 23.5), "urgent"),
        ("company_flow", Ahead(1, 0, 30), "early"),
        ("reception_department", Ahead(2, 0, 48), "early"),  # A24: over a weekend
        ("reception_department", Ahead(1, 1, 47), "late"),
    ],
)
def test_each_procedure_counts_in_its_own_unit(name: str, asked: Ahead, expected: str) -> None:
    assert earliness(load_policy(name), Facts(), asked) == expected


RULE = {"key": "big", "only": {"party_from": 10}}


@pytest.mark.parametrize(
    ("lead", "asked", "longest", "missed"),
    [
        ({"hours": 48}, Ahead(1, 1, 47.9), "48 hours", "48 hours"),
        ({"hours": 48}, Ahead(2, 0, 48), "48 hours", None),
        ({"days": 3, "rule": [RULE | {"working_days": 2}]}, Ahead(8, 0, 190), "3 days", "2 w"),
        ({"days": 3, "rule": [RULE | {"working_days": 2}]}, Ahead(2, 2, 60), "3 days", "3 days"),
        ({"days": 1, "rule": [RULE | {"hours": 72}]}, Ahead(3, 3, 70), "72 hours", "72 hours"),
        ({"days": 1, "rule": [RULE | {"days": 1}]}, Ahead(0, 0, 9), "1 day", "1 day"),
    ],
)
def test_each_lead_time_that_applies_has_to_be_reached(
    lead: dict[str, object], asked: Ahead, longest: str, missed: str | None
) -> None:
    mine, facts = policy(**lead), Facts(party_size=12)
    assert str(lead_needed(mine, facts).span) == longest
    found = lead_missed(mine, facts, asked)
    assert (found is not None) is (missed is not None)
    assert found is None or str(found.span).startswith(str(missed))
