"""The people of the workspace, remembered so that no click waits for a look-up."""

from collections.abc import Mapping, Sequence

from sqlmodel import Session, SQLModel, col, select

from models.base.permissions import Ability
from models.policy import Policy
from models.records.people import Person, Reader, RoleHolder
from services.reading.desk import Site
from services.store.sql import among

_USER_ID = SQLModel.metadata.tables[str(Person.__tablename__)].c.user_id


def remember(session: Session, people: list[Person]) -> None:
    """Keep what Slack says of these people: name, locale, zone, whether they administer it."""
    for person in people:
        session.merge(person)


def reader(session: Session, user_id: str | None, site: Site) -> Reader:
    """How to speak to somebody: their own language and zone; the site's where they are unknown,
    and for a channel (None)."""
    person = session.get(Person, user_id) if user_id is not None else None
    if person is None:
        return Reader(site.locale, site.timezone, user_id)
    return Reader(language(person.locale), person.timezone, user_id)


def readers(session: Session, user_ids: set[str], site: Site) -> dict[str, Reader]:
    """How to speak to each of these people, by one look."""
    query = select(Person.user_id, Person.locale, Person.timezone)
    rows = session.exec(query.where(among(session, _USER_ID, user_ids)))
    known = {user_id: Reader(language(locale), zone, user_id) for user_id, locale, zone in rows}
    return {who: known.get(who) or Reader(site.locale, site.timezone, who) for who in user_ids}


def language(slack_locale: str) -> str:
    """The catalogue for a Slack locale: Chinese of any kind reads 简体中文, all others English."""
    return "zh" if slack_locale.lower().startswith("zh") else "en"


def holders(session: Session) -> dict[str, list[str]]:
    """The user ids of each role that anybody holds, the first-named first."""
    found: dict[str, list[str]] = {}
    rows = session.exec(select(RoleHolder).order_by(col(RoleHolder.role), col(RoleHolder.position)))
    for row in rows:
        found.setdefault(row.role, []).append(row.user_id)
    return found


def able(present: Mapping[str, Sequence[str]], policy: Policy, ability: Ability) -> list[str]:
    """Of the holders of each role (`holders`), those who can do something by a policy, each once,
    in the order of its roles."""
    people = (person for role in policy.company.able(ability) for person in present.get(role, ()))
    return list(dict.fromkeys(people))


def admins(session: Session, policy: Policy) -> list[str]:
    """Whom to tell what goes wrong: who administers, else the admins that Slack names."""
    return able(holders(session), policy, Ability.ADMINISTERS) or workspace_admins(session)


def workspace_admins(session: Session) -> list[str]:
    """The active admins and owners that Slack names, at most five: enough to find one."""
    query = select(Person.user_id).where(col(Person.is_workspace_admin), col(Person.is_active))
    return list(session.exec(query.order_by(Person.user_id).limit(5)).all())


def is_workspace_admin(session: Session, user_id: str) -> bool:
    """Whether Slack knows the person as an admin or owner of the workspace."""
    person = session.get(Person, user_id)
    return person is not None and person.is_workspace_admin
