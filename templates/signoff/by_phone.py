"""Approved by phone: recorded in a form, confirmed by the leader on a card (R3.1)."""

from datetime import datetime
from typing import Any

from models.base.words import StepState
from models.keeping.files import PICTURES, endings
from models.reading.picture import VisitPicture
from models.records.people import Reader
from models.records.signoff import ApprovalStep
from templates.reading import facts
from templates.signoff import parts
from templates.slack import ids
from templates.slack.blocks import Button, Card
from templates.slack.inputs import Asked
from templates.slack.message import Message, short
from templates.slack.metadata import FormMeta
from templates.slack.modal import modal
from templates.slack.scene import Scene
from templates.wording.text import Text, guard, mention

_WORDS_LIMIT = 1000


def spoken_form(
    reader: Reader, picture: VisitPicture, now: datetime, *, takes_files: bool
) -> dict[str, Any]:
    """Asks which leader said what, and when; `takes_files`: and for a picture of it."""
    scene = Scene.of(reader, picture, now)
    step = picture.pending_step
    people = picture.deciders(step) if step is not None else []
    card = Card()
    card.text(scene.say("forms", "spoken_intro"))
    if people:
        card.text(scene.say("notices", "undecided_waits", people=scene.language.people(people, 6)))
    leader = Asked(ids.LEADER, scene._("Leader"), ids.VALUE)
    said_at = Asked(ids.SAID_AT, scene._("When"), ids.VALUE)
    said = Asked(ids.SAID, scene._("What was said"), ids.VALUE, optional=takes_files)
    hint = scene.say("forms", "said_picture_hint")
    shown = Asked(ids.SAID_PICTURE, scene._("Picture"), ids.VALUE, optional=True, hint=hint)
    return modal(
        ids.SPOKEN_FORM,
        scene._("Approved by phone"),
        [
            *card.blocks,
            leader.person(people[0] if len(people) == 1 else None),
            *said_at.moment(scene.language, picture.visit.timezone, now),
            said.line(_WORDS_LIMIT, many_lines=True),
            *([shown.files(endings(PICTURES), 1)] if takes_files else []),
        ],
        submit=scene._("Record"),
        close=scene._("Cancel"),
        meta=FormMeta(visit=scene.visit_id),
    )


def spoken_button(scene: Scene) -> Button | None:
    """Opens that form while a leader is asked for the request."""
    if scene.is_over or scene.picture.pending_step is None:
        return None
    return Button(ids.BY_PHONE, scene._("Approved by phone"), ids.pack(scene.visit_id))


def spoken_word(scene: Scene) -> Message:
    """To the leader: what was recorded, to be confirmed."""
    chain = scene.picture.chain_of(scene.args.get("step"))
    steps = chain.steps if chain is not None else []
    step = next((each for each in steps if each.id == scene.args.get("step")), None)
    card = Card()
    if step is None or step.recorded_by is None:
        card.text(gone := scene.say("approval", "spoken_gone"))
        card.buttons(scene.details_button())
        return Message(gone.fallback(), card.done())
    card.header(scene.say("approval", "title_over"))
    asks = step.is_unconfirmed and step.state == StepState.APPROVED
    line = parts.phone_line(scene, step)
    card.text(line)
    what_was_said(scene, card, step)
    card.facts(facts.visit_facts(scene, with_budget=True))
    value = ids.pack(step.id)
    card.buttons(
        Button(ids.CONFIRM_WORD, scene._("Yes, I approved"), value, "primary") if asks else None,
        Button(ids.DENY_WORD, scene._("No, I did not"), value, "danger") if asks else None,
        scene.details_button(),
    )
    push = scene.say("approval", "spoken_push", who=mention(step.recorded_by)) if asks else line
    return Message((push or scene.title).fallback(), card.done())


def what_was_said(scene: Scene, card: Card, step: ApprovalStep) -> None:
    """The leader's words as they were recorded; the picture of them, by a button that sends it."""
    if step.said:
        card.quote(guard(step.said, _WORDS_LIMIT, keep_lines=True))
    file = next((each for each in scene.picture.files if each.id == step.said_file), None)
    if file is not None:
        send = Button(ids.SEND_FILE, scene._("Send to me"), ids.pack(scene.visit_id, file.id))
        card.text(Text(f"📎 {guard(file.name, 200)}"), send)


def word_denied(scene: Scene) -> Message:
    """To whoever recorded it and the requester: the leader says that it is not so."""
    name = "denied_stands" if scene.args.get("stands") else "denied_again"
    said = scene.say("approval", name, who=mention(str(scene.args["by"])))
    return short(said, scene.details_button())
