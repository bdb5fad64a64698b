"""The version of the policy that each visit keeps, whatever becomes of the file."""

import logging

from sqlmodel import Session, SQLModel, select

from models.policy import Policy, PolicyError, restore_policy
from models.policy_version import PolicyVersion
from models.visit import Visit
from services.database import insert_once
from services.desk import Desk, Site

_VERSIONS = SQLModel.metadata.tables[str(PolicyVersion.__tablename__)]
log = logging.getLogger(__name__)


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


_restored: dict[str, Policy | None] = {}
"""By digest, so that a version is read once: what a digest stands for never changes."""
