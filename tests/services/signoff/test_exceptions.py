"""Exceptions: asked for with a reason, decided before the money is spent (R2.2)."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from models.base.errors import AlreadyDecided, InvalidForm, NotAllowed, Outdated, VisitOver
from models.base.permissions import Verb
from models.base.words import StepState
from models.money.forms import CostForm, ExceptionForm
from models.policy import load_policy, restore_policy
from models.records.audit import AuditEntry
from services.money import costs
from services.people import roles
from services.procedure.apply import change_policy
from services.reading import home, standing
from services.request import changes
from services.request.stored import form_of
from services.signoff import decisions, exceptions
from tests.services.conftest import CHEN, CHEN2, LIN, MA, MEI, PARK, RUTH, START, ZHAO, Office

MARKUP = "<!channel> *200* & <https://evil.example|here> `x` " + "很" * 200


@pytest.fixture
def office(office: Office) -> Office:
    """The company of the three ranks with caps (P15): exceptions go to the general manager."""
    office.site = replace(office.site, policy=load_policy("ranked_caps"))
    return office


def visit_of(office: Office, **changes: Any) -> int:
    """A senior visit of four: dinner 700 for two and 300 for each further guest makes 1,300."""
    visit_id = office.submit(level="senior", level_reason="Dealer", **changes)
    office.approve(visit_id)
    return visit_id


def ask(office: Office, visit_id: int, amount: str | None = "1301", **more: Any) -> Any:
    facts: dict[str, Any] = {"what": "meals:dinner", "reason": "Their chairman joins"} | more
    form = ExceptionForm(amount=Decimal(amount) if amount else None, **facts)
    key = more.get("key", f"key{len(office.look(visit_id).exceptions)}")
    person = more.get("person", LIN)
    return office.do(person, exceptions.request_exception, visit_id, form, key)


def fault(
    office: Office, visit_id: int, amount: str | None = "1301", **more: Any
) -> dict[str, str]:
    with pytest.raises(InvalidForm) as refused:
        ask(office, visit_id, amount, **more)
    return {field: fault.code for field, fault in refused.value.faults.items()}


def pending(office: Office, visit_id: int) -> Any:
    steps = office.exception_steps(visit_id)
    return next(step for step in steps if step.state == StepState.PENDING)


def decide(office: Office, visit_id: int, person: str, state: StepState, words: str = "") -> Any:
    step = pending(office, visit_id)
    return office.do(person, decisions.decide, step.id, state, words)


def test_1301_is_beyond_for_four_guests_and_1300_is_not(office: Office) -> None:
    visit_id = visit_of(office)

    assert fault(office, visit_id, "1300") == {"amount": "within_cap"}
    asked = ask(office, visit_id, "1301")

    assert asked.exception.state == StepState.PENDING
    step = pending(office, visit_id)
    assert (step.role, step.reasons) == ("general_manager", [("exception", "any")])
    assert office.waiting("exception") == [(office.now, PARK)]


def test_what_cannot_be_asked_is_said_beside_the_field(office: Office) -> None:
    refused: list[tuple[str | None, dict[str, Any], dict[str, str]]] = [
        (None, {}, {"amount": "required"}),
        ("0", {}, {"amount": "amount"}),
        ("-1", {}, {"amount": "amount"}),
        ("1301.005", {}, {"amount": "amount"}),
        ("1E+12", {}, {"amount": "amount"}),
        ("1301", {"reason": " "}, {"reason": "required"}),
        ("1301", {"reason": "x" * 1001}, {"reason": "too_long"}),
        ("1301", {"what": "meals:supper"}, {"what": "required"}),
        ("1301", {"what": ""}, {"what": "required"}),
        ("99", {"what": "gift"}, {"amount": "no_limit"}),
        ("1301", {"day": START.date()}, {"day": "no_day_of_visit"}),
        (None, {"what": "vehicle::business_car"}, {"what": "choice_allowed"}),
    ]
    visit_id = visit_of(office)
    for amount, more, expected in refused:
        assert fault(office, visit_id, amount, **more) == expected, (amount, more)
    assert office.look(visit_id).exceptions == []


def test_choices_and_rooms_and_leisure(office: Office) -> None:
    visit_id = visit_of(office)
    for amount, what in (
        (None, "vehicle::hired_premium"),
        ("401", "lodging"),
        ("3401", "leisure"),
        (None, "escort::chairman"),
    ):
        assert ask(office, visit_id, amount, what=what).exception.state == StepState.PENDING
    assert fault(office, visit_id, "400", what="lodging") == {"amount": "within_cap"}
    four_stars = fault(office, visit_id, None, what="lodging:stars:4")
    assert four_stars == {"what": "choice_allowed"}, "three and up"
    assert fault(office, visit_id, "3400", what="leisure") == {"amount": "within_cap"}


def test_a_decision_is_told_to_asker_and_host_and_the_card_is_brought_up_to_date(
    office: Office,
) -> None:
    visit_id = visit_of(office, host=MEI)
    ask(office, visit_id)
    office.send()
    before = office.rows("exception")[0].revision

    decide(office, visit_id, PARK, StepState.APPROVED)

    view = office.look(visit_id)
    assert view.exceptions[0].state == StepState.APPROVED
    assert view.exceptions[0].decided_at == office.now
    assert sorted(who for _, who in office.waiting("exception_decided")) == sorted([LIN, MEI])
    assert office.rows("exception")[0].revision > before
    verbs = [entry.verb for entry in view.history]
    assert verbs[:2] == ["exception_approved", "ask_exception"]
    assert view.visit.status == "approved"
    assert view.pending_step is None


def test_a_decline_needs_a_comment_and_an_exception_knows_no_changes(office: Office) -> None:
    visit_id = visit_of(office)
    ask(office, visit_id)
    with pytest.raises(InvalidForm):
        decide(office, visit_id, PARK, StepState.DECLINED)
    with pytest.raises(Outdated):
        decide(office, visit_id, PARK, StepState.CHANGES_ASKED, "Less")
    assert pending(office, visit_id).state == StepState.PENDING

    decide(office, visit_id, PARK, StepState.DECLINED, "Too dear")

    assert office.look(visit_id).exceptions[0].state == StepState.DECLINED
    assert office.look(visit_id).visit.status == "approved"
    again = ask(office, visit_id)
    assert again.exception.state == StepState.PENDING


def test_of_two_leaders_one_decides_and_the_other_is_told_who(office: Office) -> None:
    office.do("U01ADMIN", roles.set_role, "general_manager", [PARK, ZHAO])
    visit_id = visit_of(office)
    ask(office, visit_id)
    step = pending(office, visit_id)
    office.do(PARK, decisions.decide, step.id, StepState.APPROVED, None)

    with pytest.raises(AlreadyDecided) as refused:
        office.do(ZHAO, decisions.decide, step.id, StepState.DECLINED, "No")

    assert refused.value.facts["by"] == PARK
    assert office.look(visit_id).exceptions[0].state == StepState.APPROVED


def test_a_form_submitted_twice_asks_once_and_the_same_is_not_asked_beside_it(
    office: Office,
) -> None:
    visit_id = visit_of(office)
    first = ask(office, visit_id, key="one")
    second = ask(office, visit_id, key="one")
    assert second.is_repeat
    assert second.exception.id == first.exception.id
    assert fault(office, visit_id, "1500", key="two") == {"what": "being_decided"}
    assert len(office.look(visit_id).exceptions) == 1


def test_silence_goes_on_to_the_next_leader(office: Office) -> None:
    office.do("U01ADMIN", roles.set_role, "chairman", ["U01WANG"])
    visit_id = visit_of(office)
    ask(office, visit_id)
    due, _ = office.waiting("do:escalate")[0]
    assert due == office.now + timedelta(hours=4)
    office.now = due

    office.do(None, decisions.escalate, pending(office, visit_id).id)

    assert (due, "U01WANG") in office.waiting("exception")
    decide(office, visit_id, "U01WANG", StepState.APPROVED)
    assert office.look(visit_id).exceptions[0].state == StepState.APPROVED


def test_an_exception_is_asked_before_the_money_is_spent(office: Office) -> None:
    visit_id = visit_of(office)
    note = CostForm(what="meals:dinner", amount=Decimal(1500))
    office.do(LIN, costs.note_cost, visit_id, note, "cost")

    assert fault(office, visit_id, "1500") == {"what": "spent_already"}
    assert ask(office, visit_id, "2000", what="meals:lunch").exception.id


def test_leisure_beyond_what_was_spent_can_still_be_asked(office: Office) -> None:
    visit_id = visit_of(office)
    note = CostForm(what="leisure", amount=Decimal(3500))
    office.do(LIN, costs.note_cost, visit_id, note, "cost")
    assert fault(office, visit_id, "3500", what="leisure") == {"what": "spent_already"}
    assert ask(office, visit_id, "4000", what="leisure").exception.id


def test_a_cancelled_visit_leaves_nothing_to_decide(office: Office) -> None:
    visit_id = visit_of(office)
    ask(office, visit_id)
    office.send()
    step = pending(office, visit_id)

    office.do(LIN, changes.cancel_visit, visit_id, "Typhoon")

    view = office.look(visit_id)
    assert [each.state for each in view.exceptions] == [StepState.VOID]
    assert [each.state for each in office.exception_steps(visit_id)] == [StepState.VOID]
    with pytest.raises(VisitOver):
        office.do(PARK, decisions.decide, step.id, StepState.APPROVED, None)
    with pytest.raises(VisitOver):
        ask(office, visit_id)


def test_another_round_of_the_request_leaves_exceptions_open(office: Office) -> None:
    visit_id = visit_of(office)
    ask(office, visit_id)
    moved = START + timedelta(days=12)
    view = office.look(visit_id)
    office.do(
        LIN,
        changes.reschedule_visit,
        visit_id,
        view.visit.revision,
        moved,
        moved + timedelta(hours=8),
        None,
        None,
    )
    assert office.look(visit_id).visit.status == "requested"
    assert pending(office, visit_id).role == "general_manager"


def test_a_higher_level_makes_an_exception_needless(office: Office) -> None:
    visit_id = visit_of(office)
    ask(office, visit_id, "1500")
    ask(office, visit_id, "9000", what="leisure", key="other")
    view = office.look(visit_id)
    form = form_of(view).model_copy(
        update={"level": "special", "level_reason": "Their chairman comes"}
    )
    office.do(LIN, changes.change_visit, visit_id, view.visit.revision, form)

    view = office.look(visit_id)
    assert [each.state for each in view.exceptions] == [StepState.VOID, StepState.PENDING]
    assert "exception_void" in [entry.verb for entry in view.history]
    assert pending(office, visit_id).id == view.exception_steps(view.exceptions[1].id)[0].id


def test_other_rules_ask_other_leaders_but_nobody_twice(office: Office) -> None:
    office.site = replace(office.site, policy=load_policy("abc_levels"))
    visit_id = office.approved(level="a", level_reason="Ministry")
    ask(office, visit_id, "99999", person=RUTH)
    assert pending(office, visit_id).role == "department_manager"
    decide(office, visit_id, CHEN, StepState.APPROVED)
    assert pending(office, visit_id).role == "vice_president"
    assert office.waiting("exception_decided") == []
    decide(office, visit_id, ZHAO, StepState.APPROVED)
    assert sorted(who for _, who in office.waiting("exception_decided")) == [LIN, RUTH]


def test_who_may_ask_and_who_may_decide(office: Office) -> None:
    visit_id = visit_of(office, host=MEI)
    ask(office, visit_id)
    step = pending(office, visit_id)

    def check(person: str, verb: Verb, **about: int) -> bool:
        def do(desk: Any) -> bool:
            try:
                standing.check(desk, verb, standing.subject(desk.session, **about))
            except NotAllowed:
                return False
            return True

        return bool(office.do(person, do))

    for person in (LIN, MEI, RUTH):  # requester, host, account owner
        assert check(person, Verb.REQUEST_EXCEPTION, visit=visit_id)
    assert not check(MA, Verb.REQUEST_EXCEPTION, visit=visit_id)
    assert check(PARK, Verb.DECIDE, step=step.id)
    assert not check(CHEN, Verb.DECIDE, step=step.id)
    assert not check(CHEN2, Verb.NOTE_COST, visit=visit_id)
    assert check(MEI, Verb.NOTE_COST, visit=visit_id)


def test_what_waits_for_the_leader_stands_on_their_home(office: Office) -> None:
    visit_id = visit_of(office)
    ask(office, visit_id)
    items = office.do(PARK, home.home_agenda).waiting
    assert [(item.kind, item.step.id) for item in items] == [
        ("exception", office.exception_steps(visit_id)[0].id)
    ]
    assert office.do(CHEN, home.home_agenda).waiting == []


def test_words_of_people_are_kept_as_they_were_written(office: Office) -> None:
    visit_id = visit_of(office)
    asked = ask(office, visit_id, reason=MARKUP)
    assert asked.exception.reason == MARKUP
    detail = _entry(office, visit_id, "ask_exception").detail
    assert "amount" not in detail  # the thread in the channel shows no money


def _entry(office: Office, visit_id: int, verb: str) -> AuditEntry:
    return next(entry for entry in office.look(visit_id).history if entry.verb == verb)


def test_without_a_rule_the_highest_decider_of_the_level_decides(office: Office) -> None:
    policy = load_policy("ranked_caps").model_copy(update={"exceptions": []})
    office.site = replace(office.site, policy=policy)
    visit_id = visit_of(office)
    ask(office, visit_id)
    step = pending(office, visit_id)
    assert (step.role, step.reasons) == ("general_manager", [("level", "senior")])


def test_a_role_that_nobody_holds_is_named(office: Office) -> None:
    visit_id = visit_of(office)
    office.do("U01ADMIN", roles.set_role, "general_manager", [])
    asked = ask(office, visit_id)
    assert asked.missing_roles == ["general_manager"]
    assert office.waiting("missing_role")
    office.do("U01ADMIN", roles.set_role, "general_manager", [PARK])
    assert [who for _, who in office.waiting("exception")] == [PARK]


def under_another_file(office: Office, visit_id: int, *replaced: tuple[str, str]) -> None:
    """Have the visit follow an edited version of its policy."""
    text = office.site.policy.whole
    for old, new in replaced:
        assert old in text, old
        text = text.replace(old, new)
    office.do(None, change_policy, visit_id, restore_policy(text, "mine.toml"))


def test_a_higher_cap_of_another_file_makes_an_exception_needless(office: Office) -> None:
    visit_id = visit_of(office)
    ask(office, visit_id)
    office.send()
    old, new = "amount = 700, each_further = 300", "amount = 701, each_further = 300"

    under_another_file(office, visit_id, (old, new))

    assert office.look(visit_id).exceptions[0].state == StepState.VOID
    assert [who for _, who in office.waiting("exception_decided")] == [LIN]
    assert fault(office, visit_id, "1301") == {"amount": "within_cap"}
    assert ask(office, visit_id, "1302", key="again").exception.id


def test_other_deciders_of_another_file_are_asked_but_nobody_twice(office: Office) -> None:
    office.site = replace(office.site, policy=load_policy("abc_levels"))
    visit_id = office.approved(level="a", level_reason="Ministry")
    ask(office, visit_id, "99999")
    decide(office, visit_id, CHEN, StepState.APPROVED)
    chain = 'approvers = ["department_manager", "vice_president"]\n\n# P02: the paper'

    under_another_file(office, visit_id, (chain, chain.replace("vice_president", "finance")))

    steps = [(s.role, s.state) for s in office.exception_steps(visit_id)]
    assert steps == [
        ("department_manager", StepState.APPROVED),
        ("vice_president", StepState.VOID),
        ("finance", StepState.PENDING),
    ]
    under_another_file(office, visit_id, (chain, chain.replace(', "vice_president"', "")))
    view = office.look(visit_id)
    assert view.exceptions[0].state == StepState.APPROVED
    assert pending_steps(office, visit_id) == []


def pending_steps(office: Office, visit_id: int) -> list[Any]:
    steps = office.exception_steps(visit_id)
    return [step for step in steps if step.state in {StepState.PENDING, StepState.WAITING}]
