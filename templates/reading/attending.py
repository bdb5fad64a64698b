"""Who leads and who attends, in the reader's words: protocol grade, ranks, answers (R4.5, P04)."""

from collections.abc import Iterator

from models.base.words import InvitationState
from models.escorts.ranks import Escort, escorts, leading, leads_rightly
from models.policy.company_tables import Rank
from models.records.escorts import Invitation
from templates.slack import ids
from templates.slack.blocks import Button
from templates.slack.scene import CHANGEABLE, Scene
from templates.wording import terms
from templates.wording.text import Text, joined, mention

_SHOWN = 8
_TAKES_PART = {InvitationState.ASKED, InvitationState.ACCEPTED}


def grade_line(scene: Scene, *, in_full: bool = False) -> Text | None:
    """The protocol grade, with a mark where it is not the one that the procedure wants. What is
    not known is said `in_full` only, and there where the level has a rule about it."""
    found = leading(scene.picture)
    own = scene.language.own
    wants = scene.say("escorts", f"wants_{found.wanted}")
    if found.grade is None or found.ours is None or found.guest is None:
        has_rule = scene.picture.level.escorts or scene.picture.level.protocol
        if not in_full or not has_rule:
            return None
        name = "grade_nobody" if found.ours is None else "grade_title"
        return joined("\n", [scene.say("escorts", name), wants])
    said = scene.say(
        "escorts",
        f"grade_{found.grade}",
        person=mention(found.person or ""),
        ours=own(found.ours.name),
        guest=own(found.guest.name),
    )
    if found.fit == "wanted":
        return said
    if found.fit == "raised":
        role = scene.picture.policy.protocol.raised_by
        name = "raised_by" if role else "raised"
        more = scene.say("escorts", name, role=terms.role(scene.language, role) if role else "")
        return joined("\n", [said, more]) if in_full or role else said
    return joined("\n", [said, Text(f"⚠️ {wants}")])


def lead_line(scene: Scene) -> Text | None:
    """That nobody of a rank that may lead takes part or was asked; None where somebody does."""
    ranks = [each.rank for each in escorts(scene.picture) if each.leads]
    if not ranks or leads_rightly(scene.picture):
        return None
    return scene.say("escorts", "lead_missing", ranks=_names(scene, ranks))


def leaders_line(scene: Scene, *, besides: Invitation | None = None) -> Text | None:
    """The leaders who were asked, each with what they said; None where nobody was. `besides` is
    the invitation that the card is about."""
    asked = [each for each in scene.picture.invitations if _is_asked(each) and each != besides]
    shown = [_person(scene, each) for each in asked]
    if not shown:
        return None
    people = shown[:_SHOWN]
    if len(shown) > _SHOWN:
        people.append(scene.language.and_more(len(shown) - _SHOWN))
    return scene.say("escorts", "leaders", people=joined(scene.language.comma, people))


def rank_lines(scene: Scene) -> Text:
    """The ranks that the procedure wants for the level, a line each, with who might be asked."""
    level = terms.after_level(terms.level(scene.language, scene.picture))
    wanted = escorts(scene.picture)
    if not wanted:
        return scene.say("escorts", "wanted_none", level=level)
    lines = [scene.say("escorts", "wanted_title", level=level), *_ranks(scene, wanted)]
    return joined("\n", lines)


def rank_name(scene: Scene, key: str | None) -> Text | None:
    """A rank in the company's own words; None where the file has none of that key."""
    rank = scene.picture.policy.rank(key)
    return scene.language.own(rank.name) if rank is not None else None


def invite_button(scene: Scene, *, is_main: bool = False) -> Button | None:
    """Opens the form that invites leaders, while there is something to invite them to."""
    if scene.picture.status not in CHANGEABLE or scene.visit.left_at is not None:
        return None
    value = ids.pack(scene.visit_id, scene.visit.revision)
    label = scene._("Invite leaders")
    return Button(ids.INVITE_LEADERS, label, value, "primary" if is_main else None)


def withdraw_lines(scene: Scene) -> Iterator[tuple[Text, Button | None]]:
    """Each leader who was asked, with the button that asks them no longer unless they said no."""
    asked = [each for each in scene.picture.invitations if _is_asked(each)]
    asked.sort(key=lambda each: each.state not in _TAKES_PART)
    for each in asked[:_SHOWN]:
        value = ids.pack(each.id, each.turn)
        withdraw = Button(ids.WITHDRAW_INVITATION, scene._("Withdraw"), value)
        line = Text(f"👥 {_person(scene, each)}")
        yield line, withdraw if each.state in _TAKES_PART else None
    if len(asked) > _SHOWN:
        yield scene.language.and_more(len(asked) - _SHOWN), None


def offer_button(scene: Scene) -> Button | None:
    """The same, where the level has escorts and nobody of the right rank takes part yet."""
    return None if lead_line(scene) is None else invite_button(scene, is_main=True)


def answer_buttons(scene: Scene, invitation: Invitation) -> list[Button]:
    """What a leader may answer now; somebody who has answered may change their mind."""
    value = ids.pack(invitation.id, invitation.turn)
    attend, cannot = ids.ATTEND, ids.CANNOT_ATTEND
    if invitation.is_waiting:
        return [
            Button(attend, scene._("I will attend"), value, "primary"),
            Button(cannot, scene._("I cannot"), value),
        ]
    if invitation.state == InvitationState.ACCEPTED:
        return [Button(cannot, scene._("I cannot after all"), value)]
    return [Button(attend, scene._("I will attend after all"), value)]


def _is_asked(invitation: Invitation) -> bool:
    return invitation.state != InvitationState.WITHDRAWN


def _person(scene: Scene, invitation: Invitation) -> Text:
    rank = rank_name(scene, invitation.rank)
    who = mention(invitation.user_id)
    if rank is not None:
        who = Text(f"{who} ({rank})" if scene.language.locale == "en" else f"{who}（{rank}）")
    if invitation.state == InvitationState.ACCEPTED and invitation.is_waiting:
        said = scene.say("escorts", "person_again", who=who)
    else:
        said = scene.say("escorts", f"person_{invitation.state}", who=who)
    return Text(said.replace("） ", "）"))


def _ranks(scene: Scene, wanted: list[Escort]) -> Iterator[Text]:
    for each in wanted:
        if each.people:
            people = scene.language.people(list(each.people), 5)
        else:
            people = scene.say("escorts", "rank_nobody" if each.is_known else "rank_unknown")
        name = "rank_leads" if each.leads else "rank_with"
        rank = scene.language.own(each.rank.name)
        yield scene.say("escorts", name, rank=rank, people=people)


def _names(scene: Scene, ranks: list[Rank]) -> Text:
    return joined(" / ", [scene.language.own(rank.name) for rank in ranks])
