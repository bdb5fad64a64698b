"""What each message says and offers, by the state of the visit and who reads it."""

from datetime import timedelta
from typing import Any

import pytest

from models.base.words import StepState, TaskState, TripKind, TripState, VisitStatus
from models.reading.picture import VisitPicture
from models.reminders.outbox import LIVE_KINDS
from templates.messages import KINDS, render
from templates.slack import ids
from templates.slack.message import Message
from tests.models.visits import ARRIVAL, REQUESTED, make_step, make_trip
from tests.templates.scenes import ADMIN, NOW, feedback, history, make, reader


def show(
    kind: str,
    picture: VisitPicture,
    user_id: str | None = "U01LIN",
    locale: str = "en",
    late: timedelta | None = None,
    **args: Any,
) -> Message:
    message = render(kind, picture, args, reader(locale, user_id), NOW, late)
    assert message is not None
    return message


def buttons(message: Message) -> list[tuple[str, str]]:
    """Action id and value of every button."""
    return [(each["action_id"], each["value"]) for each in _buttons(message)]


def labels(message: Message) -> list[str]:
    return [each["text"]["text"] for each in _buttons(message)]


def _buttons(message: Message) -> list[dict[str, Any]]:
    return [
        element
        for block in message.blocks
        for element in [*block.get("elements", []), block.get("accessory", {})]
        if element.get("type") == "button"
    ]


def words(part: Any) -> str:
    """Everything that can be read, in order."""
    if isinstance(part, dict):
        if part.get("type") == "user":
            return f"<@{part['user_id']}>"
        if isinstance(part.get("text"), str):
            return str(part["text"])
        return " ".join(filter(None, map(words, part.values())))
    if isinstance(part, list):
        return " ".join(filter(None, map(words, part)))
    return ""


def test_live_kinds_are_the_ones_that_are_updated() -> None:
    assert set(KINDS) >= LIVE_KINDS
    assert show("visit_card", make()).is_live
    assert not show("closed", make(VisitStatus.CLOSED)).is_live


def test_an_unknown_kind_is_an_error() -> None:
    with pytest.raises(ValueError, match="no message of the kind"):
        render("visitcard", make(), {}, reader(), NOW)


def test_the_visit_card_shows_everything_at_a_glance() -> None:
    picture = make(VisitStatus.REQUESTED)
    card = show("visit_card", picture, None)
    said = words(card.blocks)
    assert card.blocks[0]["text"]["text"] == "V-2026-0007 · Acme Industries"
    for expected in (
        "⏳ *Waiting for approval*",
        "*Urgent*",
        "*Lead guest*\nAcme Industries, Acme Industries",
        "*Party*\n4 people",
        "*Arrival*\nThu 10 Dec, 10:00",
        "*Departure*\nThu 10 Dec, 18:00",
        "*Host*\n<@U01LIN>",
        "*Purpose*\nSite audit",
        "*Level*\nB (managers)",
        "*Travel*\nFlight Acme",
        "⏳ *Department manager*: Asked · <@U01CHEN>",
        "*Vice president*: Not asked yet",
        "*Pickup* Thu 10 Dec, 09:00",
    ):
        assert expected in said
    assert "confirmed" not in said  # nothing is prepared before the approval
    assert "0 of 13 confirmed" in words(show("visit_card", make(), None).blocks)
    assert "No driver yet" not in said  # cars are looked for once the visit is approved
    assert "❗ No driver yet" in words(show("visit_card", make(), None).blocks)
    assert "Budget" not in said
    assert labels(card) == ["Details", "Edit", "Reschedule", "Cancel"]
    assert buttons(card)[1] == (ids.EDIT, "7:1")
    assert card.text == (
        "V-2026-0007 · Acme Industries: Waiting for approval, arrives Thu 10 Dec, 10:00"
    )


def test_why_a_visit_is_urgent() -> None:
    picture = make(VisitStatus.REQUESTED)
    picture.visit.notice_from = ARRIVAL - timedelta(days=2)
    said = words(show("visit_card", picture).blocks)
    assert "*Urgent*: asked for 1 working day ahead, the procedure wants 3" in said


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        (VisitStatus.APPROVED, ["Details", "Edit", "Reschedule", "Cancel"]),
        (VisitStatus.CHANGES_ASKED, ["Details", "Edit", "Reschedule", "Cancel"]),
        (VisitStatus.FOLLOW_UP, ["Details"]),
        (VisitStatus.CANCELLED, ["Details"]),
        (VisitStatus.DECLINED, ["Details"]),
        (VisitStatus.CLOSED, ["Details"]),
    ],
)
def test_the_card_offers_what_can_be_done(status: VisitStatus, expected: list[str]) -> None:
    assert labels(show("visit_card", make(status), None)) == expected


def test_the_notification_of_a_visit_that_is_over_does_not_announce_it() -> None:
    after = show("visit_card", make(VisitStatus.FOLLOW_UP), None)
    assert after.text == "V-2026-0007 · Acme Industries: Follow-up (arrival Thu 10 Dec, 10:00)"


def test_the_card_in_chinese() -> None:
    card = show("visit_card", make(), None, "zh")
    assert labels(card) == ["详情", "修改", "改期", "取消"]
    assert "主宾" in words(card.blocks)
    assert card.text == "V-2026-0007 · Acme Industries：已同意，12月10日 周四 10:00 到达"


def test_an_approver_is_asked_with_full_context_and_buttons() -> None:
    card = show("approval", make(VisitStatus.REQUESTED), "U01CHEN", step=3)
    assert labels(card) == ["Approve", "Decline", "Ask for changes", "Delegate", "Details"]
    assert buttons(card)[:3] == [(ids.APPROVE, "3"), (ids.DECLINE, "3"), (ids.ASK_CHANGES, "3")]
    said = words(card.blocks)
    assert "Approve the visit of Acme Industries?" in said
    assert "*Budget*\nCN¥20,000.50" in said
    assert "Acme Industries, Acme Industries, Acme Industries" in said  # a guest
    assert card.text.startswith("Urgent, please decide: visit of Acme Industries, Thu 10 Dec")


@pytest.mark.parametrize(
    ("state", "expected"),
    [
        (StepState.APPROVED, "<@U01CHEN> approved on Tue 1 Dec, 10:00."),
        (StepState.DECLINED, "<@U01CHEN> declined on Tue 1 Dec, 10:00:"),
        (StepState.CHANGES_ASKED, "<@U01CHEN> asked for changes on Tue 1 Dec, 10:00:"),
    ],
)
def test_a_decided_card_says_who_and_when_without_buttons(state: StepState, expected: str) -> None:
    step = make_step(state=state, decided_by="U01CHEN", decided_at=REQUESTED, comment="Too early")
    picture = make(VisitStatus.REQUESTED, approvals=[step])
    card = show("approval", picture, "U01CHEN", step=3)
    assert labels(card) in (
        ["What was decided", "Details"],
        ["Take back", "What was decided", "Details"],
    )
    assert expected in words(card.blocks)
    assert "Too early" in words(card.blocks)


def test_overtaken_approvals_say_why() -> None:
    void = [make_step(state=StepState.VOID)]
    for status, expected in (
        (VisitStatus.CANCELLED, "the visit was cancelled"),
        (VisitStatus.DECLINED, "the request was declined"),
        (VisitStatus.REQUESTED, "the request has changed"),
    ):
        card = show("approval", make(status, approvals=void), "U01CHEN", step=3)
        assert expected in words(card.blocks)
        assert labels(card) == ["Details"]


def test_escalation_tells_the_next_leader_why_they_are_asked() -> None:
    step = make_step(
        escalated_at=REQUESTED + timedelta(hours=4), levels="department_manager vice_president"
    )
    picture = make(VisitStatus.REQUESTED, approvals=[step])
    expected = "There was no answer within 4 hours from: Department manager"
    assert expected in words(show("approval", picture, "U01ZHAO", step=3).blocks)
    assert expected not in words(show("approval", picture, "U01CHEN", step=3).blocks)


def test_asked_for_changes_open_the_form_again() -> None:
    step = make_step(state=StepState.CHANGES_ASKED, decided_by="U01CHEN", comment="Which day?")
    picture = make(VisitStatus.CHANGES_ASKED, approvals=[step])
    card = show("decision", picture, step=3, outcome="changes_asked")
    assert labels(card) == ["Change request", "Details"]
    assert "Which day?" in words(card.blocks)
    assert "<@U01CHEN> writes:" in words(card.blocks)
    approved = show("decision", make(), step=3, outcome="approved")
    assert labels(approved) == ["Invite leaders", "Details"]


def test_an_owner_gets_one_card_with_buttons_for_each_open_item() -> None:
    picture = make()
    first, second, third = picture.preparation[:3]
    first.state, first.done_at, first.done_by = TaskState.DONE, NOW, "U01MEI"
    second.state, second.problem = TaskState.PROBLEM, "Fully booked"
    for task in picture.preparation[3:]:
        task.owner_id = "U01DEV"
    card = show("tasks", picture, "U01MEI")
    assert labels(card) == ["Done", "Hand over", "Done", "Problem", "Hand over", "Details"]
    assert {value for _, value in buttons(card)} == {str(second.id), str(third.id), "7:1"}
    said = words(card.blocks)
    assert "2 items are yours" in said
    assert "✅ *Car and driver*" in said
    assert "Fully booked" in said
    assert "Meeting room" not in said


def test_the_check_names_what_is_not_confirmed_with_its_owner() -> None:
    picture = make()
    for task in picture.preparation[:-1]:
        task.state, task.done_at = TaskState.DONE, NOW
    last = picture.preparation[-1]
    card = show("preparation_check", picture, None, step="check_half_day")
    assert (card.in_thread, card.broadcast) == (True, True)
    private = show("preparation_check", picture, "U01LIN", step="check_half_day")
    assert (private.in_thread, private.broadcast) == (False, False), "theirs, not the channel's"
    said = words(card.blocks)
    assert "Preparation check, half a day ahead: 12 of 13 confirmed" in said
    assert "⬜ *Team briefing* · <@U01MEI> · not done" in said
    assert "Confirmed: Car and driver, Hotel" in said
    assert buttons(card) == [(ids.TASK_CONFIRM, str(last.id))]
    last.state, last.done_at = TaskState.DONE, NOW
    after = show("preparation_check", picture, None, step="check_day")
    assert "Everything is confirmed" in words(after.blocks)
    assert "1 day ahead" in words(after.blocks)
    assert buttons(after) == []


def test_a_check_stays_as_it_was_when_the_guests_have_left() -> None:
    card = show("preparation_check", make(VisitStatus.FOLLOW_UP), None, step="check_half_day")
    assert "⬜ *Car and driver* · <@U01MEI> · not done" in words(card.blocks)
    assert buttons(card) == []
    called_off = show("preparation_check", make(VisitStatus.CANCELLED), None, step="check_day")
    assert "nothing is left to prepare" in words(called_off.blocks)


def test_before_the_first_check_the_card_counts_what_is_done() -> None:
    early = render("visit_card", make(), {}, reader(), NOW - timedelta(days=3))
    assert early is not None
    assert "*Preparation*: 0 of 13 done" in words(early.blocks)


def test_owners_confirm_and_escalation_lists() -> None:
    picture = make()
    confirm = show("please_confirm", picture, "U01MEI", step="owners_day")
    assert labels(confirm)[:3] == ["Problem", "Confirm", "Problem"]  # cars are done by themselves
    assert len(labels(confirm)) == 25
    picture.trips[:] = _driven(TripState.ACCEPTED).trips
    confirm = show("please_confirm", picture, "U01MEI", step="owners_day")
    assert labels(confirm)[:2] == ["Confirm", "Problem"]
    listed = show("open_items", picture, "U01LIN", step="open_items")
    said = "Acme Industries arrives Thu 10 Dec, 10:00: 13 items are not confirmed"
    assert said in listed.text
    assert labels(listed) == ["Remind them", "Details"]
    for task in picture.preparation:
        task.state, task.done_at = TaskState.DONE, NOW
    assert "has been confirmed since" in show("open_items", picture, step="open_items").text
    thanks = show("please_confirm", picture, "U01MEI", step="owners_day")
    assert "All your items are confirmed" in words(thanks.blocks)


def _driven(state: TripState, driver: str | None = "U01MA", **facts: Any) -> VisitPicture:
    trip = make_trip(
        TripKind.PICKUP, state=state, driver_id=driver, assignment=2, car="Buick 沪A1", **facts
    )
    return make(trips=[trip])


def test_the_dispatcher_assigns_the_trips_without_driver() -> None:
    card = show("cars", make(), "U01LIU")
    assert buttons(card) == [(ids.ASSIGN_DRIVER, "1"), (ids.ASSIGN_DRIVER, "2")]
    done = show("cars", _driven(TripState.ASSIGNED), "U01LIU")
    assert "every trip has a driver" in words(done.blocks)


@pytest.mark.parametrize("state", list(TripState))
def test_another_driver_can_be_chosen_until_the_car_has_come(state: TripState) -> None:
    gone = {TripState.HERE, TripState.ABOARD, TripState.DONE}
    without = {TripState.WANTED, TripState.DECLINED}
    label = "Assign driver" if state in without else "Change driver"
    driver = None if state in without else "U01MA"
    card = show("cars", _driven(state, driver, here_at=NOW), "U01LIU")
    assert labels(card) == ([] if state in gone else [label])


def test_a_driver_answers_their_own_assignment_only() -> None:
    card = show("trip", _driven(TripState.ASSIGNED), "U01MA", trip=1, assignment=2)
    assert labels(card) == ["Accept", "Can't"]
    assert buttons(card)[0] == (ids.ACCEPT_TRIP, "1:2")
    for picture, user, left in (
        (_driven(TripState.ACCEPTED), "U01MA", ["Can't"]),
        (_driven(TripState.HERE), "U01MA", ["Take back"]),
        (_driven(TripState.DECLINED, None), "U01MA", ["I can after all"]),
        (_driven(TripState.ASSIGNED), "U01TOM", []),
    ):
        assert labels(show("trip", picture, user, trip=1, assignment=2)) == left
    old = show("trip", _driven(TripState.ASSIGNED), "U01MA", trip=1, assignment=1)
    assert "Reassigned" in words(old.blocks)
    assert labels(old) == []


@pytest.mark.parametrize(
    ("state", "offered"),
    [
        (TripState.ASSIGNED, ["Car is here", "Etiquette"]),
        (TripState.ACCEPTED, ["Car is here", "Etiquette"]),
        (TripState.HERE, ["Guests aboard", "Take back"]),
        (TripState.ABOARD, ["Dropped off", "Take back"]),
        (TripState.DONE, ["Take back"]),
    ],
)
def test_the_drive_has_one_report_at_a_time_and_a_way_back(
    state: TripState, offered: list[str]
) -> None:
    card = show("car_ready", _driven(state, here_at=NOW), "U01MA", step="car_ready_pickup", trip=1)
    assert labels(card) == offered
    other = show("car_ready", _driven(state), "U01TOM", step="car_ready_pickup", trip=1)
    assert "Reassigned" in words(other.blocks)


def test_a_missing_car_is_told_to_host_and_dispatcher() -> None:
    picture = _driven(TripState.ACCEPTED)
    host = show("car_missing", picture, "U01LIN", trip=1)
    assert host.text == "No car yet for Acme Industries: Pickup at 09:00"
    assert "<@U01MA> has not reported the car" in words(host.blocks)
    assert labels(host) == ["Details"]
    assert labels(show("car_missing", picture, "U01LIU", trip=1)) == ["Change driver", "Details"]
    nobody = show("car_missing", _driven(TripState.WANTED, None), "U01LIU", trip=1)
    assert "No driver is assigned" in words(nobody.blocks)
    came = show("car_missing", _driven(TripState.HERE, here_at=NOW), "U01LIN", trip=1)
    assert "the car was reported at 00:00" in words(came.blocks)
    assert labels(came) == []


def test_the_host_calls_the_guest_and_names_driver_and_car() -> None:
    card = show("call_guest", _driven(TripState.ACCEPTED), trip=1)
    said = words(card.blocks)
    assert "Confirm time and place of the pickup" in said
    assert "<@U01MA>" in said
    assert "Buick 沪A1" in said
    own = show("call_guest", make(trips=[]))
    assert "without a car of ours" in words(own.blocks)
    assert render("call_guest", make(VisitStatus.CANCELLED), {}, reader(), NOW) is None


def test_feedback_is_asked_for_until_it_is_in() -> None:
    picture = make(VisitStatus.FOLLOW_UP)
    card = show("feedback_request", picture, "U01RUTH", step="feedback_request")
    own = [(ids.GIVE_FEEDBACK, "7"), (ids.REMIND_TOMORROW, "100")]
    assert buttons(card) == [*own, *((ids.TASK_DONE, str(number)) for number in range(101, 105))]
    late = show("feedback_nudge", picture, "U01RUTH", step="feedback_overdue")
    assert "is due Fri 11 Dec, 18:00" in words(late.blocks)
    given = make(VisitStatus.FOLLOW_UP, feedback=feedback("Good"))
    for kind in ("feedback_request", "feedback_nudge"):
        thanks = show(kind, given, "U01RUTH", step=kind)
        assert "95 of 100, Will sign" in words(thanks.blocks)
        assert {action for action, _ in buttons(thanks)} <= {ids.TASK_DONE}


def test_an_overdue_nudge_says_since_when() -> None:
    picture = make(VisitStatus.FOLLOW_UP)
    after = NOW + timedelta(days=4)
    who = reader("en", "U01RUTH")
    message = render("feedback_nudge", picture, {"step": "feedback_overdue"}, who, after)
    assert message is not None
    assert "was due Fri 11 Dec, 18:00" in message.text


def test_the_hosts_letter_and_what_becomes_of_it() -> None:
    picture = make(VisitStatus.FOLLOW_UP)
    letter = picture.follow_up[1]
    letter.owner_id = "U01LIN"
    card = show("follow_up_task", picture, step="thank_you")
    assert buttons(card) == [(ids.TASK_DONE, "101"), (ids.REMIND_TOMORROW, "101")]
    letter.state = TaskState.DONE
    assert "is done" in show("follow_up_task", picture, step="thank_you").text


def test_notices() -> None:
    moved = show(
        "rescheduled",
        make(),
        old_arrival=REQUESTED.isoformat(),
        old_departure=ARRIVAL.isoformat(),
        by="U01MEI",
    )
    assert "*Old time*\nTue 1 Dec, 10:00 to Thu 10 Dec, 10:00" in words(moved.blocks)
    assert "by <@U01MEI>" in words(moved.blocks)
    changed = show("changed", make(), fields=["host", "pickup_time"], by="U01MEI")
    assert "Host, Pickup time" in words(changed.blocks)
    off = show("cancelled", make(VisitStatus.CANCELLED), by="U01MEI", reason="Typhoon")
    assert "Typhoon" in words(off.blocks)
    handed = show("handed_over", make(), "U01MEI", task=2, by="U01LIN")
    assert labels(handed) == ["Done", "Problem", "Hand over", "Details"]


def test_a_missing_role_tells_admins_and_others_what_to_do() -> None:
    roles = ["vice_president"]
    admin = show("missing_role", make(), ADMIN, roles=roles)
    assert buttons(admin) == [(ids.ASSIGN_PEOPLE, "vice_president")]
    other = show("missing_role", make(), "U01LIN", roles=roles)
    assert buttons(other) == []
    assert "ask an admin" in words(other.blocks)
    alone = render("missing_role", None, {"roles": roles}, reader("en", ADMIN), NOW)
    assert alone is not None
    assert "Vice president" in alone.text


def test_history_is_one_line_in_the_thread() -> None:
    picture = make(history=history("Because"))
    lines = {}
    for entry in picture.history:
        message = render("history", picture, {"audit": entry.id}, reader("en", None), NOW)
        if message is not None:
            assert message.in_thread
            assert not message.broadcast
            lines[entry.verb] = words(message.blocks)
    assert "put_off" not in lines
    assert "Because" in lines.pop("assign_car"), "there it is the car's name"
    assert "Because" not in "".join(lines.values()), "nobody is quoted in the channel"
    assert lines["declined"] == "<@U01LIN> declined as Vice president"
    assert lines["cancel"] == "<@U01LIN> cancelled the visit"
    assert lines["hand_over"] == "Hotel: handed over by <@U01LIN> to <@U01DEV>"
    assert lines["escalate"] == "No answer from Vice president: General manager may decide, too"


def test_a_late_message_says_so() -> None:
    midnight = show("closed", make(VisitStatus.CLOSED), late=timedelta(minutes=30))
    assert "Sent late (was due Wed 9 Dec, 23:30)" in words(midnight.blocks[-1])
    noon = NOW + timedelta(hours=12)
    message = render("closed", make(), {}, reader(), noon, timedelta(hours=2))
    assert message is not None
    assert "Sent late (was due 10:00)" in words(message.blocks[-1])


@pytest.mark.parametrize(
    ("kind", "state", "before", "asked"),
    [
        (TripKind.PICKUP, TripState.ACCEPTED, 121, True),
        (TripKind.PICKUP, TripState.ACCEPTED, 59, False),
        (TripKind.PICKUP, TripState.ABOARD, 59, False),
        (TripKind.DROPOFF, TripState.HERE, 59, False),
        (TripKind.DROPOFF, TripState.ABOARD, 5, True),  # it ends the visit
        (TripKind.DROPOFF, TripState.ABOARD, -5, False),
    ],
)
def test_an_early_report_is_asked_about(
    kind: TripKind, state: TripState, before: int, asked: bool
) -> None:
    trip = make_trip(kind, state=state, driver_id="U01MA", assignment=1, at=NOW)
    args = {"step": f"car_ready_{kind}", "trip": trip.id}
    now = NOW - timedelta(minutes=before)
    card = render("car_ready", make(trips=[trip]), args, reader("en", "U01MA"), now)
    assert card is not None
    question = _buttons(card)[0].get("confirm")
    assert (question is not None) is asked
    if question is not None:
        assert question["title"]["text"] == "Is that so already?"
        assert "Acme Industries is at Thu 10 Dec, 00:00" in question["text"]["text"]
        assert question["deny"]["text"] == "Not yet"
