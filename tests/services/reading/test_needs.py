"""Who may do what: what a message shows hangs on the same table as what a click may do."""

import pytest
from sqlmodel import select

from models.base.permissions import Verb
from models.base.words import EntryKind, EntrySource
from models.keeping.forms import EntryForm
from models.reading.needs import who_may
from models.records.visit import Visit
from services.cars import trips
from services.escorts import invitations
from services.keeping import entries
from services.reading import standing
from services.reading.desk import Desk
from services.request.requests import submit_visit
from tests.services.conftest import (
    CHEN,
    CHEN2,
    DEV,
    LIN,
    LIU,
    MA,
    MEI,
    PARK,
    RUTH,
    TOM,
    XU,
    ZHAO,
    Office,
)

PEOPLE = [LIN, CHEN, CHEN2, ZHAO, PARK, MEI, LIU, MA, TOM, DEV, XU, RUTH, "U01NOBODY"]
READS = [verb for verb in Verb if verb.startswith("read_")]


def _allowed(desk: Desk, visit_id: int) -> frozenset[Verb]:
    return standing.allowed(
        desk, desk.session.exec(select(Visit).where(Visit.id == visit_id)).one()
    )


@pytest.fixture
def visit_id(office: Office) -> int:
    """An approved visit in which nearly everybody has a part."""
    made = office.do("U01SAM", submit_visit, office.form(second_host=TOM), "sam").visit.id
    office.approve(made)
    office.do(LIN, invitations.invite, made, [PARK])
    office.do(LIU, trips.assign_car, office.look(made).trips[0].id, MA, "GL8")
    form = EntryForm(kind=EntryKind.QUESTION, text="Which adapter?", owner_id="U01ENTRY")
    office.do(LIN, entries.add, made, form, "entry", EntrySource.FORM)
    return int(made)


def test_a_message_and_a_click_are_of_one_mind(office: Office, visit_id: int) -> None:
    view = office.look(visit_id)
    for person in [*PEOPLE, "U01SAM", "U01ENTRY"]:
        allowed = office.do(person, _allowed, visit_id)
        told = {verb for verb in Verb if person in who_may(view, verb)}
        assert told == allowed - {Verb.REQUEST, Verb.TALK, Verb.BE_AWAY}, person


@pytest.mark.parametrize("person", [MA, LIU, DEV, XU, "U01ENTRY"])
def test_who_has_one_item_reads_that_alone(office: Office, visit_id: int, person: str) -> None:
    allowed = office.do(person, _allowed, visit_id)
    assert Verb.SEE in allowed
    assert allowed.isdisjoint(READS)


@pytest.mark.parametrize("person", ["U01SAM", LIN, TOM, RUTH, CHEN, ZHAO, PARK, MEI])
def test_who_runs_or_leads_it_reads_all(office: Office, visit_id: int, person: str) -> None:
    assert office.do(person, _allowed, visit_id) >= set(READS)
