"""Trust: one person cannot bury an approver."""

from pathlib import Path

import pytest

import policies
from tests.scenarios.company import ON_SQLITE, REQUEST, Company, submission

pytestmark = ON_SQLITE
SHIPPED = Path(policies.__file__).parent / "standard.toml"


@pytest.fixture
def policy_name(tmp_path: Path) -> str:
    """The shipped procedure with a small limit."""
    path = tmp_path / "small.toml"
    words = SHIPPED.read_text("utf-8")
    path.write_text(words.replace("[request]\n", "[request]\nmost_waiting = 3\n"), "utf-8")
    return str(path)


async def test_a_flood_of_requests_ends_at_the_limit_and_is_cleared_at_once(
    company: Company,
) -> None:
    for number in range(3):
        await company.request(company.sam, Customer=f"Flood {number}")
    modal = await company.form(company.sam)
    await modal.fill_all(REQUEST)
    again = submission(company, modal)
    result = await modal.submit()
    assert "3 of your requests wait" in (result.view.text() if result.view else "")
    again["view"]["private_metadata"] = '{"form_key":"another"}'  # altered, and sent again
    assert "3 of your requests wait" in str(await company.dispatch(again))
    await company.settle()
    cards = [m for m in company.chen.dms() if "Approve" in m.buttons]
    assert len(cards) == 3
    assert await company.request(company.lin), "others are not held up"

    await company.sam.command("/visit list", channel="visits")
    assert "Cancel requests" not in company.sam.ephemeral()[-1].buttons
    await company.mei.command("/visit list", channel="visits")
    await company.mei.click("Cancel requests", message=company.mei.ephemeral()[-1])
    form = await company.mei.modal()
    assert "@Sam Carter: 3" in form.text()
    await form.fill_all({"Requests of": "sam.carter", "Reason": "Sent by mistake"})
    stolen = submission(company, form)
    stolen["user"]["id"] = company.lin.id
    assert "Only the coordinator or an admin" in str(await company.dispatch(stolen))
    result = await form.submit()
    assert result.view is not None
    assert "cancelled: 3" in result.view.text()
    await company.settle()

    assert "3 requests at once" in company.sam.last_dm().text
    assert not any("Sent by mistake" in m.text for m in company.chen.dms()), "the card says it"
    assert len([m for m in company.chen.dms() if "Approve" in m.buttons]) == 1, "lin's alone"
    await company.request(company.sam, Customer="After all")
