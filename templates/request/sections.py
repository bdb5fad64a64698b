"""The visit notice section by section: which there are, and the form of each (P02)."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from slack_sdk.models.blocks import Block, InputBlock

from models.base.permissions import Verb
from models.policy.notice_fields import NoticeField, Section
from models.reading.notice import asked_in, sections_of, wanted_keys
from models.reading.picture import VisitPicture
from models.records.people import Reader
from templates.customers.file import customer_button
from templates.reading.facts import guest_lines, trip_line
from templates.reading.fields import field_inputs, typed
from templates.reading.notice_lines import (
    completeness_line,
    holding_line,
    missing_lines,
    section_line,
)
from templates.reading.notice_terms import answer, answers, label, section
from templates.slack import ids
from templates.slack.blocks import Button, Card
from templates.slack.inputs import Asked
from templates.slack.metadata import FormMeta
from templates.slack.modal import modal
from templates.slack.scene import CHANGEABLE, Scene
from templates.wording.text import Text, joined

_DRIVES = 10
_GUESTS = 5
"""So many guests are named in the list of sections."""


def section_buttons(scene: Scene) -> list[Button]:
    """A button for each section in which something is asked."""
    return [
        _opening(scene, name, section(scene.language, name)) for name in sections_of(scene.picture)
    ]


def _opening(scene: Scene, name: Section, words: Text) -> Button:
    return scene.visit_button(ids.OPEN_SECTIONS[name], words)


def sections_view(
    reader: Reader, picture: VisitPicture, now: datetime, behind: Sequence[str] = ()
) -> dict[str, Any]:
    """The whole notice: what is known in each section, each with its button; how much is there.
    `behind` are the views below, by their callback ids."""
    scene = Scene.of(reader, picture, now)
    card = Card()
    card.text(
        joined("\n", [completeness_line(scene), holding_line(scene), missing_lines(scene)]) or None
    )
    card.small(scene.say("notice", "intro"))
    for name in sections_of(picture):
        title = Text(f"*{section(scene.language, name)}*")
        if name == Section.GUESTS and picture.guests:
            title = joined("\n", [title, guest_lines(scene, picture.guests, most=_GUESTS)])
        fill_in = _opening(scene, name, scene._("Fill in"))
        card.text(section_line(scene, name) or title, fill_in)
        if name == Section.TRAVEL:
            _cars(scene, card)
    card.buttons(customer_button(scene.language, picture.visit.customer_id, scene.visit_id))
    return modal(
        ids.SECTIONS_VIEW,
        scene.number,
        card.blocks,
        close=scene._("Close"),
        meta=FormMeta(visit=scene.visit_id, behind=list(behind)),
    )


def section_form(
    reader: Reader,
    picture: VisitPicture,
    now: datetime,
    name: Section,
    *,
    marks: Mapping[str, str],
    behind: Sequence[str] = (),
    entered: Mapping[str, Any] | None = None,
    turn: int = 0,
) -> dict[str, Any]:
    """One section as a form of at most ten inputs, filled with what is known, over it with what was
    `entered`. `marks` by field tell what it was opened with; `turn` counts how often it was filled
    anew, because Slack keeps what stood in an input of the same id."""
    scene = Scene.of(reader, picture, now)
    form = _Form(scene, picture, entered or {}, ids.VALUES_AGAIN[turn % 2])
    top = Card()
    if name == Section.TRAVEL:
        top.small(hub_hint(scene))
    return modal(
        ids.SECTION_FORM,
        section(scene.language, name),
        [*top.blocks, *form.blocks(name)],
        submit=scene._("Save"),
        close=scene._("Cancel"),
        meta=FormMeta(
            visit=scene.visit_id,
            section=str(name),
            marks=dict(marks),
            turn=turn,
            behind=list(behind),
        ),
    )


def _cars(scene: Scene, card: Card) -> None:
    """The drives asked for, and the way to ask for more."""
    lines = [trip_line(scene, trip, with_state=False) for trip in scene.picture.trips[:_DRIVES]]
    card.text(joined("\n", [hub_hint(scene), *lines]) or None)
    if scene.may(Verb.ASK_CAR) and scene.picture.status in CHANGEABLE:
        card.buttons(scene.visit_button(ids.SHOW_CARS, scene._("Cars")))


def hub_hint(scene: Scene) -> Text | None:
    """What the procedure says of flights by way of a hub (A35)."""
    hint = scene.picture.policy.cars.hub_hint
    return Text(f"💡 {scene.language.own(hint)}") if hint is not None else None


class _Form:
    def __init__(
        self, scene: Scene, picture: VisitPicture, entered: Mapping[str, Any], action: str
    ) -> None:
        self.scene = scene
        self.picture = picture
        self.entered = entered
        self.action = action
        self.wanted = set(wanted_keys(picture))

    def blocks(self, name: Section) -> list[Block]:
        """The inputs, in order."""
        return [block for field in asked_in(self.picture, name) for block in self._inputs(field)]

    def _inputs(self, field: NoticeField) -> list[InputBlock]:
        language = self.scene.language
        words = label(language, field.key)
        asked = Asked(field.key, words, self.action, optional=True, hint=self._hint(field))
        zone = self.picture.visit.timezone
        answers_ = answers(language, field)
        return field_inputs(asked, field, answers_, self._first(field), language, zone)

    def _hint(self, field: NoticeField) -> Text | None:
        """That it is wanted, and in what it is reckoned."""
        say, language = self.scene.say, self.scene.language
        wanted = say("notice", "wanted") if field.key in self.wanted else None
        lodging = self.picture.level.lodging
        if field.key == "lodging_by" and lodging is not None:
            what = answer(language, lodging.borne_by)
            return joined(" · ", [wanted, say("notice", "by_level", what=what)])
        if field.kind != "amount":
            return wanted
        currency = language.currency(self.picture.policy.currency)
        return joined(" · ", [wanted, say("notice", "amount", currency=currency)])

    def _first(self, field: NoticeField) -> Any:
        if field.key in self.entered:
            return self.entered[field.key]
        return typed(field, self.picture.notice.get(field.key))
