"""What a message or view is about: the visit, its reader, the moment, and shared phrases."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from models.base.permissions import Ability, Verb
from models.base.words import OFF_STATUSES, RESTING, VisitStatus
from models.reading.needs import who_may
from models.reading.picture import VisitPicture
from models.records.cars import Trip
from models.records.people import Reader
from models.records.preparation import Task
from models.records.signoff import ApprovalStep
from models.records.visit import Visit
from models.reminders.outbox import TOPIC
from templates.slack import ids
from templates.slack.blocks import Button
from templates.wording import terms
from templates.wording.language import Language
from templates.wording.text import Text, guard, mention

CHANGEABLE = frozenset({VisitStatus.REQUESTED, VisitStatus.CHANGES_ASKED, VisitStatus.APPROVED})
"""While a visit may still be edited, moved or called off."""
MOVABLE = CHANGEABLE | RESTING
"""While new dates may be set, or the visit called off."""
OVER = OFF_STATUSES | {VisitStatus.CLOSED}


@dataclass(frozen=True)
class Scene:
    """A visit as one reader is told of it. `args` are the delivery's own facts."""

    language: Language
    picture: VisitPicture
    now: datetime
    args: Mapping[str, Any] = field(default_factory=dict)

    @classmethod
    def of(
        cls,
        reader: Reader,
        picture: VisitPicture,
        now: datetime,
        args: Mapping[str, Any] | None = None,
    ) -> "Scene":
        """The visit in the reader's language."""
        return cls(Language(reader, now, picture.policy.company.names), picture, now, args or {})

    @property
    def reader(self) -> Reader:
        return self.language.reader

    @property
    def visit(self) -> Visit:
        return self.picture.visit

    @property
    def visit_id(self) -> int:
        return self.visit.id or 0

    @property
    def customer(self) -> Text:
        return guard(self.picture.customer.name, 120)

    @property
    def number(self) -> Text:
        return guard(self.visit.number)

    @property
    def title(self) -> Text:
        """The visit's name in one line: number and customer."""
        return Text(f"{self.number} · {self.customer}")

    @property
    def is_over(self) -> bool:
        return self.picture.status in OVER

    @property
    def is_off(self) -> bool:
        """Over without having taken place."""
        return self.is_over and self.visit.left_at is None

    def when(self, at: datetime) -> Text:
        """Day and time for the reader, with the site's where the clocks differ."""
        return self.language.when(at, self.visit.timezone)

    def time(self, at: datetime) -> Text:
        """The time of day for the reader, with the site's where the clocks differ."""
        return self.language.clock(at, self.visit.timezone)

    @property
    def arrival(self) -> Text:
        return self.when(self.visit.arrival)

    def addressed(self) -> Text | None:
        """The reader by name, where the message may answer another one: Slack tells people of an
        answer in a thread that names them."""
        reader = self.reader.user_id
        return mention(reader) if reader is not None and TOPIC in self.args else None

    def trip_kind(self, kind: str) -> Text:
        """What a drive of the visit is called, by how the guests come."""
        return terms.trip_kind(self.language, kind, self.visit.travel_by)

    def step(self) -> ApprovalStep | None:
        """The step of the request that the delivery names by its id."""
        number = self.args.get("step")
        return next((step for step in self.picture.approvals if step.id == number), None)

    def task(self) -> Task | None:
        """The task that the delivery names by its id."""
        return next((t for t in self.picture.tasks if t.id == self.args.get("task")), None)

    def trip(self) -> Trip | None:
        """The trip that the delivery names by its id."""
        return self.picture.trip(int(self.args.get("trip") or 0))

    def reads(self, *roles: str) -> bool:
        """Whether the reader holds one of the roles."""
        holders = self.picture.holders
        return self.reader.is_among([who for role in roles for who in holders.get(role, [])])

    def is_able(self, *abilities: Ability) -> bool:
        """Whether the reader's role can do one of these for the visit."""
        able = self.picture.able
        return self.reader.is_among([who for ability in abilities for who in able(ability)])

    @property
    def in_channel(self) -> bool:
        """Whether it is said to everybody in the visits channel, not to one person."""
        return self.reader.is_among([None])

    def site_clock(self) -> Text | None:
        """Whose clock the times of a message to the channel are on."""
        if not self.in_channel:
            return None
        return self.say("visit", "site_clock", city=self.language.city(self.visit.timezone))

    def may(self, verb: Verb) -> bool:
        """Whether the reader may do the verb to the visit; nobody in a channel may."""
        return self.reader.is_among(who_may(self.picture, verb))

    def _(self, message: str, /, **facts: object) -> Text:
        return self.language._(message, **facts)

    def say(self, file: str, name: str, /, **facts: object) -> Text:
        """A block of a words file; customer and number are there for every text."""
        own = {"customer": self.customer, "number": self.number}
        return self.language.say(file, name, **(own | facts))

    def visit_button(self, action_id: str, label: Text) -> Button:
        """A button that acts on the visit as it is now."""
        return Button(action_id, label, ids.pack(self.visit_id, self.visit.revision))

    def details_button(self) -> Button:
        """Opens all that there is to know."""
        return self.visit_button(ids.DETAILS, self._("Details"))
