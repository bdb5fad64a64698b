"""A visit under one company's procedure: requested, approved, and what then is due and when."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlmodel import col, select

from models.base.words import DeliveryState, Phase
from models.reading.picture import VisitPicture
from models.reminders.outbox import Delivery
from sandbox.persona import Persona
from services.reading import looks
from tests.scenarios.company import ARRIVAL, CARS, DEPARTURE, SHANGHAI, Company, dm

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


def lives_by(name: str) -> pytest.MarkDecorator:
    """The company of the scenario lives by that procedure."""
    return pytest.mark.parametrize("policy_name", [name])


def at(moment: datetime, days: int, clock: str) -> datetime:
    """A time of day so many days from a moment's day, in Shanghai."""
    day = moment.astimezone(SHANGHAI).date() + days * DAY
    return datetime.combine(day, datetime.strptime(clock, "%H:%M").time(), SHANGHAI)  # noqa: DTZ007


class Flow:
    """One visit; questions about it are answered from what the bot has stored."""

    def __init__(self, company: Company) -> None:
        self.company = company

    async def request(self, level: str, **more: Any) -> str:
        """Have sam request a visit with cars at the level of that key; returns its number."""
        name = self.company.bot.site.policy.level(level).name.en
        label = name if len(name) <= 75 else f"{name[:74]}…"
        return await self.company.request(self.company.sam, **(CARS | {"Level": label} | more))

    async def approve(self, *leaders: Persona) -> None:
        """Have exactly these leaders approve, one after the other."""
        for number, leader in enumerate(leaders):
            assert "Approve" in leader.last_dm().buttons
            for later in leaders[number + 1 :]:
                assert not any("Approve" in message.buttons for message in later.dms())
            await leader.click("Approve")
            await self.company.settle()
        assert self.picture().visit.status == "approved"
        assert len(self.picture().approvals) == len(leaders)

    async def invite(self, *suggested: Persona) -> None:
        """Have sam invite whom the procedure suggests, which is exactly these people."""
        await self.company.sam.click("Details", message=self.company.card())
        await self.company.sam.click("Invite leaders")
        form = await self.company.sam.modal()
        handles = [leader.user.handle for leader in suggested]
        assert form.field("Whom to invite").value == handles
        result = await form.submit()
        assert result.view is not None
        await result.view.close()
        await self.company.settle()

    async def attend(self, *leaders: Persona) -> None:
        """Have each of these leaders say that they will attend."""
        for leader in leaders:
            await leader.click("I will attend", message=dm(leader, "Will you attend?"))
            await self.company.settle()

    async def drivers(self) -> None:
        """Have the dispatcher give both trips to ma, who accepts them."""
        for trip in ("Pickup", "Drop-off"):
            await self.company.liu.click("Assign driver", near=trip)
            form = await self.company.liu.modal()
            await form.fill_all({"Driver": "ma.long", "Car": "GL8"})
            await form.submit()
            await self.company.settle()
            await self.company.ma.click("Accept")
            await self.company.settle()

    async def leave(self) -> None:
        """Let the visit pass, up to the guests' departure."""
        await self.company.until(DEPARTURE)
        assert self.picture().visit.status == "follow_up"

    def picture(self, visit_id: int = 1) -> VisitPicture:
        """The visit as it is stored."""
        with self.company.bot.database.reading() as session:
            return looks.picture(session, visit_id, self.company.bot.site)

    def due(self, phase: Phase = Phase.PREPARATION) -> dict[str, datetime]:
        """When each item of the phase is due."""
        return {task.key: task.due_at for task in self.picture().tasks if task.phase == phase}

    def owner(self, key: str) -> str | None:
        """Who has an item."""
        task = self.picture().task(key)
        return task.owner_id if task is not None else None

    def step(self, key: str) -> list[datetime]:
        """When a timed step comes or came, each of its times once."""
        with self.company.bot.database.reading() as session:
            rows = session.exec(
                select(Delivery).where(
                    col(Delivery.is_planned), Delivery.state != DeliveryState.CANCELLED
                )
            ).all()
        return sorted({row.due_at for row in rows if row.args.get("step") == key})

    def shown(self, kind: str) -> dict[str, datetime]:
        """When each person gets or got the one planned message of that kind."""
        with self.company.bot.database.reading() as session:
            rows = session.exec(
                select(Delivery).where(
                    col(Delivery.is_planned),
                    Delivery.kind == kind,
                    Delivery.state != DeliveryState.CANCELLED,
                )
            ).all()
        found = {row.recipient: row.due_at for row in rows}
        assert len(found) == len(rows)
        return found

    def card(self, leader: Persona) -> str:
        """What a leader was asked with."""
        return dm(leader, "Approve the visit").text

    def checks_are(self, *before: timedelta) -> None:
        """Assert that the preparation is checked so long before the arrival (R5.2)."""
        assert self.step("check_day") + self.step("check_half_day") == [
            ARRIVAL - distance for distance in before
        ]
