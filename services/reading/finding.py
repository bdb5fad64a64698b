"""Finding visits: lists by shelf, words and page, of those that the person may see."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, case, exists, func
from sqlmodel import col, or_, select
from sqlmodel.sql.expression import SelectOfScalar

from models.base.errors import VisitNotFound
from models.base.permissions import Verb, may
from models.base.words import VisitStatus
from models.customers.names import fold
from models.customers.spelled import looked_for
from models.reading.finding import PAGE, Found, Shelf, Wanted, typed
from models.reading.picture import VisitPicture
from models.records.cars import Trip
from models.records.customers import Customer, CustomerTerm
from models.records.visit import Visit
from services.reading import people
from services.reading.concern import IS_OPEN, TAKES_PLACE, may_concern, named_for
from services.reading.desk import Desk
from services.reading.looks import find_visit, pictures
from services.reading.standing import Subject, roles_of, standing
from services.store.sql import among, begins, column_of

COUNTED = 300
"""How many visits are looked at one by one for somebody who may not see all of them."""


def find(desk: Desk, wanted: Wanted, size: int = PAGE) -> Found:
    """One page of so many of the visits wanted that the person may see; the last one where there
    are not so many pages."""
    is_mine = or_(col(Visit.trial_of).is_(None), col(Visit.trial_of) == desk.person)
    query = select(Visit).where(*_on(desk, wanted.shelf), *_with_words(wanted.words), is_mine)
    if may(standing(desk), Verb.SEE):
        total = desk.session.exec(select(func.count()).select_from(query.subquery())).one()
        page = min(wanted.page, max(0, total - 1) // size)
        rows = _ordered(query, wanted.shelf).offset(page * size).limit(size)
        ids = [visit.id or 0 for visit in desk.session.exec(rows)]
        return Found(wanted.turned(page), desk.now, _views(desk, ids), total, size=size)
    seen, has_more = _seen(desk, query, wanted.shelf)
    page = min(wanted.page, max(0, len(seen) - 1) // size)
    ids = seen[page * size : (page + 1) * size]
    return Found(wanted.turned(page), desk.now, _views(desk, ids), len(seen), has_more, size)


def meant(desk: Desk, words: str) -> int | Found:
    """The visit that a number, a part of it, or a name of customer or lead guest means; those that
    they may mean where it is not clear, the open ones where nothing was said.

    Raises VisitNotFound: what is not there and what is not theirs look alike, so that numbers tell
    nothing.
    """
    plain = typed(words)
    if not plain:
        return find(desk, Wanted())
    exact = find_visit(desk.session, plain)
    if exact is not None and may(standing(desk, Subject(exact)), Verb.SEE):
        return exact.id or 0
    found = find(desk, Wanted(Shelf.ALL, plain))
    if not found.total:
        raise VisitNotFound(words.strip())
    return found.visits[0].visit.id or 0 if found.total == 1 else found


def customers_seen(desk: Desk, words: str) -> set[int]:
    """The customers with these words in their names of whom somebody who may not see all visits
    may see one."""
    query = select(Visit).where(_of_customer(words))
    seen, _ = _seen(desk, query, Shelf.ALL)
    found = select(Visit.customer_id).where(among(desk.session, column_of(Visit, "id"), seen))
    return set(desk.session.exec(found))


def latest_seen(desk: Desk, customer_id: int) -> Visit | None:
    """The visit of a customer, asked for last, that the person may see."""
    query = (
        select(Visit)
        .where(Visit.customer_id == customer_id)
        .order_by(col(Visit.created_at).desc(), col(Visit.id).desc())
    )
    sees_all = may(standing(desk), Verb.SEE)
    if not sees_all:
        me = desk.person
        query = query.where(may_concern(me, roles_of(desk.session, me), is_open=False))
    visits = desk.session.exec(query.limit(1 if sees_all else COUNTED))
    return next(
        (each for each in visits if sees_all or may(standing(desk, Subject(each)), Verb.SEE)), None
    )


def todays(desk: Desk) -> list[ColumnElement[bool]]:
    """The visits that take place on the person's own day, and those of which a car drives then."""
    start, end = _day(desk)
    drives = select(Trip.id).where(
        Trip.visit_id == Visit.id, col(Trip.at) >= start, col(Trip.at) < end
    )
    return [
        *TAKES_PLACE,
        or_(
            (col(Visit.arrival) < end) & (col(Visit.departure) >= start),
            exists(drives),
        ),
    ]


def _seen(desk: Desk, query: SelectOfScalar[Visit], shelf: Shelf) -> tuple[list[int], bool]:
    """The visits of a query that the person may see, and whether there may be more of them."""
    me = desk.person
    mine = may_concern(me, roles_of(desk.session, me), is_open=shelf in _OPEN_SHELVES)
    rows = desk.session.exec(_ordered(query.where(mine), shelf).limit(COUNTED + 1)).all()
    seen = [
        visit.id or 0
        for visit in rows[:COUNTED]
        if me in _named(visit) or may(standing(desk, Subject(visit)), Verb.SEE)
    ]
    return seen, len(rows) > COUNTED


def _named(visit: Visit) -> set[str | None]:
    """Whoever sees the visit by their name in it, whatever else they are to it."""
    return {visit.requester_id, visit.host_id, visit.second_host_id, visit.account_owner_id}


def _views(desk: Desk, ids: list[int]) -> list[VisitPicture]:
    views = pictures(desk.session, ids, desk.site)
    return [views[visit_id] for visit_id in ids]


_OPEN_SHELVES = {Shelf.OPEN, Shelf.MINE, Shelf.TODAY, Shelf.WEEK}


def _on(desk: Desk, shelf: Shelf) -> list[ColumnElement[bool]]:
    me = desk.person
    match shelf:
        case Shelf.OPEN:
            return [IS_OPEN]
        case Shelf.MINE:
            parts = (Visit.requester_id, Visit.host_id, Visit.second_host_id)
            named = [col(part) == me for part in (*parts, Visit.account_owner_id)]
            return [IS_OPEN, or_(*named, exists(named_for(me)))]
        case Shelf.TODAY:
            return todays(desk)
        case Shelf.WEEK:
            start, _ = _day(desk)
            arrives = col(Visit.arrival)
            return [IS_OPEN, arrives >= start, arrives < start + timedelta(days=7)]
        case Shelf.CLOSED:
            return [Visit.status == VisitStatus.CLOSED]  # type: ignore[list-item]
        case Shelf.CANCELLED:
            return [Visit.status == VisitStatus.CANCELLED]  # type: ignore[list-item]
        case Shelf.ALL:
            return []


def _with_words(words: str) -> list[ColumnElement[bool]]:
    if not words:
        return []
    return [
        or_(
            col(Visit.number).icontains(words, autoescape=True),
            col(Visit.lead_guest).icontains(words, autoescape=True),
            _of_customer(words),
        )
    ]


def _of_customer(words: str) -> ColumnElement[bool]:
    return col(Visit.customer_id).in_(select(Customer.id).where(called(words)))


def called(words: str) -> ColumnElement[bool]:
    """The customers with these words in their names, or whose names begin so anywhere in pinyin or
    initials."""
    within = col(Customer.name_key).contains(fold(words), autoescape=True)
    typed_in = looked_for(words)
    if not typed_in:
        return within
    term = column_of(CustomerTerm, "term")
    found = select(CustomerTerm.customer_id).where(begins(term, typed_in))
    return or_(within, col(Customer.id).in_(found))


def _ordered(query: SelectOfScalar[Visit], shelf: Shelf) -> SelectOfScalar[Visit]:
    """Next arrival first; of what is over, the latest."""
    arrival, number = col(Visit.arrival), col(Visit.id)
    if shelf in _OPEN_SHELVES:
        return query.order_by(arrival, number)
    if shelf is Shelf.ALL:
        return query.order_by(case((IS_OPEN, 0), else_=1), arrival.desc(), number.desc())
    return query.order_by(arrival.desc(), number.desc())


def _day(desk: Desk) -> tuple[datetime, datetime]:
    """The person's day, in their own zone: from its beginning to the next one's."""
    zone = ZoneInfo(people.reader(desk.session, desk.person, desk.site).timezone)
    day = desk.now.astimezone(zone).date()
    start, end = (
        datetime.combine(each, datetime.min.time(), tzinfo=zone)
        for each in (day, day + timedelta(days=1))
    )
    return start, end
