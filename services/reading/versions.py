"""The version of the policy that each visit keeps, whatever becomes of the file."""

import logging
from dataclasses import dataclass

from sqlmodel import Session, SQLModel, col, select

from models.base.words import OPEN_STATUSES
from models.policy import Policy, PolicyError, restore_policy
from models.records.procedure import PolicyVersion
from models.records.visit import Visit
from services.reading.desk import Desk, Site
from services.store.sql import insert_once

_VERSIONS = SQLModel.metadata.tables[str(PolicyVersion.__tablename__)]
log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Unreadable:
    """A version that open visits keep and that cannot be read: they follow the policy in force.
    `reason` is a line of a PolicyError; None where the text was never stored."""

    name: str
    digest: str
    visits: list[str]
    reason: str | None


def keep(desk: Desk, policy: Policy) -> None:
    """Store a version of the policy, once."""
    known = select(PolicyVersion.digest).where(PolicyVersion.digest == policy.digest)
    if desk.session.exec(known).first() is None:
        row = PolicyVersion(
            digest=policy.digest,
            name=policy.name,
            file=policy.file,
            text=policy.whole,
            kept_at=desk.now,
        )
        insert_once(desk.session, _VERSIONS, [row.model_dump()], "digest")


def policy_of(session: Session, visit: Visit, site: Site) -> Policy:
    """The policy that the visit keeps; the one in force where that cannot be read any more."""
    if visit.policy_digest == site.policy.digest:
        return site.policy
    return kept(session, visit.policy_digest) or site.policy


def kept(session: Session, digest: str) -> Policy | None:
    """A version that was stored; None where it was not, or cannot be read any more."""
    if digest in _restored:
        return _restored[digest]
    row = session.get(PolicyVersion, digest)
    if row is None:
        return None
    try:
        _restored[digest] = restore_policy(row.text, row.file)
    except PolicyError as error:
        log.error("a kept version of policy %s cannot be read: %s", row.name, error)
        _restored[digest] = None
    return _restored[digest]


def unreadable(session: Session, site: Site) -> list[Unreadable]:
    """The versions that open visits keep and that cannot be read, with the visits' numbers."""
    visits = session.exec(
        select(Visit.policy_digest, Visit.policy_name, Visit.number)
        .where(
            col(Visit.status).in_([str(status) for status in OPEN_STATUSES]),
            Visit.policy_digest != site.policy.digest,
        )
        .order_by(col(Visit.id))
    )
    numbers: dict[tuple[str, str], list[str]] = {}
    for digest, name, number in visits:
        numbers.setdefault((digest, name), []).append(number)
    found = []
    for (digest, name), of in numbers.items():
        if kept(session, digest) is None:
            found.append(Unreadable(name, digest, of, _reason(session, digest)))
    return found


def _reason(session: Session, digest: str) -> str | None:
    row = session.get(PolicyVersion, digest)
    if row is None:
        return None
    try:
        restore_policy(row.text, row.file)
    except PolicyError as error:
        return str(error).splitlines()[0]
    return None


_restored: dict[str, Policy | None] = {}
"""By digest, so that a version is read once: what a digest stands for never changes."""
