"""Who is asked to give trips their drivers."""

from models.base.words import Role


def assigns_cars(holders: dict[str, list[str]]) -> list[str]:
    """Who is asked to give trips their drivers: the dispatcher, and where nobody holds that role
    the coordinator, who may do it as well."""
    return (holders.get(Role.DISPATCHER) or holders.get(Role.COORDINATOR) or [])[:1]
