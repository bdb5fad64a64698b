"""Merging two spellings of one customer: chosen, shown what moves, confirmed."""

from handlers.slack.answers import Answer, Back, Offer, Show
from handlers.slack.call import Call, behind_of, wanted
from models.base.errors import Fault, InvalidForm
from models.base.permissions import Verb
from services.customers import merging
from services.customers.access import customer_of
from services.customers.customers import customers_called
from services.reading.desk import Desk
from templates.customers.merging import confirm_form, merge_form, merge_options, merged_reply
from templates.slack import ids

_OFFERED = 100


async def open_form(call: Call) -> Answer:
    """Ask with which customer."""
    number = call.numbers[0]
    customer = await call.look(lambda desk: customer_of(desk.session, number), Verb.MERGE_CUSTOMERS)
    return Show(merge_form(call.reader, customer, behind_of(call)))


async def suggest(call: Call) -> Answer:
    """The customers with the words typed so far."""
    found = await call.look(
        lambda desk: customers_called(desk, call.query, _OFFERED), Verb.MERGE_CUSTOMERS
    )
    return Offer(merge_options(found))


async def submit_form(call: Call) -> Answer:
    """Show what the merge moves, before it is done."""
    gone, chosen = wanted(call.meta.customer), call.entries.choice(ids.MERGE_INTO) or ""
    if not chosen.isdecimal():
        raise InvalidForm({ids.MERGE_INTO: Fault("required")})
    into = int(chosen)
    found = await call.look(lambda desk: merging.outlook(desk, gone, into), Verb.MERGE_CUSTOMERS)
    return Show(
        confirm_form(
            call.reader,
            found.gone,
            found.into,
            visits=found.visits,
            contacts=found.contacts,
            facts=found.facts,
            both=found.both,
            owners=found.owners,
            behind=call.meta.behind or (),
        )
    )


async def submit_confirmed(call: Call) -> Answer:
    """Merge them."""
    gone, into = wanted(call.meta.customer), wanted(call.meta.into)
    owner = call.entries.person(ids.ACCOUNT_OWNER)

    def do(desk: Desk) -> merging.Merging:
        return merging.merge(desk, gone, into, owner)

    found = await call.act(Verb.MERGE_CUSTOMERS, do)
    return Back(merged_reply(call.reader, found.gone, found.into))
