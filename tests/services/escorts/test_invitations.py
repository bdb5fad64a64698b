"""Leaders are asked, answer once, and move the decision with them (R2.4, R4.4, R4.5)."""

import threading
from datetime import timedelta
from typing import Any

import pytest

from models.base.errors import AlreadyDecided, InvalidForm, NotAllowed, Outdated, VisitOver
from models.base.permissions import Verb
from models.base.words import InvitationState, StepState, VisitStatus
from models.escorts.ranks import escorts, leading, leads_rightly, suggested
from models.policy import load_policy
from models.records.escorts import Invitation
from services.escorts import invitations
from services.people import roles
from services.reading import home, looks, standing
from services.reading.desk import Desk, Site
from services.request import changes
from services.request.stored import form_of
from services.signoff import decisions
from tests.services.conftest import CHEN, CHEN2, LIN, MEI, PARK, RUTH, START, ZHAO, Office

WANG = "U01WANG"


def under(office: Office, name: str) -> Office:
    """The office living by another procedure, with a chairman."""
    office.site = Site(timezone="Asia/Shanghai", locale="en", policy=load_policy(name))
    office.do("U01ADMIN", roles.set_role, "chairman", [WANG])
    return office


def invited(office: Office, visit_id: int, person: str) -> Invitation:
    found = next(i for i in office.look(visit_id).invitations if i.user_id == person)
    assert found.id is not None
    return found


def ask(office: Office, visit_id: int, *people: str) -> Any:
    return office.do(LIN, invitations.invite, visit_id, list(people))


def attend(office: Office, visit_id: int, person: str) -> Any:
    found = invited(office, visit_id, person)
    return office.do(person, invitations.attend, found.id, found.turn)


def cannot(
    office: Office, visit_id: int, person: str, why: str = "", instead: str | None = None
) -> Any:
    found = invited(office, visit_id, person)
    return office.do(person, invitations.cannot_attend, found.id, found.turn, why, instead)


def chain(office: Office, visit_id: int) -> list[tuple[str, str]]:
    return [(step.role, step.state) for step in office.look(visit_id).approvals]


# Asking


def test_each_leader_gets_one_card_however_often_they_are_asked(office: Office) -> None:
    visit_id = office.submit()
    assert ask(office, visit_id, ZHAO, CHEN, ZHAO).asked == [ZHAO, CHEN]
    again = ask(office, visit_id, ZHAO, PARK, LIN)
    assert (again.asked, again.already) == ([PARK], [ZHAO, LIN])  # the host takes part as it is
    assert sorted(who for _, who in office.waiting("invitation")) == sorted([ZHAO, CHEN, PARK])
    assert invited(office, visit_id, PARK).rank == "general_manager"
    with pytest.raises(InvalidForm):
        ask(office, visit_id)


def test_who_has_said_no_is_asked_anew_by_a_card_of_its_own(office: Office) -> None:
    visit_id = office.submit()
    ask(office, visit_id, ZHAO)
    office.send()
    cannot(office, visit_id, ZHAO, "In Berlin")
    office.now += timedelta(hours=1)
    assert ask(office, visit_id, ZHAO).asked == [ZHAO]
    found = invited(office, visit_id, ZHAO)
    assert (found.state, found.reason) == (InvitationState.ASKED, None)
    assert len(office.rows("invitation")) == 2


def test_nobody_is_invited_to_what_is_over(office: Office) -> None:
    visit_id = office.submit()
    ask(office, visit_id, ZHAO)
    office.do(LIN, changes.cancel_visit, visit_id, "Flight cancelled")
    with pytest.raises(VisitOver):
        ask(office, visit_id, PARK)
    with pytest.raises(VisitOver):
        attend(office, visit_id, ZHAO)
    assert office.waiting("invitation") == []  # what was not said yet is never said


@pytest.mark.parametrize(("person", "may"), [(LIN, True), (MEI, True), (RUTH, False)])
def test_who_may_invite(office: Office, person: str, *, may: bool) -> None:
    visit_id = office.submit()

    def allowed(desk: Desk) -> bool:
        visit = looks.get_visit(desk.session, visit_id)
        return Verb.INVITE in standing.allowed(desk, visit)

    assert office.do(person, allowed) is may


def test_only_the_invited_answer_and_they_may_look(office: Office) -> None:
    visit_id = office.submit()
    ask(office, visit_id, "U01EXPERT")
    number = invited(office, visit_id, "U01EXPERT").id

    def check(desk: Desk, verb: Verb) -> None:
        standing.check(desk, verb, standing.subject(desk.session, invitation=number))

    office.do("U01EXPERT", check, Verb.ANSWER_INVITATION)
    office.do("U01EXPERT", check, Verb.SEE)
    for other in (LIN, MEI, PARK):
        with pytest.raises(NotAllowed):
            office.do(other, check, Verb.ANSWER_INVITATION)


def test_who_is_asked_no_longer_is_told_and_the_decision_goes_back(office: Office) -> None:
    visit_id = office.approved()
    ask(office, visit_id, PARK)
    office.send()
    attend(office, visit_id, PARK)
    found = invited(office, visit_id, PARK)
    for turn in (found.turn - 1, found.turn):
        if turn == found.turn:
            moved = office.do(LIN, invitations.withdraw, found.id, turn).moved
            assert moved is not None
            assert moved.to is None
        else:
            with pytest.raises(AlreadyDecided):
                office.do(LIN, invitations.withdraw, found.id, turn)
    assert [who for _, who in office.waiting("withdrawn")] == [PARK]
    assert office.look(visit_id).status == VisitStatus.APPROVED
    with pytest.raises(Outdated):
        attend(office, visit_id, PARK)
    assert ask(office, visit_id, PARK).asked == [PARK]  # may be asked anew


# Answering


def test_host_and_requester_hear_each_answer_once(office: Office) -> None:
    visit_id = office.submit(host=RUTH, level="c")
    ask(office, visit_id, ZHAO)
    attend(office, visit_id, ZHAO)
    assert sorted(who for _, who in office.waiting("invitation_answer")) == [LIN, RUTH]
    assert office.look(visit_id).attending == [ZHAO]


def test_the_second_click_is_told_what_was_answered(office: Office) -> None:
    visit_id = office.submit()
    ask(office, visit_id, ZHAO)
    found = invited(office, visit_id, ZHAO)
    office.do(ZHAO, invitations.attend, found.id, found.turn)
    for verb, more in ((invitations.attend, ()), (invitations.cannot_attend, (None, None))):
        with pytest.raises(AlreadyDecided) as caught:
            office.do(ZHAO, verb, found.id, found.turn, *more)
        assert caught.value.facts == {"by": ZHAO, "at": START, "outcome": "attends"}
    cannot(office, visit_id, ZHAO)  # the button of the newer card
    assert invited(office, visit_id, ZHAO).state == InvitationState.DECLINED


def test_of_two_answers_at_once_one_counts(office: Office) -> None:
    visit_id = office.submit()
    ask(office, visit_id, ZHAO)
    found, outcomes, start = invited(office, visit_id, ZHAO), [], threading.Barrier(2)

    def click(verb: Any, *more: Any) -> None:
        start.wait()
        try:
            office.do(ZHAO, verb, found.id, found.turn, *more)
            outcomes.append("won")
        except AlreadyDecided:
            outcomes.append("told")

    clicks = [
        threading.Thread(target=click, args=(invitations.attend,)),
        threading.Thread(target=click, args=(invitations.cannot_attend, None, None)),
    ]
    for thread in clicks:
        thread.start()
    for thread in clicks:
        thread.join()
    assert sorted(outcomes) == ["told", "won"]


def test_a_leader_who_withdraws_is_told_to_the_coordinator_too(office: Office) -> None:
    visit_id = office.approved()
    ask(office, visit_id, ZHAO)
    attend(office, visit_id, ZHAO)
    office.send()
    cannot(office, visit_id, ZHAO, "Board meeting")
    assert sorted(who for _, who in office.waiting("escort_left")) == sorted([LIN, MEI])
    row = office.rows("escort_left")[-1]
    assert (row.args["left"], row.args["reason"]) == (True, "Board meeting")


def test_a_substitute_of_the_right_rank_is_proposed_and_asked_by_the_host(office: Office) -> None:
    visit_id = office.submit()
    ask(office, visit_id, CHEN)
    found = invited(office, visit_id, CHEN)
    proposed = office.do(CHEN, invitations.leaving, found.id, found.turn).substitute
    assert proposed == CHEN2  # the other department manager
    cannot(office, visit_id, CHEN, "On leave", proposed)
    assert [i.user_id for i in office.look(visit_id).invitations] == [CHEN]
    assert office.do(LIN, invitations.invite_substitute, found.id).asked == [CHEN2]
    assert office.do(LIN, invitations.invite_substitute, found.id).already == [CHEN2]
    assert invited(office, visit_id, CHEN2).instead_of == found.id


def test_who_takes_part_is_no_substitute(office: Office) -> None:
    visit_id = office.submit()
    ask(office, visit_id, CHEN, ZHAO)
    for person in (CHEN, ZHAO, LIN):
        with pytest.raises(InvalidForm) as caught:
            cannot(office, visit_id, CHEN, "", person)
        assert set(caught.value.faults) == {"substitute"}
    with pytest.raises(InvalidForm) as caught:
        cannot(office, visit_id, CHEN, "x" * 1001)
    assert set(caught.value.faults) == {"reason"}


def test_nobody_is_asked_instead_where_nobody_was_named(office: Office) -> None:
    visit_id = office.submit()
    ask(office, visit_id, CHEN)
    cannot(office, visit_id, CHEN)
    with pytest.raises(Outdated):
        office.do(LIN, invitations.invite_substitute, invited(office, visit_id, CHEN).id)


def test_a_moved_visit_asks_again_and_old_buttons_do_nothing(office: Office) -> None:
    visit_id = office.approved()
    ask(office, visit_id, ZHAO, CHEN)
    attend(office, visit_id, ZHAO)
    office.send()
    old = invited(office, visit_id, CHEN)
    form = form_of(office.look(visit_id))
    assert form.arrival is not None
    assert form.departure is not None
    day = timedelta(days=1)
    office.do(
        LIN,
        changes.reschedule_visit,
        visit_id,
        office.look(visit_id).visit.revision,
        form.arrival + day,
        form.departure + day,
        None,
        None,
    )
    told = [who for _, who in office.waiting("rescheduled")]
    assert ZHAO in told
    assert CHEN in told
    assert invited(office, visit_id, ZHAO).is_waiting
    assert office.look(visit_id).attending == [ZHAO]  # until they say that they cannot
    with pytest.raises(Outdated):
        office.do(CHEN, invitations.attend, old.id, old.turn)
    attend(office, visit_id, ZHAO)
    assert not invited(office, visit_id, ZHAO).is_waiting


def test_a_cancelled_visit_is_told_once_to_whoever_was_asked(office: Office) -> None:
    visit_id = office.submit()
    ask(office, visit_id, ZHAO, PARK)
    office.send()
    attend(office, visit_id, ZHAO)
    office.do(LIN, changes.cancel_visit, visit_id, "Flight cancelled")
    told = [who for _, who in office.waiting("cancelled")]
    assert sorted(who for who in told if who in {ZHAO, PARK}) == sorted([ZHAO, PARK])


def test_a_declined_request_is_told_to_whoever_was_asked(office: Office) -> None:
    visit_id = office.submit()
    ask(office, visit_id, PARK)
    office.send()
    step = office.look(visit_id).pending_step
    assert step is not None
    office.do(CHEN, decisions.decide, step.id, StepState.DECLINED, "Not this year")
    assert [who for _, who in office.waiting("cancelled")] == [PARK]


def test_home_shows_what_is_to_be_answered(office: Office) -> None:
    visit_id = office.submit()
    ask(office, visit_id, ZHAO)

    def waiting(desk: Desk) -> list[str]:
        return [item.kind for item in home.home_agenda(desk).waiting]

    assert "invitation" in office.do(ZHAO, waiting)
    attend(office, visit_id, ZHAO)
    assert "invitation" not in office.do(ZHAO, waiting)


# Who attends decides (R2.4)


def test_an_undecided_request_goes_to_the_leader_who_attends(office: Office) -> None:
    visit_id = under(office, "star_levels").submit(level="three_star")
    office.send()
    assert chain(office, visit_id) == [("vice_president", "pending")]
    old = office.look(visit_id).approvals[0].id
    ask(office, visit_id, PARK)
    moved = attend(office, visit_id, PARK).moved
    assert moved is not None
    assert moved.to == "general_manager"
    assert chain(office, visit_id) == [("general_manager", "pending")]
    assert PARK in [who for _, who in office.waiting("approval")]
    with pytest.raises(Outdated):
        office.do(ZHAO, decisions.decide, old, StepState.APPROVED, None)


def test_a_half_decided_request_keeps_what_was_approved(office: Office) -> None:
    visit_id = office.submit()
    first = office.look(visit_id).pending_step
    assert first is not None
    office.do(CHEN, decisions.decide, first.id, StepState.APPROVED, "Good")
    ask(office, visit_id, PARK)
    attend(office, visit_id, PARK)
    steps = office.look(visit_id).approvals
    assert chain(office, visit_id) == [
        ("department_manager", "approved"),
        ("general_manager", "pending"),
    ]
    assert (steps[0].decided_by, steps[0].decided_at, steps[0].comment) == (CHEN, START, "Good")
    office.do(PARK, decisions.decide, steps[1].id, StepState.APPROVED, None)
    assert office.look(visit_id).status == VisitStatus.APPROVED


def test_whoever_is_being_asked_is_not_asked_twice(office: Office) -> None:
    visit_id = office.submit()
    office.send()
    before = office.look(visit_id).pending_step
    ask(office, visit_id, PARK)
    attend(office, visit_id, PARK)
    after = office.look(visit_id).pending_step
    assert before is not None
    assert after is not None
    assert (after.id, after.role) == (before.id, "department_manager")
    assert [who for _, who in office.waiting("approval")] == []
    office.do(CHEN, decisions.decide, after.id, StepState.APPROVED, None)
    assert chain(office, visit_id)[1] == ("general_manager", "pending")


def test_an_approved_visit_is_decided_anew_and_goes_on_meanwhile(office: Office) -> None:
    visit_id = office.approved()
    approved_at = office.look(visit_id).visit.approved_at
    ask(office, visit_id, PARK)
    attend(office, visit_id, PARK)
    view = office.look(visit_id)
    assert (view.status, view.visit.approved_at) == (VisitStatus.REQUESTED, approved_at)
    assert view.is_prepared
    assert chain(office, visit_id)[1] == ("general_manager", "pending")
    cannot(office, visit_id, PARK)  # back to those who had approved the very same request
    assert office.look(visit_id).status == VisitStatus.APPROVED
    assert chain(office, visit_id) == [
        ("department_manager", "approved"),
        ("vice_president", "approved"),
    ]


def test_who_no_longer_decides_has_not_approved_a_later_date(office: Office) -> None:
    visit_id = under(office, "star_levels").approved(level="three_star")
    ask(office, visit_id, PARK)
    attend(office, visit_id, PARK)
    assert chain(office, visit_id) == [("general_manager", "pending")]
    view = office.look(visit_id)
    later = [
        at + timedelta(days=7)
        for at in (view.visit.arrival, view.visit.departure, *(trip.at for trip in view.trips))
    ]
    moved = office.do(LIN, changes.reschedule_visit, visit_id, view.visit.revision, *later)
    assert moved.asked_again
    cannot(office, visit_id, PARK)
    assert chain(office, visit_id) == [("vice_president", "pending")]  # they approved the old one
    assert office.look(visit_id).status == VisitStatus.REQUESTED


def test_an_approval_of_another_request_is_not_carried_over(office: Office) -> None:
    visit_id = office.approved()
    view = office.look(visit_id)
    form = form_of(view).model_copy(update={"budget": 900})
    office.do(LIN, changes.change_visit, visit_id, view.visit.revision, form)
    assert office.look(visit_id).visit.approval_round == 2  # the budget went up
    ask(office, visit_id, PARK)
    attend(office, visit_id, PARK)
    assert chain(office, visit_id) == [
        ("department_manager", "pending"),
        ("general_manager", "waiting"),
    ]


def test_a_leader_of_the_chain_or_below_moves_nothing(office: Office) -> None:
    visit_id = office.approved()
    ask(office, visit_id, ZHAO, CHEN)
    assert attend(office, visit_id, ZHAO).moved is None
    assert attend(office, visit_id, CHEN).moved is None
    assert office.look(visit_id).visit.approval_round == 1


def test_the_decision_waits_for_asked_changes(office: Office) -> None:
    visit_id = office.submit()
    step = office.look(visit_id).pending_step
    assert step is not None
    office.do(CHEN, decisions.decide, step.id, StepState.CHANGES_ASKED, "Fewer people")
    ask(office, visit_id, PARK)
    assert attend(office, visit_id, PARK).moved is None
    form = form_of(office.look(visit_id)).model_copy(update={"party_size": 2})
    office.do(LIN, changes.change_visit, visit_id, office.look(visit_id).visit.revision, form)
    assert [role for role, _ in chain(office, visit_id)] == [
        "department_manager",
        "general_manager",
    ]


def with_rule(office: Office, rule: str) -> None:
    policy = office.site.policy
    ruled = policy.model_copy(
        update={
            "approval": policy.approval.model_copy(update={"attending": rule}),
            "digest": f"other-{rule}",
            "whole": policy.whole.replace('attending = "moves"', f'attending = "{rule}"'),
        }
    )
    office.site = Site(timezone="Asia/Shanghai", locale="en", policy=ruled)


@pytest.mark.parametrize(
    ("rule", "roles_then"),
    [
        ("joins", ["department_manager", "vice_president", "general_manager"]),
        ("ignored", ["department_manager", "vice_president"]),
    ],
)
def test_what_attending_means_is_the_policys(
    office: Office, rule: str, roles_then: list[str]
) -> None:
    with_rule(office, rule)
    visit_id = office.approved()
    ask(office, visit_id, PARK)
    attend(office, visit_id, PARK)
    assert [role for role, _ in chain(office, visit_id)] == roles_then
    is_on = office.look(visit_id).status == VisitStatus.APPROVED
    assert is_on is (rule == "ignored")


def test_a_request_is_on_when_the_one_who_had_joined_does_not_come(office: Office) -> None:
    with_rule(office, "joins")
    visit_id = office.submit()
    ask(office, visit_id, PARK)
    attend(office, visit_id, PARK)
    for person in (CHEN, ZHAO):
        step = office.look(visit_id).pending_step
        assert step is not None
        office.do(person, decisions.decide, step.id, StepState.APPROVED, None)
    assert office.look(visit_id).status == VisitStatus.REQUESTED
    moved = cannot(office, visit_id, PARK).moved
    assert moved is not None
    assert moved.to is None
    view = office.look(visit_id)
    assert (view.status, view.visit.approved_at) == (VisitStatus.APPROVED, START)
    assert view.preparation
    assert LIN in [who for _, who in office.waiting("decision")]


def test_a_leader_who_becomes_the_host_moves_the_decision(office: Office) -> None:
    visit_id = office.approved()
    view = office.look(visit_id)
    form = form_of(view).model_copy(update={"host": PARK})
    changed = office.do(LIN, changes.change_visit, visit_id, view.visit.revision, form)
    assert changed.asked_again
    assert chain(office, visit_id) == [
        ("department_manager", "approved"),
        ("general_manager", "pending"),
    ]


# Whom the procedure wants


def test_p04_level_1_wants_the_general_manager_and_whoever_accompanies_them(
    office: Office,
) -> None:
    visit_id = under(office, "company_flow").submit(level="level_1")
    view = office.look(visit_id)
    found = [(each.rank.key, each.leads, each.is_known) for each in escorts(view)]
    assert found == [
        ("general_manager", True, True),
        ("vice_president", False, True),
        ("director", False, False),
        ("manager", False, True),
    ]
    assert suggested(view) == [PARK, ZHAO, CHEN]
    ask(office, visit_id, PARK)
    assert leads_rightly(office.look(visit_id))
    assert suggested(office.look(visit_id)) == [ZHAO, CHEN]
    attend(office, visit_id, PARK)
    assert leading(office.look(visit_id)).grade == "equal"  # for a CEO


@pytest.mark.parametrize(
    ("title", "grade", "fit"),
    [
        ("Chairman", "low", "differs"),
        ("General manager", "equal", "wanted"),
        ("Purchasing director", "high", "raised"),
        ("Sculptor", None, None),
    ],
)
def test_p08_the_equal_rank_may_be_raised(
    office: Office, title: str, grade: str | None, fit: str | None
) -> None:
    visit_id = under(office, "reception_department").submit(level="b", lead_guest_title=title)
    ask(office, visit_id, PARK)
    attend(office, visit_id, PARK)
    found = leading(office.look(visit_id))
    assert (found.person, found.grade, found.fit) == (PARK, grade, fit)


def test_nobody_known_leads_nothing_is_said(office: Office) -> None:
    found = leading(office.look(office.submit()))
    assert (found.person, found.grade, found.fit) == (None, None, None)


def test_anybody_hosts_where_the_lowest_rank_may_lead(office: Office) -> None:
    view = office.look(office.submit(level="c", lead_guest_title="Buyer"))
    assert leads_rightly(view)
    assert suggested(view) == []
