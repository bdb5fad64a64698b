"""Looking into a visit, editing, moving and cancelling it (R3.2, R7.7)."""

from collections.abc import Awaitable, Callable
from datetime import datetime

from handlers.request import live, values
from handlers.slack.answers import Answer, Refill, Say, Show, renew
from handlers.slack.call import Call, Kind, wanted
from handlers.slack.edge import About, Deed
from models.base.errors import InvalidForm, Outdated
from models.base.permissions import Verb
from models.customers.contacts import Proposal
from models.reading.picture import VisitPicture
from models.records.visit import Visit
from models.request.forms import VisitDetails, VisitForm
from models.request.outlook import Outlook
from services.customers.contacts import proposals
from services.reading import looks, standing
from services.reading.desk import Desk
from services.request import changes, resting
from services.request.outlook import outlook_of
from services.request.stored import form_of
from templates.request.details import details_view
from templates.request.replies import changed_reply, same_reply
from templates.request.views import cancel_form, postpone_form, reschedule_form
from templates.request.visit_form import visit_form
from templates.slack import ids
from templates.slack.metadata import FormMeta
from templates.slack.notice import with_notice
from templates.wording.errors import error_words

Outcome = tuple[changes.Changed, VisitPicture, datetime]


async def show_details(call: Call) -> Answer:
    """The whole visit as it stands now, with what this person may do."""
    return await details_of(call, call.numbers[0])


async def details_of(call: Call, visit: int) -> Show:
    """The whole of one visit, with what this person may do."""

    def read(desk: Desk) -> tuple[VisitPicture, frozenset[Verb], list[Proposal], datetime]:
        view = looks.picture(desk.session, visit, desk.site, in_full=True)
        return view, standing.allowed(desk, view.visit), proposals(desk, view), desk.now

    view, allowed, known, now = await call.look(read, Verb.SEE, About(visit=visit))
    sends_files = "files:write" not in call.edge.lacks
    return Show(details_view(call.reader, view, now, allowed, known=known, sends_files=sends_files))


async def refresh_details(call: Call) -> None:
    """Bring the whole visit up to date in which somebody has acted: its buttons change."""
    is_there = call.kind is Kind.MODAL and call.view.get("callback_id") == ids.DETAILS_VIEW
    visit = call.meta.visit if is_there and call.has_acted else None
    if visit is None:
        return
    await renew(call, call.view_id, (await details_of(call, visit)).view)


async def open_edit(call: Call) -> Answer:
    """The visit's form, as it stands now: also from a card that shows something older."""
    return Show(await _edit_form(call, call.numbers[0]))


async def open_change_request(call: Call) -> Answer:
    """The form again, its values kept, with what the approver asks for."""
    visit = call.numbers[0]

    def read(desk: Desk) -> tuple[VisitPicture, str | None, VisitForm, Outlook]:
        view, comment = changes.changes_asked(desk, visit)
        form = form_of(view)
        return view, comment, form, outlook_of(desk, view.policy, form, view.visit)

    view, comment, form, outlook = await call.look(read, Verb.EDIT, About(visit=visit))
    return Show(
        visit_form(
            call.reader,
            view.policy,
            dict(form),
            meta=_meta(view.visit),
            kind="changes",
            comment=comment,
            number=view.visit.number,
            site=call.edge.site.timezone,
            outlook=outlook,
        )
    )


async def submit_edit(call: Call) -> Answer:
    """Take the edited form over."""
    form = values.visit_form(call.entries)
    visit, revision = wanted(call.meta.visit), wanted(call.meta.revision)
    knows_caps = call.entries.has("exception_reason")

    def do(desk: Desk) -> changes.Changed:
        return changes.change_visit(desk, visit, revision, form, knows_caps=knows_caps)

    return await take_over(call, visit, form, do, lambda: _edit_form(call, visit, form))


async def take_over(
    call: Call,
    visit: int,
    entered: VisitDetails,
    do: Deed[changes.Changed],
    fresh: Callable[[], Awaitable[dict[str, object]]],
) -> Answer:
    """Save what was entered into a visit's form. What the form did not ask for yet is asked back;
    where somebody else was faster, `fresh` is the form to go on with."""
    try:
        outcome = await call.act(
            Verb.EDIT, lambda desk: _outcome(desk, do(desk)), About(visit=visit)
        )
    except InvalidForm as error:
        return await live.asked_back(call, entered, error)
    except Outdated as error:
        return Refill(with_notice(await fresh(), error_words(error, call.reader)))
    return _saved(call, outcome)


async def open_reschedule(call: Call) -> Answer:
    """Ask for the new times."""
    view = await _changeable(call, Verb.RESCHEDULE)
    return Show(reschedule_form(call.reader, view))


async def submit_reschedule(call: Call) -> Answer:
    """Move the visit."""
    entries = call.entries
    visit, revision = wanted(call.meta.visit), wanted(call.meta.revision)

    def do(desk: Desk) -> Outcome:
        changed = changes.reschedule_visit(
            desk,
            visit,
            revision,
            entries.moment("arrival"),
            entries.moment("departure"),
            entries.moment("pickup_time"),
            entries.moment("dropoff_time"),
        )
        return _outcome(desk, changed)

    try:
        outcome = await call.act(Verb.RESCHEDULE, do, About(visit=visit))
    except Outdated as error:
        view = await _changeable(call, Verb.RESCHEDULE, visit)
        fresh = reschedule_form(call.reader, view)
        return Refill(with_notice(fresh, error_words(error, call.reader)))
    return _saved(call, outcome)


async def open_postpone(call: Call) -> Answer:
    """Ask why the date is left open."""
    view = await _changeable(call, Verb.RESCHEDULE)
    return Show(postpone_form(call.reader, view))


async def submit_postpone(call: Call) -> Answer:
    """Leave the date open; everybody who was told of the visit is told."""
    visit = wanted(call.meta.visit)
    reason = call.entries.text(ids.REASON) or ""
    about = About(visit=visit)
    await call.act(Verb.RESCHEDULE, lambda desk: resting.postpone_visit(desk, visit, reason), about)
    return None


async def open_cancel(call: Call) -> Answer:
    """Ask why."""
    view = await _changeable(call, Verb.CANCEL)
    return Show(cancel_form(call.reader, view))


async def submit_cancel(call: Call) -> Answer:
    """Cancel the visit; everybody who was told of it is told."""
    visit = wanted(call.meta.visit)
    reason = call.entries.text(ids.REASON) or ""
    await call.act(
        Verb.CANCEL, lambda desk: changes.cancel_visit(desk, visit, reason), About(visit=visit)
    )
    return None


async def _changeable(call: Call, verb: Verb, visit: int | None = None) -> VisitPicture:
    number = call.numbers[0] if visit is None else visit
    return await call.look(lambda desk: changes.changeable(desk, number), verb, About(visit=number))


async def _edit_form(call: Call, visit: int, entered: VisitForm | None = None) -> dict[str, object]:
    """The visit's form with its present facts, or with what was entered."""

    def read(desk: Desk) -> tuple[VisitPicture, VisitForm, Outlook]:
        view = changes.changeable(desk, visit)
        form = entered or form_of(view)
        return view, form, outlook_of(desk, view.policy, form, view.visit)

    view, form, outlook = await call.look(read, Verb.EDIT, About(visit=visit))
    return visit_form(
        call.reader,
        view.policy,
        dict(form),
        meta=_meta(view.visit),
        kind="edit",
        number=view.visit.number,
        site=call.edge.site.timezone,
        outlook=outlook,
    )


def _meta(visit: Visit) -> FormMeta:
    return FormMeta(visit=visit.id, revision=visit.revision)


def _outcome(desk: Desk, changed: changes.Changed) -> Outcome:
    view = looks.picture(desk.session, changed.visit.id or 0, desk.site, in_full=True)
    return changed, view, desk.now


def _saved(call: Call, outcome: Outcome) -> Answer:
    changed, view, now = outcome
    if changed.is_same:
        return Say(same_reply(call.reader, view, now))
    return Say(changed_reply(call.reader, view, now, changed.asked_again, changed.missing_roles))
