"""Who is asked to give trips their drivers."""

from collections.abc import Mapping, Sequence

from models.base.permissions import Ability
from models.policy import Policy


def assigns_cars(policy: Policy, holders: Mapping[str, Sequence[str]]) -> list[str]:
    """Who is asked to give trips their drivers: whose role assigns cars, and where nobody holds
    such a role, who prepares the visit and may do it as well."""
    for ability in (Ability.ASSIGNS_CARS, Ability.PREPARES):
        for role in policy.company.able(ability):
            if holders.get(role):
                return list(holders[role][:1])
    return []
