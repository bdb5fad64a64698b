"""Visits as values, for rules that need no database."""

from datetime import UTC, datetime, timedelta
from typing import Any

from models.base.words import Phase, StepState, TripKind, VisitStatus
from models.policy import Policy, load_policy
from models.reading.picture import VisitPicture
from models.records.cars import Trip
from models.records.customers import Customer
from models.records.preparation import Task
from models.records.signoff import ApprovalStep
from models.records.visit import Visit

SHANGHAI = "Asia/Shanghai"
REQUESTED = datetime(2026, 12, 1, 2, 0, tzinfo=UTC)  # 10:00 in Shanghai, a Tuesday
ARRIVAL = datetime(2026, 12, 10, 2, 0, tzinfo=UTC)
DEPARTURE = ARRIVAL + timedelta(hours=8)
STANDARD = load_policy("standard")
HOLDERS = {
    "department_manager": ["U01CHEN"],
    "vice_president": ["U01ZHAO"],
    "general_manager": ["U01PARK"],
    "coordinator": ["U01MEI"],
    "dispatcher": ["U01LIU"],
    "driver": ["U01MA", "U01TOM"],
    "it": ["U01DEV"],
    "front_desk": ["U01XU"],
}


def make_visit(**changes: Any) -> Visit:
    """An approved visit of tomorrow week, requested and hosted by U01LIN, owned by U01RUTH."""
    facts: dict[str, Any] = {
        "id": 7,
        "number": "V-2026-0007",
        "status": VisitStatus.APPROVED,
        "customer_id": 1,
        "purpose": "site_audit",
        "level": "b",
        "lead_guest": "Ada Byron",
        "lead_guest_title": "CEO",
        "party_size": 4,
        "arrival": ARRIVAL,
        "departure": DEPARTURE,
        "timezone": SHANGHAI,
        "requester_id": "U01LIN",
        "host_id": "U01LIN",
        "account_owner_id": "U01RUTH",
        "policy_name": "standard",
        "policy_digest": STANDARD.digest,
        "created_at": REQUESTED,
        "approved_at": REQUESTED + timedelta(hours=2),
    }
    return Visit(**(facts | changes))


def make_trip(kind: TripKind, **changes: Any) -> Trip:
    at = ARRIVAL - timedelta(hours=1) if kind == TripKind.PICKUP else DEPARTURE
    number = 1 if kind == TripKind.PICKUP else 2
    facts: dict[str, Any] = {"id": number, "visit_id": 7, "kind": kind, "place": "PVG T2", "at": at}
    return Trip(**(facts | changes))


def make_tasks(policy: Policy, phase: Phase, owner: str = "U01MEI") -> list[Task]:
    return [
        Task(
            id=number,
            visit_id=7,
            phase=phase,
            key=rule.key,
            owner_role=rule.owner,
            owner_id=owner,
            due_at=ARRIVAL - timedelta(days=1),
            needs_recheck=rule.recheck,
        )
        for number, rule in enumerate((r for r in policy.tasks if r.phase == phase), start=1)
    ]


def make_step(**changes: Any) -> ApprovalStep:
    facts: dict[str, Any] = {
        "id": 3,
        "visit_id": 7,
        "round": 1,
        "position": 0,
        "role": "department_manager",
        "state": StepState.PENDING,
        "asked_at": REQUESTED,
        "escalate_to": "vice_president",
    }
    return ApprovalStep(**(facts | changes))


def make_picture(
    visit: Visit | None = None, policy: Policy = STANDARD, **parts: Any
) -> VisitPicture:
    return VisitPicture(
        visit=visit or make_visit(),
        customer=Customer(id=1, name="Acme", name_key="acme", created_at=REQUESTED),
        policy=policy,
        holders=HOLDERS,
        **parts,
    )
