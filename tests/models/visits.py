"""Visits as values, for rules that need no database."""

from datetime import UTC, datetime, timedelta
from typing import Any

from models.base.words import Matter, Phase, StepState, TripKind, VisitStatus
from models.policy import Policy, load_policy
from models.reading.deciding import Chain
from models.reading.picture import VisitPicture
from models.records.cars import Trip
from models.records.customers import Customer
from models.records.preparation import Task
from models.records.signoff import ApprovalStep, SignOff
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
        "contact_phone": "+8613812345678",
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
    """A step of the request that was asked when it came; a waiting one of nobody yet."""
    facts: dict[str, Any] = {
        "id": 3,
        "sign_off_id": 1,
        "position": 0,
        "role": "department_manager",
        "state": StepState.PENDING,
        "asked_at": REQUESTED,
    } | changes
    is_asked = facts["state"] != StepState.WAITING
    levels: dict[str, Any] = {"levels": facts["role"] if is_asked else ""}
    return ApprovalStep(**(levels | facts))


def make_chain(matter: Matter, matter_id: int, steps: list[ApprovalStep], **changes: Any) -> Chain:
    """A sign-off of visit 7 with these steps, asked for by U01LIN."""
    facts: dict[str, Any] = {
        "id": steps[0].sign_off_id,
        "matter": matter,
        "matter_id": matter_id,
        "visit_id": 7,
        "asked_by": "U01LIN",
        "opened_at": REQUESTED,
    }
    return Chain(SignOff(**(facts | changes)), steps)


def make_picture(
    visit: Visit | None = None,
    policy: Policy = STANDARD,
    *,
    approvals: list[ApprovalStep] | None = None,
    exception_steps: list[ApprovalStep] | None = None,
    **parts: Any,
) -> VisitPicture:
    """`approvals` are the steps of the request's present round; those of exceptions have the
    exception's number a hundredfold as their `sign_off_id`."""
    visit = visit or make_visit()
    chains: list[Chain] = []
    if approvals:
        number, version = visit.id or 0, visit.approval_round
        chains.append(make_chain(Matter.REQUEST, number, approvals, version=version))
    by_exception: dict[int, list[ApprovalStep]] = {}
    for step in exception_steps or []:
        by_exception.setdefault(step.sign_off_id // 100, []).append(step)
    chains += [make_chain(Matter.EXCEPTION, n, steps) for n, steps in by_exception.items()]
    facts: dict[str, Any] = {
        "customer": Customer(id=1, name="Acme", name_key="acme", created_at=REQUESTED),
        "holders": HOLDERS,
        "chains": chains,
    }
    return VisitPicture(visit=visit, policy=policy, **(facts | parts))
