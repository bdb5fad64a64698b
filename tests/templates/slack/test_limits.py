"""Everything that is shown stays within Slack's limits, whatever people call their customers."""

import itertools
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from functools import cache
from itertools import islice
from typing import Any

import pytest

from models.base.permissions import Verb
from models.base.words import StepState, VisitStatus
from models.cars.drivers import Drive, Driver
from models.policy import load_policy
from models.reading.finding import PAGE, WORDS_LIMIT, Found, Shelf, Wanted
from models.reading.picture import HomeAgenda, VisitPicture, WaitingItem
from sandbox.args import Args
from sandbox.validation import check_options, message_content, view_problems
from templates.aftercare.views import feedback_form
from templates.cars.views import assign_form, decline_trip_form, driver_options
from templates.commands import help_reply
from templates.escorts.replies import invited_reply
from templates.escorts.views import cannot_attend_form, invite_form
from templates.finding import list_reply, visit_options
from templates.home import home_view
from templates.messages import KINDS, render
from templates.money.replies import cost_reply
from templates.money.views import cost_form, exception_form
from templates.people.replies import roles_reply
from templates.people.views import fill_form, setup_form
from templates.preparation.views import hand_over_form, problem_form
from templates.procedure.why import why_reply
from templates.request.details import details_view
from templates.request.details_form import details_form
from templates.request.replies import changed_reply, repeated_reply, show_reply, submitted_words
from templates.request.views import cancel_form, reschedule_form
from templates.request.visit_form import customer_options, visit_form
from templates.signoff.replies import exception_reply
from templates.signoff.views import decision_form
from templates.slack.message import Message
from templates.slack.metadata import FormMeta
from templates.slack.notice import message_view, notice_view
from tests.models.visits import STANDARD
from tests.templates.scenes import (
    ARGS,
    NAMES,
    NOW,
    READERS,
    TEAM,
    filled,
    invitations,
    long_policy,
    make,
    reader,
    states,
)

LOCALES = ["en", "zh"]
ALL_VERBS = frozenset(Verb)
LATE = timedelta(minutes=12)
OURS = re.compile("[\U000f0000-\U0010ffff]")


def check(message: Message | None) -> None:
    if message is None:
        return
    message_content(Args({"text": message.text, "blocks": message.blocks}), 4000)
    assert message.text.strip()
    _inert(message.blocks)


def check_view(view: dict[str, Any]) -> None:
    assert view_problems(view) == []
    _inert(view["blocks"])


def _inert(part: Any) -> None:
    """No plain text shows a mention as code, none of our private characters is left over."""
    if isinstance(part, dict):
        if part.get("type") == "plain_text":
            assert not part["text"].startswith("<@U") or "evil" in part["text"]
        for value in part.values():
            _inert(value)
    elif isinstance(part, list):
        for each in part:
            _inert(each)
    elif isinstance(part, str):
        assert not OURS.search(part)


@cache
def every_state(words: str) -> list[VisitPicture]:
    return list(states(words))


@cache
def with_many_tasks() -> list[VisitPicture]:
    return list(islice(states(NAMES["hostile"], long_policy(60)), 3, None, 5))


def in_turns(seed: str) -> Iterator[tuple[str, VisitPicture]]:
    """Every state twice, with two of the names, other ones for each seed."""
    all_states = {name: every_state(words) for name, words in NAMES.items()}
    names = list(NAMES)
    for number in range(len(all_states["plain"])):
        for name in (
            names[(number + len(seed)) % len(names)],
            names[(number * 5 + 1) % len(names)],
        ):
            yield NAMES[name], all_states[name][number]


def test_every_kind_is_tried() -> None:
    assert set(ARGS) == set(KINDS)


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("kind", sorted(KINDS))
def test_messages(kind: str, locale: str) -> None:
    """Every kind in every state, with words and readers taking turns."""
    said, turn = 0, itertools.count(sum(map(ord, kind)))
    for words, picture in in_turns(kind):
        for args in filled(kind, words):
            who = READERS[next(turn) % len(READERS)]
            message = _render(kind, picture, args, who(locale))
            check(message)
            said += message is not None
    assert said


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize(
    "kind",
    [
        "visit_card",
        "tasks",
        "chase",
        "preparation_check",
        "please_confirm",
        "open_items",
        "follow_up_task",
    ],
)
def test_many_tasks(kind: str, locale: str) -> None:
    """Sixty items with long names: the list ends in how many more there are."""
    for picture in with_many_tasks():
        for args in ARGS[kind][:1]:
            check(_render(kind, picture, args, reader(locale, "U01MEI")))
            check(_render(kind, picture, args, reader(locale, None)))


def test_the_end_of_a_long_list_is_told() -> None:
    picture = make(policy=long_policy(60))
    for kind in ("tasks", "chase", "preparation_check", "please_confirm", "open_items"):
        message = _render(kind, picture, {"step": "check_day"}, reader("en", "U01MEI"))
        assert message is not None
        shown = str(message.blocks)
        assert "and " in shown
        assert " more" in shown


def _render(kind: str, picture: VisitPicture, args: dict[str, Any], who: Any) -> Message | None:
    needed = {"trip_declined": "driver", "task_problem": "by"}
    if kind in needed:
        args = {"driver": "U01MA", "by": "U01MEI", "text": "x"} | args
    return render(kind, picture, args, who, NOW, LATE)


@pytest.mark.parametrize("words", NAMES)
@pytest.mark.parametrize("locale", LOCALES)
def test_replies(locale: str, words: str) -> None:
    who = reader(locale, "U01LIN", "America/New_York")
    pictures = every_state(NAMES[words])
    wanted = Wanted(Shelf.ALL, NAMES[words][:WORDS_LIMIT], 1)
    check(list_reply(who, Found(wanted, NOW, (pictures * 3)[:PAGE], 100)))
    check(list_reply(who, Found(wanted, NOW, [], 0)))
    assert len(visit_options(who, Found(wanted, NOW, pictures, 1))) == len(pictures)
    check(help_reply(who, ALL_VERBS))
    check(help_reply(who, frozenset(), unknown=NAMES[words]))
    check(roles_reply(who, STANDARD, dict.fromkeys(STANDARD.company.keys, ["U01LIN"] * 30)))
    for picture in pictures:
        check(show_reply(who, picture, NOW, ALL_VERBS))
        check(invited_reply(who, picture, NOW, ["U01ZHAO"] * 30, ["U01PARK"] * 30))
        check(why_reply(who, picture, NOW, ALL_VERBS))
        check(repeated_reply(who, picture, NOW))
        for each in picture.exceptions[:4]:
            check(exception_reply(who, picture, NOW, each.id, ["chairman"]))
        for cost in picture.costs:
            check(cost_reply(who, picture, NOW, cost))
        check(changed_reply(who, picture, NOW, True, ["chairman"]))


@pytest.mark.parametrize("words", NAMES)
@pytest.mark.parametrize("locale", LOCALES)
def test_forms(locale: str, words: str) -> None:
    who, name = reader(locale, "U01LIN", "Europe/Berlin"), NAMES[words]
    for picture in every_state(name)[:: len(locale) + len(words) % 2]:
        check_view(details_view(who, picture, NOW, ALL_VERBS))
        sent = submitted_words(who, picture, NOW, ["vice_president"])
        meta = FormMeta(form_key="key", visit=7, revision=1)
        check_view(details_form(who, picture, NOW, {}, meta=meta, site="Asia/Shanghai", sent=sent))
    picture = make(words=name)
    task, trip, step = picture.tasks[0], picture.trips[0], picture.approvals[0]
    check_view(decision_form(who, picture, step, StepState.DECLINED))
    check_view(decision_form(who, picture, step, StepState.CHANGES_ASKED))
    check_view(problem_form(who, picture, task))
    check_view(hand_over_form(who, picture, task))
    drive = Drive(NOW, NOW + timedelta(hours=1), "V-2026-0001")
    for count in (0, 1, 100, 101):
        drivers = [Driver(f"U{n}", name, drive) for n in range(count)]
        check_view(assign_form(who, picture, trip, drivers))
        if drivers:
            check_options({"options": driver_options(who, drivers, "")})
    check_view(decline_trip_form(who, picture, trip, 1))
    check_view(feedback_form(who, picture))
    check_view(reschedule_form(who, picture))
    check_view(cancel_form(who, picture))
    check_view(decision_form(who, picture, picture.exception_steps(1)[0], StepState.DECLINED))
    check_view(exception_form(who, picture, NOW, "f" * 32))
    check_view(cost_form(who, picture, NOW, "f" * 32))
    invited = make(words=name, invitations=invitations(name))
    check_view(invite_form(who, invited))
    for each in invited.invitations:
        check_view(cannot_attend_form(who, invited, each, "U01ZHAO"))
    check_view(setup_form(who, STANDARD, TEAM))
    check_view(
        setup_form(who, STANDARD, dict.fromkeys(STANDARD.company.keys, ["U01LIN"] * 20), "driver")
    )
    check_view(notice_view(who, name * 40))
    check_view(message_view(who, show_reply(who, picture, NOW, ALL_VERBS)))
    check_options({"options": customer_options(who, [name + str(n) for n in range(120)], name)})


@pytest.mark.parametrize("words", NAMES)
@pytest.mark.parametrize("locale", LOCALES)
def test_roles_of_a_visit_and_its_rating(locale: str, words: str) -> None:
    who, express = reader(locale, "U01LIN"), load_policy("express")
    picture = make(words=NAMES[words], policy=express, named={"reception_specialist": ["U01MEI"]})
    check_view(fill_form(who, picture))
    check_view(details_view(who, picture, NOW, ALL_VERBS))
    rated = load_policy("thirteen_steps")
    raters = {"area_sales_manager": ["U01LIN"]}
    asked = make(VisitStatus.REQUESTED, words=NAMES[words], policy=rated)
    asked = replace(asked, holders=TEAM | raters)
    asked.visit.rating_asked_at = NOW
    message = _render("rating", asked, {}, who)
    check(message)
    assert message is not None
    assert "static_select" in str(message.blocks)
    for kind in ("rating", "approval", "visit_card"):
        asked.visit.rating_ended_at, asked.visit.rated_by, asked.visit.rated = NOW, "U01RUTH", "a"
        check(_render(kind, asked, {"step": 3}, who))


@pytest.mark.parametrize("words", NAMES)
@pytest.mark.parametrize("locale", LOCALES)
def test_the_visit_form(locale: str, words: str) -> None:
    who, name = reader(locale, "U01LIN", "Europe/Berlin"), NAMES[words]
    texts = ("customer", "lead_guest", "lead_guest_title", "travel_number", "pickup_place")
    values: dict[str, Any] = dict.fromkeys((*texts, "guests", "notes"), name * 30)
    values |= {"purpose": name, "level": name, "travel_by": "ship", "party_size": "1e999"}
    values |= {"arrival": NOW, "departure": "tomorrow", "budget": "-5", "host": "U01LIN"}
    meta = FormMeta(form_key="f" * 64, visit=1, revision=2)
    for first in (values, {}):
        for draft in (None, "offered", "resumed"):
            form = visit_form(
                who, STANDARD, first, meta=meta, draft=draft, draft_key="k", site="Asia/Shanghai"
            )
            check_view(form)
        check_view(
            visit_form(
                who, STANDARD, first, meta=meta, kind="changes", comment=name * 9, number="V-1"
            )
        )


@pytest.mark.parametrize("words", NAMES)
@pytest.mark.parametrize("locale", LOCALES)
def test_home(locale: str, words: str) -> None:
    who = reader(locale, "U01MEI", "America/New_York")
    pictures = every_state(NAMES[words])[:20]
    waiting = [
        item
        for picture in pictures[:5]
        for item in (
            WaitingItem("approval", picture, NOW, step=picture.approvals[0]),
            WaitingItem("exception", picture, NOW, step=picture.exception_steps(1)[0]),
            WaitingItem("changes", picture, NOW),
            *(
                WaitingItem("invitation", picture, NOW, invitation=each)
                for each in invitations(NAMES[words])
            ),
            WaitingItem("car", picture, NOW, trip=picture.trips[0]),
            WaitingItem("trip", picture, NOW, trip=picture.trips[0]),
            *(WaitingItem("task", picture, NOW, task=task) for task in picture.tasks),
        )
    ]
    for agenda in (
        HomeAgenda(pictures, waiting, pictures),
        HomeAgenda(pictures, [], []),
        HomeAgenda([], [], []),
    ):
        check_view(home_view(who, agenda, NOW, ALL_VERBS, NOW.date()))
        check_view(home_view(who, agenda, NOW, frozenset(), NOW.date()))
