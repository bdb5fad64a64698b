"""The details of a visit: asked once its request is sent, and whenever more becomes known."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from models.policy import Policy
from models.records.people import Reader
from models.request.outlook import Outlook
from templates.request.questions import Questions
from templates.request.visit_form import zone_note
from templates.slack import ids
from templates.slack.blocks import Card
from templates.slack.metadata import FormMeta
from templates.slack.modal import modal
from templates.wording.language import Language


def details_form(
    reader: Reader,
    policy: Policy,
    values: Mapping[str, Any],
    *,
    meta: FormMeta,
    site: str | None = None,
    outlook: Outlook | None = None,
    sent: Card | None = None,
    is_resumed: bool = False,
) -> dict[str, Any]:
    """The form as a modal view; all of it can be left empty.

    `values` are first values by the names of VisitDetails' fields. `sent` is what became of the
    request that was sent just now: then the form is left by skipping it. `is_resumed`: the values
    are those of a draft.
    """
    language = Language(reader)
    form = Questions(language, policy, values, "details", outlook, site=site)
    top = Card()
    if sent is not None:
        for block in sent.blocks:
            top.add(block)
        top.divider()
        top.text(language.say("forms", "details_now"))
    if is_resumed:
        top.text(language.say("forms", "details_resumed"))
    return modal(
        ids.ADD_DETAILS_FORM,
        language._("Add details"),
        [*top.blocks, *zone_note(language, site), *form.details()],
        submit=language._("Save"),
        close=language._("Skip") if sent is not None else language._("Cancel"),
        meta=replace(meta, shown=form.live.digest()) if form.live else meta,
    )
