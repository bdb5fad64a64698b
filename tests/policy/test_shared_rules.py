"""The figures that the procedures share (R1 to R11), in every shipped file; and that each figure
which the sources leave open is marked in its file as the company's to set."""

from datetime import timedelta

import pytest

from models.base.words import Phase
from models.policy import Policy, load_policy, shipped_policies
from models.policy.moment import Moment
from tests.policy.figures import document_fields, step, task

ALL = {name: load_policy(name) for name in shipped_policies()}
_UNITS = {"m": timedelta(minutes=1), "h": timedelta(hours=1), "d": timedelta(days=1)}
every_policy = pytest.mark.parametrize("policy", ALL.values(), ids=list(ALL))


def distance(moment: Moment) -> timedelta:
    """From the anchor, times of day aside."""
    return moment.offset.number * _UNITS[moment.offset.unit]


@every_policy
def test_r1_5_lead_times_are_those_of_the_rule(policy: Policy) -> None:
    assert 1 <= policy.lead_time.span.number <= 5  # at least a day (P16), 3 to 5 normal
    assert policy.lead_time.urgent_hours in {None, 24}
    for rule in policy.lead_time.rules:
        assert rule.days == 2  # important visits and the chairman


@every_policy
def test_r5_2_a_day_and_half_a_day_before(policy: Policy) -> None:
    checks = [str(s.at) for s in policy.steps if s.message == "preparation_check"]
    assert checks == ["arrival -24h", "arrival -12h"]
    rechecked = {t.key for t in policy.tasks if t.recheck}
    assert {"car", "hotel", "meals"} & rechecked == {"car", "hotel", "meals"} & {
        t.key for t in policy.tasks
    }


@every_policy
def test_r5_4_and_r5_5_rooms_and_meals(policy: Policy) -> None:
    room = policy.step("room_ready")
    assert room is None or str(room.at) == "meeting -30m"  # E22: told in time, ready 10 before
    assert room is None or room.to != ["host", "second_host"]
    assert policy.conduct.room_ready in {None, 10}
    assert distance(task(policy, "meals").due) <= timedelta(days=-1)


@every_policy
def test_r6_cars_and_calls(policy: Policy) -> None:
    ahead = distance(task(policy, "car").due)
    assert ahead == timedelta(days=-1 if policy.name == "express" else -2)  # P16: a day before
    assert str(step(policy, "call_before_pickup").at) == "pickup -60m"  # R6.2
    assert str(step(policy, "call_before_arrival").at) == "arrival -60m"  # R6.6
    assert str(step(policy, "car_ready_pickup").at) == "pickup -15m"  # R6.3
    at_the_door = distance(step(policy, "car_missing_dropoff").at)
    assert timedelta(minutes=-10) <= at_the_door <= timedelta(minutes=-5)  # R6.5


@every_policy
def test_r7_figures_of_the_day(policy: Policy) -> None:
    conduct = policy.conduct
    assert conduct.host_early in {None, 10}  # R7.1
    assert conduct.opening_within in {None, 5}  # R7.3
    assert conduct.tea_every in {None, 60}
    assert (conduct.banquet, conduct.banquet_most) in {(None, None), (90, 120)}  # R7.5
    assert conduct.it_within in {None, 5}  # R7.6


@every_policy
def test_r8_what_follows(policy: Policy) -> None:
    assert str(task(policy, "feedback").due) == "left +24h"  # R8.1
    assert str(step(policy, "feedback_request").at) == "left"
    assert task(policy, "thank_you").due.offset.number == 1  # R8.3: the next day
    assert task(policy, "summary").due.offset.number == 2  # R8.6: within two days
    for key in ("thank_you", "summary", "feedback"):
        assert task(policy, key).phase == Phase.FOLLOW_UP


def test_r7_r11_whole_in_the_default() -> None:
    policy, conduct = ALL["standard"], ALL["standard"].conduct
    assert (conduct.host_early, conduct.opening_within, conduct.room_ready) == (10, 5, 10)
    assert (conduct.tea_every, conduct.banquet, conduct.banquet_most) == (60, 90, 120)
    assert conduct.it_within == 5
    assert policy.appraisal is not None
    assert policy.appraisal.share_percent == 15
    assert {m.key for m in policy.measures} >= {"satisfaction", "conversion"}
    assert sum(m.weight or 0 for m in policy.measures) == 100
    assert document_fields(ALL["overseas"], "minutes")


def test_r11_1_five_measures() -> None:
    keys = " ".join(measure.key for measure in ALL["standard"].measures)
    for word in ("satisfaction", "conversion", "lead", "prepar", "error"):
        assert word in keys


def test_p05_the_office_is_told_sums_up_and_the_requester_completes_the_form() -> None:
    policy = ALL["meetings"]
    assert policy.request.office_told_from == "vice_president"
    assert step(policy, "regular_call").repeat is not None
    rules = {rule.key: (rule.owner, rule.after) for rule in policy.tasks}
    assert rules["plan"] == rules["leaders"] == ("coordinator", None)
    assert rules["costs"] == ("coordinator", None)
    assert rules["form_completed"] == ("requester", "costs")
    assert rules["archive"] == ("coordinator", "form_completed")


def test_p10_ten_steps_with_their_people() -> None:
    policy = ALL["ten_steps"]
    assert {"phone", "mail", "online"} <= set(policy.request.channels)
    assert step(policy, "identity").to == ["front_desk"]
    keys = [rule.key for rule in policy.tasks]
    for key in ("demonstration", "tour", "gifts", "open_questions", "cooperation_plan"):
        assert key in keys
    dues = {rule.key: str(rule.due) for rule in policy.tasks}
    assert dues["open_questions"] == "left +1wd 12:00"  # soonest
    assert step(policy, "intention").to == ["host"]
    assert "open_points" in {t.key for t in ALL["company_flow"].tasks}


def test_p12_four_standards_are_trained_and_judged() -> None:
    policy = ALL["four_stages"]
    topics = [topic.en for topic in policy.trainings[0].topics]
    assert topics == ["Professional competence", "Manner", "Communication", "Problem solving"]
    assert len(policy.conduct.rules) == 4
    assert policy.appraisal is not None
    assert policy.task_rule("training") is not None


def test_p14_leaders_step_out_of_the_negotiation() -> None:
    rules = " ".join(rule.en for rule in ALL["overseas"].conduct.rules)
    assert "step out of the negotiation" in rules


@pytest.mark.parametrize(
    ("name", "table"),
    [
        ("abc_levels", "level.{}.meals"),  # P02
        ("star_levels", "level.{}.meals"),  # P09
        ("ranked_cars", "level.{}.meals"),  # P17
    ],
)
def test_figures_that_the_source_leaves_open_are_marked(name: str, table: str) -> None:
    policy = ALL[name]
    lines = policy.whole.splitlines()
    for level in policy.levels:
        if level.meals is None:
            continue
        at = policy.lines[table.format(level.key)]
        near = " ".join(lines[max(at - 4, 0) : at + 3])
        assert "company's to set" in near, (level.key, near)


def test_p19_weeks_and_days_are_marked() -> None:
    policy = ALL["holiday_visits"]
    assert policy.campaigns
    lines = policy.whole.splitlines()
    at = policy.lines["campaign.spring_festival"]
    near = " ".join(" ".join(lines[at - 5 : at]).replace("#", " ").split())
    assert "working days are the company's to set" in near
    for campaign in policy.campaigns:
        assert campaign.plan_weeks_before >= 1
        assert campaign.report_within_working_days >= 1
