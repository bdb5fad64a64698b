"""A noted cost is put right by a counter-line; nothing that was written is changed."""

from decimal import Decimal
from typing import Any

import pytest
from sqlmodel import select

from models.base.errors import InvalidForm, Outdated
from models.base.words import LedgerKind
from models.money.forms import CorrectionForm
from models.reading.ledger import spent
from models.records.money import LedgerLine
from services.money import costs
from tests.services.conftest import LIN, MEI, Office
from tests.services.money.test_costs import GAO, note, office, visit_of

__all__ = ["office"]


def correct(office: Office, visit_id: int, line: int, amount: str, **more: Any) -> Any:
    form = CorrectionForm(amount=Decimal(amount), reason=more.pop("reason", "Read wrongly"))
    key = more.pop("key", f"fix{line}{amount}")
    return office.do(more.pop("person", LIN), costs.correct_cost, visit_id, line, form, key)


def ledger(office: Office, visit_id: int) -> list[LedgerLine]:
    with office.database.reading() as session:
        lines = session.exec(select(LedgerLine).where(LedgerLine.visit_id == visit_id)).all()
        session.expunge_all()
        return sorted(lines, key=lambda line: line.id or 0)


def test_a_counter_line_and_the_right_one(office: Office) -> None:
    visit_id = visit_of(office)
    old = note(office, visit_id, "meals:dinner", "680.01").cost
    assert old.over == Decimal("200.01")

    new = correct(office, visit_id, old.id, "480.10").cost

    assert (new.kind, new.amount, new.allowed, new.over) == (
        LedgerKind.EXPENSE,
        Decimal("480.10"),
        480,
        Decimal("0.10"),
    )
    assert [cost.id for cost in office.look(visit_id).costs] == [new.id]
    lines = ledger(office, visit_id)
    assert [(line.kind, line.amount, line.corrects_id, line.note) for line in lines] == [
        ("expense", Decimal("680.01"), None, None),
        ("correction", Decimal("-680.01"), old.id, "Read wrongly"),
        ("expense", Decimal("480.10"), None, None),
    ]
    assert lines[0].over == Decimal("200.01"), "as it was written"
    assert spent(lines) == spent(office.look(visit_id).costs) == Decimal("480.10")


def test_what_was_not_spent_at_all_frees_the_cap(office: Office) -> None:
    visit_id = visit_of(office)
    first = note(office, visit_id, "leisure", "1200").cost
    taken = correct(office, visit_id, first.id, "0").cost
    assert (taken.kind, taken.amount) == (LedgerKind.CORRECTION, -1200)
    assert office.look(visit_id).costs == []
    assert note(office, visit_id, "leisure", "1200", key="again").cost.over == 0


def test_corrected_once_whoever_clicks_and_however_often(office: Office) -> None:
    visit_id = visit_of(office)
    old = note(office, visit_id, "other", "100").cost
    new = correct(office, visit_id, old.id, "90", key="k").cost
    assert correct(office, visit_id, old.id, "90", key="k").is_repeat
    with pytest.raises(Outdated):
        correct(office, visit_id, old.id, "80", person=MEI)
    again = correct(office, visit_id, new.id, "95").cost
    assert [cost.id for cost in office.look(visit_id).costs] == [again.id]
    assert spent(ledger(office, visit_id)) == 95


def test_what_lies_above_now_is_told(office: Office) -> None:
    visit_id = visit_of(office)
    old = note(office, visit_id, "meals:dinner", "400").cost
    correct(office, visit_id, old.id, "500", person=MEI)
    assert sorted(who for _, who in office.waiting("overspend")) == [GAO, LIN]


@pytest.mark.parametrize(
    ("amount", "reason", "field", "code"),
    [
        (None, "x", "amount", "required"),
        (Decimal(-1), "x", "amount", "budget"),
        (Decimal("1.001"), "x", "amount", "budget"),
        (Decimal(100), "x", "amount", "same_amount"),
        (Decimal(90), " ", "reason", "required"),
        (Decimal(90), "x" * 1001, "reason", "too_long"),
    ],
)
def test_bad_input(
    office: Office, amount: Decimal | None, reason: str, field: str, code: str
) -> None:
    visit_id = visit_of(office)
    old = note(office, visit_id, "other", "100").cost
    form = CorrectionForm(amount=amount, reason=reason)
    with pytest.raises(InvalidForm) as refused:
        office.do(LIN, costs.correct_cost, visit_id, old.id, form, "k")
    assert refused.value.faults[field].code == code
    assert len(ledger(office, visit_id)) == 1


def test_a_line_of_another_visit(office: Office) -> None:
    visit_id, other = visit_of(office), visit_of(office)
    old = note(office, visit_id, "other", "100").cost
    with pytest.raises(Outdated):
        correct(office, other, old.id, "90")
