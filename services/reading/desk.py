"""What a verb is called with: the session, the moment, the site, and who acts from where."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlmodel import Session

from models.policy import Policy

Source = Literal["slack", "tick", "command"]


@dataclass(frozen=True)
class Site:
    """The company's place: its IANA zone, the language of its channels, the policy in force."""

    timezone: str
    locale: str
    policy: Policy


@dataclass(frozen=True)
class Desk:
    """`now` is aware and read once by the edge. `actor_id` is None where time itself acts."""

    session: Session
    now: datetime
    site: Site
    actor_id: str | None
    source: Source

    @property
    def person(self) -> str:
        """The acting person. Raises ValueError where a verb of people was called by the clock."""
        if self.actor_id is None:
            raise ValueError("only a person can do this")
        return self.actor_id
