"""What is worth saying of the policy in force when a bot starts: to the log, and to the admins."""

import hashlib

from models.base.words import Role
from models.policy.check import findings, undecidable, unheld_roles
from services.people import first_steps
from services.reading.desk import Desk
from services.reading.people import admins, holders
from services.reading.versions import keep, unreadable
from services.saying import outbox


def look_over(desk: Desk) -> list[str]:
    """Lines about the policy in force and the kept versions. The admins are told which roles it
    asks for and nobody holds, once for each version; not before anybody holds any role, for then
    it is still to be set up. The first steps begin
    then. The policy is kept, for visits that follow it since before that was
    done."""
    keep(desk, desk.site.policy)
    first_steps.begin(desk)
    policy, present = desk.site.policy, holders(desk.session)
    worth_saying = [*undecidable(policy), *findings(policy, present or None)]
    lines = [str(finding) for finding in worth_saying]
    missing = unheld_roles(policy, present)
    if present and missing:
        _tell(desk, missing)
    elif missing:
        lines.append(f"{policy.file}: no role has been given to anybody yet: /visit setup")
    for each in unreadable(desk.session, desk.site):
        why = each.reason or "its text was never kept"
        lines.append(
            f"a kept version of {each.name} ({each.digest}) cannot be read: {why}; "
            f"{len(each.visits)} open visits follow the policy in force"
        )
    return lines


def _tell(desk: Desk, missing: list[Role]) -> None:
    words = desk.site.policy.company.names
    names = {role: words[role].model_dump() for role in missing}
    stamp = hashlib.sha256(",".join(missing).encode()).hexdigest()[:12]
    for person in admins(desk.session, desk.site.policy):
        key = f"policy:{desk.site.policy.digest}:missing:{stamp}:{person}"
        outbox.owe(desk, "missing_role", person, key, None, roles=missing, names=names)
