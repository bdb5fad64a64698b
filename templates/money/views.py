"""Asking for an exception, and noting what was spent (R2.2, R2.3)."""

from datetime import datetime
from typing import Any

from models.money.forms import NOTE_LIMIT, REASON_LIMIT
from models.money.spending import budget_limit, day_at, days_of
from models.policy.exception_asks import asks_for
from models.reading.facts import facts_of
from models.reading.picture import VisitPicture
from models.records.money import LedgerLine
from models.records.people import Reader
from templates.money import lines
from templates.reading import rules
from templates.slack import ids
from templates.slack.blocks import Card
from templates.slack.inputs import Asked
from templates.slack.metadata import FormMeta
from templates.slack.modal import modal
from templates.slack.scene import Scene


def exception_form(
    reader: Reader, picture: VisitPicture, now: datetime, form_key: str
) -> dict[str, Any]:
    """Asks what is to go beyond the level, with the sum and the reason; its caps stand above."""
    scene = Scene.of(reader, picture, now)
    asks = asks_for(picture.policy, facts_of(picture), budget_limit(picture))
    card = Card()
    shared = rules.overspend(scene.language, picture.policy)
    card.text(scene.say("exceptions", "intro" if asks else "nothing", shared=shared))
    card.text(rules.cap_lines(scene))
    title = scene._("Exception")
    if not asks:
        return modal(ids.NOTICE_VIEW, title, [*card.blocks], close=scene._("Close"))
    currency = scene.language.currency(picture.policy.currency)
    hint = scene.say("exceptions", "amount_hint", currency=currency)
    options = [(ask.code, lines.ask_name(scene, ask)) for ask in asks]
    return modal(
        ids.EXCEPTION_FORM,
        title,
        [
            *card.blocks,
            Asked(ids.WHAT, scene._("What"), ids.VALUE).choice(options),
            Asked(
                ids.AMOUNT, scene._("Planned amount"), ids.VALUE, optional=True, hint=hint
            ).number(0, None, decimals=True),
            *_day(scene),
            Asked(ids.REASON, scene._("Reason for the exception"), ids.VALUE).line(
                REASON_LIMIT, many_lines=True
            ),
        ],
        submit=scene._("Ask"),
        close=scene._("Cancel"),
        meta=FormMeta(visit=scene.visit_id, form_key=form_key),
    )


def cost_form(
    reader: Reader, picture: VisitPicture, now: datetime, form_key: str
) -> dict[str, Any]:
    """Asks what was spent, on what, for how many guests."""
    scene = Scene.of(reader, picture, now)
    card = Card()
    card.text(scene.say("costs", "intro"))
    card.text(rules.cap_lines(scene))
    currency = scene.language.currency(picture.policy.currency)
    hint = scene.say("costs", "amount_hint", currency=currency)
    guests = scene.say("costs", "guests_hint")
    return modal(
        ids.COST_FORM,
        scene._("Note a cost"),
        [
            *card.blocks,
            Asked(ids.WHAT, scene._("What"), ids.VALUE).choice(lines.cost_options(scene)),
            Asked(ids.AMOUNT, scene._("Amount"), ids.VALUE, hint=hint).number(
                0, None, decimals=True
            ),
            *_day(scene),
            Asked(ids.GUEST_COUNT, scene._("Number"), ids.VALUE, optional=True, hint=guests).number(
                1, None
            ),
            Asked(ids.NOTE, scene._("Notes"), ids.VALUE, optional=True).line(
                NOTE_LIMIT, many_lines=True
            ),
        ],
        submit=scene._("Note"),
        close=scene._("Cancel"),
        meta=FormMeta(visit=scene.visit_id, form_key=form_key),
    )


def correction_form(
    reader: Reader, picture: VisitPicture, now: datetime, cost: LedgerLine, form_key: str
) -> dict[str, Any]:
    """Asks what was really spent, and why the noted cost is wrong."""
    scene = Scene.of(reader, picture, now)
    card = Card()
    card.text(scene.say("costs", "correction_intro", cost=lines.cost_line(scene, cost)))
    return modal(
        ids.CORRECTION_FORM,
        scene._("Correct"),
        [
            *card.blocks,
            Asked(
                ids.AMOUNT,
                scene._("Right amount"),
                ids.VALUE,
                hint=scene.say("costs", "correction_hint"),
            ).number(0, None, cost.amount, decimals=True),
            Asked(ids.REASON, scene._("Reason"), ids.VALUE).line(REASON_LIMIT, many_lines=True),
        ],
        submit=scene._("Correct"),
        close=scene._("Cancel"),
        meta=FormMeta(visit=scene.visit_id, line=cost.id, form_key=form_key),
    )


def _day(scene: Scene) -> list[Any]:
    """Which day of the visit, where it has several."""
    days = days_of(scene.visit)
    if len(days) < 2:
        return []
    options = [(day.isoformat(), lines.day_name(scene, day)) for day in days]
    hint = scene.say("exceptions", "day_hint")
    asked = Asked(ids.DAY, scene._("Day"), ids.VALUE, optional=True, hint=hint)
    return [asked.choice(options, day_at(scene.visit, scene.now).isoformat())]
