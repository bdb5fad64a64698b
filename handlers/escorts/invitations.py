"""Leaders are invited and answer (R4.5)."""

from datetime import datetime

from handlers.slack.answers import Answer, Say, Show
from handlers.slack.call import Call, wanted
from handlers.slack.edge import About
from models.base.errors import Outdated
from models.base.permissions import Verb
from models.reading.picture import VisitPicture
from services.escorts import invitations
from services.reading import looks
from services.reading.desk import Desk
from templates.escorts.replies import invited_reply, withdrawn_reply
from templates.escorts.views import cannot_attend_form, invite_form, withdraw_form
from templates.slack import ids

Outcome = tuple[invitations.Invited, VisitPicture, datetime]


async def open_invite(call: Call) -> Answer:
    """Ask whom; the procedure's suggestions are chosen already."""
    return await open_for(call, call.numbers[0])


async def open_for(call: Call, visit: int) -> Answer:
    """The same for one visit."""
    view = await call.look(
        lambda desk: invitations.invitable(desk, visit), Verb.INVITE, About(visit=visit)
    )
    return Show(invite_form(call.reader, view))


async def submit_invite(call: Call) -> Answer:
    """Ask each of them; whoever takes part already is named."""
    visit, people = wanted(call.meta.visit), call.entries.people(ids.PEOPLE)
    outcome = await call.act(
        Verb.INVITE,
        lambda desk: _outcome(desk, invitations.invite(desk, visit, people)),
        About(visit=visit),
    )
    return _said(call, outcome)


async def invite_substitute(call: Call) -> Answer:
    """Ask whom a leader who cannot has proposed."""
    number = call.numbers[0]
    outcome = await call.act(
        Verb.INVITE,
        lambda desk: _outcome(desk, invitations.invite_substitute(desk, number)),
        About(invitation=number),
    )
    return _said(call, outcome)


async def withdraw(call: Call) -> Answer:
    """A leader is asked no longer; once the guests were told that they come, for a reason."""
    number, turn = _asked(call)
    found = await call.look(
        lambda desk: invitations.leaving(desk, number, turn),
        Verb.INVITE,
        About(invitation=number),
    )
    if found.is_told:
        return Show(withdraw_form(call.reader, found.view, found.invitation))
    return await _withdraw(call, number, turn, None)


async def submit_withdraw(call: Call) -> Answer:
    """The same, with the reason."""
    number, turn = wanted(call.meta.invitation), wanted(call.meta.turn)
    return await _withdraw(call, number, turn, call.entries.text(ids.REASON))


async def _withdraw(call: Call, number: int, turn: int, reason: str | None) -> Answer:
    def do(desk: Desk) -> VisitPicture:
        done = invitations.withdraw(desk, number, turn, reason)
        return looks.picture(desk.session, done.visit.id or 0, desk.site)

    view = await call.act(Verb.INVITE, do, About(invitation=number))
    return Say(withdrawn_reply(call.reader, view, number))


async def attend(call: Call) -> Answer:
    """The leader will attend."""
    number, turn = _asked(call)
    await call.act(
        Verb.ANSWER_INVITATION,
        lambda desk: invitations.attend(desk, number, turn),
        About(invitation=number),
    )
    return None


async def open_cannot(call: Call) -> Answer:
    """Ask why, and who might go instead."""
    number, turn = _asked(call)
    found = await call.look(
        lambda desk: invitations.leaving(desk, number, turn),
        Verb.ANSWER_INVITATION,
        About(invitation=number),
    )
    return Show(
        cannot_attend_form(
            call.reader, found.view, found.invitation, found.substitute, is_told=found.is_told
        )
    )


async def submit_cannot(call: Call) -> Answer:
    """The leader cannot; host and requester are told."""
    number, turn = wanted(call.meta.invitation), wanted(call.meta.turn)
    reason, instead = call.entries.text(ids.REASON), call.entries.person(ids.SUBSTITUTE)
    await call.act(
        Verb.ANSWER_INVITATION,
        lambda desk: invitations.cannot_attend(desk, number, turn, reason, instead),
        About(invitation=number),
    )
    return None


def _asked(call: Call) -> tuple[int, int]:
    """The invitation and its turn that a leader's button carries."""
    numbers = call.numbers
    if len(numbers) != 2:
        raise Outdated
    return numbers[0], numbers[1]


def _outcome(desk: Desk, invited: invitations.Invited) -> Outcome:
    view = looks.picture(desk.session, invited.visit.id or 0, desk.site)
    return invited, view, desk.now


def _said(call: Call, outcome: Outcome) -> Answer:
    invited, view, now = outcome
    return Say(invited_reply(call.reader, view, now, invited.asked, invited.already))
