"""What the form says of level and budget while it is filled, and what it then asks for besides.

Slack keeps what is entered where block and action ids stay the same, so a form is shown anew with
nothing but these parts exchanged.
"""

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from slack_sdk.models.blocks import Block

from models.base.limits import REASON_LIMIT
from models.policy import Policy
from models.records.people import Reader
from models.request.forms import AS_PROPOSED
from models.request.outlook import Outlook
from templates.reading import rules
from templates.reading.facts import calendar_note
from templates.request.drives import level_note
from templates.slack import ids
from templates.slack.blocks import Card
from templates.slack.inputs import Asked
from templates.slack.metadata import FormMeta
from templates.slack.modal import as_sent
from templates.wording.language import Language
from templates.wording.text import Text, joined

LEVEL, LEVEL_REASON = "level", "level_reason"
PICKUP = "pickup_place"
BUDGET, EXCEPTION_REASON = "budget", "exception_reason"
HOST, SECOND_HOST, TOLD_REASON = "host", "second_host", "told_reason"
_PARTS = frozenset(
    {
        *(ids.PROPOSAL, LEVEL_REASON, ids.ALLOWED, EXCEPTION_REASON, ids.TOLD, TOLD_REASON),
        ids.LEVEL_CARS,
    }
)
_DECISIVE = (
    *("customer", "purpose", "lead_guest_title", "party_size", "arrival"),
    *("customer_kind", "capital", "overseas", "important"),
)
Ask = Callable[[str, bool], Asked]
"""A question of the form by its field's name; optional or not."""


class Live:
    """The parts below level and budget. `entered` are the form's values by their names."""

    def __init__(
        self,
        language: Language,
        policy: Policy,
        outlook: Outlook,
        ask: Ask,
        entered: Mapping[str, Any],
    ) -> None:
        self._language = language
        self._policy = policy
        self._outlook = outlook
        self._ask = ask
        self._entered = entered

    def below_level(self) -> list[Block]:
        """The proposal in words, and what the lead time hangs on; a reason is asked for where
        another level was chosen (R2.1)."""
        if self._is_empty():
            return []
        card = Card()
        note = calendar_note(self._language, self._outlook.unpublished)
        card.small(joined("\n", [self._proposal(), note]), ids.PROPOSAL)
        return [*card.blocks, *self._reason(LEVEL_REASON, is_wanted=self._outlook.is_overruled)]

    def below_pickup(self) -> list[Block]:
        """Which cars guests of the level get, none too (B14), and that the pickup is asked for at
        short notice (F02)."""
        say = self._language.say
        late = say("drives", "late_pickup") if self._outlook.is_pickup_late else None
        note = level_note(self._language, self._outlook.level)
        card = Card()
        card.small(joined("\n", [note, late]) or None, ids.LEVEL_CARS)
        return card.blocks

    def below_budget(self) -> list[Block]:
        """That the budget is above the caps; a reason may be given for an exception (R2.2)."""
        allowed = self._outlook.allowed
        if allowed is None:
            return []
        budget = self._outlook.read.facts.amount or allowed
        amount = self._language.money(allowed, self._policy.currency)
        above = self._language.money(budget - allowed, self._policy.currency)
        shared = rules.overspend(self._language, self._policy)
        card = Card()
        said = self._language.say("forms", "allowed", amount=amount, above=above, shared=shared)
        card.small(said, ids.ALLOWED)
        return [*card.blocks, *self._reason(EXCEPTION_REASON, is_optional=True)]

    def below_people(self) -> list[Block]:
        """That the guests have been told who comes, where others are named now, and the question
        why (D12)."""
        if not self._outlook.is_told_otherwise:
            return []
        card = Card()
        card.small(self._language.say("forms", "told"), ids.TOLD)
        return [*card.blocks, *self._reason(TOLD_REASON)]

    def digest(self) -> str:
        """Stands for what the parts show, whatever is typed into them."""
        parts = [block.to_dict() for block in self._all()]
        shown = [
            part["block_id"] if part["type"] == "input" else part["elements"] for part in parts
        ]
        return hashlib.sha256(json.dumps(shown).encode()).hexdigest()[:12]

    def _all(self) -> list[Block]:
        return [
            *self.below_level(),
            *self.below_pickup(),
            *self.below_budget(),
            *self.below_people(),
        ]

    def _is_empty(self) -> bool:
        """Whether nothing was entered yet from which a level could follow."""
        level = self._entered.get(LEVEL)
        said = (name for name in _DECISIVE if self._entered.get(name))
        return level in {None, "", AS_PROPOSED} and next(said, None) is None

    def _proposal(self) -> Text:
        found, say = self._outlook.proposal, self._language.say
        level = self._language.own(found.level.name)
        if found.rule is None:
            is_open = not str(self._entered.get("lead_guest_title") or "").strip()
            return say("forms", "proposal_open" if is_open else "proposal_default", level=level)
        rule = rules.conditions_of(self._language, self._policy, found.rule)
        name = "proposal_overruled" if self._outlook.is_overruled else "proposal"
        return say("forms", name, level=level, rule=rule)

    def _reason(
        self, name: str, *, is_wanted: bool = True, is_optional: bool = False
    ) -> list[Block]:
        if not is_wanted:
            return []
        question = self._ask(name, is_optional)
        return [question.line(REASON_LIMIT, self._entered.get(name), many_lines=True)]


def shown_anew(
    reader: Reader,
    policy: Policy,
    view: Mapping[str, Any],
    outlook: Outlook,
    entered: Mapping[str, Any],
    ask: Ask,
    *,
    shown: str | None,
) -> tuple[dict[str, Any], str] | None:
    """A form as Slack reports it, with its live parts anew, and what stands for them; None where
    `shown` says that it shows the same already."""
    live = Live(Language(reader), policy, outlook, ask, entered)
    digest = live.digest()
    if digest == shown:
        return None
    blocks: list[Any] = []
    has_host = any(block.get("block_id") == HOST for block in view["blocks"])
    for block in view["blocks"]:
        if block.get("block_id") in _PARTS:
            continue
        blocks.append(block)
        if block.get("block_id") == LEVEL:
            blocks += [part.to_dict() for part in live.below_level()]
        elif block.get("block_id") == PICKUP:
            blocks += [part.to_dict() for part in live.below_pickup()]
        elif block.get("block_id") == BUDGET:
            blocks += [part.to_dict() for part in live.below_budget()]
        elif block.get("block_id") == (HOST if has_host else SECOND_HOST):
            blocks += [part.to_dict() for part in live.below_people()]
    meta = replace(FormMeta.load(view["private_metadata"]), shown=digest)
    return as_sent(view) | {"blocks": blocks, "private_metadata": meta.dump()}, digest
