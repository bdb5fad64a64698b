"""The visit that the pictures show, played by its cast; each picture is taken at its moment."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

from playwright.async_api import expect
from pydantic import SecretStr

from bot.assemble import assemble
from bot.settings import Settings
from bot.slack import manifest
from sandbox.persona import Message, Persona
from sandbox.persona_modal import Modal
from sandbox.server import Sandbox
from templates.wording.language import translations
from tests.pictures.camera import PHONE, TALL, WINDOW, Camera
from tests.pictures.cast import Cast
from tests.scenarios.company import (
    ARRIVAL,
    DEPARTURE,
    DROPOFF,
    PICKUP,
    SHANGHAI,
    START,
    Company,
    clock_at,
)

_HOUR, _MINUTE = timedelta(hours=1), timedelta(minutes=1)


@asynccontextmanager
async def company_of(cast: Cast, folder: Path) -> AsyncIterator[Company]:
    """The workspace and the bot on a clock that stands still, everybody in their role."""
    clock = clock_at()
    sandbox = Sandbox(clock=clock)
    sandbox.install(manifest())
    sandbox.workspace.user(cast.salesperson).tz = SHANGHAI.key
    await sandbox.start()
    settings = Settings(
        usher_clock_guard=0,  # the clock is turned by hand
        slack_bot_token=SecretStr(sandbox.bot_token),
        slack_app_token=SecretStr(sandbox.app_token),
        slack_api_url=sandbox.api_url,
        database_url=SecretStr(f"sqlite:///{folder / f'usher-{cast.locale}.db'}"),
        usher_locale=cast.locale,
    )
    try:
        async with assemble(settings, clock.now, pace=None) as bot:
            await sandbox.wait_online()
            company = Company(sandbox, bot, clock)
            for role, handles in cast.roles.items():
                company.give_role(role, *handles)
            yield company
            assert sandbox.rejections == [], sandbox.rejections
    finally:
        await sandbox.stop()


class Story:
    """One cast's visit, from the request to the feedback."""

    def __init__(self, cast: Cast, company: Company, camera: Camera) -> None:
        self._cast = cast
        self._company = company
        self._camera = camera

    async def tell(self) -> None:
        """Play it and take all pictures of it."""
        await self._request()
        await self._approval()
        await self._cars_and_items()
        await self._second_visit()
        await self._checks()
        await self._day()
        await self._after()

    async def _request(self) -> None:
        form = await self._form(self._cast.words)
        await self._fill(form, self._cast.request)
        if self._cast.locale == "en":  # the browser writes dates in forms its own way
            async with self._camera.looking(self._cast.salesperson, "visits", TALL) as page:
                await self._camera.part(page, page.locator(".modal"), self._name("request-form"))
        await self._send(form)

    async def _approval(self) -> None:
        *others, last = self._cast.leaders
        for number, handle in enumerate(others, start=1):
            await self._company.until(START + number * 40 * _MINUTE)
            await self._decides(handle, self._customer)
        await self._shoot_newest(last, "approval-card")
        await self._company.until(START + 3 * _HOUR)
        await self._decides(last, self._customer)

    async def _cars_and_items(self) -> None:
        dispatcher, driver = self._company.liu, self._person(self._cast.driver)
        await self._company.until(START + 4 * _HOUR)
        for _ in range(2):
            await self._click(dispatcher, "Assign driver")
            form = await dispatcher.modal()
            chosen = {"Driver": self._cast.driver, "Car": self._cast.car}
            await form.fill_all({_word(dispatcher, label): v for label, v in chosen.items()})
            await form.submit()
            await self._company.settle()
            await self._click(driver, "Accept")
        await self._company.until(START + 5 * _HOUR)
        for person, count in ((self._company.mei, 3), (self._company.xu, 1)):
            for _ in range(count):
                await self._click(person, "Done", _dm(person, self._customer))
        await self._shoot_newest(self._cast.salesperson, "visit-card", "visits")

    async def _second_visit(self) -> None:
        """Another one, two days later, so that the Home tab has something to choose from."""
        sales = self._person(self._cast.salesperson)
        later = timedelta(days=2)
        await self._company.until(START + timedelta(days=2))
        form = await self._form("")
        await self._fill(form, self._cast.second)
        await self._fill(form, {"Arrival": ARRIVAL + later, "Departure": DEPARTURE + later})
        await self._send(form)
        customer = str(self._cast.second["Customer"])
        await self._decides(self._cast.leaders[0], customer)
        await self._click(sales, "Done", _dm(sales, customer))

    async def _checks(self) -> None:
        await self._company.until(ARRIVAL - 24 * _HOUR)
        for person in (self._company.mei, self._company.liu):
            await self._click(person, "Confirm", _dm(person, self._customer))
        await self._shoot_newest(self._cast.salesperson, "preparation-check", "visits")

    async def _day(self) -> None:
        sales = self._person(self._cast.salesperson)
        await self._company.until(ARRIVAL - 15 * _HOUR)
        await self._click(sales, "Confirm", _dm(sales, self._customer))
        await self._company.until(ARRIVAL.replace(hour=8, minute=10))
        async with self._camera.looking(self._cast.salesperson, "usher#home", TALL) as page:
            await expect(page.locator(".home .button").first).to_be_visible()
            home = page.locator(".home-inner")
            await self._camera.part(page, home, self._name("app-home"), margin=0)
        async with self._camera.looking(self._cast.salesperson, "visits", WINDOW) as page:
            await self._camera.whole(page, self._name("workspace"))
        await self._company.until(PICKUP - 15 * _MINUTE)
        await self._shoot_newest(self._cast.driver, "car-ready")
        async with self._camera.looking(self._cast.driver, "usher", PHONE, phone=True) as page:
            await self._camera.whole(page, self._name("car-ready-phone"))
        await self._drive()

    async def _after(self) -> None:
        await self._company.until(DROPOFF - 10 * _MINUTE)
        await self._drive()
        await self._shoot_newest(self._cast.salesperson, "feedback-request")

    # What happens often

    async def _form(self, words: str) -> Modal:
        return await self._company.form(self._person(self._cast.salesperson), words)

    async def _fill(self, form: Modal, values: dict[str, Any]) -> None:
        await form.fill_all({self._cast.says(label): value for label, value in values.items()})

    async def _send(self, form: Modal) -> None:
        result = await form.submit()
        assert not result.errors, result.errors
        assert result.view is not None
        await result.view.close()
        await self._company.settle()

    async def _decides(self, handle: str, customer: str) -> None:
        person = self._person(handle)
        await self._click(person, "Approve", _dm(person, customer))

    async def _drive(self) -> None:
        driver = self._person(self._cast.driver)
        for label in ("Car is here", "Guests aboard", "Dropped off"):
            await self._click(driver, label)

    async def _click(self, person: Persona, label: str, message: Message | None = None) -> None:
        await person.click(_word(person, label), message=message)
        await self._company.settle()

    async def _shoot_newest(self, handle: str, name: str, place: str = "usher") -> None:
        """The newest message of a conversation."""
        async with self._camera.looking(handle, place, TALL) as page:
            await self._camera.part(page, page.locator(".message").last, self._name(name))

    @property
    def _customer(self) -> str:
        return str(self._cast.request["Customer"])

    def _person(self, handle: str) -> Persona:
        return self._company.sandbox.persona(handle)

    def _name(self, name: str) -> str:
        return f"{name}{self._cast.suffix}"


def _dm(person: Persona, words: str) -> Message:
    """The person's newest message from the bot that has these words and something to press."""
    return next(m for m in reversed(person.dms()) if words in m.text and len(m.buttons) > 1)


def _word(person: Persona, label: str) -> str:
    """A label in the language of that person."""
    return translations("zh" if person.user.locale.startswith("zh") else "en").gettext(label)
