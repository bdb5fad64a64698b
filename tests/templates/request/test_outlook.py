"""What the form says of level and budget, and how it is shown anew without losing anything."""

from datetime import timedelta
from typing import Any

from models.policy import load_policy
from models.request.forms import AS_PROPOSED, VisitForm
from models.request.outlook import look_out
from templates.request.visit_form import visit_form, with_outlook
from templates.slack import ids
from templates.slack.metadata import FormMeta
from tests.models.visits import ARRIVAL, SHANGHAI, STANDARD
from tests.templates.request.test_forms import inputs, label
from tests.templates.scenes import EN, ZH
from tests.templates.test_messages import words

VALUES: dict[str, Any] = {
    "customer": "Acme",
    "purpose": "site_audit",
    "lead_guest": "Jane",
    "lead_guest_title": "Purchasing director",
    "party_size": 4,
    "arrival": ARRIVAL,
    "departure": ARRIVAL + timedelta(hours=6),
    "host": "U01LIN",
    "level": AS_PROPOSED,
}


def form(language: Any = EN, kind: Any = "new", **changes: Any) -> dict[str, Any]:
    values = VALUES | changes
    outlook = look_out(STANDARD, VisitForm(**values), SHANGHAI)
    meta = FormMeta(form_key="key-1")
    return visit_form(language, STANDARD, values, meta=meta, kind=kind, outlook=outlook)


def anew(view: dict[str, Any], **changes: Any) -> tuple[dict[str, Any], str] | None:
    filled = VisitForm(**(VALUES | changes))
    outlook = look_out(STANDARD, filled, SHANGHAI)
    shown = FormMeta.load(view["private_metadata"]).shown
    return with_outlook(EN, STANDARD, view, dict(filled), outlook, shown)


def test_the_proposal_stands_beneath_the_level() -> None:
    view = form()
    order = [block.get("block_id") for block in view["blocks"]]
    assert order[order.index("level") + 1] == ids.PROPOSAL
    assert "Proposed: B (managers)" in words(view["blocks"])
    assert "建议级别：B 级（经理）" in words(form(ZH)["blocks"])


def test_a_reason_is_asked_for_only_where_it_is_called_for() -> None:
    assert "level_reason" not in inputs(form())
    asked = inputs(form(level="a", level_reason="Because"))["level_reason"]
    assert asked["optional"] is False
    assert asked["element"]["initial_value"] == "Because"
    over = inputs(form(kind="edit", budget=2201, exception_reason="Why not"))["exception_reason"]
    assert over["optional"] is True
    assert over["element"]["initial_value"] == "Why not"
    assert "exception_reason" not in inputs(form(kind="edit", budget=2200))


def test_the_same_is_not_shown_anew() -> None:
    assert anew(form()) is None
    assert anew(form(), notes="Something typed", level="b") is None
    assert anew(form(level="a"), level="a", level_reason="Typed meanwhile") is None


def test_only_the_live_parts_change() -> None:
    before = form(kind="edit")
    before["blocks"].insert(0, {"type": "divider", "block_id": "kept"})
    found = anew(before, level="c", budget=9000)
    assert found is not None
    view, digest = found
    assert FormMeta.load(view["private_metadata"]) == FormMeta(form_key="key-1", shown=digest)
    live = {ids.PROPOSAL, ids.ALLOWED, "level_reason", "exception_reason", ids.LEVEL_CARS}
    rest = [block for block in view["blocks"] if block.get("block_id") not in live]
    assert rest == [b for b in before["blocks"] if b.get("block_id") not in live]
    order = [block.get("block_id") for block in view["blocks"]]
    at = order.index("level")
    assert order[at : at + 3] == ["level", ids.PROPOSAL, "level_reason"]
    at = order.index("budget")
    assert order[at : at + 3] == ["budget", ids.ALLOWED, "exception_reason"]
    assert {part: view[part] for part in ("callback_id", "title", "submit", "close")} == {
        part: before[part] for part in ("callback_id", "title", "submit", "close")
    }
    back = anew(view)
    assert back is not None
    assert live & {b.get("block_id") for b in back[0]["blocks"]} == {ids.PROPOSAL, ids.LEVEL_CARS}


def test_facts_are_asked_for_as_far_as_the_policy_wants_them() -> None:
    for name, asked in {
        "abc_levels": {"Customer kind", "Overseas customer", "Important visit"},
        "star_levels": {"Customer kind", "Registered capital", "Overseas customer"},
        "company_flow": {"Overseas customer"},
    }.items():
        view = visit_form(EN, load_policy(name), {}, meta=FormMeta())
        labels = {label(block) for block in inputs(view).values()}
        every = {"Customer kind", "Registered capital", "Overseas customer", "Important visit"}
        assert labels & every == asked
