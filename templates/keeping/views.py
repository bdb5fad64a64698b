"""Forms: an entry, its answer, whose it is now; and which visit files are for."""

from collections.abc import Sequence
from typing import Any

from slack_sdk.models.blocks import InputBlock

from models.base.limits import NAME_LIMIT
from models.base.words import EntryState
from models.keeping.files import FILES_LIMIT
from models.keeping.forms import ANSWER_LIMIT, TEXT_LIMIT
from models.reading.picture import VisitPicture
from models.records.entries import Entry
from models.records.people import Reader
from templates.keeping import lines
from templates.slack import ids
from templates.slack.blocks import Card
from templates.slack.inputs import Asked
from templates.slack.metadata import FormMeta
from templates.slack.modal import modal
from templates.wording.language import Language
from templates.wording.text import Text, guard, joined


def entry_form(
    reader: Reader,
    visits: Sequence[VisitPicture],
    meta: FormMeta,
    text: str = "",
    said_by: str | None = None,
    site: str | None = None,
) -> dict[str, Any]:
    """Asks what was said or happened, and whose it is; with the visit, where `meta` names none.
    `site` is the site's IANA zone, by whose clock it is due."""
    language = Language(reader)
    due = Asked(ids.DUE, language._("Due"), ids.VALUE, optional=True)
    hint = language._("A guest's name, for example")
    return modal(
        ids.ENTRY_FORM,
        language._("Add to the visit"),
        [
            *_visit(language, visits, meta),
            Asked(ids.KIND, language._("Kind"), ids.VALUE).choice(lines.entry_kinds(language)),
            Asked(ids.TEXT, language._("What was said or happened"), ids.VALUE).line(
                TEXT_LIMIT, text, many_lines=True
            ),
            Asked(ids.SAID_BY, language._("Said by"), ids.VALUE, optional=True, hint=hint).line(
                NAME_LIMIT, said_by
            ),
            Asked(ids.OWNER, language._("Owner"), ids.VALUE).person(reader.user_id),
            *due.moment(language, site),
        ],
        submit=language._("Add"),
        close=language._("Cancel"),
        meta=meta,
    )


def files_form(
    reader: Reader, visits: Sequence[VisitPicture], meta: FormMeta, names: Sequence[str]
) -> dict[str, Any]:
    """Asks what files are, and which visit they are for where `meta` names none."""
    language = Language(reader)
    card = Card()
    named = joined(language.comma, [guard(name, 200) for name in names[:FILES_LIMIT]])
    card.text(language.say("keeping", "files_intro", names=named))
    card.small(language.say("keeping", "files_hint"))
    return modal(
        ids.FILES_FORM,
        language._("Add to the visit"),
        [
            *card.blocks,
            *_visit(language, visits, meta),
            Asked(ids.USE, language._("What it is"), ids.VALUE).choice(lines.file_uses(language)),
        ],
        submit=language._("Add"),
        close=language._("Cancel"),
        meta=meta,
    )


def answer_form(reader: Reader, entry: Entry) -> dict[str, Any]:
    """Asks how an entry was settled."""
    language = Language(reader)
    ways = [
        (str(EntryState.DONE), language._("Done")),
        (str(EntryState.DROPPED), language._("Not needed any more")),
    ]
    return modal(
        ids.ENTRY_ANSWER_FORM,
        language._("Answer"),
        [
            *_about(language, entry),
            Asked(ids.ANSWER, language._("Answer"), ids.VALUE).line(ANSWER_LIMIT, many_lines=True),
            Asked(ids.SETTLED, language._("How it stands now"), ids.VALUE).choice(
                ways, str(EntryState.DONE)
            ),
        ],
        submit=language._("Save"),
        close=language._("Cancel"),
        meta=FormMeta(entry=entry.id),
    )


def entry_hand_over_form(reader: Reader, entry: Entry) -> dict[str, Any]:
    """Asks who takes an entry over."""
    language = Language(reader)
    return modal(
        ids.ENTRY_HAND_OVER_FORM,
        language._("Hand over"),
        [
            *_about(language, entry),
            Asked(ids.OWNER, language._("New owner"), ids.VALUE).person(),
        ],
        submit=language._("Hand over"),
        close=language._("Cancel"),
        meta=FormMeta(entry=entry.id),
    )


def _about(language: Language, entry: Entry) -> list[Any]:
    card = Card()
    card.text(Text(f"*{lines.entry_kind(language, entry.kind)}*"))
    card.quote(guard(entry.text, 1000, keep_lines=True))
    return list(card.blocks)


def _visit(language: Language, visits: Sequence[VisitPicture], meta: FormMeta) -> list[InputBlock]:
    if meta.visit is not None:
        return []
    options = visit_choices(language, visits)
    return [Asked(ids.VISIT, language._("Visit"), ids.VALUE).choice(options)]


def visit_choices(language: Language, visits: Sequence[VisitPicture]) -> list[tuple[str, Text]]:
    """Visits to choose from: id, and number, customer and day of each."""
    return [
        (
            str(view.visit.id),
            joined(
                " · ",
                [
                    guard(view.visit.number),
                    guard(view.customer.name, 30),
                    language.day(view.visit.arrival, view.visit.timezone),
                ],
            ),
        )
        for view in visits
    ]
