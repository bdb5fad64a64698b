"""The demo's clock: where it may jump, and how everything on the way happens at its own time."""

import asyncio
from datetime import datetime, timedelta

from sqlmodel import Session, case, col, func, select

from bot.assemble import Bot
from models.base.words import OPEN_STATUSES, DeliveryState, TripKind
from models.records.cars import Trip
from models.records.customers import Customer
from models.records.people import Reader
from models.records.visit import Visit
from models.reminders.outbox import Delivery
from sandbox.clock import Clock
from sandbox.ui import Moment
from templates.wording.language import Language

_MOST_STEPS = 2000
_MOST_MOMENTS = 12
_ENGLISH, _CHINESE = (Language(Reader(locale, "UTC")) for locale in ("en", "zh"))


class DemoClock:
    """Moves the workspace's clock and lets the bot do what falls due meanwhile."""

    def __init__(self, clock: Clock, bot: Bot) -> None:
        self._clock = clock
        self._bot = bot
        self._turn = asyncio.Lock()

    async def jump(self, target: datetime) -> None:
        """Go to a moment. Forwards: through all that is due on the way, each at its time."""
        async with self._turn:
            for _ in range(_MOST_STEPS):
                await self._bot.dispatcher.drain()
                due = await asyncio.to_thread(self._next_due)
                if due is None or due >= target:
                    break
                if due > self._clock.now():
                    self._clock.set(due)
            self._clock.set(target)
            await self._bot.dispatcher.drain()

    async def moments(self) -> list[Moment]:
        """What comes for the visits that are open, the next first."""
        return await asyncio.to_thread(self._moments)

    def _next_due(self) -> datetime | None:
        """When something is to be sent, or looked for because its claim has run out."""
        is_claimed = col(Delivery.state) == DeliveryState.CLAIMED
        due = case((is_claimed, col(Delivery.lease_until)), else_=col(Delivery.next_try_at))
        with self._bot.database.reading() as session:
            query = select(func.min(due)).where(col(Delivery.next_try_at).is_not(None))
            found: datetime | None = session.exec(query).one()
            return found

    def _moments(self) -> list[Moment]:
        now = self._clock.now()
        with self._bot.database.reading() as session:
            found = [
                moment
                for visit in session.exec(
                    select(Visit).where(col(Visit.status).in_([str(s) for s in OPEN_STATUSES]))
                )
                for moment in _moments_of(session, visit)
                if moment.at > now
            ]
        return sorted(found, key=lambda moment: moment.at)[:_MOST_MOMENTS]


def _moments_of(session: Session, visit: Visit) -> list[Moment]:
    customer = session.get_one(Customer, visit.customer_id).name
    trips = session.exec(select(Trip).where(Trip.visit_id == visit.id)).all()
    quarter = timedelta(minutes=15)
    choices = [
        ("day_before", visit.arrival - timedelta(days=1)),
        ("half_day_before", visit.arrival - timedelta(hours=12)),
        *(("before_pickup", t.at - quarter) for t in trips if t.kind == TripKind.PICKUP),
        ("hour_before", visit.arrival - timedelta(hours=1)),
        ("arrival", visit.arrival),
        *(
            ("before_dropoff", t.at - timedelta(minutes=10))
            for t in trips
            if t.kind == TripKind.DROPOFF
        ),
        ("day_after", (visit.left_at or visit.departure) + timedelta(days=1)),
        ("week_after", (visit.left_at or visit.departure) + timedelta(days=7)),
    ]
    name = f"{visit.number} {customer}"
    return [
        Moment(
            _label(_ENGLISH, name, what), at, visit.timezone, {"zh": _label(_CHINESE, name, what)}
        )
        for what, at in choices
    ]


def _label(language: Language, name: str, what: str) -> str:
    return f"{name}{language.colon}{language.say('clock', what).plain()}"
