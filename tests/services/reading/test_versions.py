"""Visits keep the version of the policy that they were asked under, whatever becomes of it."""

import hashlib
import logging
import threading
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text as sql
from sqlmodel import col, select

from models.base.errors import InvalidForm
from models.base.permissions import Verb
from models.base.words import DeliveryState, VisitStatus
from models.policy import Policy, load_policy, restore_policy
from models.policy.approvals import approvers_for
from models.policy.load import SHIPPED
from models.reading.facts import facts_of
from models.records.people import Reader
from models.records.procedure import PolicyVersion
from models.records.visit import Visit
from services.procedure import watch
from services.reading import versions
from services.reading.desk import Desk
from services.request import changes
from services.request.stored import form_of
from services.store.database import Database
from templates.procedure.why import why_reply
from tests.services.conftest import LIN, SITE, START, Office

TEXT = (SHIPPED / "standard.toml").read_text(encoding="utf-8")
_WAITERS = sql("SELECT count(*) FROM pg_locks WHERE NOT granted")
STEP = """
[[step]]
key = "old_reminder"
at = "arrival -2h"
to = ["host"]
text = "As the old file says"
"""


@pytest.fixture(autouse=True)
def nothing_restored(monkeypatch: pytest.MonkeyPatch) -> None:
    """As in a bot that has just started."""
    monkeypatch.setattr(versions, "_restored", {})


def edited(text: str = TEXT, *changes_of_text: tuple[str, str], file: str = "mine.toml") -> Policy:
    """The standard policy as a company edited it."""
    for old, new in changes_of_text:
        assert old in text
        text = text.replace(old, new)
    return restore_policy(text, file)


def start_again(office: Office, policy: Policy) -> None:
    """The bot's next start, with another file."""
    office.site = replace(SITE, policy=policy)
    versions._restored.clear()


def reminders(office: Office, visit_id: int) -> list[tuple[str, Any]]:
    return [
        (row.args["step"], row.due_at)
        for row in office.rows("reminder", DeliveryState.PENDING)
        if row.visit_id == visit_id
    ]


def test_a_visit_keeps_its_version_when_the_file_changes(office: Office, tmp_path: Path) -> None:
    file = tmp_path / "mine.toml"
    file.write_text(TEXT + STEP, encoding="utf-8")
    start_again(office, load_policy(str(file)))
    visit_id = office.approved()
    before = office.look(visit_id)
    said = reminders(office, visit_id)
    assert "old_reminder" in [step for step, _ in said]

    file.write_text(TEXT, encoding="utf-8")
    start_again(office, load_policy(str(file)))
    form = form_of(before).model_copy(update={"notes": "by the old file"})
    office.do(LIN, changes.change_visit, visit_id, before.visit.revision, form)

    after = office.look(visit_id)
    assert after.policy.digest == before.policy.digest != office.site.policy.digest
    assert [task.key for task in after.tasks] == [task.key for task in before.tasks]
    assert reminders(office, visit_id) == said
    assert after.policy.step("old_reminder")


def test_a_visit_keeps_its_version_when_the_file_is_gone(office: Office, tmp_path: Path) -> None:
    file = tmp_path / "mine.toml"
    file.write_text(TEXT + STEP, encoding="utf-8")
    start_again(office, load_policy(str(file)))
    visit_id = office.submit()
    file.unlink()
    start_again(office, load_policy("express"))
    office.approve(visit_id)
    assert "old_reminder" in [step for step, _ in reminders(office, visit_id)]
    assert office.look(visit_id).policy.file == str(file)


def test_visits_from_before_versions_were_kept_keep_theirs(office: Office) -> None:
    start_again(office, restore_policy(TEXT + STEP, "mine.toml"))
    visit_id = office.submit()
    with office.database.session() as session:
        session.connection().execute(sql("DELETE FROM policy_version"))
    start_again(office, office.site.policy)
    assert office.do(None, watch.look_over) is not None
    start_again(office, load_policy("express"))
    office.approve(visit_id)
    assert "old_reminder" in [step for step, _ in reminders(office, visit_id)]


def test_chain_caps_and_lead_time_follow_the_kept_version(office: Office) -> None:
    old = load_policy("ranked_caps")
    start_again(office, old)
    visit_id = office.submit(level="senior", budget=30000)
    start_again(office, load_policy("star_levels"))
    view = office.look(visit_id)
    assert view.level.key == "senior"
    assert [step.role for step in view.approvals] == [
        each.role for each in approvers_for(old, facts_of(view))
    ]
    assert view.policy.lead_time == old.lead_time
    assert view.level.meals == old.level("senior").meals


def test_the_edit_form_takes_the_levels_of_the_kept_version(office: Office) -> None:
    start_again(office, load_policy("ranked_caps"))
    visit_id = office.submit(level="senior")
    start_again(office, load_policy("star_levels"))
    view = office.look(visit_id)
    form = form_of(view)
    office.do(
        LIN,
        changes.change_visit,
        visit_id,
        view.visit.revision,
        form.model_copy(update={"level": "special"}),
    )
    view = office.look(visit_id)
    assert view.visit.level == "special"
    with pytest.raises(InvalidForm) as caught:
        office.do(
            LIN,
            changes.change_visit,
            visit_id,
            view.visit.revision,
            form.model_copy(update={"level": "four_star"}),
        )
    assert "level" in caught.value.faults


def test_why_names_file_and_line_of_the_kept_text(office: Office) -> None:
    old = edited("# a line more\n" + TEXT, file="folder/kept.toml")
    start_again(office, old)
    visit_id = office.submit()
    start_again(office, load_policy("standard"))
    view = office.look(visit_id)
    reply = why_reply(Reader("en", "Asia/Shanghai", LIN), view, START, frozenset(Verb))
    said = str(reply.blocks)
    assert "kept.toml" in said
    line = old.lines["level.b.approvers"]
    assert line == office.site.policy.lines["level.b.approvers"] + 1
    assert f"`[[level]] b approvers`, line {line}" in said


def test_a_new_request_uses_the_policy_in_force_and_keeps_it(office: Office) -> None:
    first = office.submit()
    start_again(office, load_policy("express"))
    second = office.submit(level="a")
    assert office.look(first).policy.name == "standard"
    assert office.look(second).policy.name == "express"
    with office.database.reading() as session:
        names = session.exec(select(PolicyVersion.name).order_by(col(PolicyVersion.name))).all()
    assert names == ["express", "standard"]


def broken(office: Office, visit_id: int, text: str) -> str:
    """Have a visit keep a text that this version of the product cannot read."""
    digest = hashlib.sha256(text.encode()).hexdigest()[:16]
    with office.database.session() as session:
        session.add(
            PolicyVersion(
                digest=digest, name="newer", file="newer.toml", text=text, kept_at=office.now
            )
        )
        visit = session.get_one(Visit, visit_id)
        visit.policy_digest, visit.policy_name = digest, "newer"
        session.add(visit)
    return digest


@pytest.mark.parametrize("text", [TEXT + "\n[weather]\numbrella = true\n", "name = "])
def test_a_version_that_cannot_be_read_any_more_takes_nothing_down(
    office: Office, text: str, caplog: pytest.LogCaptureFixture
) -> None:
    visit_id = office.submit()
    digest = broken(office, visit_id, text)
    with caplog.at_level(logging.ERROR, "services.reading.versions"):
        office.approve(visit_id)
        office.look(visit_id)
    said = [r.getMessage() for r in caplog.records if r.name == "services.reading.versions"]
    assert len(said) == 1  # named once
    assert "policy newer cannot be read: newer.toml: " in said[0]
    view = office.look(visit_id)
    assert view.status == VisitStatus.APPROVED
    assert view.policy.digest == office.site.policy.digest
    assert view.preparation
    with office.database.reading() as session:
        (lost,) = versions.unreadable(session, office.site)
    assert (lost.name, lost.digest, lost.visits) == ("newer", digest, [view.visit.number])
    assert lost.reason
    assert lost.reason.startswith("newer.toml: ")


def test_a_version_that_was_never_stored_is_named(office: Office) -> None:
    visit_id = office.submit()
    with office.database.session() as session:
        visit = session.get_one(Visit, visit_id)
        visit.policy_digest = "from_before"
        session.add(visit)
    office.approve(visit_id)
    with office.database.reading() as session:
        (lost,) = versions.unreadable(session, office.site)
    assert (lost.digest, lost.reason) == ("from_before", None)


def test_what_can_be_read_is_not_named(office: Office) -> None:
    office.submit()
    start_again(office, load_policy("express"))
    office.submit(level="a")
    with office.database.reading() as session:
        assert versions.unreadable(session, office.site) == []


def test_two_bots_store_one_version_at_once(postgres_url: str) -> None:
    policy = edited(TEXT, ('title = { en = "', '# both\ntitle = { en = "'))
    raised: list[Exception] = []
    stored = threading.Event()

    def other() -> None:
        try:
            with Database(postgres_url) as second, second.session() as session:
                versions.keep(Desk(session, START, SITE, LIN, "slack"), policy)
                stored.set()
        except Exception as error:  # noqa: BLE001 - handed to the test
            raised.append(error)

    thread = threading.Thread(target=other)
    with Database(postgres_url) as database:
        with database.session() as session:
            versions.keep(Desk(session, START, SITE, LIN, "slack"), policy)
            thread.start()
            while not waiting(database):
                assert thread.is_alive(), "the second did not wait for the first"
        thread.join()
        assert not raised
        assert stored.is_set()
        with database.reading() as session:
            rows = session.exec(select(PolicyVersion)).all()
            assert [row.digest for row in rows] == [policy.digest]
            found = versions.kept(session, policy.digest)
            assert found is not None
            assert (found.digest, found.lines) == (policy.digest, policy.lines)


def waiting(database: Database) -> bool:
    """Whether somebody waits for what another transaction holds."""
    with database.reading() as session:
        return bool(session.connection().execute(_WAITERS).scalar())


def test_moving_a_visit_keeps_its_version(office: Office) -> None:
    start_again(office, edited(TEXT + STEP))
    visit_id = office.approved()
    start_again(office, load_policy("standard"))
    view = office.look(visit_id)
    day = timedelta(days=1)
    office.do(
        LIN,
        changes.reschedule_visit,
        visit_id,
        view.visit.revision,
        view.visit.arrival + day,
        view.visit.departure + day,
        None,
        None,
    )
    moved = [at for step, at in reminders(office, visit_id) if step == "old_reminder"]
    assert moved == [view.visit.arrival + day - timedelta(hours=2)]
