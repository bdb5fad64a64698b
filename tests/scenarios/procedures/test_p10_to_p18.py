"""One visit under each written procedure, P10 to P18: its own figures, as far as they are run."""

from datetime import datetime

from models.base.words import Phase
from tests.scenarios.company import (
    ARRIVAL,
    DEPARTURE,
    DROPOFF,
    ON_SQLITE,
    PICKUP,
    SHANGHAI,
    START,
    Company,
    dm,
)
from tests.scenarios.procedures.flow import DAY, HOUR, MINUTE, Flow, at, lives_by


@ON_SQLITE
@lives_by("ten_steps")
async def test_p10_ten_steps_note_the_intention(company: Company) -> None:
    flow = Flow(company)
    await flow.request("b")
    assert "Gifts up to CN¥600" in flow.card(company.chen)  # a gift by level
    await flow.approve(company.chen, company.zhao)
    assert flow.owner("gate") == company.xu.id  # identity is checked on arrival
    assert flow.step("identity") == [ARRIVAL - 30 * MINUTE]
    await flow.leave()
    assert {"open_questions", "cooperation_plan"} <= flow.due(Phase.FOLLOW_UP).keys()
    await company.sam.click("Give feedback")
    form = await company.sam.modal()
    answers = {"Satisfaction": "92", "Intention": "Will sign", "Open questions": "Delivery time"}
    await form.fill_all(answers)
    await form.submit()
    await company.settle()
    given = flow.picture().feedback
    assert given is not None
    assert (given.intention, given.open_questions) == ("will_sign", "Delivery time")


@ON_SQLITE
@lives_by("major_event")
async def test_p11_departments_rehearsal_and_posts(company: Company) -> None:
    flow = Flow(company)
    await flow.request("honoured")
    await flow.approve(company.chen, company.zhao, company.helen)
    due = flow.due()
    departments = ("service", "security", "engineering", "grounds", "cleaning", "logistics")
    for department in departments:
        assert due[f"plan_{department}"] == at(ARRIVAL, -7, "17:00")
    assert flow.owner("plan_engineering") == company.dev.id
    assert due["rehearsal"] == at(ARRIVAL, -2, "12:00")
    assert due["faults_mended"] == at(ARRIVAL, -1, "17:00")
    assert due["fire_check"] == due["power_water"] == at(ARRIVAL, -2, "17:00")
    assert flow.step("posts_manned") == [ARRIVAL - HOUR]
    await flow.leave()
    later = flow.due(Phase.FOLLOW_UP)
    assert {f"summary_{department}" for department in departments} <= later.keys()


@ON_SQLITE
@lives_by("four_stages")
async def test_p12_four_stages(company: Company) -> None:
    flow = Flow(company)
    await flow.request("c", **{"Lead guest's title": "Buyer"})
    stages = [flow.picture().visit.status]  # appointment
    await flow.approve(company.chen)
    stages.append(flow.picture().visit.status)  # preparation, reception
    assert "training" in flow.due()
    await flow.leave()
    stages.append(flow.picture().visit.status)  # follow-up
    assert stages == ["requested", "approved", "follow_up"]


async def test_p13_standard_process(company: Company) -> None:
    flow = Flow(company)
    await flow.request("a", **{"Lead guest's title": "CEO"})
    assert "as the procedure proposes: highest guest from Vice president up" in flow.card(
        company.chen
    )
    await flow.approve(company.chen, company.zhao, company.helen)
    flow.checks_are(24 * HOUR, 12 * HOUR)
    await flow.drivers()
    assert flow.step("call_before_pickup") == [PICKUP - HOUR]
    assert flow.step("car_ready_pickup") == [PICKUP - 15 * MINUTE]
    await flow.leave()
    assert flow.step("feedback_due") == [DEPARTURE + 24 * HOUR]
    assert flow.step("thank_you") == [at(DEPARTURE, 1, "09:00")]
    assert flow.due(Phase.FOLLOW_UP)["feedback"] == DEPARTURE + 24 * HOUR


@ON_SQLITE
async def test_p13_the_host_is_there_ten_minutes_before_the_arrival(company: Company) -> None:
    flow = Flow(company)
    meeting = ARRIVAL + 2 * HOUR
    await flow.request("b", **{"Second host": "lin.wei", "First meeting": meeting})
    await flow.approve(company.chen, company.zhao)
    assert flow.step("room_ready") == [meeting - 30 * MINUTE]  # E22
    assert flow.step("host_early") == [ARRIVAL - 10 * MINUTE]  # G01
    await company.until(meeting - 30 * MINUTE)
    for person in (company.sam, company.lin):
        assert "in 5 minutes at most" in dm(person, "agreed place").text  # G08
    assert "air conditioning on" in company.mei.last_dm().text


async def test_p13_draft_in_three_days_talk_in_seven_weekly_until_landed(
    company: Company,
) -> None:
    flow = Flow(company)
    await flow.request("b", **{"Account owner": "ruth.adler"})
    await flow.approve(company.chen, company.zhao)
    await flow.leave()
    assert flow.step("proposal_draft") == [
        at(DEPARTURE, 5, "09:00"),
        at(DEPARTURE, 6, "09:00"),
    ]  # +3d is a Saturday
    assert flow.step("second_talk") == [at(DEPARTURE, 7, "09:00")]
    assert flow.step("weekly_progress")[:3] == [at(DEPARTURE, d, "09:00") for d in (14, 21, 28)]
    await company.until(at(DEPARTURE, 21, "09:00"))
    escalated = dm(company.chen, "Escalation").text  # a day later
    assert "“Proposal draft” is not done. It was due Mon 21 Dec, 18:00, from @Ruth" in escalated
    assert "Second talk" in dm(company.ruth, "Second talk").text
    assert len([m for m in company.ruth.dms() if "Weekly progress" in m.text]) == 2
    await company.ruth.click("Lost")
    await company.settle()
    before = len(company.ruth.dms())
    await company.until(at(DEPARTURE, 50, "09:00"))
    assert len([m for m in company.ruth.dms()[before:] if "Weekly" in m.text]) == 0
    assert flow.step("outcome_archived") == [at(DEPARTURE, 22, "09:00")]


@ON_SQLITE
async def test_p13_start_three_working_days_ahead_urgent_at_24_hours(company: Company) -> None:
    soon = START + 23 * HOUR  # A26
    await company.request(company.sam, Arrival=soon, Departure=soon + 3 * HOUR)
    asked = dm(company.chen, "Approve the visit").text
    assert "asked for 0 working days ahead, the procedure wants 3" in asked
    friday = START + 4 * DAY  # Tuesday to Thursday lie between
    await company.request(company.sam, Arrival=friday, Departure=friday + 3 * HOUR)
    assert "rgent" not in company.card().text


@ON_SQLITE
@lives_by("overseas")
async def test_p14_overseas_customers(company: Company) -> None:
    flow = Flow(company)
    await flow.request("b", Purpose="Goods inspection")
    assert "Lodging: the guests pay" in flow.card(company.chen)
    await flow.approve(company.chen, company.zhao)
    due = flow.due()
    assert due["car"] == at(ARRIVAL, -2, "12:00")  # two days ahead
    assert due["aligned"] == due["supplies"] == at(ARRIVAL, -1, "12:00")  # R5.3
    assert flow.owner("cash_advance") == company.gao.id
    await flow.leave()
    later = flow.due(Phase.FOLLOW_UP)
    assert later["minutes"] == DEPARTURE  # right after the talks
    assert later["thank_you"] == at(DEPARTURE, 1, "18:00")  # R8.3
    assert later["orders"] == at(DEPARTURE, 2, "18:00")  # two working days on (R8.2)
    assert later["archive"] == at(DEPARTURE, 2, "18:00")  # filed by the second day


@ON_SQLITE
@lives_by("overseas")
async def test_p14_the_chairman_wants_notice_and_decides(company: Company) -> None:
    flow = Flow(company)
    await flow.request("a", Host="wang.guo", **{"Lead guest's title": "Chairman"})
    await flow.approve(company.chen, company.zhao, company.wang)
    assert flow.step("chairman") == [at(ARRIVAL, -3, "09:00")]


@ON_SQLITE
@lives_by("ranked_caps")
async def test_p15_senior_guests_and_their_caps(company: Company) -> None:
    flow = Flow(company)
    await flow.request("senior", Host="lin.wei", **{"Party size": "3"})
    card = flow.card(company.chen)
    assert "lunch CN¥800, dinner CN¥1,000" in card  # 500 + 300, 700 + 300
    assert "the company pays, 3 stars or more, CN¥200 to CN¥400 a room" in card
    assert "Leisure up to CN¥2,700" in card
    await flow.approve(company.chen, company.helen)
    assert {"hotel", "leisure", "souvenir"} <= flow.due().keys()  # B16
    await company.until(DROPOFF - 30 * MINUTE)  # G29
    leaving = dm(company.lin, "Before the guests leave")
    assert "Luggage counted" in leaving.text
    await company.lin.click("Done", message=leaving, near="Souvenir handed over")
    await company.settle()
    await flow.leave()
    assert flow.step("call_back") == [DEPARTURE + 8 * HOUR]  # H13: home at midnight
    await company.until(at(DEPARTURE, 1, "08:59"))
    assert not any("they should have arrived" in message.text for message in company.lin.dms())
    await company.until(at(DEPARTURE, 1, "09:00"))
    assert dm(company.lin, "they should have arrived")


@ON_SQLITE
@lives_by("ranked_caps")
async def test_p15_special_guests_go_to_the_top(company: Company) -> None:
    flow = Flow(company)
    await flow.request("special", **{"Party size": "2"})
    card = flow.card(company.helen)
    assert "lunch CN¥1,000, dinner CN¥2,000" in card
    assert "4 stars or more, CN¥400 to CN¥700 a room" in card
    await flow.approve(company.helen, company.wang)


@ON_SQLITE
@lives_by("ranked_caps")
async def test_p15_ordinary_guests_pay_their_lodging(company: Company) -> None:
    flow = Flow(company)
    await flow.request("ordinary", **{"Party size": "3", "Budget": "3001"})
    card = flow.card(company.chen)
    assert "lunch CN¥500, dinner CN¥600" in card
    assert "the level allows CN¥2,200 in all" in card  # two days
    await flow.approve(company.chen)
    assert flow.due().keys().isdisjoint({"hotel", "leisure"})


@ON_SQLITE
@lives_by("express")
async def test_p16_one_day_express(company: Company) -> None:
    company.give_roles(
        {
            "reception_specialist": ["mei.fang", "ruth.adler"],
            "general_affairs": ["dev.nair"],
            "production": ["gao.yun"],
            "research": ["zhou.jie"],
        }
    )
    flow = Flow(company)
    wednesday = datetime(2026, 12, 9, 10, 0, tzinfo=SHANGHAI)
    leaves = wednesday + 7 * HOUR
    await company.request(company.sam, Arrival=wednesday, Departure=leaves)
    assert not flow.picture().visit.is_urgent  # one day ahead is enough (A25)
    await flow.approve(company.chen)
    due = flow.due()
    assert due.pop("execution_sheet") == START + 24 * HOUR
    assert set(due.values()) == {at(wednesday, -1, "12:00")}  # all is confirmed a day before
    assert flow.step("sheet_due") == [START + 20 * HOUR]
    duties = {"five_s": company.gao, "research_answers": company.zhou, "name_cards": company.dev}
    assert {key: flow.owner(key) for key in duties} == {k: p.id for k, p in duties.items()}  # D18
    assert flow.owner("hotel") == company.mei.id  # her turn (D16)
    assert "You are Reception specialist" in dm(company.mei, "Reception specialist").text.replace(
        "*", ""
    )
    await company.until(leaves - HOUR)
    for someone in (company.sam, company.mei):
        assert dm(someone, "group photo")
    assert dm(company.mei, "You accompany the guests throughout")
    await company.until(leaves)
    assert flow.due(Phase.FOLLOW_UP)["summary"] == at(leaves, 2, "18:00")


@ON_SQLITE
@lives_by("ranked_cars")
async def test_p17_cars_and_home_by_rank(company: Company) -> None:
    flow = Flow(company)
    await flow.request("senior")
    await flow.approve(company.chen, company.helen)
    assert {"car", "home", "sights", "souvenir"} <= flow.due().keys()


@ON_SQLITE
@lives_by("ranked_cars")
async def test_p17_ordinary_guests_come_by_company_car_or_taxi(company: Company) -> None:
    flow = Flow(company)
    await flow.request("ordinary")
    await flow.approve(company.chen)
    assert "car" in flow.due()
    assert flow.due().keys().isdisjoint({"home", "hotel", "souvenir"})


@ON_SQLITE
@lives_by("thirteen_steps")
async def test_p18_thirteen_steps(company: Company) -> None:
    company.give_roles(
        {"sales_supervisor": ["gao.yun"], "area_sales_manager": ["ruth.adler"]},
    )
    flow = Flow(company)
    await flow.request("ordinary")
    assert not any("Approve" in message.buttons for message in company.chen.dms())  # A32: first
    await company.ruth.choose("Importance", "Important")
    await company.settle()
    assert "Important, rated by" in dm(company.ruth, "rated by").text
    assert flow.picture().visit.level == "important"
    assert flow.picture().visit.is_important
    assert "Important, rated by" in flow.card(company.chen)
    await flow.approve(company.chen, company.zhao)  # reviewed, then approved
    assert "Sales director" in company.history()  # C07
    chaser = dm(company.gao, "What is open and what help is needed")
    assert "Hotel" in chaser.text
    assert dm(company.mei, "tell the escorts")
    due = flow.due()
    assert due["reconfirm"] == at(ARRIVAL, -2, "12:00")
    assert due["leaders"] == at(ARRIVAL, -2, "17:00")
    assert {"drawn", "return_ticket", "welcome_words"} <= due.keys()
    await flow.drivers()
    assert flow.step("call_before_pickup") == [PICKUP - HOUR]
    assert flow.step("car_ready_pickup") == [PICKUP - 15 * MINUTE]
    assert flow.step("car_ready_dropoff") == [DROPOFF - 10 * MINUTE]
    await flow.leave()
    assert {"returned", "costs"} <= flow.due(Phase.FOLLOW_UP).keys()
    assert flow.step("returned") == [at(DEPARTURE, 1, "09:00")]
    calls = flow.step("regular_call")
    # Sixty days on is a Sunday: call-backs rest until Monday morning.
    assert calls[:2] == [DEPARTURE + 30 * DAY, at(DEPARTURE, 61, "09:00")]


@ON_SQLITE
@lives_by("thirteen_steps")
async def test_p18_the_supervisor_chases_by_one_card(company: Company) -> None:
    """C07, E24: at approval, brought up to date with each change and at each check."""
    company.give_roles({"sales_supervisor": ["gao.yun"], "area_sales_manager": []})
    flow = Flow(company)
    await flow.request("important")
    assert "not rated" in flow.card(company.chen)  # nobody can rate: it goes on
    await flow.approve(company.chen, company.zhao)
    chaser = dm(company.gao, "What is open and what help is needed")
    assert "Help is needed" in chaser.text  # the cars have no drivers yet
    await flow.drivers()
    await company.mei.click("Problem", near="Hotel")
    form = await company.mei.modal()
    await form.fill("Problem", "Fully booked")
    await form.submit()
    await company.settle()
    assert "Fully booked" in dm(company.gao, "Help is needed").text
    before = len(company.gao.dms())
    await company.gao.click("Hand over", near="Hotel")
    form = await company.gao.modal()
    await form.fill("New owner", "ruth.adler")
    await form.submit()
    await company.until(ARRIVAL - 24 * HOUR)
    assert len(company.gao.dms()) == before  # one card, updated in place
    assert "Help is needed" in dm(company.gao, "What is open").text  # what is overdue at the check


@ON_SQLITE
@lives_by("thirteen_steps")
async def test_p18_a_request_that_nobody_rates_goes_on(company: Company) -> None:
    """A32: after the time of silence, and it says so."""
    company.give_roles({"area_sales_manager": ["ruth.adler"]})
    await company.request(company.sam)
    await company.until(START + 4 * HOUR)
    assert "not rated" in dm(company.chen, "Approve the visit").text
    assert "Nobody has rated the importance" in company.history()
    assert "not rated" in dm(company.ruth, "not rated").text  # its choice is gone
