"""A customer's file as one person may read it (P09, P14)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from models.base.permissions import Verb
from models.policy.customer_fields import PRIVATE, CustomerSection
from models.policy.notice_fields import NoticeField
from models.policy.rules import Policy
from models.reading.notice import asked_of_customer, wanted_keys
from models.reading.picture import VisitPicture
from models.records.customers import Contact, Customer, CustomerFact
from models.records.entries import Entry
from models.records.request import NoticeValue


@dataclass(frozen=True)
class PastVisit:
    """A visit of the customer; `reads_feedback`: the person may read how satisfied they were."""

    picture: VisitPicture
    reads_feedback: bool


@dataclass(frozen=True)
class CustomerFile:
    """`facts` are those that the person may read; `latest` is the visit by which the policy says
    what is wanted. `also_called` are spellings that were merged into this one."""

    customer: Customer
    policy: Policy
    verbs: frozenset[Verb]
    facts: dict[str, CustomerFact] = field(default_factory=dict)
    also_called: list[str] = field(default_factory=list)
    visits: list[PastVisit] = field(default_factory=list)
    more_visits: int = 0
    promises: list[tuple[Entry, str]] = field(default_factory=list)  # with the visit's number
    contacts: list[Contact] = field(default_factory=list)
    latest: VisitPicture | None = None
    read_at: datetime | None = None

    @property
    def known(self) -> Mapping[str, NoticeValue]:
        """What is known, by field."""
        return {key: fact.value for key, fact in self.facts.items()}

    @property
    def reads_all(self) -> bool:
        return Verb.READ_CUSTOMER in self.verbs

    def asked_in(self, section: CustomerSection) -> list[NoticeField]:
        """The fields of a section that this person may read and fill."""
        asked = asked_of_customer(self.policy, self.latest, section, self.facts)
        return [each for each in asked if self.reads_all or each.key not in PRIVATE]

    def wanted(self) -> set[str]:
        """The fields that the policy wants for the latest visit."""
        return set(wanted_keys(self.latest)) if self.latest is not None else set()
