"""The shape of a policy file, whole. Unknown keys and wrong units are refused."""

from decimal import Decimal
from functools import cached_property

from pydantic import Field, field_validator

from models.base.calendar import WorkCalendar, knows_country
from models.base.words import Purpose
from models.policy.approval_tables import (
    Approval,
    ApproverRule,
    Escalation,
    ExceptionRule,
    Expenses,
    LeadRule,
    LeadTime,
    Overspend,
)
from models.policy.asked_facts import AskedFact, asked_facts
from models.policy.base import Amount, Currency, Key, RoleKey, Table, Text
from models.policy.car_tables import Cars
from models.policy.company_days import CompanyDays
from models.policy.company_tables import (
    WORKED_OUT,
    Appraisal,
    Archive,
    Campaign,
    CustomerKind,
    Document,
    Emergency,
    Gifts,
    Hotel,
    MealPlan,
    Measure,
    MonthlyFigures,
    Protocol,
    Rank,
    Request,
    Route,
    Secrecy,
    Team,
    Training,
)
from models.policy.ladder import Ladder, ladder_of
from models.policy.level_tables import Level
from models.policy.notice_tables import NoticeRule
from models.policy.role_tables import MOST, CompanyRole, Roles
from models.policy.timed_tables import (
    Condition,
    Conduct,
    FollowUp,
    QuietHours,
    Repeat,
    Step,
    TaskRule,
)

__all__ = [
    "Condition",
    "Escalation",
    "LeadRule",
    "LeadTime",
    "Level",
    "Policy",
    "Repeat",
    "Step",
    "TaskRule",
    "Text",
]


class Policy(Table):
    """One company's procedure, whole. Amounts are in `currency`; `rates` are what one unit of
    another currency is worth in it."""

    name: Key
    title: Text
    country: str = "CN"
    currency: Currency = "CNY"
    rates: dict[Currency, Amount] = Field(default={})
    default_level: Key
    max_party_size: int = Field(default=500, ge=1, le=5000, strict=True)
    cards: list[Key] | None = None  # etiquette cards that are shown; None: all
    role_names: dict[RoleKey, Text] = Field(default={})
    without_roles: list[Key] = Field(default=[])  # of the shipped ones

    request: Request = Request()
    lead_time: LeadTime
    approval: Approval = Approval()
    escalation: Escalation
    protocol: Protocol = Protocol()
    overspend: Overspend | None = None
    expenses: Expenses | None = None
    gifts: Gifts | None = None
    secrecy: Secrecy | None = None
    conduct: Conduct = Conduct()
    cars: Cars = Cars()
    follow_up: FollowUp = FollowUp()
    quiet_hours: QuietHours | None = None
    calendar: CompanyDays = CompanyDays()
    archive: Archive | None = None
    appraisal: Appraisal | None = None
    monthly_figures: MonthlyFigures | None = None

    roles: list[CompanyRole] = Field(default=[], alias="role", max_length=MOST)
    customer_kinds: list[CustomerKind] = Field(default=[], alias="customer_kind")
    ranks: list[Rank] = Field(default=[], alias="rank")
    levels: list[Level] = Field(min_length=1, alias="level")
    approvers: list[ApproverRule] = Field(default=[], alias="approver")
    exceptions: list[ExceptionRule] = Field(default=[], alias="exception")
    teams: list[Team] = Field(default=[], alias="team")
    trainings: list[Training] = Field(default=[], alias="training")
    routes: list[Route] = Field(default=[], alias="route")
    meal_plans: list[MealPlan] = Field(default=[], alias="meal_plan")
    hotels: list[Hotel] = Field(default=[], alias="hotel")
    notices: list[NoticeRule] = Field(default=[], alias="notice")
    documents: list[Document] = Field(default=[], alias="document")
    emergencies: list[Emergency] = Field(default=[], alias="emergency")
    measures: list[Measure] = Field(default=[], alias="measure")
    campaigns: list[Campaign] = Field(default=[], alias="campaign")
    tasks: list[TaskRule] = Field(default=[], alias="task")
    steps: list[Step] = Field(default=[], alias="step")

    digest: str = Field(default="", exclude=True)  # of the file's text: the version
    file: str = Field(default="", exclude=True)
    whole: str = Field(default="", exclude=True, repr=False)  # of the file, as visits keep it
    lines: dict[str, int] = Field(default={}, exclude=True, repr=False)  # where each key stands

    @field_validator("country")
    @classmethod
    def _known_country(cls, value: str) -> str:
        if not knows_country(value):
            raise ValueError(f"{value!r} is not a country with a holiday calendar (ISO code)")
        return value

    @cached_property
    def company(self) -> Roles:
        """The company's roles, departments and posts: shipped ones and its own."""
        return Roles(self.roles, self.without_roles, self.role_names)

    @cached_property
    def grades(self) -> dict[str, int]:
        """The grade of each rank by its key."""
        return {rank.key: rank.grade for rank in self.ranks}

    @cached_property
    def purposes(self) -> list[Purpose]:
        """The purposes that a request may have (R1.2); a plain meeting where it is named."""
        return self.request.purposes or [each for each in Purpose if each != Purpose.MEETING]

    @cached_property
    def work_days(self) -> WorkCalendar:
        """The days on which the company works."""
        off = frozenset(day for each in self.calendar.holidays for day in each.days)
        return WorkCalendar(self.country, off, frozenset(self.calendar.working))

    @cached_property
    def asked(self) -> frozenset[AskedFact]:
        """The facts of the customer and the visit that the policy asks for."""
        return asked_facts(self)

    @cached_property
    def ladder(self) -> Ladder:
        """The ranks as titles tell them."""
        return ladder_of(self.ranks)

    @cached_property
    def all_rates(self) -> dict[str, Decimal]:
        """What one unit of each known currency is worth in the policy's own, itself included."""
        return {**self.rates, self.currency: Decimal(1)}

    @cached_property
    def worked_out(self) -> list[Measure]:
        """The measures of a month that are worked out, in the file's order (R11.1)."""
        return [m for m in self.measures if m.every == "month" and m.key in WORKED_OUT]

    def level(self, key: str) -> Level:
        """The level of that key; the default one where a newer file no longer has it."""
        found = {level.key: level for level in self.levels}
        return found.get(key) or found[self.default_level]

    def rank(self, key: str | None) -> Rank | None:
        """The rank of that key, if the file has it."""
        return next((rank for rank in self.ranks if rank.key == key), None)

    def task_rule(self, key: str) -> TaskRule | None:
        """The checklist or follow-up rule of that key, if the file still has it."""
        return next((task for task in self.tasks if task.key == key), None)

    def step(self, key: str) -> Step | None:
        """The timed step of that key, if the file still has it."""
        return next((step for step in self.steps if step.key == key), None)
