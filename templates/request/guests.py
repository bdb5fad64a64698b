"""The guests of a visit: the list, and the form of one of them (P02, P04)."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from slack_sdk.models.blocks import Block

from models.customers.party import GuestField, fields_of_part
from models.customers.phones import shown_phone
from models.keeping.files import PICTURES, endings
from models.policy.levels import rank_of_title
from models.policy.notice_fields import Section
from models.reading.notice import asked_in
from models.reading.picture import VisitPicture
from models.records.customers import Guest
from models.records.people import Reader
from templates.reading.diets import diet_words
from templates.reading.fields import plain_input
from templates.reading.notice_lines import section_line
from templates.request.guest_terms import answer, answers, field_label
from templates.slack import ids
from templates.slack.blocks import VIEW_BLOCKS, Button, Card, Question
from templates.slack.inputs import Asked
from templates.slack.metadata import FormMeta
from templates.slack.modal import modal
from templates.slack.scene import Scene
from templates.wording.text import Text, dial, guard, joined

PAGE = 10
"""So many guests, or lines of a list, are shown at a time."""


def guests_view(
    reader: Reader,
    picture: VisitPicture,
    now: datetime,
    *,
    page: int = 0,
    behind: Sequence[str] = (),
    said: Text | None = None,
    waiting: int | None = None,
) -> dict[str, Any]:
    """The guests, ten at a time, each with *Change*, and how more are added. `said` tells what came
    of the last change, `waiting` how many lines of a list were read and not saved."""
    scene = Scene.of(reader, picture, now)
    card = Card(VIEW_BLOCKS)
    card.text(said)
    card.text(_counts(scene))
    card.buttons(*_ways(scene))
    if waiting is not None:
        go_on = Button(ids.GO_ON_LIST, scene._("Go on"), ids.pack(scene.visit_id))
        card.text(scene.say("guests", "list_waits", count=waiting), go_on)
    guests = picture.guests
    page = min(page, max(0, len(guests) - 1) // PAGE)
    card.divider()
    if not guests:
        card.small(scene.say("guests", "nobody_yet"))
    for number, guest in enumerate(guests[page * PAGE : (page + 1) * PAGE], page * PAGE + 1):
        change = Button(
            ids.CHANGE_GUEST, scene._("Change"), ids.pack(scene.visit_id, guest.id, page)
        )
        card.text(Text(f"{number}. {_head(scene, guest)}"), change)
        card.small(_below(scene, guest))
    card.buttons(*turning(scene, ids.GUESTS_BACK, ids.GUESTS_NEXT, page, len(guests)))
    about = section_line(scene, Section.GUESTS)
    if about is not None:
        card.divider()
        card.text(about)
    return modal(
        ids.GUESTS_VIEW,
        scene._("Guests"),
        card.blocks,
        close=scene._("Close"),
        meta=FormMeta(visit=scene.visit_id, page=page, behind=list(behind)),
    )


def guest_form(
    reader: Reader,
    picture: VisitPicture,
    now: datetime,
    part: int,
    guest: Guest | None,
    values: Mapping[str, Any],
    *,
    meta: FormMeta,
    takes_files: bool,
) -> dict[str, Any]:
    """One step of what is asked of a guest (None: somebody new), filled with `values`."""
    scene = Scene.of(reader, picture, now)
    card = Card(VIEW_BLOCKS)
    remove = None
    if guest is not None:
        card.text(Text(f"*{guard(guest.name)}*"))
        remove = _remove(scene, guest)
    card.buttons(all_guests(scene, meta.page), remove)
    card.small(scene.say("guests", "rest_follows" if part == 1 else "unknown_is_not_none"))
    action = ids.VALUES_AGAIN[(meta.turn or 0) % 2]
    asked = [
        _input(scene, field, values.get(field.key), guest, action)
        for field in fields_of_part(part)
        if _is_asked(picture, field, takes_files)
    ]
    new = scene._("Add guest (%(part)s of 2)", part=part)
    title = new if meta.guest is None else scene._("Guest (%(part)s of 2)", part=part)
    return modal(
        ids.GUEST_FORM,
        title,
        [*card.blocks, *asked],
        submit=scene._("Save and go on") if part == 1 else scene._("Save"),
        close=scene._("Cancel"),
        meta=replace(meta, part=part),
    )


def turning(scene: Scene, back: str, onward: str, page: int, count: int) -> list[Button]:
    """The buttons to the pages before and behind."""
    buttons = []
    if page > 0:
        buttons.append(Button(back, scene._("Back"), ids.pack(scene.visit_id, page - 1)))
    if (page + 1) * PAGE < count:
        buttons.append(Button(onward, scene._("Next"), ids.pack(scene.visit_id, page + 1)))
    return buttons


def all_guests(scene: Scene, page: int | None = None) -> Button:
    """Leads back to the list."""
    return Button(ids.ALL_GUESTS, scene._("All guests"), ids.pack(scene.visit_id, page or 0))


def _ways(scene: Scene) -> list[Button]:
    value = ids.pack(scene.visit_id)
    ways = [
        Button(ids.ADD_GUEST, scene._("Add guest"), value, "primary"),
        Button(ids.PASTE_LIST, scene._("Paste a list"), value),
        Button(ids.LIST_FILE, scene._("From a file"), value),
    ]
    if asked_in(scene.picture, Section.GUESTS):
        ways.append(Button(ids.ABOUT_PARTY, scene._("About the party"), value))
    return ways


def _counts(scene: Scene) -> Text:
    guests = scene.picture.guests
    unknown = sum(not guest.diet for guest in guests)
    counts = scene.say("guests", "counts", count=len(guests), size=scene.visit.party_size)
    lead = scene.say("guests", "lead", name=scene.visit.lead_guest)
    diets = scene.say("guests", "diets_unknown", count=unknown) if unknown else None
    return joined("\n", [joined(" · ", [counts, lead]), diets])


def _head(scene: Scene, guest: Guest) -> Text:
    name = Text(f"*{guard(guest.name)}*")
    other = guard(guest.name_other) if guest.name_other else None
    title = guard(guest.title) if guest.title else None
    rank = scene.picture.policy.rank(guest.rank) if guest.rank else None
    leads = Text(f"⭐ {field_label(scene.language, 'leads')}") if guest.leads else None
    ranked = scene.language.own(rank.name) if rank is not None else None
    return joined(" · ", [name, other, title, ranked, leads])


def _below(scene: Scene, guest: Guest) -> Text:
    language = scene.language
    diet = diet_words(language, scene.picture.policy, guest.diet)
    needs = joined(language.comma, [answer(language, code) for code in guest.needs])
    words = (guest.faith, guest.taboos, guest.wishes)
    return joined(
        " · ",
        [
            dial(f"tel:{guest.phone}", shown_phone(guest.phone)) if guest.phone else None,
            guard(guest.mail) if guest.mail else None,
            answer(language, guest.sex) if guest.sex else None,
            *(guard(each) for each in (guest.nationality, guest.language) if each),
            scene.say("guests", "diet", diet=diet) if diet else scene.say("guests", "no_diet"),
            *(guard(each) for each in words if each),
            needs or None,
            Text("📷") if guest.photo_id else None,
        ],
    )


def _remove(scene: Scene, guest: Guest) -> Button:
    question = Question(
        scene._("Remove guest"),
        scene.say("guests", "remove", name=guest.name),
        scene._("Remove"),
        scene._("Cancel"),
    )
    value = ids.pack(scene.visit_id, guest.id)
    return Button(ids.REMOVE_GUEST, scene._("Remove"), value, "danger", question)


def _is_asked(picture: VisitPicture, field: GuestField, takes_files: bool) -> bool:
    """Ranks where the procedure has some; the ethnic group where it asks for customs (P04)."""
    match field.key:
        case "rank":
            return bool(picture.policy.ranks)
        case "ethnic_group":
            return any(each.key == "customs" for each in asked_in(picture, Section.GUESTS))
        case "photo":
            return takes_files
        case _:
            return True


def _input(scene: Scene, field: GuestField, first: Any, guest: Guest | None, action: str) -> Block:
    language, policy = scene.language, scene.picture.policy
    hint = _hint(scene, field, guest)
    is_optional = field.key != "name"
    label = field_label(language, field.key)
    asked = Asked(field.key, label, action, optional=is_optional, hint=hint)
    options = answers(language, policy, field)
    match field.kind:
        case "choices" if field.key == "diet":
            return asked.several(options, first or [])
        case "tick":
            return asked.tick(scene._("Yes"), first)
        case "file":
            return asked.files(endings(PICTURES), 1)
        case _:
            return plain_input(asked, field.kind, field.limit, options, first)


def _hint(scene: Scene, field: GuestField, guest: Guest | None) -> Text | None:
    say = scene.say
    match field.key:
        case "rank":
            told = rank_of_title(scene.picture.policy, guest.title if guest else None)
            if told is None:
                return say("guests", "rank_hint")
            return say("guests", "rank_told", rank=scene.language.own(told.name))
        case "phone":
            return say("guests", "phone_hint")
        case "diet_words":
            return say("guests", "diet_hint")
        case "photo":
            return say("guests", "photo_kept" if guest and guest.photo_id else "photo_hint")
        case _:
            return None
