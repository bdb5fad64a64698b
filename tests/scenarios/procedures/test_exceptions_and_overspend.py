"""Beyond the caps of P02 and P15: who writes, who signs, who agrees, and who bears the rest."""

from typing import Any

from sandbox.persona import Persona
from sandbox.persona_modal import SubmitResult
from tests.scenarios.company import ON_SQLITE, Company, dm
from tests.scenarios.procedures.flow import Flow, lives_by

WHY = {"What": "Dinner", "Reason for the exception": "Their minister joins"}


async def send(
    company: Company, person: Persona, word: str, number: str, **values: Any
) -> SubmitResult:
    """Fill the form of `/visit exception` or `/visit cost`, and send it."""
    ack = await person.command(f"/visit {word} {number}", channel="visits")
    assert ack.acked
    modal = await person.modal()
    await modal.fill_all({key.replace("_", " "): value for key, value in values.items()})
    result = await modal.submit()
    await company.settle()
    return result


async def said(result: SubmitResult) -> str:
    """What the form was answered with; closes it."""
    assert result.view is not None, result.errors
    words = result.view.text()
    await result.view.close()
    return words


@ON_SQLITE
@lives_by("abc_levels")
async def test_p02_an_exception_is_written_signed_and_agreed(company: Company) -> None:
    flow = Flow(company)
    number = await flow.request("b", **{"Account owner": "ruth.adler"})
    await flow.approve(company.chen, company.zhao)

    # Written by the account manager: dinner for four at level B is 4 x 120.
    asked = await send(company, company.ruth, "exception", number, Planned_amount="800", **WHY)
    assert "CN¥800" in await said(asked)
    # Signed by the marketing manager, then agreed by the vice president.
    view = flow.picture()
    assert [step.role for step in view.exception_steps(view.exceptions[0].id)] == [
        "department_manager",
        "vice_president",
    ]
    assert not any("Exception for" in message.text for message in company.zhao.dms())
    card = dm(company.chen, "Exception for")
    assert "CN¥800" in card.text
    assert "CN¥480" in card.text
    assert "Their minister joins" in card.text
    await company.chen.click("Approve", message=card)
    await company.settle()
    assert flow.picture().exceptions[0].state == "pending"
    await company.zhao.click("Approve", message=dm(company.zhao, "Exception for"))
    await company.settle()
    assert flow.picture().exceptions[0].state == "approved"
    for person in (company.ruth, company.sam):
        assert "CN¥800" in dm(person, "Exception approved").text

    spent = await send(company, company.sam, "cost", number, What="Dinner", Amount="800")
    assert "within the approved exception of CN¥800" in await said(spent)
    assert not any("Overspend" in message.text for message in company.gao.dms())


@ON_SQLITE
@lives_by("abc_levels")
async def test_p02_overspend_is_borne_half_and_half(company: Company) -> None:
    flow = Flow(company)
    number = await flow.request("b", **{"Account owner": "ruth.adler"})
    await flow.approve(company.chen, company.zhao)

    spent = await send(company, company.ruth, "cost", number, What="Dinner", Amount="680")

    words = await said(spent)
    assert "CN¥200 above the cap of CN¥480 without an approved exception" in words
    assert "department CN¥100, handler CN¥100" in words
    for person in (company.sam, company.gao):  # the handler, and finance
        assert "department CN¥100, handler CN¥100" in dm(person, "Overspend").text
    late = await send(company, company.ruth, "exception", number, Planned_amount="680", **WHY)
    assert "spent already" in late.errors["What"]


@ON_SQLITE
@lives_by("ranked_caps")
async def test_p15_1300_for_four_is_within_and_1301_is_beyond(company: Company) -> None:
    flow = Flow(company)
    number = await flow.request("senior", **{"Party size": "4"})
    assert "dinner CN¥1,300" in flow.card(company.chen)  # 700 for two, 300 each further
    await flow.approve(company.chen, company.helen)

    within = await send(company, company.sam, "exception", number, Planned_amount="1300", **WHY)
    assert within.errors["Planned amount"] == (
        "The procedure allows up to CN¥1,300; no exception is needed."
    )
    await (await company.sam.modal()).close()
    beyond = await send(company, company.sam, "exception", number, Planned_amount="1301", **WHY)
    assert "CN¥1,301" in await said(beyond)
    assert "CN¥1,301" in dm(company.helen, "Exception for").text  # the general manager decides

    spent = await send(company, company.sam, "cost", number, What="Dinner", Amount="1301")
    assert "CN¥1 above the cap of CN¥1,300" in await said(spent)  # not decided yet
    leisure = await send(company, company.sam, "cost", number, What="Leisure", Amount="3400")
    assert "within the cap of CN¥3,400" in await said(leisure)  # 2,000 for two, 700 each further
