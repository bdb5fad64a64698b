"""The month's figures are owed once, to whom the policy names, read when they are told."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

import pytest
from sqlmodel import select

from models.aftercare.forms import FeedbackForm
from models.base.words import DeliveryState, Outcome
from models.measures.figures import Figures
from models.policy import Policy
from models.records.people import Person
from models.records.visit import Visit
from models.reminders.outbox import Delivery
from services.aftercare import follow_up, outcome
from services.measures import monthly
from services.measures.monthly import KIND, TELL
from services.people import roles
from services.preparation import checklist
from services.reading.people import reader
from services.signoff import decisions
from tests.services.conftest import MEI, PARK, RUTH, SITE, START, XU, Office

NOVEMBER, DECEMBER = date(2026, 11, 1), date(2026, 12, 1)
JANUARY_4 = datetime(2027, 1, 4, 1, 0, tzinfo=UTC)  # nine in Shanghai, the first working day
FEBRUARY_1 = datetime(2027, 2, 1, 1, 0, tzinfo=UTC)
DAY = timedelta(days=1)


def under(office: Office, **changes: Any) -> None:
    """Have the office live by a policy with other figures of the month."""
    policy = SITE.policy
    table = policy.monthly_figures
    assert table is not None
    table = table.model_copy(update=changes)
    office.site = replace(SITE, policy=policy.model_copy(update={"monthly_figures": table}))


def planned(office: Office) -> list[tuple[str, datetime]]:
    return [(row.args["month"], row.due_at) for row in office.rows(TELL)]


def told(office: Office) -> list[tuple[str, str]]:
    return [(row.args["month"], row.recipient) for row in office.rows(KIND)]


def tell(office: Office, at: datetime, month: date = DECEMBER) -> None:
    office.now = at
    office.do(None, monthly.tell, month)


def shown(office: Office, person: str = MEI, month: date = DECEMBER) -> Figures | None:
    """What the message of a person would say now."""
    args = {"month": month.isoformat()}
    with office.database.reading() as session:
        who = reader(session, person, office.site)
        found = monthly.as_it_stands(session, KIND, args, who, office.site, office.now)
    figures: Figures | None = found["figures"]
    return figures


def left(office: Office, **changes: Any) -> int:
    """A visit whose guests have left at its departure."""
    visit_id = office.approved(**changes)
    office.now = office.look(visit_id).visit.departure
    office.do(None, follow_up.guests_left, visit_id, office.now)
    return visit_id


def test_the_next_month_is_planned_once(office: Office) -> None:
    for _ in range(3):
        office.do(None, monthly.plan_ahead)
    assert planned(office) == [("2026-12-01", JANUARY_4)]
    row = office.rows(TELL)[0]
    assert (row.recipient, row.visit_id, row.state) == ("", None, DeliveryState.PENDING)


def test_before_nine_of_the_first_working_day_it_is_the_month_before(office: Office) -> None:
    office.now = datetime(2026, 12, 1, 0, 59, tzinfo=UTC)
    office.do(None, monthly.plan_ahead)
    assert planned(office) == [("2026-11-01", office.now + timedelta(minutes=1))]


def test_without_the_table_nothing_is_planned_or_told(office: Office) -> None:
    office.do(None, monthly.plan_ahead)
    policy: Policy = SITE.policy.model_copy(update={"monthly_figures": None})
    office.site = replace(SITE, policy=policy)
    tell(office, JANUARY_4)
    office.do(None, monthly.plan_ahead)
    assert len(planned(office)) == 1
    assert told(office) == []


def test_who_holds_the_roles_then_is_told_once(office: Office) -> None:
    office.do(None, roles.set_role, "coordinator", [MEI, PARK, XU])  # Park has both roles
    office.do(None, monthly.plan_ahead)
    office.do(None, roles.set_role, "coordinator", [MEI, PARK])
    tell(office, JANUARY_4)
    tell(office, JANUARY_4 + timedelta(seconds=1))
    assert told(office) == [("2026-12-01", MEI), ("2026-12-01", PARK)]
    assert [row.key for row in office.rows(KIND)] == [
        f"monthly_figures:2026-12:{person}" for person in (MEI, PARK)
    ]
    assert {row.due_at for row in office.rows(KIND)} == {JANUARY_4}
    assert {row.urgency for row in office.rows(KIND)} == {2}
    assert planned(office) == [("2026-12-01", JANUARY_4), ("2027-01-01", FEBRUARY_1)]


def test_after_days_of_downtime_the_month_is_told(office: Office) -> None:
    office.do(None, monthly.plan_ahead)
    tell(office, JANUARY_4 + 9 * DAY)
    assert {month for month, _ in told(office)} == {"2026-12-01"}
    assert planned(office)[1:] == [("2027-01-01", FEBRUARY_1)]


def test_after_months_of_downtime_only_the_latest_is_told(office: Office) -> None:
    office.do(None, monthly.plan_ahead)
    office.now = FEBRUARY_1 + 40 * DAY  # in March: January was missed as well, and February
    office.do(None, monthly.plan_ahead)
    tell(office, office.now)
    assert told(office) == [("2027-02-01", MEI), ("2027-02-01", PARK)]
    assert [month for month, _ in planned(office)] == ["2026-12-01", "2027-03-01"]


def test_under_a_policy_with_another_time_it_is_told_then(office: Office) -> None:
    office.do(None, monthly.plan_ahead)
    office.now += DAY
    under(office, at=time(10, 30))
    office.do(None, monthly.plan_ahead)
    tell(office, JANUARY_4)
    assert told(office) == []
    later = JANUARY_4 + timedelta(minutes=90)
    assert planned(office) == [("2026-12-01", JANUARY_4), ("2026-12-01", later)]
    tell(office, later)
    assert len(told(office)) == 2


@pytest.mark.parametrize(
    ("zone", "due"),
    [
        ("Asia/Shanghai", JANUARY_4),
        ("Europe/Berlin", datetime(2027, 1, 4, 6, 0, tzinfo=UTC)),  # two at night there
        ("Nowhere/Else", JANUARY_4),
    ],
)
def test_nobody_is_woken_for_it(office: Office, zone: str, due: datetime) -> None:
    with office.database.session() as session:
        session.add(Person(user_id=PARK, name="P", locale="en", timezone=zone, refreshed_at=START))
    quiet = {"from": "22:00", "until": "07:00"}
    raw = SITE.policy.model_dump(by_alias=True, exclude_unset=True)
    office.site = replace(SITE, policy=Policy.model_validate(raw | {"quiet_hours": quiet}))
    tell(office, JANUARY_4)
    assert [(row.recipient, row.due_at) for row in office.rows(KIND)] == [
        (MEI, JANUARY_4),
        (PARK, due),
    ]


def test_the_numbers_are_those_of_the_moment(office: Office) -> None:
    one = left(office)
    task = next(task for task in office.look(one).tasks if task.key == "feedback")
    tell(office, JANUARY_4)
    found = shown(office)
    assert found is not None
    assert {each.measure.key: each.part for each in found.figures} == {
        "satisfaction": 0,
        "conversion": 0,
        "lead_time_kept": 1,
        "prepared_on_time": 0,
    }
    form = FeedbackForm(satisfaction=92, intention="signed")
    office.do(RUTH, follow_up.record_feedback, one, form)
    found = shown(office)
    assert found is not None
    assert (found.visits, found.figures[0].value, found.figures[1].part) == (1, Decimal(92), 1)
    assert found.figures[0].is_excellent
    assert task.due_at < JANUARY_4


def test_preparation_outcome_and_lead_time_as_people_record_them(office: Office) -> None:
    soon = START + timedelta(hours=30)
    one = office.approved()
    tasks = office.look(one).preparation
    for task in tasks[1:3]:
        office.do(MEI, checklist.finish_task, task.id)
    two = office.approved(arrival=soon, departure=soon + timedelta(hours=4), pickup_time=None,
                          dropoff_time=None, pickup_place=None)  # fmt: skip
    others = len(office.look(two).preparation)
    for visit_id in (two, one):
        office.now = office.look(visit_id).visit.departure
        office.do(None, follow_up.guests_left, visit_id, office.now)
    office.do(RUTH, outcome.record_outcome, one, Outcome.LANDED)
    office.now = JANUARY_4
    found = shown(office)
    assert found is not None
    parts = {each.measure.key: (each.part, each.of) for each in found.figures}
    assert parts == {
        "satisfaction": (0, 2),
        "conversion": (1, 2),
        "lead_time_kept": (1, 2),
        "prepared_on_time": (2, len(tasks) + others),
    }


def test_a_visit_belongs_to_the_month_in_which_its_guests_left(office: Office) -> None:
    visit_id = left(office)
    for moment, month in (
        (datetime(2026, 11, 30, 15, 59, 59, tzinfo=UTC), NOVEMBER),  # a second before midnight
        (datetime(2026, 11, 30, 16, 0, tzinfo=UTC), DECEMBER),
        (datetime(2026, 12, 31, 15, 59, 59, tzinfo=UTC), DECEMBER),
        (datetime(2026, 12, 31, 16, 0, tzinfo=UTC), date(2027, 1, 1)),
    ):
        with office.database.session() as session:
            session.exec(select(Visit).where(Visit.id == visit_id)).one().left_at = moment
        for each in (NOVEMBER, DECEMBER, date(2027, 1, 1)):
            assert (shown(office, month=each) is not None) is (each == month)


def test_after_downtime_who_was_to_depart_has_left(office: Office) -> None:
    """Whichever is done first then: writing down that they left, or telling the month."""
    visit_id = office.approved()
    departure = office.look(visit_id).visit.departure
    tell(office, JANUARY_4)
    before = shown(office)
    assert before is not None
    assert before.visits == 1
    office.do(None, follow_up.guests_left, visit_id, departure)
    assert shown(office) == before


def test_visits_that_did_not_take_place_are_none(office: Office) -> None:
    office.submit()
    declined = office.submit()
    step = office.look(declined).pending_step
    assert step is not None
    office.do(approver(office, declined), decisions.decide, step.id, "declined", "No room")
    office.now = JANUARY_4
    assert shown(office) is None


def approver(office: Office, visit_id: int) -> str:
    view = office.look(visit_id)
    assert view.pending_step is not None
    return view.deciders(view.pending_step)[0]


def test_who_holds_the_role_no_longer_is_told_nothing(office: Office) -> None:
    left(office)
    tell(office, JANUARY_4)
    assert shown(office, MEI) is not None
    office.do(None, roles.set_role, "coordinator", [XU])
    assert shown(office, MEI) is None
    assert shown(office, PARK) is not None


def test_other_messages_keep_their_args(office: Office) -> None:
    args = {"roles": ["it"]}
    with office.database.reading() as session:
        who = reader(session, MEI, office.site)
        assert monthly.as_it_stands(session, "missing_role", args, who, office.site, START) == args


def test_rows_of_other_kinds_are_untouched(office: Office) -> None:
    visit_id = office.submit()
    with office.database.reading() as session:
        query = select(Delivery.key).where(Delivery.visit_id == visit_id).order_by(Delivery.key)
        before = session.exec(query).all()
    tell(office, JANUARY_4)
    with office.database.reading() as session:
        assert session.exec(query).all() == before
