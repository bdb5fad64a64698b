"""Visits that are on at the time of another one and touch it."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Clash:
    """Another visit whose stay overlaps: of the same customer, or with `hosts` who are to host
    here as well."""

    number: str
    customer: str
    arrival: datetime
    departure: datetime
    is_same_customer: bool
    hosts: tuple[str, ...] = ()
