"""The forms of P02, P09, P14 and P16, filled whole through their sections and read back (A03, A08,
A10, A11, A12, A15, A37)."""

from datetime import UTC
from typing import Any

import pytest

from models.policy.customer_fields import OF_CUSTOMER
from models.policy.notice_fields import NoticeField, Section
from models.reading.notice import asked_in, completeness, sections_of
from sandbox.persona_modal import Modal
from services.reading import looks
from templates.reading.notice_terms import answer, label, section
from templates.wording.language import Language
from tests.scenarios.company import ARRIVAL, ON_SQLITE, Company
from tests.scenarios.procedures.flow import Flow, lives_by
from tests.templates.scenes import EN

WORDS = Language(EN)
LEVEL = {"abc_levels": "a", "star_levels": "five", "overseas": "senior", "express": "a"}
P02 = {
    *("men", "women", "companions", "travel_from", "travel_to", "return_ticket", "per_diem"),
    *("greeting_place", "greeting_person", "welcome_flowers", "banner", "special_vehicle"),
    *("hotel", "rooms_single", "rooms_double", "lodging_by", "room_signing", "signing_limit"),
    *("checked_in", "signed_items", "long_distance", "breakfast", "in_room", "meals_by"),
    *("welcome_dinner_by", "farewell_dinner_by", "sights", "sights_guide", "sights_agency"),
    *("gift_kind", "gift_value", "gift_number", "gift_moment", "send_off_place"),
    *("cost_department",),
}


def sample(field: NoticeField) -> tuple[Any, Any]:
    """What is entered in a field, and what is then kept."""
    if field.key == "return_number":
        return "lh 729", "LH729"
    match field.kind:
        case "choice":
            return str(answer(WORDS, field.options[-1])), field.options[-1]
        case "choices":
            codes = list(field.options[:2])
            return [str(answer(WORDS, code)) for code in codes], codes
        case "number":
            return "3", 3
        case "amount":
            return "188.50", "188.50"
        case "moment":
            return ARRIVAL, ARRIVAL.astimezone(UTC).isoformat()
        case "person":
            return "lin.wei", None
        case "people":
            return ["helen.park"], None
        case _:
            return f"About {field.key}", f"About {field.key}"


async def fill_all(company: Company, name: Section, fields: list[NoticeField]) -> None:
    """Fill one section whole, and save it."""
    view = await company.sam.modal()
    await view.click("Fill in", near=str(section(WORDS, name)))
    form: Modal = await company.sam.modal()
    if name == Section.GUESTS:
        await form.click("About the party")
        form = await company.sam.modal()
    clocks = {f"{label(WORDS, field.key)} time" for field in fields}  # sam is not at the site
    labels = [words for words in form.labels() if words not in clocks]
    assert labels == [str(label(WORDS, field.key)) for field in fields]
    assert len(labels) <= 10
    await form.fill_all({str(label(WORDS, field.key)): sample(field)[0] for field in fields})
    result = await form.submit()
    assert not result.errors
    await company.settle()
    if name == Section.GUESTS:
        await (await company.sam.modal()).close()


@lives_by("abc_levels")
async def test_the_paper_notice_of_p02_is_entered_whole(company: Company) -> None:
    await every_field(company, "abc_levels")


@ON_SQLITE
@pytest.mark.parametrize("policy_name", ["star_levels", "overseas", "express"])
async def test_those_of_p09_p14_and_p16_are(company: Company, policy_name: str) -> None:
    await every_field(company, policy_name)


async def every_field(company: Company, policy_name: str) -> None:
    """Enter every field that the notice asks for, and find it in the store and in Details."""
    flow = Flow(company)
    levels = [level.key for level in company.bot.site.policy.levels]
    await flow.request(LEVEL[policy_name] if LEVEL[policy_name] in levels else levels[0])
    await company.sam.click("Details", message=company.card())
    await company.sam.click("Visit notice")
    view = flow.picture()
    asked = {name: asked_in(view, name) for name in sections_of(view)}
    for name, fields in asked.items():
        if fields:
            await fill_all(company, name, fields)
    with company.bot.database.reading() as session:
        kept = looks.picture(session, 1, company.bot.site)
    for field in (field for fields in asked.values() for field in fields):
        wanted = sample(field)[1]
        assert field.key in kept.notice
        assert wanted is None or kept.notice[field.key] == wanted, field.key
    if policy_name == "abc_levels":
        assert set(kept.notice) >= P02
    missing = {each.key for each in completeness(kept).missing} - OF_CUSTOMER.keys()
    assert missing <= {"guests", "diets", "contact_phone", "budget"}, "these the request asks for"
    details = company.sam.modals[0].text()
    for words in ("About topics", "CN¥188.50"):
        assert words in details, words
