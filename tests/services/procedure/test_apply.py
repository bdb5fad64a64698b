"""Another version of the policy for visits under way: what changes, what stays, who is asked."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from sqlmodel import select

from models.aftercare.forms import FeedbackForm
from models.base.words import DeliveryState, StepState, TaskState, VisitStatus
from models.money.forms import ExceptionForm
from models.policy import Policy, load_policy, restore_policy
from models.policy.load import SHIPPED
from models.policy.span import Span
from models.procedure.change import PolicyChange
from models.records.audit import AuditEntry
from models.reminders.outbox import QUIET, Delivery
from services.aftercare import follow_up
from services.preparation import checklist
from services.procedure.apply import change_policy, visits_to_change
from services.reading import versions
from services.reading.desk import Desk
from services.signoff import decisions, exceptions
from tests.services.conftest import CHEN, DEV, LIN, MEI, RUTH, Office

TEXT = (SHIPPED / "standard.toml").read_text(encoding="utf-8")
HOUR = timedelta(hours=1)
CALL = """
[[step]]
key = "{key}"
at = "arrival {offset}"
to = ["host"]
until = "arrival"
text = "Call them"
"""
ITEM = """
[[task]]
key = "{key}"
title = "Flag"
owner = "{owner}"
due = "arrival -1d 17:00"
"""


LATER = """
[[step]]
key = "later"
at = "{at}"
to = ["host"]
text = "Call them"
{more}
"""
GIFT_BOOK = """
[[task]]
key = "gift_book"
phase = "follow_up"
title = "Gift book"
owner = "host"
due = "left +2d"
"""


@pytest.fixture(autouse=True)
def nothing_restored(monkeypatch: pytest.MonkeyPatch) -> None:
    """As in a command that has just started."""
    monkeypatch.setattr(versions, "_restored", {})


def edited(*replaced: tuple[str, str], more: str = "") -> Policy:
    text = TEXT
    for old, new in replaced:
        assert old in text, old
        text = text.replace(old, new, 1)
    return restore_policy(text + more, "mine.toml")


def change(office: Office, visit_id: int, policy: Policy) -> PolicyChange:
    found = office.do(None, change_policy, visit_id, policy)
    assert isinstance(found, PolicyChange)
    return found


def under(office: Office, policy: Policy) -> None:
    office.site = office.site.__class__(office.site.timezone, office.site.locale, policy)


def entries(office: Office, visit_id: int) -> list[AuditEntry]:
    with office.database.reading() as session:
        query = select(AuditEntry).where(
            AuditEntry.visit_id == visit_id, AuditEntry.verb == "change_policy"
        )
        return list(session.exec(query))


def test_reminders_are_added_cancelled_and_moved(office: Office) -> None:
    old = edited(
        more=CALL.format(key="moves", offset="-2h") + CALL.format(key="goes", offset="-3h")
    )
    new = edited(
        more=CALL.format(key="moves", offset="-5h") + CALL.format(key="comes", offset="-4h")
    )
    under(office, old)
    visit_id = office.approved()
    arrival = office.look(visit_id).visit.arrival

    found = change(office, visit_id, new)

    assert [(s.sign, s.what, s.who, s.old, s.new) for s in found.reminders] == [
        ("~", "moves", LIN, arrival - 2 * HOUR, arrival - 5 * HOUR),
        ("+", "comes", LIN, None, arrival - 4 * HOUR),
        ("-", "goes", LIN, arrival - 3 * HOUR, None),
    ]
    waiting = {
        row.args["step"]: row.due_at for row in office.rows("reminder", DeliveryState.PENDING)
    }
    assert waiting["moves"] == arrival - 5 * HOUR
    assert waiting["comes"] == arrival - 4 * HOUR
    assert "goes" not in waiting
    assert office.look(visit_id).policy.digest == new.digest


def test_items_are_added_dropped_moved_and_go_to_others(office: Office) -> None:
    old = edited(more=ITEM.format(key="flag", owner="it") + ITEM.format(key="tent", owner="it"))
    items = ITEM.format(key="flag", owner="coordinator") + ITEM.format(key="band", owner="it")
    new = edited(more=items)
    under(office, old)
    visit_id = office.approved()
    task = office.look(visit_id).task("flag")
    assert task is not None
    assert task.owner_id == DEV

    found = change(office, visit_id, new)

    assert [(s.sign, s.what, s.who) for s in found.items] == [
        ("~", "flag", "coordinator"),
        ("-", "tent", "it"),
        ("+", "band", "it"),
    ]
    view = office.look(visit_id)
    assert view.task("tent") is None
    for key, owner in (("flag", MEI), ("band", DEV)):
        item = view.task(key)
        assert item is not None
        assert item.owner_id == owner


def test_an_open_exception_is_looked_at_again(office: Office) -> None:
    old = load_policy("ranked_caps")
    under(office, old)
    visit_id = office.approved(level="senior", lead_guest_title="Purchasing director")
    form = ExceptionForm(what="meals:dinner", amount=Decimal(1500), reason="They stay on")
    office.do(LIN, exceptions.request_exception, visit_id, form, "e1")
    assert "amount = 700" in old.whole
    text = old.whole.replace("amount = 700", "amount = 950")
    found = []
    with office.database.session() as session:
        desk = Desk(session, office.now, office.site, None, "command")
        found.append(change_policy(desk, visit_id, restore_policy(text, "mine.toml")))
        session.rollback()
    office.now += HOUR
    found.append(change(office, visit_id, restore_policy(text, "mine.toml")))
    assert found[0] is not None
    assert found[1] is not None
    assert found[0].exceptions == [("meals dinner", "void")]
    assert found[0] == found[1]
    assert office.look(visit_id).exceptions[0].state == StepState.VOID


def test_an_exception_that_others_decide_now_is_asked_anew(office: Office) -> None:
    old = load_policy("ranked_caps")
    under(office, old)
    visit_id = office.approved(level="senior", lead_guest_title="Purchasing director")
    form = ExceptionForm(what="meals:dinner", amount=Decimal(1500), reason="They stay on")
    office.do(LIN, exceptions.request_exception, visit_id, form, "e1")
    chain = old.exceptions[0].approvers
    was = "approvers = [" + ", ".join(f'"{role}"' for role in chain) + "]"
    start = old.whole.index("[[exception]]")
    text = old.whole[:start] + old.whole[start:].replace(was, 'approvers = ["chairman"]', 1)
    assert text != old.whole
    with office.database.session() as session:
        desk = Desk(session, office.now, office.site, None, "command")
        shown = change_policy(desk, visit_id, restore_policy(text, "mine.toml"))
        session.rollback()
    office.now += HOUR
    done = change(office, visit_id, restore_policy(text, "mine.toml"))
    assert done.exceptions == [("meals dinner", "asked anew")]
    assert shown == done


def test_etiquette_cards_that_are_left_out_are_named(office: Office) -> None:
    under(office, edited())
    visit_id = office.approved()
    found = change(office, visit_id, edited(('name = "standard"', 'name = "standard"\ncards = []')))
    assert {(s.sign, s.what) for s in found.reminders} == {("-", "etiquette")}


def test_an_item_that_is_done_stays(office: Office) -> None:
    under(office, edited(more=ITEM.format(key="flag", owner="it")))
    visit_id = office.approved()
    task = office.look(visit_id).task("flag")
    assert task is not None
    office.do(DEV, checklist.finish_task, task.id)
    found = change(office, visit_id, edited())
    assert not found.items
    kept = office.look(visit_id).task("flag")
    assert kept is not None
    assert kept.state == TaskState.DONE


def test_a_request_whose_chain_changes_is_asked_anew(office: Office) -> None:
    visit_id = office.submit(level="b")
    new = edited(
        ('approvers = ["department_manager", "vice_president"]', 'approvers = ["general_manager"]')
    )
    found = change(office, visit_id, new)
    assert found.asked_again
    assert found.approvers == [
        ("+", "general_manager"),
        ("-", "department_manager"),
        ("-", "vice_president"),
    ]
    view = office.look(visit_id)
    assert view.visit.approval_round == 2
    assert [step.role for step in view.approvals] == ["general_manager"]
    (entry,) = entries(office, visit_id)
    assert entry.detail["asked_again"] is True
    office.approve(visit_id)
    assert office.look(visit_id).status == VisitStatus.APPROVED


@pytest.mark.parametrize(
    ("chain", "states", "status"),
    [
        ('["department_manager", "general_manager"]', ["approved", "pending"], "requested"),
        ('["department_manager"]', ["approved"], "approved"),
        ('["general_manager", "department_manager"]', ["pending", "approved"], "requested"),
    ],
)
def test_who_has_approved_is_not_asked_again(
    office: Office, chain: str, states: list[str], status: str
) -> None:
    visit_id = office.submit(level="b")
    step = office.look(visit_id).pending_step
    assert step is not None
    office.do(CHEN, decisions.decide, step.id, StepState.APPROVED, None)
    new = edited(('approvers = ["department_manager", "vice_president"]', f"approvers = {chain}"))
    found = change(office, visit_id, new)
    assert found.asked_again
    view = office.look(visit_id)
    assert [step.state for step in view.approvals] == states
    assert view.status == status
    kept = next(s for s in view.approvals if s.state == StepState.APPROVED)
    assert (kept.decided_by, kept.decided_at) == (CHEN, office.now)


def test_an_approved_visit_is_not_asked_again(office: Office) -> None:
    visit_id = office.approved(level="b")
    new = edited(
        ('approvers = ["department_manager", "vice_president"]', 'approvers = ["general_manager"]')
    )
    found = change(office, visit_id, new)
    assert not found.asked_again
    assert found.approvers == []
    view = office.look(visit_id)
    assert (view.status, view.visit.approval_round) == (VisitStatus.APPROVED, 1)


def test_silence_is_passed_on_as_the_new_file_says(office: Office) -> None:
    visit_id = office.submit(level="c")
    step = office.look(visit_id).pending_step
    assert step is not None
    old = office.look(visit_id).policy.escalation
    new = edited((f"after_hours = {old.after_hours}", f"after_hours = {old.after_hours + 3}"))
    found = change(office, visit_id, new)
    asked = step.asked_at
    assert asked is not None
    assert [(s.sign, s.what, s.new) for s in found.reminders] == [
        ("~", "escalation", asked + (old.after_hours + 3) * HOUR)
    ]
    assert not found.asked_again


def test_caps_and_lead_time_are_named(office: Office) -> None:
    old = load_policy("ranked_caps")
    under(office, old)
    visit_id = office.submit(level="senior")
    text = old.whole.replace("amount = 500", "amount = 550", 1)
    assert "\ndays = 3\n" in text
    text = text.replace("\ndays = 3\n", "\ndays = 30\n", 1)
    found = change(office, visit_id, restore_policy(text, "mine.toml"))
    assert "meals lunch amount: 500 → 550" in found.caps
    assert found.lead == (Span(3, "days"), Span(30, "days"))
    assert found.urgent == (False, True)
    assert office.look(visit_id).visit.is_urgent


def test_a_level_that_is_gone_leaves_the_visit_as_it_is(office: Office) -> None:
    visit_id = office.approved(level="b")
    before = office.look(visit_id)
    found = change(office, visit_id, load_policy("star_levels"))
    assert found.lost_level == "b"
    after = office.look(visit_id)
    assert after.policy.digest == before.policy.digest
    assert [t.key for t in after.tasks] == [t.key for t in before.tasks]
    assert entries(office, visit_id) == []


def test_once_is_enough(office: Office) -> None:
    visit_id = office.approved()
    new = edited(more=CALL.format(key="comes", offset="-4h"))
    change(office, visit_id, new)
    assert office.do(None, change_policy, visit_id, new) is None
    assert len(entries(office, visit_id)) == 1
    with office.database.reading() as session:
        assert visits_to_change(session, new) == []


def test_a_version_that_changes_nothing_is_silent(office: Office) -> None:
    visit_id = office.approved()
    found = change(office, visit_id, edited(more="# a remark\n"))
    assert found.is_silent
    assert office.look(visit_id).policy.whole.endswith("# a remark\n")


def test_visits_that_are_over_keep_what_they_had(office: Office) -> None:
    visit_id = office.submit()
    step = office.look(visit_id).pending_step
    assert step is not None
    office.do(CHEN, decisions.decide, step.id, StepState.DECLINED, "No")
    new = edited(more=CALL.format(key="comes", offset="-4h"))
    with office.database.reading() as session:
        assert visits_to_change(session, new) == []
    assert office.do(None, change_policy, visit_id, new) is None


def test_the_follow_up_moves_along(office: Office) -> None:
    under(office, edited())
    visit_id = office.approved()
    visit = office.look(visit_id).visit
    office.send(visit.departure + HOUR)
    office.do(None, follow_up.guests_left, visit_id, visit.departure)
    found = change(office, visit_id, edited(more=GIFT_BOOK))
    assert [(s.sign, s.what, s.who) for s in found.items] == [("+", "gift_book", "host")]
    view = office.look(visit_id)
    assert "gift_book" in [task.key for task in view.follow_up]


def test_a_visit_from_which_nothing_is_wanted_any_more_is_closed(office: Office) -> None:
    under(office, edited(more=LATER.format(at="departure +30d 09:00", more="")))
    visit_id = office.approved()
    visit = office.look(visit_id).visit
    office.send(visit.departure + HOUR)
    office.do(None, follow_up.guests_left, visit_id, visit.departure)
    for task in office.look(visit_id).follow_up:
        if task.key == "feedback":
            form = FeedbackForm(satisfaction=90, intention="interested")
            office.do(RUTH, follow_up.record_feedback, visit_id, form)
        else:
            office.do(LIN, checklist.finish_task, task.id)
    assert office.look(visit_id).status == VisitStatus.FOLLOW_UP  # the outcome is not known
    waits = [('"not_landed"]', '"landed"]')] * TEXT.count('"not_landed"]')
    change(office, visit_id, edited(*waits, more=LATER.format(at="departure +30d 09:00", more="")))
    assert office.look(visit_id).status == VisitStatus.CLOSED
    assert office.waiting("outcome_asked") == []
    assert [row for row in office.rows("reminder", DeliveryState.PENDING) if _is_later(row)] == []


def test_of_a_reminder_whose_times_have_passed_only_the_latest_comes(office: Office) -> None:
    visit_id = office.approved()
    visit = office.look(visit_id).visit
    office.do(None, follow_up.guests_left, visit_id, visit.departure)
    office.send(visit.departure + timedelta(days=10))
    more = 'repeat = { every = "+1d", limit = 20 }'
    change(office, visit_id, edited(more=LATER.format(at="left +1d 09:00", more=more)))
    rows = [row for row in office.rows("reminder", DeliveryState.PENDING) if _is_later(row)]
    assert [row.due_at > office.now for row in rows] == [False] + [True] * 9  # to 31 December
    # The one of Friday is late; Saturday's and Sunday's come as one on Monday.
    assert [row.key.split(":")[2].split(".")[1] for row in rows[:2]] == ["7", "9"]


def test_what_waits_for_quiet_hours_waits_no_longer_where_there_are_none(office: Office) -> None:
    under(office, edited(more='[quiet_hours]\nfrom = "22:00"\nuntil = "07:00"\n'))
    visit_id = office.submit()
    office.now += 13 * HOUR
    with office.database.session() as session:
        row = session.exec(select(Delivery).where(Delivery.kind == "approval")).first()
        assert row is not None
        row.reason, row.next_try_at = QUIET, office.now + 8 * HOUR  # as the dispatcher puts it back
        session.add(row)
    change(office, visit_id, edited())
    assert {(row.next_try_at or office.now) > office.now for row in office.rows("approval")} == {
        False
    }


def _is_later(row: Delivery) -> bool:
    return row.args.get("step") == "later"


def test_a_transaction_that_is_undone_leaves_nothing(office: Office) -> None:
    """What is shown before it is done is done and undone."""
    visit_id = office.approved()
    before = office.look(visit_id)
    rows = _rows(office)
    new = edited(more=CALL.format(key="comes", offset="-4h"))
    with office.database.session() as session:
        desk = Desk(session, office.now, office.site, None, "command")
        shown = change_policy(desk, visit_id, new)
        session.rollback()
    after = office.look(visit_id)
    assert after.visit == before.visit
    assert after.tasks == before.tasks
    assert _rows(office) == rows
    assert shown == change(office, visit_id, new)


def _rows(office: Office) -> list[Any]:
    return [(row.key, row.state, row.due_at, row.revision) for row in office.rows("reminder")]
