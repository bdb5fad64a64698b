"""One visit under each written procedure, P01 to P09: its own figures, as far as they are run."""

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


@lives_by("key_account")
async def test_p01_key_account(company: Company) -> None:
    flow = Flow(company)
    await flow.request("general", Budget="20001")
    assert "Budget" in flow.card(company.chen)  # plan and budget together
    await flow.approve(company.chen, company.zhao, company.helen)
    assert flow.picture().approvals[2].reasons == [("rule", "large_budget")]

    assert flow.due().keys() == {"plan"}  # all else waits until it is approved (C06)
    await company.mei.click("Done", near="Reception plan and budget")
    await company.settle()
    await company.zhao.click("Done", near="Reception plan and budget approved")
    await company.settle()
    assert "newer card" in company.mei.dms()[-2].text
    assert "Hotel" in company.mei.last_dm().text
    due = flow.due()
    for key in ("briefing", "pickup_sign", "sign_in", "nda", "emergency_plan", "cash_advance"):
        assert due[key] == at(ARRIVAL, -1, "17:00")
    assert due["plan"] == at(START, 1, "10:00")
    assert flow.owner("sign_in") == company.xu.id
    assert flow.owner("cash_advance") == company.gao.id
    flow.checks_are(24 * HOUR, 12 * HOUR)
    await flow.drivers()
    states = {task.key: task.state for task in flow.picture().preparation}
    assert (states["car"], states["pickup_sign"]) == ("done", "open")

    await flow.leave()
    assert flow.step("leaders_report") == [DEPARTURE]  # straight after send-off
    assert flow.due(Phase.FOLLOW_UP)["leaders_report"] == DEPARTURE + 2 * HOUR
    assert {"retrospective", "returns", "costs", "archive"} <= flow.due(Phase.FOLLOW_UP).keys()
    assert flow.step("call_back") == [DEPARTURE + 8 * HOUR]


@lives_by("key_account")
async def test_p01_nobody_is_woken_for_what_can_wait(company: Company) -> None:
    await company.until(at(START, 0, "23:00"))
    flow = Flow(company)
    await flow.request("general")  # from London, where it is the afternoon
    assert not company.chen.dms()  # it is 23:00 in Shanghai
    await company.until(at(START, 1, "06:59"))
    assert not company.chen.dms()
    await company.until(at(START, 1, "07:00"))
    assert "Approve" in company.chen.last_dm().buttons
    assert "late" not in company.chen.last_dm().text
    await company.until(at(START, 1, "10:59"))  # silence counts from the morning
    assert not company.zhao.dms()
    await flow.approve(company.chen, company.zhao)

    # The second check falls into the night before the arrival: it does not wait.
    assert flow.step("check_half_day") == [ARRIVAL - 12 * HOUR]
    await company.until(ARRIVAL - 12 * HOUR)
    assert "half a day" in company.lin.thread(company.card())[-1].text
    assert "not confirmed" in company.chen.last_dm().text

    # Alerts of the day never do: a driver who cannot, at midnight.
    await company.liu.click("Assign driver", near="Pickup")
    form = await company.liu.modal()
    await form.fill_all({"Driver": "ma.long", "Car": "GL8"})
    await form.submit()
    await company.until(ARRIVAL - 10 * HOUR)
    await company.ma.click("Can't")
    form = await company.ma.modal()
    await form.fill("Reason", "Ill")
    await form.submit()
    await company.settle()
    assert "Ill" in company.liu.last_dm().text


@ON_SQLITE
@lives_by("abc_levels")
async def test_p02_levels_a_b_c(company: Company) -> None:
    flow = Flow(company)
    await flow.request("a")
    card = flow.card(company.chen)
    assert "4 to 5 stars" in card
    assert "lunch CN¥600, dinner CN¥800" in card  # for each head and meal
    await flow.approve(company.chen, company.zhao)  # marketing manager, vice president
    assert {"hotel", "room_extras", "dinners", "flowers_banner", "sights"} <= flow.due().keys()
    await flow.leave()
    assert flow.step("call_back") == [DEPARTURE + 8 * HOUR]


@ON_SQLITE
@lives_by("abc_levels")
async def test_p02_others_have_no_lodging(company: Company) -> None:
    flow = Flow(company)
    await flow.request("c")
    assert "Lodging: the guests pay" in flow.card(company.chen)
    await flow.approve(company.chen)
    assert flow.due().keys().isdisjoint({"hotel", "room_extras", "dinners", "flowers_banner"})


@ON_SQLITE
@lives_by("major_event")
async def test_p03_major_event_service(company: Company) -> None:
    flow = Flow(company)
    await flow.request("participants", **{"Party size": "800"})
    assert not flow.picture().visit.is_urgent  # five working days ahead
    await flow.approve(company.chen, company.zhao)
    due = flow.due()
    assert due["training"] == at(ARRIVAL, -5, "17:00")
    assert due["diets"] == due["volunteers"] == due["handbooks"] == at(ARRIVAL, -2, "17:00")
    assert flow.owner("sign_in") == company.xu.id
    assert due["signs_desk"] == at(ARRIVAL, -1, "17:00")


@ON_SQLITE
@lives_by("company_flow")
async def test_p04_company_flow(company: Company) -> None:
    flow = Flow(company)
    tomorrow = datetime(2026, 12, 8, 10, 0, tzinfo=SHANGHAI)
    later = {"Arrival": tomorrow, "Departure": tomorrow + 6 * HOUR}
    await company.request(company.sam, **later, Level="Level 1")
    card = flow.card(company.chen)
    assert "asked for 1 day ahead, the procedure wants 2" in card  # important visits
    await flow.approve(company.chen, company.zhao, company.helen)
    assert {"tour", "escorts"} <= flow.due().keys()
    assert "invitation" not in flow.due()  # only for guests from abroad
    await company.until(tomorrow + 6 * HOUR)
    follow_up = flow.due(Phase.FOLLOW_UP)
    assert {"follow_up_mail", "thank_you", "open_points"} <= follow_up.keys()


@ON_SQLITE
@lives_by("company_flow")
async def test_p04_the_car_stands_ten_minutes_early_at_departure(company: Company) -> None:
    flow = Flow(company)
    await flow.request("level_2")
    assert "as the procedure proposes" in flow.card(company.chen)  # a director
    await flow.approve(company.chen, company.zhao)
    await flow.drivers()
    assert flow.step("car_ready_dropoff") == [DROPOFF - 10 * MINUTE]
    assert flow.step("car_missing_dropoff") == [DROPOFF - 5 * MINUTE]
    assert flow.step("call_before_pickup") == [PICKUP - 60 * MINUTE]  # R6.2
    assert flow.step("car_ready_pickup") == [PICKUP - 15 * MINUTE]  # R6.3


@ON_SQLITE
@lives_by("meetings")
async def test_p05_one_form_and_an_archive(company: Company) -> None:
    flow = Flow(company)
    await flow.request("b", Purpose="Courtesy visit")
    await flow.approve(company.chen, company.zhao)
    assert company.mei.sees("Acme")
    assert {"plan", "leaders"} <= flow.due().keys()
    await flow.leave()
    assert set(flow.due(Phase.FOLLOW_UP)) == {"feedback", "thank_you", "summary", "costs"}
    await company.until(at(DEPARTURE, 15, "12:00"))
    await company.mei.click("Done", message=dm(company.mei, "costs summed up"))
    await company.settle()
    assert dm(company.sam, "Information and costs summed up")  # the requester hears of it
    assert flow.owner("form_completed") == company.sam.id
    await company.until(at(DEPARTURE, 22, "12:00"))
    await company.sam.click("Done", message=dm(company.sam, "Request form completed"))
    await company.settle()
    assert flow.owner("archive") == company.mei.id


@ON_SQLITE
@lives_by("group_guests")
async def test_p06_important_guests(company: Company) -> None:
    flow = Flow(company)
    await flow.request("leader", **{"Lead guest's title": "Mayor"})  # B06
    await flow.approve(company.chen, company.zhao, company.helen)
    assert len(flow.due()) == 12
    assert "Guests told who hosts" in dm(company.sam, "Guests told").text  # D13: at once


@ON_SQLITE
async def test_p07_etiquette_is_shown_when_it_applies(company: Company) -> None:
    flow = Flow(company)
    meeting = ARRIVAL + 2 * HOUR
    await flow.request("b", **{"Second host": "lin.wei", "First meeting": meeting})
    await flow.approve(company.chen, company.zhao)
    await flow.drivers()
    assert flow.shown("etiquette") == {
        company.xu.id: ARRIVAL - HOUR,  # the front desk before the arrival
        company.lin.id: meeting - HOUR,  # the second host before the meeting
    }
    assert flow.step("call_before_pickup") == [PICKUP - 60 * MINUTE]
    await company.until(meeting)
    for person, title in (
        (company.sam, "At the pickup point"),
        (company.ma, "Driving guests"),
        (company.xu, "Receiving at the front desk"),
        (company.lin, "Tea service"),
    ):
        label = "Etiquette" if person.id in {company.sam.id, company.ma.id} else "Show"
        assert label in dm(person, title).buttons


@ON_SQLITE
@lives_by("reception_department")
async def test_p08_duties_are_split(company: Company) -> None:
    company.give_role("sales", "ruth.adler")
    flow = Flow(company)
    await flow.request("b")
    await flow.approve(company.chen, company.zhao)
    names = flow.picture().policy.company.names
    sides = [names[key].en for key in ("coordinator", "front_desk", "dispatcher", "sales")]
    assert sides == ["Administration", "Front desk", "Reception desk", "Sales"]  # D17
    owners = {
        "environment": company.mei,  # administration
        "gate": company.xu,  # front desk
        "rooms": company.xu,
        "schedule": company.liu,  # reception desk
        "hotel": company.liu,
        "meals": company.liu,
        "materials": company.ruth,  # sales
    }
    assert {key: flow.owner(key) for key in owners} == {k: p.id for k, p in owners.items()}
    await flow.leave()
    assert flow.owner("records") == company.liu.id


@ON_SQLITE
@lives_by("reception_department")
async def test_p08_two_days_ahead(company: Company) -> None:
    for number, (days, is_late) in enumerate(((2, False), (1, True)), start=1):
        day = START + days * DAY
        await company.request(company.sam, Arrival=day, Departure=day + 3 * HOUR)
        assert company.card().text.count("rgent") == is_late, number


@ON_SQLITE
@lives_by("star_levels")
async def test_p09_three_stars(company: Company) -> None:
    flow = Flow(company)
    await flow.request("three_star", **{"Lead guest's title": "Manager"})
    assert "Lodging: the guests pay" in flow.card(company.zhao)
    await flow.approve(company.zhao)  # the vice president sets the standard
    assert flow.due().keys().isdisjoint({"car", "hotel", "gifts"})


@ON_SQLITE
@lives_by("star_levels")
async def test_p09_with_the_general_manager_attending(company: Company) -> None:
    flow = Flow(company)
    await flow.request("five_star", Host="helen.park")
    assert "Actual cost is paid." in flow.card(company.chen)
    await flow.approve(company.chen, company.helen)  # R2.4
    assert flow.picture().approvals[1].reasons == [("attending", "approval")]
    assert not company.zhao.dms()
