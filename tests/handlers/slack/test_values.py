"""What people entered, as plain values; what a draft keeps of it; what forms show by now."""

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest

from handlers.request.values import half_filled, kept, taken_up, visit_form
from handlers.slack.shown import Shown
from handlers.slack.values import NO_AMOUNT, Entries

AT = datetime(2026, 12, 15, 2, 0, tzinfo=UTC)


def entries(**values: dict[str, Any]) -> Entries:
    return Entries({block: {"any": entry} for block, entry in values.items()})


def chosen(value: str) -> dict[str, Any]:
    return {"type": "static_select", "selected_option": {"value": value}}


FULL = entries(
    customer=chosen("Acme"),
    level=chosen("as-proposed"),
    customer_kind=chosen("key_account"),
    capital={"value": "USD 2,000,000"},
    overseas={"selected_options": [{"value": "yes"}]},
    important={"selected_options": []},
    budget={"value": "2750.50"},
    exception_reason={"value": "The dinner"},
    meeting_time={"selected_date_time": int(AT.timestamp())},
    meeting_place={"value": "Room 301"},
    second_host={"selected_user": "U01MEI"},
)


def test_every_new_entry_is_read() -> None:
    form = visit_form(FULL)
    assert (form.level, form.customer_kind) == ("as-proposed", "key_account")
    assert (form.capital, form.overseas, form.important) == ("USD 2,000,000", True, False)
    assert (form.budget, form.exception_reason) == (Decimal("2750.50"), "The dinner")
    assert (form.meeting_time, form.meeting_place) == (AT, "Room 301")
    assert form.second_host == "U01MEI"
    assert visit_form(entries(overseas={"selected_options": None})).overseas is False


def test_text_that_looks_empty_is_empty() -> None:
    for signs in ("", "  ", "\u3164", "\u200b\u2800"):
        assert entries(reason={"value": signs}).text("reason") is None
    assert entries(reason={"value": " Flight\u200b"}).text("reason") == " Flight\u200b"


def test_a_draft_gives_back_what_was_entered_and_nothing_else() -> None:
    entered = kept(visit_form(FULL))
    assert "important" not in entered
    assert entered["overseas"] is True
    form = half_filled(taken_up(entered))
    full = visit_form(FULL)
    for name in entered:
        assert getattr(form, name) == getattr(full, name), name
    assert (form.party_size, form.purpose, form.arrival) == (None, "", None)


@pytest.mark.parametrize("budget", ["NaN", "Infinity", "9" * 30, "many"])
def test_an_amount_that_is_none_stays_one(budget: str) -> None:
    assert half_filled({"budget": budget}).budget == NO_AMOUNT
    assert visit_form(entries(budget={"value": budget})).budget == NO_AMOUNT


def test_what_is_unknown_to_the_form_is_left_out() -> None:
    assert half_filled({"gone": 1, "customer": "Acme"}).customer == "Acme"


def test_a_form_is_followed_to_the_state_it_was_brought_to() -> None:
    shown = Shown()
    assert shown.newest("V1", "h0", "d0") == ("h0", "d0")
    shown.remember("V1", "h0", "h1", "d1")
    shown.remember("V1", "h1", "h2", "d2")
    assert shown.newest("V1", "h0", "d0") == ("h2", "d2")
    assert shown.newest("V1", "h2", "d2") == ("h2", "d2")
    assert shown.newest("V2", "h0", None) == ("h0", None)


def test_old_states_are_forgotten() -> None:
    shown = Shown()
    for number in range(2001):
        shown.remember(f"V{number}", "h0", "h1", "d1")
    assert shown.newest("V0", "h0", "d0") == ("h0", "d0")
    assert shown.newest("V2000", "h0", "d0") == ("h1", "d1")


BERLIN = "Europe/Berlin"


def of_berlin(day: str | None, clock: str | None) -> Entries:
    return entries(
        arrival={"type": "datepicker", "selected_date": day},
        **{f"arrival_at:{BERLIN}": {"type": "timepicker", "selected_time": clock}},
    )


@pytest.mark.parametrize(
    ("day", "clock", "moment"),
    [
        ("2026-12-15", "10:00", "2026-12-15T09:00+00:00"),
        ("2026-07-15", "10:00", "2026-07-15T08:00+00:00"),
        ("2026-10-25", "02:30", "2026-10-25T00:30+00:00"),  # comes twice: the first
        ("2026-10-25", "03:00", "2026-10-25T02:00+00:00"),
    ],
)
def test_a_day_and_a_time_are_the_sites(day: str, clock: str, moment: str) -> None:
    found = of_berlin(day, clock)
    assert found.moment("arrival") == datetime.fromisoformat(moment)
    assert found.faults == {}


@pytest.mark.parametrize(
    ("day", "clock", "faults"),
    [
        ("2026-03-29", "02:30", {f"arrival_at:{BERLIN}": "clock_skipped"}),
        ("2026-03-29", None, {f"arrival_at:{BERLIN}": "clock_missing"}),
        (None, "02:30", {"arrival": "day_missing"}),
        (None, None, {}),
    ],
)
def test_a_time_that_is_not_there_is_no_moment(
    day: str | None, clock: str | None, faults: dict[str, str]
) -> None:
    found = of_berlin(day, clock)
    assert found.moment("arrival") is None
    assert {block: fault.code for block, fault in found.faults.items()} == faults


def test_a_foreign_zone_in_an_id_is_no_moment() -> None:
    found = entries(
        arrival={"selected_date": "2026-12-15"},
        **{"arrival_at:Nowhere/../x": {"selected_time": "10:00"}},
    )
    assert found.moment("arrival") is None
