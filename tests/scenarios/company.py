"""A company at work: its Slack workspace, the whole bot, and a clock that the test turns."""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import astuple
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from slack_bolt.request.async_request import AsyncBoltRequest
from sqlmodel import case, col, func, select

from bot.assemble import Bot
from models.base.words import DeliveryState, Role
from models.records.people import RoleHolder
from models.records.visit import Visit
from models.reminders.outbox import Delivery
from sandbox.clock import Clock
from sandbox.persona import Message, Persona
from sandbox.persona_modal import Modal, SubmitResult
from sandbox.server import Sandbox
from services.people.roles import set_role
from services.reading.desk import Desk
from tests.scenarios.asking import Asking

ON_SQLITE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
"""For scenarios in which the kind of database makes no difference."""
SHANGHAI = ZoneInfo("Asia/Shanghai")
START = datetime(2026, 12, 7, 10, 0, tzinfo=SHANGHAI)  # a Monday
ARRIVAL = datetime(2026, 12, 15, 10, 0, tzinfo=SHANGHAI)  # the Tuesday of the week after
DEPARTURE = datetime(2026, 12, 16, 16, 0, tzinfo=SHANGHAI)
PICKUP = ARRIVAL - timedelta(hours=1)
DROPOFF = DEPARTURE - timedelta(minutes=30)

PEOPLE = {
    "department_manager": ["chen.hao"],
    "vice_president": ["zhao.min"],
    "general_manager": ["helen.park"],
    "chairman": ["wang.guo"],
    "coordinator": ["mei.fang"],
    "dispatcher": ["liu.yang"],
    "driver": ["ma.long", "tom.reed"],
    "front_desk": ["xu.li"],
    "it": ["dev.nair"],
    "finance": ["gao.yun"],
    "admin": ["ana.silva"],
}
REQUEST: dict[str, Any] = {
    "Customer": "Acme",
    "Purpose": "Site audit",
    "Lead guest": "Dr. Jane Smith",
    "Lead guest's title": "Purchasing director",
    "Party size": "4",
    "Arrival": ARRIVAL,
    "Departure": DEPARTURE,
}
CARS: dict[str, Any] = {
    "Travel by": "Flight",
    "Flight or train number": "LH728",
    "Pickup place": "Pudong airport, terminal 2",
    "Pickup time": PICKUP,
    "Drop-off time": DROPOFF,
}


class person:  # noqa: N801 - reads as a word below
    """A persona as an attribute."""

    def __init__(self, handle: str) -> None:
        self._handle = handle

    def __get__(self, company: "Company", _: type) -> Persona:
        return company.sandbox.persona(self._handle)


class Company:
    """People by their first names; `settle` has the bot say all that is due."""

    lin, sam = person("lin.wei"), person("sam.carter")  # sales
    ruth, zhou = person("ruth.adler"), person("zhou.jie")  # account owners
    chen, zhao, helen = person("chen.hao"), person("zhao.min"), person("helen.park")  # leaders
    wang = person("wang.guo")
    mei, liu, xu, dev = (
        person("mei.fang"),  # coordinator
        person("liu.yang"),  # dispatcher
        person("xu.li"),  # front desk
        person("dev.nair"),  # IT
    )
    ma, tom = person("ma.long"), person("tom.reed")  # drivers
    gao, ana = person("gao.yun"), person("ana.silva")  # finance, admin

    def __init__(self, sandbox: Sandbox, bot: Bot, clock: Clock) -> None:
        self.sandbox = sandbox
        self.bot = bot
        self.clock = clock

    # Time

    async def settle(self) -> None:
        """Let everything end that is under way, and everything be said that is due now."""
        await self.sandbox.delivery.settled()
        while True:
            await self.bot.edge.settle()
            counts = await self.bot.dispatcher.drain()
            if not any(astuple(counts)):
                return

    async def until(self, moment: datetime) -> None:
        """Let time pass up to a moment; what falls due on the way is said at its time."""
        await self.settle()
        while (due := self._next_due()) is not None and due <= moment:
            self.clock.set(max(due, self.clock.now()))
            await self.settle()
        self.clock.set(moment)
        await self.settle()

    def _next_due(self) -> datetime | None:
        with self.bot.database.reading() as session:
            is_claimed = col(Delivery.state) == DeliveryState.CLAIMED
            due = case((is_claimed, col(Delivery.lease_until)), else_=col(Delivery.next_try_at))
            is_open = col(Delivery.next_try_at).is_not(None)
            query = select(func.min(due)).where(is_open, due > self.clock.now())
            found: datetime | None = session.exec(query).one()
            return found

    # Slack

    async def dispatch(self, body: dict[str, Any]) -> dict[str, Any]:
        """Hand the bot a payload as it would come through the socket; what it acknowledges with."""
        answer = await self.bot.app.async_dispatch(AsyncBoltRequest(mode="socket_mode", body=body))
        assert answer.status == 200, answer.body
        acknowledged: dict[str, Any] = json.loads(answer.body or "{}")
        return acknowledged

    # What happens often

    def give_role(self, role: Role, *handles: str) -> None:
        """Have exactly these people hold a role."""
        self.give_roles({role: handles})

    def staff(self, people: Mapping[Role, Sequence[str]]) -> None:
        """Have these people hold these roles from the beginning, before there is any visit."""
        with self.bot.database.session() as session:
            session.add_all(
                RoleHolder(role=role, user_id=self.sandbox.persona(handle).id, position=position)
                for role, handles in people.items()
                for position, handle in enumerate(handles)
            )

    def give_roles(self, people: Mapping[Role, Sequence[str]]) -> None:
        """Have exactly these people hold these roles."""
        with self.bot.database.session() as session:
            desk = Desk(session, self.clock.now(), self.bot.site, None, "command")
            for role, handles in people.items():
                set_role(desk, role, [self.sandbox.persona(handle).id for handle in handles])

    async def form(self, person: Persona, words: str = "") -> Asking:
        """The request form, as `/visit new` opens it."""
        ack = await person.command(f"/visit new {words}".strip(), channel="visits")
        assert ack.acked
        return Asking(await person.modal())

    async def request(self, person: Persona, **more: Any) -> str:
        """Have a person request a visit with REQUEST and more; returns its number."""
        modal = await self.form(person)
        await modal.fill_all(REQUEST | more)
        if "Why this level" in modal.labels() and "Why this level" not in more:
            await modal.fill("Why this level", "As agreed with the customer")
        result = await modal.submit()
        return await self.number(result)

    async def number(self, result: SubmitResult) -> str:
        """The number that a submitted request shows; the view is then closed."""
        assert result.acked, result.notice
        assert not result.errors
        assert result.view is not None
        words = result.view.text()
        await result.view.close()
        await self.settle()
        found = re.search(r"V-\d{4}-\d{4}", words)
        assert found, words
        return found.group()

    async def approved(self, person: Persona, **more: Any) -> str:
        """Have a visit requested and approved by the leaders of level B."""
        number = await self.request(person, **more)
        for leader in (self.chen, self.zhao):
            await leader.click("Approve")
            await self.settle()
        return number

    def visit(self) -> Visit:
        """The newest visit, as it is stored."""
        with self.bot.database.reading() as session:
            found = session.exec(select(Visit).order_by(col(Visit.id).desc())).first()
            assert found is not None
            session.expunge(found)
            return found

    def card(self) -> Message:
        """The newest visit card in the channel."""
        cards = [m for m in self.lin.channel("visits") if "Details" in m.buttons]
        return cards[-1]

    def history(self) -> str:
        """The thread of the newest visit card."""
        return "\n".join(message.text for message in self.lin.thread(self.card()))


def dm(person: Persona, words: str) -> Message:
    """The person's newest message from the bot that has these words."""
    for message in reversed(person.dms()):
        if words in message.text:
            return message
    raise AssertionError(f"no {words!r} in\n" + "\n---\n".join(m.text for m in person.dms()))


def submission(company: Company, modal: Modal) -> dict[str, Any]:
    """What Slack would send if the modal were submitted now."""
    view = company.sandbox.workspace.modals.to_slack(modal.view)
    body: dict[str, Any] = json.loads(
        json.dumps(
            {
                "type": "view_submission",
                "team": {"id": "T1", "domain": "x"},
                "user": {"id": modal.view.user, "team_id": "T1"},
                "api_app_id": "A1",
                "token": "t",
                "trigger_id": "none",
                "view": view,
            }
        )
    )
    return body


def clock_at(moment: datetime = START) -> Clock:
    """A clock that stands still until it is turned."""
    still = datetime(2026, 1, 1, tzinfo=UTC)
    return Clock(moment, source=lambda: still)
