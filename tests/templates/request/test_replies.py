"""Answers to commands, App Home, and refusals in words."""

from dataclasses import replace

import pytest

from models.base.errors import (
    AlreadyDecided,
    DomainError,
    Fault,
    InvalidForm,
    NotAllowed,
    Outdated,
    VisitNotFound,
    VisitOver,
)
from models.base.permissions import Verb
from models.base.words import TripKind, TripState, VisitStatus
from models.reading.finding import Found, Shelf, Wanted
from models.reading.picture import HomeAgenda, WaitingItem
from templates.commands import help_reply
from templates.finding import list_reply
from templates.home import home_view
from templates.people.replies import roles_reply
from templates.request.replies import changed_reply, repeated_reply, show_reply, submitted_words
from templates.slack import ids
from templates.slack.message import Message
from templates.slack.replies import done_reply, still_working_words
from templates.wording.errors import (
    FAULTS,
    error_words,
    field_words,
    form_errors,
    slack_trouble_words,
    unexpected_words,
)
from tests.models.visits import REQUESTED, STANDARD, make_trip
from tests.templates.scenes import EN, NOW, TEAM, ZH, make
from tests.templates.test_messages import buttons, labels, words

ADMIN_VERBS = frozenset(Verb)


def test_help_says_what_each_subcommand_does() -> None:
    said = words(help_reply(EN, ADMIN_VERBS).blocks)
    for name in ("new", "list", "show", "setup", "help"):
        assert f"`/visit {name}" in said
    assert "/visit setup" not in words(help_reply(EN, frozenset({Verb.REQUEST})).blocks)


def test_an_unknown_word_gets_the_nearest_one() -> None:
    assert "Did you mean `/visit list`?" in help_reply_text("lst")
    assert "Did you mean" not in help_reply_text("<!channel>")
    assert "There is no /visit &lt;!channel&gt;" in help_reply(EN, ADMIN_VERBS, "<!channel>").text


def help_reply_text(word: str) -> str:
    return words(help_reply(EN, ADMIN_VERBS, word).blocks)


def test_the_list_opens_each_visit() -> None:
    both = [make(), make(VisitStatus.FOLLOW_UP)]
    reply = list_reply(EN, Found(Wanted(), NOW, both, 2))
    assert reply.text == "Open visits: 2"
    assert labels(reply) == ["Details", "Details"]
    assert "*V-2026-0007 · Acme Industries* · ✅ Approved" in words(reply.blocks)
    empty = list_reply(EN, Found(Wanted(Shelf.CLOSED, "Orion"), NOW, [], 0))
    assert empty.text == "Closed visits with “Orion”: 0"
    assert labels(empty) == ["New visit"]
    middle = list_reply(EN, Found(Wanted(page=1), NOW, both, 300, has_more=True))
    assert middle.text == "Open visits: 300+"
    assert labels(middle)[-2:] == ["Previous", "Next"]
    assert "Page 2 of 30" in words(middle.blocks)


def test_a_visit_shows_only_the_buttons_that_work_for_the_person() -> None:
    everything = show_reply(EN, make(), NOW, ADMIN_VERBS)
    assert labels(everything) == ["Details", "Add details", "Edit", "Reschedule", "Cancel"]
    assert "CN¥20,000.50" in words(everything.blocks)
    nothing = show_reply(EN, make(), NOW, frozenset({Verb.SEE}))
    assert labels(nothing) == ["Details"]
    assert "Budget" not in words(nothing.blocks)
    over = show_reply(EN, make(VisitStatus.CLOSED), NOW, ADMIN_VERBS)
    assert labels(over) == ["Details"]


def test_a_request_is_answered_with_its_number() -> None:
    picture = make(VisitStatus.REQUESTED)
    said = words(submitted_words(EN, picture, NOW, ["vice_president"]).done())
    assert "*V-2026-0007* is on its way" in said
    assert "Asked to approve: <@U01CHEN>" in said
    assert "Nobody holds this role*: Vice president" in said
    again = repeated_reply(EN, picture, NOW)
    assert again.text.startswith("You have sent this request before: it is V-2026-0007")
    changed = changed_reply(EN, picture, NOW, asked_again=True)
    assert "The approvers are asked again" in words(changed.blocks)


def test_roles_and_short_answers() -> None:
    said = words(roles_reply(EN, STANDARD, TEAM).blocks)
    assert "*Driver*: <@U01MA>, <@U01TOM>" in said
    assert "*Chairman*: nobody" in said
    for answer in (done_reply, still_working_words, slack_trouble_words):
        assert answer(EN) != answer(ZH)


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        (VisitNotFound("<V>"), "There is no visit &lt;V&gt; that you may see"),
        (NotAllowed(Verb.DECIDE), "for the approvers"),
        (NotAllowed(Verb.CANCEL), "Only the requester"),
        (NotAllowed("unheard of"), "not yours to do"),
        (
            AlreadyDecided("U01CHEN", REQUESTED, "approved"),
            "<@U01CHEN> approved on Tue 1 Dec, 10:00",
        ),
        (AlreadyDecided("U01CHEN", REQUESTED, "other"), "<@U01CHEN> was faster"),
        (Outdated(), "changed in the meantime"),
        (VisitOver("cancelled"), "the visit stands at: Cancelled"),
        (InvalidForm({}), "cannot stand"),
        (DomainError(), "cannot be done now"),
    ],
)
def test_refusals_in_words(error: DomainError, expected: str) -> None:
    assert expected in error_words(error, EN)
    assert error_words(error, ZH) != error_words(error, EN)


FACTS: dict[str, str | int] = {
    "limit": 200,
    "length": 230,
    "most": 500,
    "count": 5,
    "size": 3,
    "days": 90,
    "line": "*x*",
    "amount": "1300",
    "choice": "*x*",
    "currency": "USD",
    "unit": "*x*",
    "known": "CNY, USD",
    "number": "V-2026-0008",
    "least": 0,
    "first": "2026-12-07",
    "last": "2026-12-11",
}


@pytest.mark.parametrize("code", sorted(FAULTS))
def test_faults_in_words(code: str) -> None:
    english, chinese = (field_words(Fault(code, dict(FACTS)), who) for who in (EN, ZH))
    assert english != chinese
    assert english.endswith((".", "*x*"))


def test_faults_by_field() -> None:
    error = InvalidForm(
        {"guests": Fault("more_guests", {"count": 5, "size": 3}), "x": Fault("new code")}
    )
    assert form_errors(error, EN) == {
        "guests": "Here are 5 guests, but the party size is 3. Please correct one of the two.",
        "x": "This cannot stand as it is. Please correct it.",
    }


def test_an_unexpected_error_has_a_reference() -> None:
    assert unexpected_words(EN, "3f9a").endswith("`3f9a`")


def _home(agenda: HomeAgenda, allowed: frozenset[Verb] = frozenset()) -> Message:
    return Message("", home_view(EN, agenda, NOW, allowed, NOW.date())["blocks"])


def test_home_of_somebody_with_nothing() -> None:
    home = _home(HomeAgenda([], [], []))
    assert labels(home) == ["New visit", "I am away"]
    for expected in ("Nothing waits for you", "No visit today", "You have no open visit"):
        assert expected in words(home.blocks)
    admin = _home(HomeAgenda([], [], []), ADMIN_VERBS)
    assert labels(admin) == ["New visit", "Assign people", "Hand over all", "I am away"]


def test_home_has_the_button_for_each_thing_that_waits() -> None:
    picture = make(VisitStatus.FOLLOW_UP)
    step, feedback_task = picture.approvals[0], picture.follow_up[0]
    trip = make_trip(TripKind.PICKUP, state=TripState.ASSIGNED, driver_id="U01LIN", assignment=1)
    item = WaitingItem("approval", picture, NOW, step=step)
    waiting = [
        item,
        replace(item, kind="changes", step=None),
        replace(item, kind="car", step=None, trip=picture.trips[0]),
        replace(item, kind="trip", step=None, trip=trip),
        replace(item, kind="task", step=None, task=picture.preparation[1]),
        replace(item, kind="task", step=None, task=feedback_task),
    ]
    home = _home(HomeAgenda([picture], waiting, [picture]))
    actions = [action for action, _ in buttons(home) if action != ids.DETAILS]
    assert actions == [
        ids.NEW_VISIT,
        ids.AWAY,
        ids.APPROVE,
        ids.DECLINE,
        ids.ASK_CHANGES,
        ids.CHANGE_REQUEST,
        ids.ASSIGN_DRIVER,
        ids.ACCEPT_TRIP,
        ids.DECLINE_TRIP,
        ids.TASK_DONE,
        ids.TASK_PROBLEM,
        ids.TASK_HAND_OVER,
        ids.GIVE_FEEDBACK,
    ]
    said = words(home.blocks)
    assert "Waiting for you (6)" in said
    assert "Today, Thu 10 Dec" in said


@pytest.mark.parametrize(
    ("state", "action"),
    [
        (TripState.ACCEPTED, ids.CAR_HERE),
        (TripState.HERE, ids.GUESTS_ABOARD),
        (TripState.ABOARD, ids.DROPPED_OFF),
    ],
)
def test_home_of_a_driver_on_the_way(state: TripState, action: str) -> None:
    trip = make_trip(TripKind.PICKUP, state=state, driver_id="U01LIN", assignment=5, at=NOW)
    home = _home(HomeAgenda([], [WaitingItem("trip", make(), NOW, trip=trip)], []))
    assert (action, "1:5") in buttons(home)


OPENING = {*ids.OPEN_SECTIONS.values(), *ids.OPEN_FILE_SECTIONS.values()}


def test_every_button_id_is_offered_somewhere_and_known() -> None:
    constants = {
        value
        for name, value in vars(ids).items()
        if name.isupper() and isinstance(value, str) and name != "NEW_VISIT_SHORTCUT"
    }
    assert set(ids.BUTTONS) <= constants | OPENING
    assert len(set(ids.BUTTONS)) == len(ids.BUTTONS)
    assert len(set(ids.FORMS)) == len(ids.FORMS)
