"""Guest lists that were read and wait to be looked over and saved: one of each person and visit."""

from collections.abc import Mapping
from dataclasses import dataclass

from models.base.errors import Outdated
from models.customers.lists import Reading, ReadLine, read_again
from models.records.request import Draft
from services.reading.desk import Desk
from services.request.notice import fillable
from services.request.party import Seated, add_listed

_PREFIX = "guests:"


@dataclass(frozen=True)
class Waiting:
    """A list that was read, and the name of the file that it came in."""

    reading: Reading
    file: str | None


def keep(desk: Desk, visit_id: int, reading: Reading, file: str | None = None) -> None:
    """Have a list wait, instead of one that waits already."""
    values = {
        "lines": [line.kept() for line in reading.lines],
        "left_out": reading.left_out,
        "file": file,
    }
    draft = desk.session.get(Draft, (desk.person, _key(visit_id)))
    if draft is None:
        draft = Draft(
            user_id=desk.person, form_key=_key(visit_id), values=values, updated_at=desk.now
        )
    draft.values, draft.updated_at = values, desk.now
    desk.session.add(draft)


def waiting(desk: Desk, visit_id: int) -> Waiting | None:
    """The person's list that waits."""
    draft = desk.session.get(Draft, (desk.person, _key(visit_id)))
    if draft is None:
        return None
    lines = [ReadLine.of(line) for line in draft.values["lines"]]
    return Waiting(Reading(lines, draft.values["left_out"]), draft.values["file"])


def wanted(desk: Desk, visit_id: int) -> Waiting:
    """The same. Raises Outdated where none waits."""
    found = waiting(desk, visit_id)
    if found is None:
        raise Outdated
    return found


def put_right(desk: Desk, visit_id: int, texts: Mapping[int, str | None]) -> Waiting:
    """Read lines again as they were put right, by their place in the list; an emptied one is left
    out. Raises Outdated."""
    found, country = wanted(desk, visit_id), fillable(desk, visit_id).policy.country
    lines: list[ReadLine] = []
    for at, line in enumerate(found.reading.lines):
        lines += read_again(line, texts[at], country) if at in texts else [line]
    keep(desk, visit_id, Reading(lines, found.reading.left_out), found.file)
    desk.session.flush()
    return wanted(desk, visit_id)


def save(desk: Desk, visit_id: int) -> Seated:
    """Add the guests of the list that waits. Raises Outdated without one, or while a line of it is
    doubtful; what `add_listed` raises."""
    found = wanted(desk, visit_id)
    if found.reading.doubtful:
        raise Outdated
    seated = add_listed(desk, visit_id, found.reading.guests)
    drop(desk, visit_id)
    return seated


def drop(desk: Desk, visit_id: int) -> None:
    """Have it wait no more."""
    draft = desk.session.get(Draft, (desk.person, _key(visit_id)))
    if draft is not None:
        desk.session.delete(draft)


def _key(visit_id: int) -> str:
    return f"{_PREFIX}{visit_id}"
