"""The visit notice: who fills it, who waits for it, and until when (A10, A30)."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlmodel import select

from models.base.errors import InvalidForm, VisitOver
from models.base.permissions import Verb
from models.base.words import DeliveryState
from models.policy.load import SHIPPED, restore_policy
from models.policy.notice_fields import Section
from models.reading.read_back import is_read_back, key_facts
from models.records.audit import AuditEntry
from services.aftercare.follow_up import guests_left
from services.reading import standing
from services.request import notice
from services.request.changes import cancel_visit
from services.request.read_back import confirm_facts
from tests.services.conftest import CHEN, LIN, MEI, SITE, Office

WANTS = """
[[notice]]
key = "stay"
wanted = ["lodging_by", "breakfast"]
filled_by = "coordinator"
due = "arrival -1d"
before_approval = true
"""


@pytest.fixture
def asking(office: Office) -> Office:
    """The standard procedure, which waits for lodging and breakfast."""
    text = (SHIPPED / "standard.toml").read_text(encoding="utf-8") + WANTS
    office.site = replace(SITE, policy=restore_policy(text, "own.toml"))
    return office


def test_the_approvers_wait_for_what_must_be_known_first(asking: Office) -> None:
    visit_id = asking.submit()
    assert asking.waiting("approval") == []
    assert asking.look(visit_id).visit.awaits_notice
    asking.do(MEI, notice.fill_section, visit_id, Section.LODGING, {"lodging_by": "company"}, {})
    assert asking.waiting("approval") == []
    asking.do(MEI, notice.fill_section, visit_id, Section.ROOMS, {"breakfast": "yes"}, {})
    assert CHEN in {who for _, who in asking.waiting("approval")}
    assert not asking.look(visit_id).visit.awaits_notice


def test_whom_the_policy_names_fills_it_and_is_asked(asking: Office) -> None:
    visit_id = asking.submit()
    assert {who for _, who in asking.waiting("notice_missing")} == {MEI}
    view = asking.look(visit_id)
    assert asking.do(MEI, lambda desk: Verb.FILL_NOTICE in standing.allowed(desk, view.visit))
    assert not asking.do(CHEN, lambda desk: Verb.FILL_NOTICE in standing.allowed(desk, view.visit))
    values = {"lodging_by": "guest", "per_diem": None}
    asking.do(MEI, notice.fill_section, visit_id, Section.LODGING, values, {})
    asking.do(MEI, notice.fill_section, visit_id, Section.ROOMS, {"breakfast": "no"}, {})
    assert asking.rows("notice_missing", DeliveryState.PENDING) == []


def test_what_cannot_stand_is_named_and_nothing_is_kept(asking: Office) -> None:
    visit_id = asking.submit()
    bad = {"lodging_by": "nobody", "hotel": "x" * 201, "rooms_single": -1, "guest_pays": None}
    with pytest.raises(InvalidForm) as caught:
        asking.do(LIN, notice.fill_section, visit_id, Section.LODGING, bad, {})
    assert set(caught.value.faults) == {"lodging_by", "hotel", "rooms_single"}
    assert asking.look(visit_id).notice == {}


def test_after_the_guests_have_left_it_can_be_completed_and_the_trail_says_so(
    office: Office,
) -> None:
    visit_id = office.approved()
    office.now += timedelta(days=40)
    office.do(None, guests_left, visit_id, office.now)
    office.do(LIN, notice.fill_section, visit_id, Section.MEALS, {"meals_by": "company"}, {})
    assert office.look(visit_id).notice == {"meals_by": "company"}
    with office.database.reading() as session:
        entries = session.exec(select(AuditEntry).where(AuditEntry.verb == "fill_notice")).all()
    assert [each.detail for each in entries] == [{"fields": ["meals_by"], "late": True}]


def test_nothing_is_filled_in_a_visit_that_is_off(office: Office) -> None:
    visit_id = office.submit()
    office.do(LIN, cancel_visit, visit_id, "They cannot come")
    with pytest.raises(VisitOver):
        office.do(LIN, notice.fill_section, visit_id, Section.MEALS, {"meals_by": "company"}, {})


def test_a_policy_may_do_without_reading_back(office: Office) -> None:
    """A19: what was changed meanwhile is not confirmed; a policy may leave the sheet out."""
    visit_id = office.submit()
    facts = {each.key: each for each in key_facts(office.look(visit_id))}
    shown = {key: each.mark for key, each in facts.items()} | {"arrival": "another"}
    office.do(LIN, confirm_facts, visit_id, ["arrival", "party_size"], shown)
    after = {each.key: each.is_confirmed for each in key_facts(office.look(visit_id))}
    assert (after["arrival"], after["party_size"]) == (False, True)
    text = (SHIPPED / "standard.toml").read_text(encoding="utf-8")
    assert is_read_back(office.look(visit_id))
    without = restore_policy(text.replace("read_back = true", "read_back = false"), "own.toml")
    office.site = replace(SITE, policy=without)
    assert not is_read_back(office.look(office.submit()))
