"""Customers: one of each name, none without a name that can be seen."""

import pytest
from sqlmodel import select

from models.base.errors import InvalidForm
from models.records.customers import Customer
from tests.services.conftest import Office


def names(office: Office) -> list[str]:
    with office.database.reading() as session:
        return sorted(customer.name for customer in session.exec(select(Customer)))


@pytest.mark.parametrize("sign", ["\u200b", "\u3164", "\u2800", "\u00ad", "\u2060"])
def test_a_name_that_looks_empty_is_refused(office: Office, sign: str) -> None:
    for field in ("customer", "lead_guest", "lead_guest_title"):
        with pytest.raises(InvalidForm) as refused:
            office.submit(**{field: f" {sign} "})
        assert {name: fault.code for name, fault in refused.value.faults.items()} == {
            field: "required"
        }
    assert names(office) == []


@pytest.mark.parametrize("sign", ["\u200b", "\u3164", "\u2800", "\u00ad", "\u2060"])
def test_signs_that_nobody_sees_make_no_second_customer(office: Office, sign: str) -> None:
    office.submit(customer=f"Acme Ltd{sign}")
    office.submit(customer=f"{sign}ＡＣＭＥ　Ltd")
    office.submit(customer="acme ltd")
    assert names(office) == ["Acme Ltd"]


def test_quotation_marks_of_another_kind_make_no_second_customer(office: Office) -> None:
    for name in (
        "O’Neil & Co",
        "O'Neil & Co",
        "“O’Neil & Co”",
        '"O\'Neil & Co"',
        "＂O＇Neil & Co＂",
    ):
        office.submit(customer=name)
    assert names(office) == ["O’Neil & Co"]
    office.submit(customer='"Orion" Optics')
    office.submit(customer="“Orion” Optics")
    assert names(office) == ['"Orion" Optics', "O’Neil & Co"]
