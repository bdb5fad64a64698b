"""Files of a visit: what stands in the store is noted, and given to whoever asks for it."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlmodel import col, select

from models.base.errors import Fault, InvalidForm, NotAllowed, Outdated
from models.base.permissions import Verb, reads_file
from models.base.words import FileUse
from models.keeping.files import FileKind
from models.records.files import VisitFile
from services.reading.desk import Desk
from services.reading.looks import get_visit
from services.reading.standing import allowed
from services.saying import audit, outbox
from services.store.hold import hold


@dataclass(frozen=True)
class Stored:
    """A file that the store has: checked, under a safe name."""

    name: str
    kind: FileKind
    size: int
    sha256: str
    slack_file_id: str
    place: str


def add_files(
    desk: Desk, visit_id: int, use: str | None, stored: Sequence[Stored]
) -> list[VisitFile]:
    """Note files of a visit that the store has. One noted before stays as it was.

    Raises InvalidForm for a use that is none.
    """
    if use not in set(FileUse):
        raise InvalidForm({"use": Fault("required")})
    visit = hold(desk.session, visit_id)
    known = {file.slack_file_id: file for file in _noted(desk, visit_id, stored)}
    for each in stored:
        if each.slack_file_id in known:
            continue
        file = VisitFile(
            visit_id=visit_id,
            name=each.name,
            kind=each.kind,
            use=use,
            size=each.size,
            sha256=each.sha256,
            slack_file_id=each.slack_file_id,
            place=each.place,
            added_by=desk.person,
            added_at=desk.now,
        )
        desk.session.add(file)
        desk.session.flush()
        audit.record(desk, "add_file", visit.id, file=file.id)
        known[each.slack_file_id] = file
    return [known[each.slack_file_id] for each in stored]


def ask_for(desk: Desk, visit_id: int, file_id: int) -> VisitFile:
    """Send the person a file of a visit, in their messages. Raises Outdated where it is gone,
    NotAllowed for one that is not for them."""
    file = desk.session.get(VisitFile, file_id)
    if file is None or file.visit_id != visit_id:
        raise Outdated
    can = allowed(desk, get_visit(desk.session, visit_id))
    if file.added_by != desk.person and not reads_file(file.use, can):
        raise NotAllowed(Verb.READ_FILES)
    key = f"v{visit_id}:document:{file_id}:{int(desk.now.timestamp())}:{desk.person}"
    outbox.owe(desk, "document", desk.person, key, visit_id, file=file_id)
    return file


def _noted(desk: Desk, visit_id: int, stored: Sequence[Stored]) -> Sequence[VisitFile]:
    slack_ids = [each.slack_file_id for each in stored]
    query = select(VisitFile).where(
        VisitFile.visit_id == visit_id, col(VisitFile.slack_file_id).in_(slack_ids)
    )
    return desk.session.exec(query).all()
