"""What of a visit goes along when somebody hands over what they have, be it for some days. Pure."""

from dataclasses import dataclass, field

from models.base.permissions import Ability
from models.base.words import OPEN_STATUSES, Party, TaskState, TripState
from models.policy.rules import Policy
from models.reading.deciding import Chain, Holders, is_equal, may_delegate, may_stand_in
from models.reading.picture import VisitPicture
from models.records.cars import Trip
from models.records.preparation import Task
from models.records.signoff import ApprovalStep

NOT_STARTED = frozenset({TripState.ASSIGNED, TripState.ACCEPTED})


@dataclass(frozen=True)
class Parts:
    """What somebody has of one visit that another can take: the parties they are, open items,
    trips that have not begun, and decisions that wait for them and the other may make."""

    parties: list[Party] = field(default_factory=list)
    tasks: list[Task] = field(default_factory=list)
    trips: list[Trip] = field(default_factory=list)
    steps: list[tuple[Chain, ApprovalStep]] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.parties or self.tasks or self.trips or self.steps)


def parts_of(view: VisitPicture, who: str, to: str) -> Parts:
    """What of an open visit goes from one person to another."""
    if view.status not in OPEN_STATUSES:
        return Parts()
    visit = view.visit
    owner = visit.account_owner_id or view.customer.account_owner_id
    parties = {
        Party.HOST: visit.host_id,
        Party.SECOND_HOST: visit.second_host_id,
        Party.ACCOUNT_OWNER: owner,
    }
    steps = []
    for chain in view.open_chains:
        step = chain.pending
        if step is not None and (
            may_delegate(view.policy, chain.sign_off, step, view.holders, who)
            and may_stand_in(view.policy, chain.sign_off, step, view.holders, who, to)
        ):
            steps.append((chain, step))
    return Parts(
        [party for party, person in parties.items() if person == who],
        [task for task in view.tasks if task.owner_id == who and task.state != TaskState.DONE],
        [trip for trip in view.trips if trip.driver_id == who and trip.state in NOT_STARTED],
        steps,
    )


def lacks_to_stand_in(policy: Policy, holders: Holders, who: str, to: str) -> str | None:
    """What keeps somebody from standing in for another whatever comes: the code of a fault.
    Where the policy lets nobody decide in another's place, decisions stay, and nothing is said."""
    held = [role for role, people in holders.items() if who in people]
    leads = [role for role in held if policy.company.grade(role) > 0]
    rule = policy.approval.delegation
    if leads and rule != "none" and not is_equal(policy, leads, holders, to):
        return "no_stand_in"
    drives = policy.company.able(Ability.DRIVES)
    if set(held) & set(drives) and not any(to in holders.get(role, ()) for role in drives):
        return "not_a_driver"
    return None
