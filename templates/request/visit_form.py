"""The visit form: the request, its resumed draft, the edit, and the asked-for changes.

A request has ten inputs and what the policy's rules want to know; all else is asked once it is sent
(`details_form`). An edit shows the whole.

Slack does not say what stood in a form that is closed: it reports only inputs that ask for it. So
each input of a new request reports its changes, texts at every character, and the draft is whole
whenever the form is closed. Text fields could report on Enter instead, but nobody presses Enter in
the last field before closing, and Slack would then ask people to. In an edit, what is chosen and
not typed reports, for the lines that follow from it (`outlook`).
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from typing import Any, Literal

from slack_sdk.models.blocks import Block, Option

from models.base.limits import CUSTOMER_LIMIT
from models.base.times import same_clock
from models.base.visible import seen
from models.customers.names import carried, fold, spellings
from models.policy import Policy
from models.records.people import Reader
from models.request.message.said import Found
from models.request.outlook import Outlook
from templates.request.found import hints, note
from templates.request.outlook import shown_anew
from templates.request.questions import Kind, Questions
from templates.slack import ids
from templates.slack.blocks import OPTION_LENGTH, Button, Card
from templates.slack.inputs import option
from templates.slack.metadata import FormMeta
from templates.slack.modal import modal
from templates.wording.language import Language
from templates.wording.text import Text, guard

_END_SHOWN = 60

DraftState = Literal["offered", "resumed"]
_KINDS: Mapping[str, Kind] = {
    ids.NEW_VISIT_FORM: "new",
    ids.CHANGE_VISIT_FORM: "edit",
    ids.ADD_DETAILS_FORM: "details",
}


def visit_form(
    reader: Reader,
    policy: Policy,
    values: Mapping[str, Any],
    *,
    meta: FormMeta,
    kind: Kind = "new",
    draft: DraftState | None = None,
    draft_key: str | None = None,
    comment: str | None = None,
    number: str | None = None,
    site: str | None = None,
    outlook: Outlook | None = None,
    found: Found | None = None,
    entered: Collection[str] = (),
    has_guests: bool = True,
    has_other_ids: bool = False,
) -> dict[str, Any]:
    """The form as a modal view.

    `values` are first values by the names of VisitForm's fields: texts, numbers, aware datetimes;
    what is missing or does not fit is left empty. A new request defaults host and level, and shows
    what there is to a draft (`draft_key` is its form key). `comment` is what an approver asks for.
    `site` is the site's IANA zone, by whose clock times are asked. `outlook` is what the
    procedure makes of the values: level proposed, caps exceeded. Facts of the customer are asked
    for as far as the policy's rules want them.
    `found` is what was read out of a message, beside what was `entered` before, with its guests
    (`has_guests`) unless they are too many to be kept; `has_other_ids` where the form takes the
    place of one whose inputs have the usual ids.
    """
    language = Language(reader)
    told = hints(language, policy, found, entered) if found is not None else None
    is_other = has_other_ids or draft == "resumed"
    form = Questions(
        language, policy, values, kind, outlook, is_resumed=is_other, site=site, told=told
    )
    title, submit = _titles(language, kind, number)
    return modal(
        ids.NEW_VISIT_FORM if kind == "new" else ids.CHANGE_VISIT_FORM,
        title,
        [
            *_banner(language, draft, draft_key, is_new=kind == "new"),
            *(note(language, found, has_guests=has_guests).blocks if found is not None else ()),
            *_asked(language, comment),
            *zone_note(language, site),
            *form.request(),
            *(_details(form) if kind != "new" else ()),
        ],
        submit=submit,
        close=language._("Cancel"),
        meta=replace(meta, shown=form.live.digest()) if form.live else meta,
        notify_on_close=kind == "new",
    )


def with_outlook(
    reader: Reader,
    policy: Policy,
    view: Mapping[str, Any],
    values: Mapping[str, Any],
    outlook: Outlook,
    shown: str | None = None,
) -> tuple[dict[str, Any], str] | None:
    """A form that is being filled, as Slack reports it, with what its level and budget now lead to,
    and what stands for that; None where `shown` says that it is shown already."""
    kind = _KINDS.get(str(view.get("callback_id")), "edit")
    resumed = is_refilled(view)
    form = Questions(Language(reader), policy, values, kind, outlook, is_resumed=resumed)
    return shown_anew(reader, policy, view, outlook, values, form.ask, shown=shown)


def is_refilled(view: Mapping[str, Any]) -> bool:
    """Whether the inputs of a form, as Slack reports it, have the other ids."""
    elements = (block.get("element") or {} for block in view.get("blocks", ()))
    return ids.DRAFT_VALUE_RESUMED in {str(element.get("action_id")) for element in elements}


def _details(form: Questions) -> list[Block]:
    heading = Card()
    heading.divider()
    heading.header(form.language.say("forms", "more_details"))
    return [*heading.blocks, *form.details()]


def customer_options(reader: Reader, names: Sequence[str], query: str) -> list[dict[str, Any]]:
    """What the customer's search offers: known names, and the words typed as a new customer."""
    language = Language(reader)
    typed = seen(query)
    options = [_known(name) for name in names[:99] if name == carried(name)]
    if typed != carried(typed):
        counted = {"count": len(typed), "most": CUSTOMER_LIMIT}
        words = language._("Too long: %(count)s characters, at most %(most)s", **counted)
        options.append(option(words, carried(typed)))
    elif typed and not {fold(name) for name in names} & set(spellings(typed)):
        words = language._("New customer: “%(name)s”", name=guard(typed, 50))
        options.append(option(words, typed))
    unique = {each.value: each for each in reversed(options)}
    return [each.to_dict() for each in reversed(unique.values())]


def _known(name: str) -> Option:
    """A known customer; the end of a long name stands below its beginning."""
    is_long = len(name) > OPTION_LENGTH
    return option(guard(name), name, guard("…" + name[-_END_SHOWN:]) if is_long else None)


def _titles(language: Language, kind: Kind, number: str | None) -> tuple[Text, Text]:
    if kind == "new":
        return language._("New visit"), language._("Send request")
    title = language._("Edit %(number)s", number=number) if number else language._("Edit")
    return title, language._("Send again") if kind == "changes" else language._("Save")


def _banner(
    language: Language, draft: DraftState | None, draft_key: str | None, *, is_new: bool
) -> list[Block]:
    if not is_new:
        return []
    card = Card()
    fill = Button(ids.FILL_FROM_MESSAGE, language._("Fill from a message"), "-")
    if draft is None:
        card.buttons(fill, block_id=ids.DRAFT_BANNER)
        return card.blocks
    if draft == "offered":
        card.text(language.say("forms", "draft_offered"))
        words = language._("Resume draft")
        button = Button(ids.RESUME_DRAFT, words, draft_key or "-", "primary")
    else:
        card.text(language.say("forms", "draft_resumed"))
        button = Button(ids.START_AFRESH, language._("Start afresh"), "-")
    card.buttons(button, fill, block_id=ids.DRAFT_BANNER)
    card.divider()
    return card.blocks


def _asked(language: Language, comment: str | None) -> list[Block]:
    if not comment:
        return []
    card = Card()
    card.text(language.say("forms", "asked_changes"))
    card.quote(guard(comment, 1000, keep_lines=True))
    card.divider()
    return card.blocks


def zone_note(language: Language, site: str | None) -> list[Block]:
    """That times are the site's, where the reader's clock is another."""
    mine = language.zone_of()
    if site is None or same_clock(mine, site):
        return []
    card = Card()
    cities = {"mine": language.city(mine), "city": language.city(site)}
    card.small(language.say("forms", "site_times", **cities))
    return card.blocks
