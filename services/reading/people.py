"""The people of the workspace, remembered so that no click waits for a look-up."""

from sqlmodel import Session, SQLModel, col, select

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


def names(session: Session, user_ids: set[str]) -> dict[str, str]:
    """What these people are called, as far as they are known."""
    query = select(Person.user_id, Person.name).where(among(session, _USER_ID, user_ids))
    return dict(session.exec(query).all())


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


def workspace_admins(session: Session) -> list[str]:
    """The active admins and owners that Slack names, at most five: enough to find one."""
    query = select(Person.user_id).where(col(Person.is_workspace_admin), col(Person.is_active))
    return list(session.exec(query.order_by(Person.user_id).limit(5)).all())


def is_workspace_admin(session: Session, user_id: str) -> bool:
    """Whether Slack knows the person as an admin or owner of the workspace."""
    person = session.get(Person, user_id)
    return person is not None and person.is_workspace_admin
