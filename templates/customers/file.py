"""A customer's file as a view to read, and the form of each of its sections (P09, P14)."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from models.base.permissions import Verb
from models.base.words import Outcome
from models.customers.file import CustomerFile, PastVisit
from models.policy.customer_fields import LIKE_PRODUCTS, VERIFIED, CustomerSection
from models.policy.notice_fields import NoticeField
from models.records.customers import Contact, Customer
from models.records.people import Reader
from models.records.request import NoticeValue
from templates.reading.customer_terms import answer, answers, label, section
from templates.reading.fields import field_inputs, shown, typed
from templates.slack import ids
from templates.slack.blocks import VIEW_BLOCKS, Button, Card, Question
from templates.slack.inputs import Asked
from templates.slack.message import Message
from templates.slack.metadata import FormMeta
from templates.slack.modal import modal
from templates.slack.scene import Scene
from templates.wording import terms
from templates.wording.language import Language
from templates.wording.terms import N_
from templates.wording.text import Text, guard, joined, mention

_OUTCOMES = {Outcome.LANDED: N_("Won"), Outcome.ENDED: N_("Lost")}


def customer_button(language: Language, customer_id: int, visit_id: int | None = None) -> Button:
    """Opens the customer's file."""
    return Button(ids.OPEN_CUSTOMER, language._("Customer"), ids.pack(customer_id, visit_id or 0))


def choice_reply(reader: Reader, customers: Sequence[Customer]) -> Message:
    """The customers that somebody may mean, each with a button."""
    language = Language(reader)
    said = language.say("customers", "which")
    card = Card()
    card.text(said)
    for customer in customers:
        card.text(guard(customer.name), customer_button(language, customer.id or 0))
    return Message(said.fallback(), card.done())


def file_view(
    reader: Reader,
    file: CustomerFile,
    now: datetime,
    *,
    visit: int | None = None,
    behind: Sequence[str] = (),
) -> dict[str, Any]:
    """All that this person may read of a customer. `visit` is the one from whose Details it was
    opened, `behind` are the views below, by their callback ids."""
    language = Language(reader, now)
    card = Card(VIEW_BLOCKS)
    card.header(guard(file.customer.name))
    card.text(joined("\n", [_also(language, file), _owner(language, file), _marks(language, file)]))
    for name in CustomerSection:
        if file.asked_in(name):
            card.text(_section(language, file, name), _fill_button(language, file, name, visit))
    if file.reads_all:
        _people(language, card, file)
        _promises(language, card, file)
    else:
        card.small(language.say("customers", "in_part"))
    _visits(reader, card, file, now)
    card.buttons(*_buttons(language, file))
    meta = FormMeta(visit=visit, customer=file.customer.id, behind=list(behind))
    close = language._("Close")
    return modal(ids.CUSTOMER_VIEW, language._("Customer"), card.blocks, close=close, meta=meta)


def file_form(
    reader: Reader,
    file: CustomerFile,
    now: datetime,
    name: CustomerSection,
    *,
    marks: Mapping[str, str],
    visit: int | None = None,
    behind: Sequence[str] = (),
    entered: Mapping[str, Any] | None = None,
    turn: int = 0,
) -> dict[str, Any]:
    """One section as a form of at most ten inputs, filled with what is known, over it with what was
    `entered`; `marks` and `turn` as in a visit's notice."""
    language, wanted = Language(reader, now), file.wanted()
    blocks = []
    for field in file.asked_in(name):
        first = typed(field, file.known.get(field.key))
        if entered and field.key in entered:
            first = entered[field.key]
        hint = language.say("notice", "wanted") if field.key in wanted else None
        asked = Asked(
            field.key,
            label(language, field.key),
            ids.VALUES_AGAIN[turn % 2],
            optional=True,
            hint=hint,
        )
        blocks += field_inputs(
            asked, field, answers(language, field), first, language, language.zone_of()
        )
    return modal(
        ids.CUSTOMER_FORM,
        section(language, name),
        blocks,
        submit=language._("Save"),
        close=language._("Cancel"),
        meta=FormMeta(
            visit=visit,
            customer=file.customer.id,
            section=str(name),
            marks=dict(marks),
            turn=turn,
            behind=list(behind),
        ),
    )


def saved_words(reader: Reader, fields: Sequence[str]) -> str:
    """What was saved."""
    language = Language(reader)
    if not fields:
        return language.say("notice", "nothing_new").mrkdwn()
    labels = joined(language.comma, [label(language, key) for key in fields])
    return language.say("notice", "saved", fields=labels).mrkdwn()


def overtaken_words(reader: Reader, file: CustomerFile, fields: Sequence[str]) -> str:
    """What somebody else has entered meanwhile in the fields that both have changed."""
    language = Language(reader)
    theirs = [_line(language, file, key, file.known.get(key)) for key in fields]
    return language.say("notice", "overtaken", theirs=joined(" · ", theirs)).mrkdwn()


def value_of(
    language: Language, file: CustomerFile, field: NoticeField, value: NoticeValue
) -> Text:
    """What is kept of a field, as people read it."""
    zone = file.latest.visit.timezone if file.latest is not None else language.reader.timezone
    return shown(
        language,
        field,
        value,
        lambda code: answer(language, code),
        currency=file.policy.currency,
        zone=zone,
    )


def _also(language: Language, file: CustomerFile) -> Text | None:
    if not file.also_called:
        return None
    names = joined(language.comma, [guard(name) for name in file.also_called])
    return language.say("customers", "also_called", names=names)


def _owner(language: Language, file: CustomerFile) -> Text:
    owner = file.customer.account_owner_id
    if owner is None:
        return language.say("customers", "no_owner")
    return language.say("customers", "has_owner", who=mention(owner))


def _marks(language: Language, file: CustomerFile) -> Text | None:
    """What leaders are warned of, for whoever opens the file."""
    found = []
    if file.known.get(VERIFIED) == "not_verified":
        found.append(language.say("customers", "mark_unverified"))
    if file.known.get(LIKE_PRODUCTS) == "yes":
        found.append(language.say("customers", "mark_like_products"))
    return joined("\n", found) or None


def _section(language: Language, file: CustomerFile, name: CustomerSection) -> Text:
    """What is known in a section, and what of it is wanted and missing."""
    asked = file.asked_in(name)
    known = [
        _line(language, file, field.key, file.known[field.key])
        for field in asked
        if field.key in file.facts
    ]
    missing = [
        label(language, field.key)
        for field in asked
        if field.key in file.wanted() and field.key not in file.facts
    ]
    lacks = language.say("customers", "missing", fields=joined(language.comma, missing))
    title = Text(f"*{section(language, name)}*")
    return joined("\n", [title, joined(" · ", known) or None, lacks if missing else None])


def _line(language: Language, file: CustomerFile, key: str, value: NoticeValue | None) -> Text:
    field = next(
        each for name in CustomerSection for each in file.asked_in(name) if each.key == key
    )
    said = value_of(language, file, field, value) if value is not None else Text("–")
    return Text(f"{label(language, key)}{language.colon}{said}")


def _fill_button(
    language: Language, file: CustomerFile, name: CustomerSection, visit: int | None
) -> Button | None:
    if Verb.FILL_CUSTOMER not in file.verbs:
        return None
    value = ids.pack(file.customer.id, visit or 0)
    return Button(ids.OPEN_FILE_SECTIONS[name], language._("Fill in"), value)


def _people(language: Language, card: Card, file: CustomerFile) -> None:
    if not file.contacts:
        return
    card.divider()
    card.text(language.say("customers", "people"))
    for contact in file.contacts[:10]:
        value = ids.pack(contact.id, file.customer.id)
        question = Question(
            language._("Strike out?"),
            language.say("customers", "strike_contact", who=guard(contact.name)),
            language._("Strike out"),
            language._("Cancel"),
        )
        button = Button(ids.STRIKE_CONTACT, language._("Strike out"), value, asks=question)
        card.text(contact_line(language, contact), button)


def contact_line(language: Language, contact: Contact) -> Text:
    """A person with what they are told from others by, and when they came last."""
    parts = [contact.name, contact.name_other, contact.title, contact.phone, contact.mail]
    said = [guard(part) for part in parts if part]
    when = language.say("customers", "came_last", when=language.day(contact.known_at))
    return joined(" · ", [*said, when])


def _promises(language: Language, card: Card, file: CustomerFile) -> None:
    if not file.promises:
        return
    card.divider()
    card.text(language.say("customers", "promises"))
    for entry, number in file.promises:
        due = language.moment(entry.due_at) if entry.due_at is not None else None
        who = mention(entry.owner_id)
        card.text(joined(" · ", [guard(entry.text, 300), who, due, guard(number)]))


def _visits(reader: Reader, card: Card, file: CustomerFile, now: datetime) -> None:
    language = Language(reader, now)
    card.divider()
    card.text(language.say("customers", "visits" if file.visits else "no_visits"))
    for past in file.visits:
        card.text(_visit_line(Scene.of(reader, past.picture, now), past))
    if file.more_visits:
        card.small(language.and_more(file.more_visits))


def _visit_line(scene: Scene, past: PastVisit) -> Text:
    """Date, level, how satisfied they were, and what came of it (P09)."""
    visit, feedback = scene.visit, scene.picture.feedback
    satisfied = None
    if feedback is not None and past.reads_feedback:
        intention = terms.intention(scene.language, feedback.intention)
        satisfied = scene.say(
            "customers", "satisfied", satisfaction=feedback.satisfaction, intention=intention
        )
    outcome = scene._(_OUTCOMES[Outcome(visit.outcome)]) if visit.outcome else None
    return joined(
        " · ",
        [
            scene.language.day(visit.arrival, visit.timezone),
            Text(f"*{scene.number}*"),
            terms.level(scene.language, scene.picture),
            terms.purpose(scene.language, visit.purpose),
            terms.status(scene.language, scene.picture),
            satisfied,
            outcome,
        ],
    )


def _buttons(language: Language, file: CustomerFile) -> list[Button]:
    found = []
    if Verb.SET_OWNER in file.verbs and file.latest is not None:
        visit = file.latest.visit
        value = ids.pack(visit.id, visit.revision)
        found.append(Button(ids.SET_OWNER, language._("Account owner"), value))
    if Verb.MERGE_CUSTOMERS in file.verbs:
        words = language._("Merge with…")
        found.append(Button(ids.MERGE_CUSTOMER, words, ids.pack(file.customer.id)))
    return found
