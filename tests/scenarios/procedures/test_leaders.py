"""Leaders under the procedures that say who leads: escorts, protocol grade, who decides."""

from tests.scenarios.company import ARRIVAL, ON_SQLITE, Company, dm
from tests.scenarios.procedures.flow import MINUTE, Flow, at, lives_by


@lives_by("company_flow")
async def test_p04_level_1_is_met_by_general_manager_vice_president_and_managers(
    company: Company,
) -> None:
    flow = Flow(company)
    await flow.request("level_1", **{"Lead guest's title": "General manager"})
    asked = flow.card(company.chen)
    assert "Protocol grade" not in asked  # no leader takes part yet
    assert "*Level 1*, as the procedure proposes" in asked
    assert "Level Level" not in asked
    assert "Nobody who may lead is invited yet*: General manager" in asked
    await flow.approve(company.chen, company.zhao, company.helen)

    await flow.invite(company.helen, company.zhao, company.chen)
    invited = dm(company.helen, "Will you attend?").text
    assert "as: General manager" in invited
    assert "lobby" in invited
    await flow.attend(company.helen, company.zhao, company.chen)
    assert "equal rank; @Helen Park (General manager) meets: General manager" in company.card().text
    assert flow.picture().visit.status == "approved"  # she decides at this level as it is
    assert flow.step("leaders_lobby") == [ARRIVAL - 10 * MINUTE]
    await company.until(ARRIVAL - MINUTE)
    for leader in (company.helen, company.zhao, company.chen):
        assert dm(leader, "be in the lobby")


@ON_SQLITE
@lives_by("company_flow")
async def test_p04_a_decline_offers_a_substitute_of_the_right_rank(company: Company) -> None:
    flow = Flow(company)
    await flow.request("level_2")
    await flow.approve(company.chen, company.zhao)
    await flow.invite(company.zhao, company.chen)  # VP, directors, managers
    await company.zhao.click("I cannot", message=dm(company.zhao, "Will you attend?"))
    form = await company.zhao.modal()
    assert form.field("Who instead").value is None  # the level is led by a vice president alone
    await form.close()
    company.give_role("vice_president", "zhao.min", "ruth.adler")
    await company.zhao.click("I cannot", message=dm(company.zhao, "Will you attend?"))
    form = await company.zhao.modal()
    assert form.field("Who instead").value == "ruth.adler"


@ON_SQLITE
@lives_by("reception_department")
async def test_p08_an_equal_rank_receives_and_may_be_raised(company: Company) -> None:
    flow = Flow(company)
    await flow.request("b", **{"Lead guest's title": "Manager"})
    await flow.approve(company.chen, company.zhao)
    await flow.invite(company.chen)  # a manager for a manager
    await flow.attend(company.chen)
    assert "equal rank; @陈浩" in company.card().text

    await company.sam.command("/visit invite V-2026-0001", channel="visits")
    form = await company.sam.modal()
    await form.fill("Whom to invite", ["zhao.min"])
    await form.submit()
    await company.settle()
    await flow.attend(company.zhao)
    shown = company.card().text
    assert "higher rank; @赵敏 (Vice president) meets: Department manager" in shown
    assert "⚠️" not in shown


@ON_SQLITE
@lives_by("reception_department")
async def test_p08_a_lower_rank_is_marked(company: Company) -> None:
    flow = Flow(company)
    await flow.request("b", Host="chen.hao", **{"Lead guest's title": "Chairman"})
    asked = flow.card(company.chen)
    assert "lower rank; @陈浩 (Department manager) meets: Chairman" in asked
    assert "⚠️ The procedure wants an equal rank." in asked


@lives_by("star_levels")
async def test_p09_the_general_manager_who_attends_sets_the_standard(company: Company) -> None:
    flow = Flow(company)
    await flow.request("five_star")
    await flow.approve(company.chen, company.zhao)
    await company.sam.click("Invite leaders", message=dm(company.sam, "Approved"))
    form = await company.sam.modal()
    await form.fill("Whom to invite", ["helen.park"])
    await form.submit()
    await company.settle()
    await flow.attend(company.helen)

    steps = flow.picture().approvals
    assert [(step.role, step.state) for step in steps] == [
        ("department_manager", "approved"),
        ("general_manager", "pending"),
    ]
    assert steps[1].reasons == [("attending", "approval")]
    assert flow.picture().is_prepared  # meanwhile
    await company.helen.click("Approve")
    await company.settle()
    assert flow.picture().visit.status == "approved"


@ON_SQLITE
@lives_by("thirteen_steps")
async def test_p18_leaders_are_invited(company: Company) -> None:
    flow = Flow(company)
    await flow.request("important", **{"Lead guest's title": "Manager"})
    await flow.approve(company.chen, company.zhao)
    assert flow.due()["leaders"] == at(ARRIVAL, -2, "17:00")
    assert flow.owner("leaders") == company.sam.id
    await flow.invite(company.chen)
    await flow.attend(company.chen)
    assert "*will attend*" in dm(company.sam, "will attend").text
    assert flow.picture().attending == [company.chen.id]


@ON_SQLITE
@lives_by("star_levels")
async def test_p09_whoever_was_being_asked_reads_that_the_decision_has_moved(
    company: Company,
) -> None:
    flow = Flow(company)
    await flow.request("three_star", **{"Lead guest's title": "Manager"})
    asked = dm(company.zhao, "Approve the visit")
    assert "Approve" in asked.buttons
    await company.sam.command("/visit invite V-2026-0001", channel="visits")
    form = await company.sam.modal()
    await form.fill("Whom to invite", ["helen.park"])
    await form.submit()
    await company.settle()
    await flow.attend(company.helen)

    over = dm(company.zhao, "decided by: General manager")
    assert over.buttons == ["Details"]
    assert "Preparation goes on" not in dm(company.sam, "*will attend*").text  # nothing is yet
    await flow.approve(company.helen)
