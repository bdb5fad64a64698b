"""The questions of a visit notice, in the order in which they are asked: the request itself, the
facts that the policy's rules want, and the details that may come after the sending."""

from collections.abc import Mapping
from typing import Any, Literal

from slack_sdk.models.blocks import Block, InputBlock

from models.base.limits import CAPITAL_LIMIT, NAME_LIMIT, NOTES_LIMIT, PHONE_LIMIT, PLACE_LIMIT
from models.base.words import TravelBy
from models.customers.names import carried
from models.policy import Policy
from models.policy.currencies import capital_currencies
from models.request.forms import AS_PROPOSED, is_beyond_input
from models.request.outlook import Outlook
from templates.request.outlook import Live
from templates.slack import ids
from templates.slack.inputs import Asked
from templates.wording import terms
from templates.wording.language import Language
from templates.wording.text import Text, guard, joined

TRAVEL_NUMBER_LIMIT = 32

Kind = Literal["new", "edit", "changes", "details"]
_TYPED = frozenset(
    {
        "lead_guest",
        "lead_guest_title",
        "party_size",
        "level_reason",
        "contact_phone",
        "capital",
        "budget",
        "exception_reason",
        "told_reason",
        "travel_number",
        "pickup_place",
        "dropoff_place",
        "meeting_place",
        "guests",
        "notes",
    }
)


class Questions:
    """The inputs of a form of that kind, filled with `values` by their fields' names.

    Times are asked by the clock of the site, whose IANA zone is given.

    What is entered in a new request and in its details is kept as a draft: there every input
    reports its changes. In an edit only what is chosen does, for the lines that follow from it.
    `told` is what is said under a question of its first value.
    """

    def __init__(
        self,
        language: Language,
        policy: Policy,
        values: Mapping[str, Any],
        kind: Kind,
        outlook: Outlook | None,
        *,
        is_resumed: bool = False,
        site: str | None = None,
        told: Mapping[str, Text] | None = None,
    ) -> None:
        self.language = language
        self.site = site
        self.policy = policy
        self.values = values
        self.kind = kind
        self.told = told or {}
        self.value = ids.DRAFT_VALUE_RESUMED if is_resumed else ids.DRAFT_VALUE
        self.customer = ids.CUSTOMER_RESUMED if is_resumed else ids.CUSTOMER
        if kind == "new":
            defaults = {"host": language.reader.user_id, "level": AS_PROPOSED}
            self.values = defaults | {name: value for name, value in values.items() if value}
        self.live = Live(language, policy, outlook, self.ask, self.values) if outlook else None

    def request(self) -> list[Block]:
        """What every request says, with what the level leads to, and the facts asked for."""
        level = self.live.below_level() if self.live and self.kind != "details" else ()
        return [*self._required(), *level, *self._contact(), *self._facts()]

    def details(self) -> list[Block]:
        """What may be said later, with what the budget leads to."""
        return [
            *self._guests(),
            *self._travel(),
            *self._meeting(),
            *self._budget(),
            *(self.live.below_budget() if self.live else ()),
            *self._people(),
        ]

    def _required(self) -> list[Block]:
        language, first = self.language, self.values.get
        say = language.say
        levels = [(level.key, language.own(level.name)) for level in self.policy.levels]
        return [
            self._ask(
                "customer",
                action=self.customer,
                hint=self._either_name(),
                placeholder=say("forms", "customer_placeholder"),
            ).search(_whole(first("customer"))),
            self._ask("purpose").choice(
                [(code, terms.purpose(language, code)) for code in self.policy.purposes],
                first("purpose"),
            ),
            self._ask("lead_guest").line(NAME_LIMIT, first("lead_guest")),
            self._ask("lead_guest_title").line(NAME_LIMIT, first("lead_guest_title")),
            self._ask("party_size").number(1, None, first("party_size")),
            *self._moment(self._ask("arrival")),
            *self._moment(self._ask("departure")),
            self._ask("host").person(first("host")),
            *(self.live.below_people() if self.live and self.kind != "details" else ()),
            self._ask("level").choice(
                [(AS_PROPOSED, say("forms", "as_proposed")), *levels], first("level")
            ),
        ]

    def _either_name(self) -> Text | None:
        """That the day behind the name may be a part of it (Acme Monday)."""
        name, other = self.values.get("customer"), self.values.get("customer_else")
        if not name or not other:
            return None
        names = {"name": guard(name, NAME_LIMIT), "other": guard(other, NAME_LIMIT)}
        return self.language.say("forms", "customer_or", **names)

    def _contact(self) -> list[Block]:
        hint = self.language.say("forms", "phone_hint")
        asked = self._maybe("contact_phone", hint=hint)
        return [asked.line(PHONE_LIMIT, self.values.get("contact_phone"))]

    def _facts(self) -> list[Block]:
        """What the policy's rules want to know of the customer and the visit."""
        language, first = self.language, self.values.get
        say, asked = language.say, self.policy.asked
        kinds = [(kind.key, language.own(kind.name)) for kind in self.policy.customer_kinds]
        found: list[Block] = []
        if "customer_kind" in asked and kinds:
            found.append(self._maybe("customer_kind").choice(kinds, first("customer_kind")))
        if "capital" in asked:
            currency = language.currency(capital_currencies(self.policy)[0])
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

    def _guests(self) -> list[Block]:
        say, first = self.language.say, self.values.get
        if is_beyond_input(first("guests")):
            return []  # they are changed one by one, in their section
        asked = self._maybe(
            "guests",
            hint=say("forms", "guests_hint"),
            placeholder=say("forms", "guests_placeholder"),
        )
        return [asked.line(NOTES_LIMIT, first("guests"), many_lines=True)]

    def _budget(self) -> list[Block]:
        currency = self.language.currency(self.policy.currency)
        hint = self.language.say("forms", "budget_hint", currency=currency)
        first = self.values.get("budget")
        return [self._maybe("budget", hint=hint).number(0, None, first, decimals=True)]

    def _travel(self) -> list[Block]:
        language, first = self.language, self.values.get
        say = language.say
        travel = [(code, terms.travel_by(language, code)) for code in TravelBy]
        return [
            self._maybe("travel_by").choice(travel, first("travel_by")),
            self._maybe(
                "travel_number", placeholder=say("forms", "travel_number_placeholder")
            ).line(TRAVEL_NUMBER_LIMIT, first("travel_number")),
            self._maybe("pickup_place", hint=say("forms", "pickup_hint")).line(
                PLACE_LIMIT, first("pickup_place")
            ),
            *(self.live.below_pickup() if self.live else ()),
            *self._moment(self._maybe("pickup_time", hint=say("forms", "pickup_time_hint"))),
            *self._moment(self._maybe("dropoff_time", hint=say("forms", "dropoff_hint"))),
            self._maybe("dropoff_place", hint=say("forms", "dropoff_place_hint")).line(
                PLACE_LIMIT, first("dropoff_place")
            ),
        ]

    def _meeting(self) -> list[Block]:
        say, first = self.language.say, self.values.get
        return [
            *self._moment(self._maybe("meeting_time", hint=say("forms", "meeting_hint"))),
            self._maybe(
                "meeting_place", placeholder=say("forms", "meeting_place_placeholder")
            ).line(PLACE_LIMIT, first("meeting_place")),
        ]

    def _people(self) -> list[Block]:
        say, first = self.language.say, self.values.get
        return [
            self._maybe("second_host", hint=say("forms", "second_host_hint")).person(
                first("second_host")
            ),
            *(self.live.below_people() if self.live and self.kind == "details" else ()),
            self._maybe("account_owner", hint=say("forms", "account_owner_hint")).person(
                first("account_owner")
            ),
            self._maybe("notes", placeholder=say("forms", "notes_placeholder")).line(
                NOTES_LIMIT, first("notes"), many_lines=True
            ),
        ]

    def _moment(self, asked: Asked) -> list[InputBlock]:
        """Day and time, by the site's clock."""
        return asked.moment(self.language, self.site, self.values.get(asked.block_id))

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
        hint = joined(" ", [self.told.get(name), hint]) or None
        reports = self.kind in {"new", "details"} or name not in _TYPED
        return Asked(name, label, action or self.value, optional, hint, placeholder, reports)

    def _maybe(
        self, name: str, *, hint: Text | None = None, placeholder: Text | None = None
    ) -> Asked:
        return self._ask(name, hint=hint, placeholder=placeholder, optional=True)


def _whole(name: object) -> object:
    """A first value that the select can carry; one that it cannot is chosen anew."""
    return name if isinstance(name, str) and name == carried(name) else None
