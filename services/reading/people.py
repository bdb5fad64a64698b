"""The people of the workspace, remembered so that no click waits for a look-up."""

from collections.abc import Collection, Mapping, Sequence
from functools import cache

from sqlmodel import Session, SQLModel, col, or_, select
from sqlmodel.sql.expression import Select, SelectOfScalar

from models.base.permissions import Ability
from models.policy import Policy
from models.records.people import Person, Reader, RoleHolder, VisitRole
from models.records.visit import Visit
from services.reading.desk import Site
from services.store.hold import HOLDERS
from services.store.sql import among, column_of, kind_of, one_of

_USER_ID = SQLModel.metadata.tables[str(Person.__tablename__)].c.user_id
_IS_HERE = or_(col(Person.is_active).is_(None), col(Person.is_active))
"""Who takes part; as long as nothing is known of somebody, they do."""


def remember(session: Session, people: list[Person]) -> None:
    """Keep what Slack says of these people: name, locale, zone, whether they administer it."""
    session.flush()
    ids = [person.user_id for person in people]
    known = session.exec(_persons_query(kind_of(session)), params={"ids": ids}).all()
    by_id = {person.user_id: person for person in known}
    for person in people:  # all at once: to merge those who are new asks for each, and adds each
        if person.user_id in by_id:
            session.merge(person)
        else:
            by_id[person.user_id] = person
            session.add(person)
    session.flush()
    forget_holders(session)


@cache
def _persons_query(kind: str) -> SelectOfScalar[Person]:
    return select(Person).where(one_of(kind, _USER_ID, "ids"))


def remembered(session: Session, user_id: str) -> Person | None:
    """What is known of somebody, kept at hand for the rest of the transaction."""
    at_hand: dict[str, Person | None] = session.info.setdefault("persons", {})
    person = at_hand.get(user_id)
    if person is None:
        query = _persons_query(kind_of(session))
        person = at_hand[user_id] = session.exec(query, params={"ids": [user_id]}).first()
    return person


def reader(session: Session, user_id: str | None, site: Site) -> Reader:
    """How to speak to somebody: their own language and zone; the site's where they are unknown,
    and for a channel (None)."""
    person = remembered(session, user_id) if user_id is not None else None
    if person is None:
        return Reader(site.locale, site.timezone, user_id)
    return Reader(language(person.locale), person.timezone, user_id)


def readers(session: Session, user_ids: set[str], site: Site) -> dict[str, Reader]:
    """How to speak to each of these people, by one look."""
    rows = session.exec(_readers_query(kind_of(session)), params={"ids": list(user_ids)})
    known = {user_id: Reader(language(locale), zone, user_id) for user_id, locale, zone in rows}
    return {who: known.get(who) or Reader(site.locale, site.timezone, who) for who in user_ids}


@cache
def _readers_query(kind: str) -> Select[str, str, str]:
    query = select(Person.user_id, Person.locale, Person.timezone)
    return query.where(one_of(kind, _USER_ID, "ids"))


def names(session: Session, user_ids: set[str]) -> dict[str, str]:
    """What these people are called, as far as they are known."""
    query = select(Person.user_id, Person.name).where(among(session, _USER_ID, user_ids))
    return dict(session.exec(query).all())


def language(slack_locale: str) -> str:
    """The catalogue for a Slack locale: Chinese of any kind reads 简体中文, all others English."""
    return "zh" if slack_locale.lower().startswith("zh") else "en"


def holders(session: Session) -> dict[str, list[str]]:
    """The user ids of each role that anybody holds, the first-named first. Who has left the
    workspace is passed over. Read once in a transaction, and anew after `hold` or a change."""
    present: dict[str, list[str]] | None = session.info.get(HOLDERS)
    if present is not None:
        return present
    found: dict[str, list[str]] = {}
    for role, user_id in session.exec(_holders_query()):
        found.setdefault(role, []).append(user_id)
    session.info[HOLDERS] = found
    return found


@cache
def _holders_query() -> Select[str, str]:
    return (
        select(RoleHolder.role, RoleHolder.user_id)
        .outerjoin(Person, col(Person.user_id) == RoleHolder.user_id)
        .where(_IS_HERE)
        .order_by(col(RoleHolder.role), col(RoleHolder.position))
    )


def holders_of(session: Session, visit: Visit, policy: Policy) -> dict[str, list[str]]:
    """The holders of each role for a visit: the company's, of a trial whoever tries it."""
    if visit.trial_of is None:
        return holders(session)
    return {role: [visit.trial_of] for role in policy.company.keys}


def forget_holders(session: Session) -> None:
    """Have who holds what read anew: it was changed in this transaction."""
    session.info.pop(HOLDERS, None)


def named(session: Session, visit_ids: Collection[int]) -> dict[int, dict[str, list[str]]]:
    """Who holds a role for one of these visits, by visit and role, the first-named first. Who has
    left the workspace is passed over."""
    found: dict[int, dict[str, list[str]]] = {}
    rows = session.exec(_named_query(kind_of(session)), params={"ids": list(visit_ids)})
    for row in rows:
        found.setdefault(row.visit_id, {}).setdefault(row.role, []).append(row.user_id)
    return found


@cache
def _named_query(kind: str) -> SelectOfScalar[VisitRole]:
    return (
        select(VisitRole)
        .outerjoin(Person, col(Person.user_id) == VisitRole.user_id)
        .where(one_of(kind, column_of(VisitRole, "visit_id"), "ids"), _IS_HERE)
        .order_by(col(VisitRole.role), col(VisitRole.position))
    )


def of_visit(
    company: Mapping[str, Sequence[str]], own: Mapping[str, Sequence[str]]
) -> dict[str, list[str]]:
    """The people of each role for one visit: those named for it, then the company's."""
    first = {role: [*people, *company.get(role, ())] for role, people in own.items()}
    return {role: list(dict.fromkeys(people)) for role, people in {**company, **first}.items()}


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
    person = remembered(session, user_id)
    return person is not None and person.is_active and person.is_workspace_admin


def is_outside(session: Session, user_id: str) -> bool:
    """Whether somebody is known to take no part: deactivated, a bot, of another team, a guest."""
    person = remembered(session, user_id)
    return person is not None and not person.is_active


def outsiders(session: Session, user_ids: Collection[str]) -> set[str]:
    """Those of these people who are known to take no part."""
    query = select(Person.user_id).where(among(session, _USER_ID, user_ids))
    return set(session.exec(query.where(~col(Person.is_active))).all())


def unknown(session: Session, user_ids: Collection[str]) -> set[str]:
    """Those of these people of whom nothing is known."""
    query = select(Person.user_id).where(among(session, _USER_ID, user_ids))
    return set(user_ids) - set(session.exec(query).all())


def unknown_holders(session: Session) -> set[str]:
    """Who holds a role, of the company or of a visit, and is not known."""
    company = session.exec(select(RoleHolder.user_id)).all()
    return unknown(session, {*company, *session.exec(select(VisitRole.user_id)).all()})
