"""Finding visits: lists that are turned and narrowed, and the one visit that somebody means."""

from handlers.request.changes import details_of
from handlers.slack.answers import Answer, Offer, Renew, Say
from handlers.slack.call import Call
from models.base.errors import Outdated
from models.base.permissions import Verb
from models.reading.finding import Found, Shelf, Wanted, typed
from services.reading import finding as visits
from services.reading import standing
from templates.finding import list_reply, visit_options
from templates.slack import ids

_OFFERED = 50
_SHELVES = {
    "open": Shelf.OPEN,
    "进行中": Shelf.OPEN,
    "mine": Shelf.MINE,
    "我的": Shelf.MINE,
    "today": Shelf.TODAY,
    "今天": Shelf.TODAY,
    "week": Shelf.WEEK,
    "本周": Shelf.WEEK,
    "closed": Shelf.CLOSED,
    "已结束": Shelf.CLOSED,
    "cancelled": Shelf.CANCELLED,
    "已取消": Shelf.CANCELLED,
    "all": Shelf.ALL,
    "全部": Shelf.ALL,
}


async def list_visits(call: Call, words: str) -> Answer:
    """The open visits that the person may see; words behind it name a shelf, or narrow it."""
    first, _, rest = typed(words).partition(" ")
    shelf = _SHELVES.get(first.lower())
    wanted = Wanted(shelf, rest) if shelf is not None else Wanted(Shelf.OPEN, typed(words))
    return Say(list_reply(call.reader, *await _find(call, wanted)))


async def turn(call: Call) -> Answer:
    """Another page, or another shelf, in the place of the list."""
    try:
        wanted = ids.unpack_wanted(call.chosen or call.value)
    except ValueError:
        raise Outdated from None
    return Renew(list_reply(call.reader, *await _find(call, wanted)))


async def suggest(call: Call) -> Answer:
    """The visits with the words typed so far."""
    wanted = Wanted(Shelf.ALL, typed(call.query))
    found = await call.look(lambda desk: visits.find(desk, wanted, _OFFERED))
    return Offer(visit_options(call.reader, found))


async def open_found(call: Call) -> Answer:
    """Details of the visit chosen."""
    try:
        visit = ids.unpack(call.chosen)[0]
    except ValueError:
        raise Outdated from None
    return await details_of(call, visit)


async def meant(call: Call, words: str) -> int | Found:
    """The visit that somebody means, or those that they may mean. Raises VisitNotFound."""
    return await call.look(lambda desk: visits.meant(desk, words))


async def _find(call: Call, wanted: Wanted) -> tuple[Found, frozenset[Verb]]:
    return await call.look(lambda desk: (visits.find(desk, wanted), standing.allowed(desk)))
