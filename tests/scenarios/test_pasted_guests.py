"""A salesperson pastes the guests as they have them (A03)."""

from collections.abc import Callable

import pytest

from sandbox.persona_modal import SubmitResult
from tests.scenarios.company import ON_SQLITE, Company

pytestmark = ON_SQLITE


async def pasted(company: Company, change: Callable[[object], str]) -> SubmitResult:
    """The edit form with other guests, made of those that it shows; closed once it is taken."""
    await company.sam.click("Edit", message=company.card())
    form = await company.sam.modal()
    await form.fill("Guests", change(form.field("Guests").value))
    result = await form.submit()
    assert result.acked
    if result.view is not None:
        await result.view.close()
    elif not result.closed:
        await form.close()
    await company.settle()
    return result


async def test_a_pasted_list_is_read_or_asked_about_and_added_to(company: Company) -> None:
    await company.request(company.sam)
    asked = await pasted(company, lambda _: "王磊，总经理，张伟")
    assert "王磊，总经理，张伟" in asked.errors["Guests"]
    table = '序号\t姓名\t职务\n1\t王磊\t总经理\n2\t"Smith, John"\tCEO'
    assert not (await pasted(company, lambda _: table)).errors

    def one_more(known: object) -> str:
        assert known == '王磊, 总经理\n"Smith, John", CEO'
        return f"{known}\n3、张伟（经理）"

    assert not (await pasted(company, one_more)).errors
    await company.sam.click("Details", message=company.card())
    shown = (await company.sam.modal()).text()
    for words in ("王磊, 总经理", "Smith, John, CEO", "张伟, 经理"):
        assert words in shown


@pytest.mark.parametrize(
    ("words", "customer", "has_arrival"),
    [
        ("Ruby Tuesday", "Ruby Tuesday", False),
        ("今天国际 明天下午三点", "今天国际", True),
        ("周六福珠宝 下下周五", "周六福珠宝", True),
        ("Acme tomorrow afternoon", "Acme", False),
    ],
)
async def test_words_behind_new_fill_what_is_sure(
    company: Company, words: str, customer: str, has_arrival: bool
) -> None:
    await company.sam.command(f"/visit new {words}", channel="visits")
    form = await company.sam.modal("New visit")
    assert form.field("Customer").value == customer
    assert (form.field("Arrival").value is not None) is has_arrival
