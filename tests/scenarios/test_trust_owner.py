"""Trust: the account owner of a customer changes by approval, coordinator or admin, and openly."""

from tests.scenarios.company import ON_SQLITE, Company, dm, submission

pytestmark = ON_SQLITE
OWNER = "Account owner"


async def test_a_request_makes_nobody_the_owner_of_other_peoples_visits(company: Company) -> None:
    theirs = await company.request(company.lin)
    card = company.card()
    own = await company.request(company.sam, **{OWNER: "sam.carter"})

    async def sees_nothing() -> None:
        ack = await company.sam.command(f"/visit show {theirs}", channel="visits")
        assert f"no visit {theirs}" in (ack.text or "")
        ack = await company.sam.command("/visit list all", channel="visits")
        assert theirs not in (ack.text or "")
        await company.sam.click("Details", message=card)
        assert "for those who take part" in company.sam.ephemeral()[-1].text
        await company.sam.open_home()
        assert theirs not in company.sam.home.text

    await sees_nothing()
    assert "becomes the account owner of Acme" in dm(company.chen, own).text
    await company.sam.command(f"/visit show {own}", channel="visits")
    await company.sam.click("Cancel", message=company.sam.ephemeral()[-1])
    form = await company.sam.modal()
    await form.fill("Reason", "Changed my mind")
    await form.submit()
    await company.settle()
    await sees_nothing()


async def test_an_approved_request_gives_the_customer_its_owner_and_all_are_told(
    company: Company,
) -> None:
    theirs = await company.request(company.lin)
    number = await company.request(company.sam, **{OWNER: "ruth.adler"})
    for leader in (company.chen, company.zhao):
        card = dm(leader, number)
        assert "becomes the account owner of Acme" in card.text
        await leader.click("Approve", message=card)
        await company.settle()
    assert "Account owner" in dm(company.ruth, "your part in the visit").text
    assert "is the account owner of Acme from now on" in company.history()
    ack = await company.ruth.command(f"/visit show {theirs}", channel="visits")
    assert f"no visit {theirs}" in (ack.text or ""), "it runs already, and others run it"

    third = await company.request(company.sam)
    ack = await company.ruth.command(f"/visit show {third}", channel="visits")
    assert "@Ruth Adler" in (ack.text or ""), "asked for since, it names her"
    assert "account owner of Acme" not in dm(company.chen, third).text
    other = await company.request(company.sam, **{OWNER: "sam.carter"})
    assert "is and stays @Ruth Adler" in dm(company.chen, other).text


async def test_an_approval_taken_back_takes_the_owner_back(company: Company) -> None:
    await company.approved(company.sam, **{OWNER: "ruth.adler"})
    await company.zhao.click("Take back")
    await company.settle()
    assert "You are no longer the account owner of Acme" in company.ruth.last_dm().text
    assert "has no account owner any more" in company.history()


async def test_who_prepares_changes_the_owner_and_nobody_else(company: Company) -> None:
    number = await company.approved(company.sam, **{OWNER: "ruth.adler"})
    theirs = await company.request(company.lin)
    await company.mei.command(f"/visit show {number}", channel="visits")
    await company.mei.click("Details", message=company.mei.ephemeral()[-1])
    details = await company.mei.modal()
    await details.click("Account owner")
    form = await company.mei.modal()
    assert form.field("Account owner").value == "ruth.adler"
    await form.fill("Account owner", "zhou.jie")

    stolen = submission(company, form)
    stolen["user"]["id"] = company.sam.id  # the requester, with the form of another
    refused = await company.dispatch(stolen)
    assert "Only the coordinator or an admin" in str(refused)
    await company.settle()
    assert not any("account owner of Acme now" in m.text for m in company.zhou.dms())

    assert not (await form.submit()).errors
    await company.settle()
    assert "account owner of Acme now" in company.zhou.last_dm().text
    assert "no longer the account owner" in company.ruth.last_dm().text
    ack = await company.zhou.command(f"/visit show {theirs}", channel="visits")
    assert f"no visit {theirs}" in (ack.text or "")
    await company.sam.command(f"/visit show {number}", channel="visits")
    await company.sam.click("Details", message=company.sam.ephemeral()[-1])
    assert "Account owner" not in (await company.sam.modal()).buttons
