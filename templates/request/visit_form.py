"""The visit form: the request, its resumed draft, the edit, and the asked-for changes.

Slack does not say what stood in a form that is closed: it reports only inputs that ask for it. So
each input of a new request reports its changes, texts at every character, and the draft is whole
whenever the form is closed. Text fields could report on Enter instead, but nobody presses Enter in
the last field before closing, and Slack would then ask people to. In an edit, what is chosen and
not typed reports, for the lines that follow from it (`outlook`).
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, Literal

from slack_sdk.models.blocks import Block, Option

from models.base.limits import CAPITAL_LIMIT, CUSTOMER_LIMIT, NAME_LIMIT, NOTES_LIMIT, PLACE_LIMIT
from models.base.visible import seen
from models.base.words import Purpose, TravelBy
from models.customers.names import carried, fold, spellings
from models.policy import Policy
from models.policy.currencies import capital_currencies
from models.records.people import Reader
from models.request.forms import AS_PROPOSED
from models.request.outlook import Outlook
from templates.request.outlook import Live, shown_anew
from templates.slack import ids
from templates.slack.blocks import OPTION_LENGTH, Button, Card
from templates.slack.inputs import Asked, option
from templates.slack.metadata import FormMeta
from templates.slack.modal import modal
from templates.wording import terms
from templates.wording.language import Language
from templates.wording.text import Text, guard

TRAVEL_NUMBER_LIMIT = 32
_END_SHOWN = 60

_TYPED = frozenset(
    {
        "lead_guest",
        "lead_guest_title",
        "party_size",
        "level_reason",
        "capital",
        "budget",
        "exception_reason",
        "travel_number",
        "pickup_place",
        "meeting_place",
        "guests",
        "notes",
    }
)
Kind = Literal["new", "edit", "changes"]
DraftState = Literal["offered", "resumed"]


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
) -> dict[str, Any]:
    """The form as a modal view.

    `values` are first values by the names of VisitForm's fields: texts, numbers, aware datetimes;
    what is missing or does not fit is left empty. A new request defaults host and level, and shows
    what there is to a draft (`draft_key` is its form key). `comment` is what an approver asks for.
    `site` is the site's IANA zone: named where the reader's is another, because Slack takes every
    time in the reader's own. `outlook` is what the procedure makes of the values: level proposed,
    caps exceeded. Facts of the customer are asked for as far as the policy's rules want them.
    """
    language = Language(reader)
    form = _Form(language, policy, values, kind, draft == "resumed", outlook)
    title, submit = _titles(language, kind, number)
    return modal(
        ids.NEW_VISIT_FORM if kind == "new" else ids.CHANGE_VISIT_FORM,
        title,
        [
            *_banner(language, draft, draft_key),
            *_asked(language, comment),
            *_zone_note(language, site),
            *form.blocks(),
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
    kind: Kind = "new" if view.get("callback_id") == ids.NEW_VISIT_FORM else "edit"
    resumed = ids.DRAFT_VALUE_RESUMED in _action_ids(view)
    form = _Form(Language(reader), policy, values, kind, resumed, outlook)
    return shown_anew(reader, policy, view, outlook, values, form.ask, shown=shown)


def _action_ids(view: Mapping[str, Any]) -> set[str]:
    elements = (block.get("element") or {} for block in view.get("blocks", ()))
    return {str(element.get("action_id")) for element in elements}


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


def _whole(name: object) -> object:
    """A first value that the select can carry; one that it cannot is chosen anew."""
    return name if isinstance(name, str) and name == carried(name) else None


def _titles(language: Language, kind: Kind, number: str | None) -> tuple[Text, Text]:
    if kind == "new":
        return language._("New visit"), language._("Send request")
    title = language._("Edit %(number)s", number=number) if number else language._("Edit")
    return title, language._("Send again") if kind == "changes" else language._("Save")


def _banner(language: Language, draft: DraftState | None, draft_key: str | None) -> list[Block]:
    if draft is None:
        return []
    card = Card()
    if draft == "offered":
        card.text(language.say("forms", "draft_offered"))
        words = language._("Resume draft")
        button = Button(ids.RESUME_DRAFT, words, draft_key or "-", "primary")
    else:
        card.text(language.say("forms", "draft_resumed"))
        button = Button(ids.START_AFRESH, language._("Start afresh"), "-")
    card.buttons(button, block_id=ids.DRAFT_BANNER)
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


def _zone_note(language: Language, site: str | None) -> list[Block]:
    """That times are in the reader's zone, where it is another than the site's."""
    mine = language.zone_of()
    if site is None or mine == site:
        return []
    card = Card()
    cities = {"mine": language.city(mine), "city": language.city(site)}
    card.small(language.say("forms", "site_times", **cities))
    return card.blocks


class _Form:
    """The inputs of the form, required ones first."""

    def __init__(
        self,
        language: Language,
        policy: Policy,
        values: Mapping[str, Any],
        kind: Kind,
        is_resumed: bool,
        outlook: Outlook | None,
    ) -> None:
        self.language = language
        self.policy = policy
        self.values = values
        self.is_new = kind == "new"
        self.value = ids.DRAFT_VALUE_RESUMED if is_resumed else ids.DRAFT_VALUE
        self.customer = ids.CUSTOMER_RESUMED if is_resumed else ids.CUSTOMER
        if self.is_new:
            defaults = {"host": language.reader.user_id, "level": AS_PROPOSED}
            self.values = defaults | {name: value for name, value in values.items() if value}
        self.live = Live(language, policy, outlook, self.ask, self.values) if outlook else None

    def blocks(self) -> list[Block]:
        """All inputs, the optional ones under their own heading."""
        heading = Card()
        heading.divider()
        heading.header(self.language.say("forms", "optional"))
        live = self.live
        return [
            *self._required(),
            *(live.below_level() if live else ()),
            *heading.blocks,
            *self._facts(),
            *self._budget(),
            *(live.below_budget() if live else ()),
            *self._travel(),
            *self._rest(),
        ]

    def _required(self) -> list[Block]:
        language, first = self.language, self.values.get
        say = language.say
        levels = [(level.key, language.own(level.name)) for level in self.policy.levels]
        return [
            self._ask(
                "customer", action=self.customer, placeholder=say("forms", "customer_placeholder")
            ).search(_whole(first("customer"))),
            self._ask("purpose").choice(
                [(code, terms.purpose(language, code)) for code in Purpose], first("purpose")
            ),
            self._ask("lead_guest").line(NAME_LIMIT, first("lead_guest")),
            self._ask("lead_guest_title").line(NAME_LIMIT, first("lead_guest_title")),
            self._ask("party_size").number(1, None, first("party_size")),
            self._ask("arrival").moment(first("arrival")),
            self._ask("departure").moment(first("departure")),
            self._ask("host").person(first("host")),
            self._ask("level").choice(
                [(AS_PROPOSED, say("forms", "as_proposed")), *levels], first("level")
            ),
        ]

    def _facts(self) -> list[Block]:
        """What the policy's rules want to know of the customer and the visit."""
        language, first = self.language, self.values.get
        say, asked = language.say, self.policy.asked
        kinds = [(kind.key, language.own(kind.name)) for kind in self.policy.customer_kinds]
        found: list[Block] = []
        if "customer_kind" in asked and kinds:
            found.append(self._maybe("customer_kind").choice(kinds, first("customer_kind")))
        if "capital" in asked:
            currency = capital_currencies(self.policy)[0]
            hint = say("forms", "capital_hint", currency=currency)
            found.append(self._maybe("capital", hint=hint).line(CAPITAL_LIMIT, first("capital")))
        if "overseas" in asked:
            found.append(
                self._maybe("overseas").tick(say("forms", "overseas_yes"), first("overseas"))
            )
        if "important" in asked:
            yes = say("forms", "important_yes")
            found.append(self._maybe("important").tick(yes, first("important")))
        return found

    def _budget(self) -> list[Block]:
        currency = self.language.currency(self.policy.country)
        hint = self.language.say("forms", "budget_hint", currency=currency)
        first = self.values.get("budget")
        return [self._maybe("budget", hint=hint).number(0, None, first, decimals=True)]

    def _travel(self) -> list[Block]:
        language, first = self.language, self.values.get
        say = language.say
        travel = [(code, terms.travel_by(language, code)) for code in TravelBy]
        return [
            self._maybe("travel_by").choice(travel, first("travel_by")),
            self._maybe("travel_number").line(TRAVEL_NUMBER_LIMIT, first("travel_number")),
            self._maybe("pickup_place", hint=say("forms", "pickup_hint")).line(
                PLACE_LIMIT, first("pickup_place")
            ),
            self._maybe("pickup_time", hint=say("forms", "pickup_time_hint")).moment(
                first("pickup_time")
            ),
            self._maybe("dropoff_time", hint=say("forms", "dropoff_hint")).moment(
                first("dropoff_time")
            ),
        ]

    def _rest(self) -> list[Block]:
        language, first = self.language, self.values.get
        say = language.say
        return [
            self._maybe("meeting_time", hint=say("forms", "meeting_hint")).moment(
                first("meeting_time")
            ),
            self._maybe(
                "meeting_place", placeholder=say("forms", "meeting_place_placeholder")
            ).line(PLACE_LIMIT, first("meeting_place")),
            self._maybe("second_host", hint=say("forms", "second_host_hint")).person(
                first("second_host")
            ),
            self._maybe("account_owner", hint=say("forms", "account_owner_hint")).person(
                first("account_owner")
            ),
            self._maybe(
                "guests",
                hint=say("forms", "guests_hint"),
                placeholder=say("forms", "guests_placeholder"),
            ).line(NOTES_LIMIT, first("guests"), many_lines=True),
            self._maybe("notes", placeholder=say("forms", "notes_placeholder")).line(
                NOTES_LIMIT, first("notes"), many_lines=True
            ),
        ]

    def ask(self, name: str, is_optional: bool) -> Asked:
        """The question of a field."""
        return self._ask(name, optional=is_optional)

    def _ask(
        self,
        name: str,
        *,
        action: str | None = None,
        hint: Text | None = None,
        placeholder: Text | None = None,
        optional: bool = False,
    ) -> Asked:
        label = terms.field(self.language, name)
        reports = self.is_new or name not in _TYPED
        return Asked(name, label, action or self.value, optional, hint, placeholder, reports)

    def _maybe(
        self, name: str, *, hint: Text | None = None, placeholder: Text | None = None
    ) -> Asked:
        return self._ask(name, hint=hint, placeholder=placeholder, optional=True)
