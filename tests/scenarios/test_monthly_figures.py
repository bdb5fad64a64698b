"""A month passes, and those whom the procedure names read its figures on the first working day."""

from datetime import datetime, timedelta

import pytest

from sandbox.persona import Persona
from tests.scenarios.company import ARRIVAL, DEPARTURE, SHANGHAI, Company

FIRST_DAY = datetime(2027, 1, 4, 9, 0, tzinfo=SHANGHAI)  # a Monday, after New Year


@pytest.fixture
def languages() -> dict[str, str]:
    return {"helen.park": "zh-CN"}


def figures(person: Persona) -> list[str]:
    return [m.text for m in person.dms() if "in figures" in m.text or "接待数据" in m.text]


async def test_the_month_s_figures(company: Company) -> None:
    await company.approved(company.sam, **{"Account owner": "ruth.adler"})
    await company.request(company.lin, Arrival=ARRIVAL + timedelta(hours=1))
    await company.mei.click("Done")
    await company.until(DEPARTURE)
    await company.sam.click("Give feedback")
    form = await company.sam.modal()
    await form.fill_all({"Satisfaction": "95", "Intention": "Will sign"})
    assert (await form.submit()).closed

    await company.until(FIRST_DAY - timedelta(minutes=1))
    assert figures(company.mei) == figures(company.helen) == []
    await company.until(FIRST_DAY)
    (said,) = figures(company.mei)
    assert said.split("\n") == [
        "📊 *December 2026 in figures*",
        "• *Visits held*: 1",
        "• *Satisfaction*: 95 of 100 (feedback on 1 of 1), excellent",
        "• *Conversion: signed or intent*: 100% (1 of 1)",
        "• *Lead time kept*: 100% (1 of 1)",
        "• *Preparation on time*: 8.3% (1 of 12)",
    ]
    assert company.mei.last_dm().buttons == []
    (said,) = figures(company.helen)
    assert "2026年12月接待数据" in said
    assert "客户满意度：95 分，满分 100（1 次来访中 1 次有反馈），优秀" in said
    assert "准备及时率：8.3%（1/12）" in said
    for person in (company.chen, company.sam, company.ruth, company.ana):
        assert figures(person) == []

    # January has no visit: nothing is said of it.
    await company.until(datetime(2027, 2, 3, 9, 0, tzinfo=SHANGHAI))
    assert len(figures(company.mei)) == len(figures(company.helen)) == 1
