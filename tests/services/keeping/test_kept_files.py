"""Files are noted once, and only for the visit that they are of."""

from dataclasses import replace
from functools import partial
from typing import Any

import pytest

from models.base.errors import InvalidForm, Outdated
from models.keeping.files import FileKind
from services.keeping import arrivals, files
from tests.services.conftest import LIN, MEI, Office

STORED = files.Stored("a.png", FileKind.PNG, 12, "0" * 64, "F1", "V-1/a.png")


def test_noted_once(office: Office) -> None:
    visit_id = office.approved()
    other = replace(STORED, slack_file_id="F2")
    first = office.do(LIN, files.add_files, visit_id, "photo", [STORED])
    both = office.do(MEI, files.add_files, visit_id, "receipt", [STORED, other])
    assert [file.id for file in both] == [first[0].id, both[1].id]
    seen = office.look(visit_id).files
    assert [(file.slack_file_id, file.use, file.added_by) for file in seen] == [
        ("F1", "photo", LIN),
        ("F2", "receipt", MEI),
    ]


@pytest.mark.parametrize("use", [None, "gossip"])
def test_a_use_that_is_none(office: Office, use: Any) -> None:
    visit_id = office.approved()
    with pytest.raises(InvalidForm):
        office.do(LIN, files.add_files, visit_id, use, [STORED])
    assert office.look(visit_id).files == []


def test_sent_for_its_own_visit_only(office: Office) -> None:
    visit_id, other = office.approved(), office.approved()
    [file] = office.do(LIN, files.add_files, visit_id, "photo", [STORED])
    office.do(MEI, files.ask_for, visit_id, file.id)
    assert [who for _, who in office.waiting("document")] == [MEI]
    with pytest.raises(Outdated):
        office.do(MEI, files.ask_for, other, file.id)


def test_a_message_is_answered_once(office: Office) -> None:
    for _ in range(2):
        office.do(LIN, partial(arrivals.answer, has_files=True, can_read=True), "D1", "1.2", None)
    assert [who for _, who in office.waiting("offer")] == [LIN]
