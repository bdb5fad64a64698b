"""The form while it is filled: the proposed level and the caps follow what has been chosen."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from slack_sdk.errors import SlackApiError

from handlers.slack.answers import Answer, Refill, slack_code
from handlers.slack.call import Call
from handlers.slack.edge import About
from models.base.errors import InvalidForm, Outdated
from models.base.permissions import Verb
from models.policy import Policy
from models.reading.picture import VisitPicture
from models.request.forms import VisitDetails, VisitForm
from models.request.outlook import Outlook
from services.reading.desk import Desk
from services.request import changes
from services.request.outlook import outlook_of
from services.request.stored import form_of
from templates.request.visit_form import with_outlook
from templates.slack.metadata import FormMeta
from templates.slack.notice import with_notice
from templates.wording.errors import form_errors, listed_errors

_REASONS = {"level_reason", "exception_reason", "told_reason"}
_OVERTAKEN = {"hash_conflict", "not_found"}
"""The form was sent, closed or changed meanwhile: nothing is left to show."""


@dataclass(frozen=True)
class Filled:
    """A form in the state in which Slack reported it."""

    view: Mapping[str, Any]
    form: VisitDetails


async def follow(call: Call, form: VisitDetails) -> None:
    """Show what the form leads to now, if it is something else. Of changes that come fast the last
    counts. Nothing that was typed is lost: the view keeps its inputs' ids, and its hash is given.
    """

    async def show(filled: Filled) -> None:
        await _show(call, filled)

    await call.edge.following.store(call.view_id, Filled(call.view, form), show)


async def asked_back(call: Call, form: VisitDetails, error: InvalidForm) -> Answer:
    """The form with the reason that is wanted and that it did not ask for yet, and what is wrong
    above it. Raises the error where the form can show all of it beside its fields."""
    if all(call.entries.has(name) for name in _REASONS & set(error.faults)):
        raise error
    policy, whole, outlook = await _outlook(call, form)
    anew = with_outlook(call.reader, policy, call.view, whole, outlook)
    if anew is None:
        raise error
    words = form_errors(error, call.reader)
    return Refill(with_notice(anew[0], listed_errors(words, call.reader)))


async def _show(call: Call, filled: Filled) -> None:
    policy, whole, outlook = await _outlook(call, filled.form)
    view_id, reported = call.view_id, str(filled.view.get("hash", ""))
    carried = FormMeta.load(str(filled.view.get("private_metadata", ""))).shown
    state, shown = call.edge.shown.newest(view_id, reported, carried)
    anew = with_outlook(call.reader, policy, filled.view, whole, outlook, shown)
    if anew is None:
        return
    view, digest = anew
    try:
        answer = await call.slack.views_update(view_id=view_id, hash=state, view=view)
    except SlackApiError as error:
        if slack_code(error) not in _OVERTAKEN:
            raise
        return
    new = (answer.get("view") or {}).get("hash")
    call.edge.shown.remember(view_id, state, str(new), digest)


async def _outlook(call: Call, entered: VisitDetails) -> tuple[Policy, dict[str, Any], Outlook]:
    """The policy, the whole form as it stands, and what it leads to."""
    visit_id = call.meta.visit

    def read(desk: Desk) -> tuple[Policy, dict[str, Any], Outlook]:
        if visit_id is None:
            form = _whole(entered, None)
            return desk.site.policy, dict(form), outlook_of(desk, desk.site.policy, form)
        view = changes.changeable(desk, visit_id)
        form = _whole(entered, view)
        return view.policy, dict(form), outlook_of(desk, view.policy, form, view.visit)

    if visit_id is None:
        return await call.look(read, Verb.REQUEST)
    return await call.look(read, Verb.EDIT, About(visit=visit_id))


def _whole(entered: VisitDetails, view: VisitPicture | None) -> VisitForm:
    """The whole notice; where details alone were entered, all else is the visit's."""
    if isinstance(entered, VisitForm):
        return entered
    if view is None:
        raise Outdated
    return form_of(view).with_details(entered)
