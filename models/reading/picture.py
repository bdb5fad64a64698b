"""A visit with all that belongs to it, read once: what rules decide on and templates show."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from models.base.permissions import Ability
from models.base.words import (
    OPEN_STATUSES,
    InvitationState,
    Matter,
    Party,
    Phase,
    Role,
    StepState,
    TaskState,
    TripState,
    VisitStatus,
)
from models.policy.rules import Level, Policy
from models.reading.clashes import Clash
from models.reading.deciding import Chain, deciders_of
from models.records.aftercare import Feedback
from models.records.audit import AuditEntry
from models.records.cars import Trip
from models.records.customers import Customer, Guest
from models.records.entries import Entry
from models.records.escorts import Invitation
from models.records.exception import ExceptionRequest
from models.records.files import VisitFile
from models.records.money import LedgerLine
from models.records.people import Absence
from models.records.preparation import Task
from models.records.request import NoticeValue
from models.records.signoff import ApprovalStep
from models.records.visit import Visit


@dataclass(frozen=True)
class VisitPicture:
    """`chains` are the sign-offs of the visit, in every version; `holders` lists the people of each
    role, those `named` for this visit before the company's, the first one being the one asked where
    one person is needed. `policy` is the version that the visit keeps. `history`, `entries` and
    `files` are there where the visit was read in full; `survey` is what is known of the customer
    where the policy asks for it, leaders decide, or it was read in full; `edits` (oldest first) and
    `clashes` while leaders decide on it, the latter also where it was read in full."""

    visit: Visit
    customer: Customer
    policy: Policy
    holders: dict[str, list[str]]
    named: dict[str, list[str]] = field(default_factory=dict)
    guests: list[Guest] = field(default_factory=list)
    trips: list[Trip] = field(default_factory=list)
    tasks: list[Task] = field(default_factory=list)
    chains: list[Chain] = field(default_factory=list)
    exceptions: list[ExceptionRequest] = field(default_factory=list)
    invitations: list[Invitation] = field(default_factory=list)
    notice: dict[str, NoticeValue] = field(default_factory=dict)  # beyond the request, by field
    confirmed: dict[str, str] = field(default_factory=dict)  # key facts, by marks of what they said
    costs: list[LedgerLine] = field(default_factory=list)  # as they stand, corrected ones not
    survey: dict[str, NoticeValue] = field(default_factory=dict)  # of the customer, by field
    is_new_customer: bool = False  # no earlier visit of theirs took place
    feedback: Feedback | None = None
    history: list[AuditEntry] = field(default_factory=list)
    entries: list[Entry] = field(default_factory=list)
    files: list[VisitFile] = field(default_factory=list)
    edits: list[AuditEntry] = field(default_factory=list)  # in rounds after the first
    clashes: list[Clash] = field(default_factory=list)

    @property
    def level(self) -> Level:
        return self.policy.level(self.visit.level)

    @property
    def status(self) -> VisitStatus:
        return VisitStatus(self.visit.status)

    @property
    def account_owner(self) -> str:
        """Named for the visit, else the host. Whom the customer has now is for visits to come."""
        return self.visit.account_owner_id or self.visit.host_id

    @property
    def proposed_owner(self) -> str | None:
        """Whom the visit proposes as account owner of a customer that has none."""
        return self.visit.account_owner_id if self.customer.account_owner_id is None else None

    @property
    def is_prepared(self) -> bool:
        """Approved once and not over: checks, cars and follow-up run, also while a later change
        waits for its approval, so that nobody stands at an airport meanwhile."""
        running = {
            VisitStatus.REQUESTED,
            VisitStatus.CHANGES_ASKED,
            VisitStatus.APPROVED,
            VisitStatus.FOLLOW_UP,
        }
        return self.visit.approved_at is not None and self.status in running

    @property
    def rests(self) -> bool:
        """Open and not on: not approved, or no longer, or its date is open. Nothing is to be done
        for it now."""
        return self.status in OPEN_STATUSES and not self.is_prepared

    @property
    def preparation(self) -> list[Task]:
        return [task for task in self.tasks if task.phase == Phase.PREPARATION]

    @property
    def departing(self) -> list[Task]:
        """What is done when the guests leave, such as counting the luggage (P01, P15)."""
        return [task for task in self.tasks if task.phase == Phase.DEPARTURE]

    @property
    def follow_up(self) -> list[Task]:
        return [task for task in self.tasks if task.phase == Phase.FOLLOW_UP]

    @property
    def approvals(self) -> list[ApprovalStep]:
        """The steps of the request's present round, in order."""
        chain = self.chain(Matter.REQUEST, self.visit.id or 0)
        return chain.steps if chain is not None else []

    @property
    def open_chains(self) -> list[Chain]:
        """What is being decided now."""
        return [chain for chain in self.chains if chain.pending is not None]

    @property
    def pending_step(self) -> ApprovalStep | None:
        """The step of the request that is being decided now."""
        return next((step for step in self.approvals if step.state == StepState.PENDING), None)

    def chain(self, matter: Matter, matter_id: int | None) -> Chain | None:
        """The sign-off of a matter as it stands: of a request the present round."""
        version = self.visit.approval_round if matter == Matter.REQUEST else None
        for chain in reversed(self.chains):
            found = chain.sign_off
            if (found.matter, found.matter_id) == (matter, matter_id) and version in {
                None,
                found.version,
            }:
                return chain
        return None

    def exception_steps(self, exception_id: int | None) -> list[ApprovalStep]:
        """The steps of one exception, in order."""
        chain = self.chain(Matter.EXCEPTION, exception_id)
        return chain.steps if chain is not None else []

    def chain_of(self, step_id: object) -> Chain | None:
        """The sign-off to which a step belongs, by the step's id."""
        return next((c for c in self.chains if any(s.id == step_id for s in c.steps)), None)

    @property
    def attending(self) -> list[str]:
        """The leaders who have said that they will attend, in the order they were asked (R4.5)."""
        return [i.user_id for i in self.invitations if i.state == InvitationState.ACCEPTED]

    def invitation(self, invitation_id: int) -> Invitation | None:
        return next((each for each in self.invitations if each.id == invitation_id), None)

    @property
    def asked_at(self) -> datetime:
        """When the approvers of the present round were first asked."""
        asked = (step.asked_at for step in self.approvals if step.asked_at is not None)
        return next(asked, self.visit.created_at)

    def entry(self, entry_id: int) -> Entry | None:
        return next((each for each in self.entries if each.id == entry_id), None)

    def file(self, file_id: int) -> VisitFile | None:
        return next((each for each in self.files if each.id == file_id), None)

    def trip(self, trip_id: int) -> Trip | None:
        return next((trip for trip in self.trips if trip.id == trip_id), None)

    def task(self, key: str) -> Task | None:
        return next((task for task in self.tasks if task.key == key), None)

    def window_opens(self) -> datetime:
        """From when on an item done or confirmed counts as confirmed again: first check (R5.2)."""
        checks = [s for s in self.policy.steps if s.message == "preparation_check"]
        zone, days = self.visit.timezone, self.policy.work_days
        moments = [s.at.offset.from_(self.visit.arrival, zone, days) for s in checks]
        return min(moments, default=self.visit.arrival)

    def is_confirmed(self, task: Task) -> bool:
        """Whether a checklist item stands (R5.2): done, and if it is of the kind that is confirmed
        again (people, places, cars), done or confirmed since the first check."""
        if task.state != TaskState.DONE or task.done_at is None:
            return False
        latest = max(task.done_at, task.confirmed_at or task.done_at)
        return not task.needs_recheck or latest >= self.window_opens()

    def awaited(self) -> list[Task]:
        """Items of the follow-up that are not done and for which the visit stays open: the policy
        may ask for one without waiting."""
        rules = {task.key: self.policy.task_rule(task.key) for task in self.follow_up}
        waits = {key for key, rule in rules.items() if rule is None or rule.awaited}
        return [t for t in self.follow_up if t.state != TaskState.DONE and t.key in waits]

    def unconfirmed(self) -> list[Task]:
        """Checklist items that do not stand yet, in the policy's order."""
        return [task for task in self.preparation if not self.is_confirmed(task)]

    def trips_without_driver(self) -> list[Trip]:
        return [t for t in self.trips if t.state in {TripState.WANTED, TripState.DECLINED}]

    def deciders(self, step: ApprovalStep) -> list[str]:
        """Who may decide a step: those of every level that has been asked."""
        chain = self.chain_of(step.id)
        if chain is None:
            return []
        return deciders_of(self.policy, chain.sign_off, step, self.holders)

    def able(self, ability: Ability) -> list[str]:
        """Everybody whose role can do something for the visit, in the order of the roles."""
        roles = self.policy.company.able(ability)
        return list(dict.fromkeys(p for role in roles for p in self.holders.get(role, [])))

    def raters(self) -> list[str]:
        """Whom the policy asks how important the visit is: every holder of a role."""
        who = self.policy.request.rated_by
        if who is None:
            return []
        return self.people(who) if isinstance(who, Party) else self.holders.get(who, [])

    def people(self, who: Role | Party, trip: Trip | None = None) -> list[str]:
        """The user ids behind a role or party of a policy; one person for a role (the first)."""
        visit = self.visit
        match who:
            case Party.REQUESTER:
                return [visit.requester_id]
            case Party.HOST:
                return [visit.host_id]
            case Party.SECOND_HOST:
                return [visit.second_host_id] if visit.second_host_id else []
            case Party.ACCOUNT_OWNER:
                return [self.account_owner]
            case Party.ATTENDING:
                return self.attending
            case Party.APPROVERS:
                return list(dict.fromkeys(s.decided_by for s in self.approvals if s.decided_by))
            case Party.TRIP_DRIVER:
                return [trip.driver_id] if trip is not None and trip.driver_id else []
            case Party.TASK_OWNERS:
                owners = (task.owner_id for task in self.preparation)
                return list(dict.fromkeys(owner for owner in owners if owner))
            case Party.CHANNEL:
                return []
            case _:
                return self.holders.get(who, [])[:1]


@dataclass(frozen=True)
class WaitingItem:
    """One thing that is a person's turn: an approval, changes, a car, a trip, a task, an
    invitation, or what came of a visit."""

    kind: Literal[
        "approval", "exception", "changes", "car", "trip", "task", "invitation", "outcome"
    ]
    picture: VisitPicture
    due: datetime
    step: ApprovalStep | None = None
    trip: Trip | None = None
    task: Task | None = None
    invitation: Invitation | None = None


@dataclass(frozen=True)
class HomeAgenda:
    """What App Home shows one person."""

    my_visits: list[VisitPicture]
    waiting: list[WaitingItem]
    today: list[VisitPicture]
    absences: list[Absence] = field(default_factory=list)  # their own, and for whom they stand in
