"""Who is asked to give trips their drivers, and the item of the checklist that says so."""

from collections.abc import Iterable, Mapping, Sequence

from models.base.permissions import Ability
from models.base.words import TripState
from models.policy import Policy
from models.records.cars import Trip


def assigns_cars(policy: Policy, holders: Mapping[str, Sequence[str]]) -> list[str]:
    """Who is asked to give trips their drivers: whose role assigns cars, and where nobody holds
    such a role, who prepares the visit and may do it as well."""
    for ability in (Ability.ASSIGNS_CARS, Ability.PREPARES):
        for role in policy.company.able(ability):
            if holders.get(role):
                return list(holders[role][:1])
    return []


def is_of_cars(policy: Policy, key: str) -> bool:
    """Whether an item of the policy is that of cars and drivers: nobody ticks it, for it follows
    from the trips."""
    rule = policy.task_rule(key)
    dispatchers = policy.company.able(Ability.ASSIGNS_CARS)
    return rule is not None and rule.when is not None and rule.owner in dispatchers


def cars_settled(trips: Iterable[Trip]) -> bool:
    """Whether each trip has a driver who has accepted."""
    unsettled = {TripState.WANTED, TripState.ASSIGNED, TripState.DECLINED}
    states = [trip.state for trip in trips]
    return bool(states) and not unsettled.intersection(states)
