"""What `usher policy apply` and `check` print of visits: lines of text."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from itertools import groupby

from models.base.times import local
from models.policy import Policy
from models.procedure.change import PolicyChange, Shift
from models.reminders.outbox import CHANNEL
from services.reading.versions import Unreadable

_CUSTOMER = 16
"""So many characters of a customer's name are shown."""
_NUMBERS = 5


def change_lines(change: PolicyChange, names: Mapping[str, str]) -> Iterator[str]:
    """What changes for one visit; `names` are the people's, by their ids."""
    head = f"{change.number}  {shortened(change.customer)}  {change.status.replace('_', ' ')}"
    yield f"{head}: {_version(change.old)} → {_version(change.new)}"
    if change.lost_level is not None:
        yield f"  left as it is: there is no level {change.lost_level} any more"
        return
    if change.is_silent:
        yield "  nothing but the version"
        return
    if change.asked_again:
        roles = ", ".join(f"{sign} {role}" for sign, role in change.approvers) or "another order"
        yield f"  asked anew; approvers: {roles}"
    yield from (f"  {cap}" for cap in change.caps)
    if change.lead is not None:
        yield f"  lead time: {change.lead[0]} → {change.lead[1]}"
    if change.urgent is not None:
        yield "  counts as urgent now" if change.urgent[1] else "  no longer counts as urgent"
    yield from (f"  exception {what}: {became}" for what, became in change.exceptions)
    for what, shifts in (("item", change.items), ("reminder", change.reminders)):
        for one, people in _together(shifts):
            who = ", ".join(names.get(person, _called(person)) for person in people)
            to = f" ({who})" if who else ""
            yield f"  {one.sign} {what} {one.what}{to}: {_times(one, change.zone)}"


def summary_lines(changes: Sequence[PolicyChange], policy: Policy, others: int) -> Iterator[str]:
    """All changes in figures; `others` are the open visits that follow the version already."""
    version = _version((policy.name, policy.digest))
    lost = [change.number for change in changes if change.lost_level is not None]
    moved = [change for change in changes if change.lost_level is None]
    if moved:
        asked = sum(change.asked_again for change in moved)
        parts = [f"{_count(len(moved), 'open visit')} would follow {version}"]
        parts += [f"{asked} asked anew"] if asked else []
        parts += _figures(moved)
        yield "; ".join(parts) + "."
    else:
        yield f"Nothing to change: {_count(others, 'open visit')} on {version}."
    if lost:
        yield f"Left under their own version, because their level is gone: {_some(lost)}."


def unreadable_lines(found: Iterable[Unreadable]) -> Iterator[str]:
    """Kept versions that cannot be read, with the visits that follow the one in force."""
    for each in found:
        why = each.reason or "its text was never kept"
        yield (
            f"A kept version cannot be read ({_version((each.name, each.digest))}): {why}. "
            f"These visits follow the policy in force: {_some(each.visits)}"
        )


def shortened(customer: str) -> str:
    """A customer's name as far as a list needs it."""
    return customer if len(customer) <= _CUSTOMER else customer[: _CUSTOMER - 1].rstrip() + "…"


def _figures(changes: list[PolicyChange]) -> Iterator[str]:
    for what, shifts in (
        ("item", [shift for change in changes for shift in change.items]),
        ("reminder", [shift for change in changes for shift in change.reminders]),
    ):
        dropped = "cancelled" if what == "reminder" else "dropped"
        for sign, word in (("+", "added"), ("-", dropped), ("~", "moved")):
            number = sum(shift.sign == sign for shift in shifts)
            if number:
                yield f"{_count(number, what)} {word}"


def _together(shifts: Iterable[Shift]) -> Iterator[tuple[Shift, list[str]]]:
    """Shifts that differ only in whom they are for, as one."""
    for _, group in groupby(shifts, key=lambda s: (s.sign, s.what, s.old, s.new)):
        found = list(group)
        yield found[0], list(dict.fromkeys(shift.who for shift in found if shift.who))


def _times(shift: Shift, zone: str) -> str:
    if shift.sign == "~" and shift.old == shift.new:
        return f"{_time(shift.new, zone)}, as before"
    if shift.sign == "~":
        return f"{_time(shift.old, zone)} → {_time(shift.new, zone)}"
    return _time(shift.new if shift.sign == "+" else shift.old, zone)


def _time(moment: datetime | None, zone: str) -> str:
    return f"{local(moment, zone):%Y-%m-%d %H:%M}" if moment is not None else "at once"


def _called(person: str) -> str:
    return "the visits channel" if person == CHANNEL else person


def _version(version: tuple[str, str]) -> str:
    return f"{version[0]} {version[1][:8]}"


def _count(number: int, word: str) -> str:
    return f"{number} {word}{'' if number == 1 else 's'}"


def _some(numbers: Sequence[str]) -> str:
    more = f" and {len(numbers) - _NUMBERS} more" if len(numbers) > _NUMBERS else ""
    return ", ".join(numbers[:_NUMBERS]) + more
