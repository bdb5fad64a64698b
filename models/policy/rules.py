"""The shape of a policy file. Unknown keys, wrong units and dangling names are refused here."""

from typing import Annotated, Any, Literal, Self

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    field_validator,
    model_validator,
)

from models.calendar import knows_country
from models.policy.moment import Moment, Offset
from models.words import Party, Phase, Role


class _Table(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, arbitrary_types_allowed=True)


class Text(_Table):
    """Words of the company's own, in English, and in Chinese where they differ."""

    en: str = Field(min_length=1, max_length=150)
    zh: str | None = Field(default=None, max_length=150)

    @model_validator(mode="before")
    @classmethod
    def _from_string(cls, value: Any) -> Any:
        return {"en": value} if isinstance(value, str) else value

    def in_(self, locale: str) -> str:
        """The words for a reader of that locale ("en" or "zh")."""
        return self.zh if locale == "zh" and self.zh else self.en


Key = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,39}$")]
When = Annotated[Moment, BeforeValidator(lambda v: Moment.parse(v) if isinstance(v, str) else v)]
Distance = Annotated[
    Offset, BeforeValidator(lambda v: Offset.parse(v) if isinstance(v, str) else v)
]
Condition = Literal[
    "car_not_here",  # the trip's car has not been reported at the pickup point (R6.3)
    "not_aboard",  # the guests are not in the trip's car yet
    "no_pickup",  # the guests come without a car of ours (R6.6)
    "items_open",  # something of the preparation is not confirmed (R5.2)
    "task_open",  # the step's task is not done
]

APPROVER_ROLES = (
    Role.DEPARTMENT_MANAGER,
    Role.VICE_PRESIDENT,
    Role.GENERAL_MANAGER,
    Role.CHAIRMAN,
)


class Level(_Table):
    """A reception level: who decides, in order (R2.1, R3.1)."""

    key: Key
    name: Text
    approvers: list[Role] = Field(min_length=1)


class LeadTime(_Table):
    """How early a request should come (R1.5). Later ones are marked urgent, never refused."""

    working_days: int = Field(ge=0, le=60)


class Escalation(_Table):
    """Whom an undecided request goes to after so many hours of silence (R3.1)."""

    after_hours: int = Field(ge=1, le=240)
    to: dict[Role, Role]

    @model_validator(mode="after")
    def _ends(self) -> Self:
        for start in self.to:
            seen, role = {start}, self.to.get(start)
            while role is not None:
                if role in seen:
                    raise ValueError(f"the chain from {start} comes back to {role}")
                seen.add(role)
                role = self.to.get(role)
        return self


class TaskRule(_Table):
    """An item of the checklist (R5.1) or of the follow-up (R8): owner and due time."""

    key: Key
    phase: Phase = Phase.PREPARATION
    title: Text
    owner: Role | Party
    due: When
    recheck: bool = False
    when: Literal["pickup", "trip"] | None = None


class Repeat(_Table):
    """Again after each `every`, at most `limit` times, while the step's condition holds."""

    every: Distance
    limit: int = Field(ge=1, le=60)


class Step(_Table):
    """A timed step: when, what is said, to whom, on which condition, until when it still helps."""

    key: Key
    at: When
    message: Key
    to: list[Role | Party] = Field(min_length=1)
    when: list[Condition] = []
    task: Key | None = None
    until: When | None = None
    repeat: Repeat | None = None

    @model_validator(mode="after")
    def _task_named(self) -> Self:
        if "task_open" in self.when and self.task is None:
            raise ValueError("the condition task_open needs `task`")
        return self


class Policy(_Table):
    """One company's procedure, whole."""

    name: Key
    title: Text
    country: str = "CN"
    default_level: Key
    max_party_size: int = Field(default=500, ge=1, le=5000)
    lead_time: LeadTime
    escalation: Escalation
    levels: list[Level] = Field(min_length=1, alias="level")
    tasks: list[TaskRule] = Field(default=[], alias="task")
    steps: list[Step] = Field(default=[], alias="step")
    digest: str = Field(default="", exclude=True)  # of the file's text: the version

    @field_validator("country")
    @classmethod
    def _known_country(cls, value: str) -> str:
        if not knows_country(value):
            raise ValueError(f"{value!r} is not a country with a holiday calendar (ISO code)")
        return value

    @model_validator(mode="after")
    def _names_resolve(self) -> Self:
        for kind, keys in (
            ("level", [level.key for level in self.levels]),
            ("task", [task.key for task in self.tasks]),
            ("step", [step.key for step in self.steps]),
        ):
            double = {key for key in keys if keys.count(key) > 1}
            if double:
                raise ValueError(f"{kind} {', '.join(sorted(double))} is there twice")
        if self.default_level not in {level.key for level in self.levels}:
            raise ValueError(f"default_level {self.default_level!r} is none of the levels")
        tasks = {task.key for task in self.tasks}
        for step in self.steps:
            if step.task is not None and step.task not in tasks:
                raise ValueError(f"step {step.key}: task {step.task!r} is none of the tasks")
        return self

    def level(self, key: str) -> Level:
        """The level of that key; the default one where a newer file no longer has it."""
        found = {level.key: level for level in self.levels}
        return found.get(key) or found[self.default_level]

    def task_rule(self, key: str) -> TaskRule | None:
        """The checklist or follow-up rule of that key, if the file still has it."""
        return next((task for task in self.tasks if task.key == key), None)

    def step(self, key: str) -> Step | None:
        """The timed step of that key, if the file still has it."""
        return next((step for step in self.steps if step.key == key), None)
