"""How many messages a visit costs whoever does what is theirs in time."""

from collections import Counter
from datetime import timedelta

from sandbox.persona import Persona
from tests.scenarios.company import ARRIVAL, CARS, DROPOFF, PICKUP, REQUEST, Company

HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)
HOST, OTHERS, CHANNEL = 6, 4, 3
_TURNS = 20


async def press(company: Company, person: Persona, label: str) -> None:
    """Press every button of that label that the person has, as long as there is one."""
    for _ in range(_TURNS):
        found = next((m for m in reversed(person.dms()) if label in m.buttons), None)
        if found is None:
            return
        await person.click(label, message=found)
        await company.settle()
    raise AssertionError(f"{person.user.handle}: {label} does not vanish")


async def drive(company: Company) -> None:
    for label in ("Car is here", "Guests aboard", "Dropped off"):
        await company.ma.click(label)
        await company.settle()


async def test_a_standard_visit_on_time_costs_few_messages(company: Company) -> None:
    sam, ruth, liu = company.sam, company.ruth, company.liu
    modal = await company.form(sam, "Acme 15 Dec 10:00")
    details: dict[str, object] = {"Account owner": "ruth.adler", "Second host": "lin.wei"}
    details["First meeting"] = ARRIVAL + 2 * HOUR
    await modal.fill_all(REQUEST | CARS | details)
    await company.number(await modal.submit())
    for leader in (company.chen, company.zhao):
        await leader.click("Approve")
        await company.settle()
    for _ in range(2):
        await liu.click("Assign driver")
        form = await liu.modal()
        await form.fill_all({"Driver": "ma.long", "Car": "Buick GL8"})
        await form.submit()
        await company.settle()
    await press(company, company.ma, "Accept")
    owners = (company.mei, company.dev, company.xu, sam)
    for owner in owners:
        await press(company, owner, "Done")
    await company.until(ARRIVAL - 24 * HOUR)
    for owner in (*owners, liu):
        await press(company, owner, "Confirm")
    await company.until(PICKUP - 15 * MINUTE)
    await drive(company)
    await company.until(DROPOFF - 10 * MINUTE)
    await drive(company)
    await sam.click("Give feedback")
    form = await sam.modal()
    await form.fill_all({"Satisfaction": "95", "Intention": "Interested"})
    await form.submit()
    await company.settle()
    for days in range(16):
        await company.until(DROPOFF + timedelta(days=days, hours=1))
        for person in (sam, ruth):
            await press(company, person, "Done")
        if days == 15:
            await ruth.click("Won")
            await company.settle()
    assert "Closed" in company.card().text

    everybody = (*owners, company.chen, company.zhao, company.lin, liu, company.ma, ruth)
    people = {person.user.handle: person for person in everybody}
    counted = Counter({name: len(person.dms()) for name, person in people.items()})
    told = {name: [m.text[:60] for m in people[name].dms()] for name in counted}
    assert counted[sam.user.handle] <= HOST, told[sam.user.handle]
    for name, number in counted.items():
        assert name == sam.user.handle or number <= OTHERS, (name, told[name])
    in_channel = [
        m for m in sam.channel("visits") if m.stored.user == company.sandbox.workspace.app.bot_user
    ]
    assert len(in_channel) <= CHANNEL, [m.text[:60] for m in in_channel]
