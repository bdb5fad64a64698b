"""An outcome that the database does not take: the others are marked, and nothing is said twice."""

import logging
from collections.abc import Sequence
from datetime import datetime
from types import SimpleNamespace
from typing import Any

import pytest
from slack_sdk.errors import SlackApiError

from models.base.words import DeliveryState
from models.reminders.outbox import CHANNEL
from sandbox.server import Sandbox
from scheduler import settle
from scheduler.claim import LEASE, claim
from scheduler.mark import mark
from scheduler.rows import Outcome, Over, PutBack, Said
from services.store.database import Database
from tests.scheduler.conftest import (
    LIN,
    MA,
    NOW,
    RUTH,
    SAM,
    SITE,
    Dispatch,
    Outbox,
    Time,
    posted,
    texts,
)

SURROGATE = "1.1\ud800"
"""What JSON can hold and neither database can store."""


class StrangeSlack:
    """Answers one recipient strangely, the others as ever."""

    retry_handlers = ()

    def __init__(self, whom: str, ts: str = "1.1", error: str | None = None) -> None:
        self._whom, self._ts, self._error = whom, ts, error
        self.posts: list[str] = []

    async def chat_postMessage(self, *, channel: str, **_: Any) -> SimpleNamespace:  # noqa: N802
        self.posts.append(channel)
        is_strange = channel == self._whom
        if is_strange and self._error is not None:
            data = {"ok": False, "error": self._error}
            answer = SimpleNamespace(status_code=200, data=data, headers={})
            raise SlackApiError("no", answer)  # type: ignore[no-untyped-call]
        return SimpleNamespace(
            data={"channel": f"D{channel[1:]}", "ts": self._ts if is_strange else "1.1"}
        )


async def test_a_strange_answer_to_one_does_not_hold_up_the_marks_of_the_others(
    outbox: Outbox, dispatch: Dispatch, time: Time, caplog: pytest.LogCaptureFixture
) -> None:
    rows = {who: outbox.owe(who) for who in (LIN, SAM, RUTH, MA)}
    slack = StrangeSlack(SAM, ts=SURROGATE)
    dispatcher = dispatch(client=slack)
    counts = await dispatcher.drain()
    assert {outbox.state(row) for row in rows.values()} == {DeliveryState.SENT}
    assert counts.sent == 4
    strange = outbox.row(rows[SAM])
    assert (strange.sent_revision, strange.sent_at, strange.ts) == (1, NOW, None)
    assert rows[SAM] in caplog.text
    assert rows[LIN] not in caplog.text
    for _ in range(3):
        await dispatch(client=slack).drain(time.advance(seconds=LEASE.total_seconds() + 1))
    assert sorted(slack.posts) == sorted(rows)


async def test_a_channel_too_long_for_its_column_does_not_hold_up_the_others(
    outbox: Outbox, dispatch: Dispatch
) -> None:
    """PostgreSQL refuses it; SQLite stores it."""
    rows = [outbox.owe(who) for who in (LIN, SAM, RUTH)]
    slack = StrangeSlack(SAM, ts="1." + "1" * 400)
    await dispatch(client=slack).drain()
    assert {outbox.state(row) for row in rows} == {DeliveryState.SENT}
    assert len(slack.posts) == 3


async def test_a_strange_error_code_is_kept_as_far_as_it_can_be_read(
    outbox: Outbox, dispatch: Dispatch
) -> None:
    fine, strange = outbox.owe(LIN), outbox.owe(SAM)
    slack = StrangeSlack(SAM, error="no\x00such\ud800thing" + "x" * 500)
    counts = await dispatch(client=slack).drain()
    assert (counts.sent, counts.failed) == (1, 1)
    row = outbox.row(strange)
    assert row.state == DeliveryState.FAILED
    assert (row.reason or "").startswith("chat.postMessage:nosuchthingxxx")
    assert len(row.reason or "") < 200
    assert outbox.state(fine) == DeliveryState.SENT


async def test_a_notice_that_cannot_be_made_does_not_hold_up_the_mark(
    outbox: Outbox,
    dispatch: Dispatch,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    def broken(*_: object) -> None:
        raise KeyError("a role that is gone")

    monkeypatch.setattr(settle, "tell_of_faults", broken)
    fine, refused = outbox.owe(LIN), outbox.owe(SAM)
    slack = StrangeSlack(SAM, error="user_disabled")
    await dispatch(client=slack).drain()
    assert (outbox.state(fine), outbox.state(refused)) == (DeliveryState.SENT, DeliveryState.FAILED)
    assert outbox.row(refused).reason == "chat.postMessage:user_disabled"
    assert "a role that is gone" in caplog.text


async def test_what_cannot_be_marked_at_all_is_looked_for_before_it_is_said_again(
    outbox: Outbox,
    dispatch: Dispatch,
    sandbox: Sandbox,
    time: Time,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    fine, cursed = outbox.owe(LIN, text="fine"), outbox.owe(SAM, text="cursed")

    def refusing(session: Any, outcomes: Sequence[Outcome], now: datetime) -> list[Outcome]:
        if any(outcome.row.id == cursed for outcome in outcomes):
            raise ValueError("not this one")
        return mark(session, outcomes, now)

    caplog.set_level(logging.ERROR)
    with monkeypatch.context() as patch:
        patch.setattr(settle, "mark", refusing)
        counts = await dispatch().drain()
        assert (counts.sent, outbox.state(fine)) == (1, DeliveryState.SENT)
        assert outbox.state(cursed) == DeliveryState.CLAIMED
        assert cursed in caplog.text
    await dispatch().drain(time.advance(seconds=LEASE.total_seconds()))
    assert (outbox.state(cursed), outbox.row(cursed).ts) == (
        DeliveryState.SENT,
        posted(sandbox, SAM)[0].ts,
    )
    assert texts(sandbox, SAM) == ["cursed"]


def test_each_kind_of_outcome_has_words_of_our_own(outbox: Outbox, database: Database) -> None:
    """Where Slack's cannot be stored."""
    for who in (LIN, SAM, RUTH):
        outbox.owe(who)
    card = outbox.owe(CHANNEL, "visit_card", channel="C1", ts="1.1")
    with database.session() as session:
        said, back, over, updated = sorted(claim(session, NOW), key=lambda row: row.seq)
    outcomes: list[Outcome] = [
        Said(said, "sent", 1, "D1", SURROGATE, None, NOW),
        PutBack(back, NOW + LEASE, "down" + SURROGATE, True, True, None, SURROGATE),
        Over(over, DeliveryState.FAILED, "refused" + SURROGATE, 1),
        Said(updated, "updated", 1, "C1", SURROGATE, "d", NOW),
    ]
    settled = settle.settle(database, SITE, outcomes, NOW)
    assert (len(settled.marked), settled.unmarked) == (4, [])
    rows = [outbox.row(claimed.id) for claimed in (said, back, over)]
    assert [(row.state, row.reason, row.ts) for row in rows] == [
        (DeliveryState.SENT, None, None),
        (DeliveryState.PENDING, settle.UNSTORABLE, None),
        (DeliveryState.FAILED, settle.UNSTORABLE, None),
    ]
    row = outbox.row(card)
    assert (row.state, row.ts, row.digest) == (DeliveryState.SENT, "1.1", None)
