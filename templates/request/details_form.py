"""The details of a visit: asked once its request is sent, and whenever more becomes known."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from models.reading.picture import VisitPicture
from models.records.people import Reader
from models.request.outlook import Outlook
from templates.reading.notice_lines import completeness_line, holding_line
from templates.request.questions import Questions
from templates.request.sections import section_buttons
from templates.request.visit_form import zone_note
from templates.slack import ids
from templates.slack.blocks import Card
from templates.slack.metadata import FormMeta
from templates.slack.modal import modal
from templates.slack.scene import Scene
from templates.wording.text import joined


def details_form(
    reader: Reader,
    picture: VisitPicture,
    now: datetime,
    values: Mapping[str, Any],
    *,
    meta: FormMeta,
    site: str | None = None,
    outlook: Outlook | None = None,
    sent: Card | None = None,
    is_resumed: bool = False,
) -> dict[str, Any]:
    """The form as a modal view, below the sections of the notice; all of it can be left empty.

    `values` are first values by the names of VisitDetails' fields. `sent` is what became of the
    request that was sent just now: then the form is left by skipping it. `is_resumed`: the values
    are those of a draft.
    """
    scene = Scene.of(reader, picture, now)
    language = scene.language
    form = Questions(language, picture.policy, values, "details", outlook, site=site)
    top = Card()
    if sent is not None:
        for block in sent.blocks:
            top.add(block)
        top.divider()
        top.text(language.say("forms", "details_now"))
    if is_resumed:
        top.text(language.say("forms", "details_resumed"))
    top.text(joined("\n", [completeness_line(scene), holding_line(scene)]) or None)
    top.buttons(*section_buttons(scene))
    return modal(
        ids.ADD_DETAILS_FORM,
        language._("Add details"),
        [*top.blocks, *zone_note(language, site), *form.details()],
        submit=language._("Save"),
        close=language._("Skip") if sent is not None else language._("Cancel"),
        meta=replace(meta, shown=form.live.digest()) if form.live else meta,
    )
