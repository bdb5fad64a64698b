"""Diets in many words are a few; what the company's kitchen offers can be chosen (A02, A05)."""

from models.customers.diets import codes_of, parts_of, together
from models.policy.load import SHIPPED, load_policy, restore_policy
from models.records.people import Reader
from templates.reading.diets import counted_diets, diet_options, diet_words
from templates.wording.language import Language

STANDARD = load_policy("standard")


def test_many_words_are_one_diet_and_own_words_stay() -> None:
    assert parts_of(STANDARD, "素食、no pork; 坚果过敏, no coriander") == [
        "vegetarian",
        "no pork",
        "nut allergy",
        "no coriander",
    ]
    assert parts_of(STANDARD, "无") == ["none"]
    assert parts_of(STANDARD, None) == [], "not known is not none"
    assert together(STANDARD, ["none", "vegan"], "Vegan, no nuts") == "vegan, no nuts"


def test_what_the_kitchen_offers_is_offered_first() -> None:
    text = (SHIPPED / "standard.toml").read_text(encoding="utf-8")
    offers = 'diets = [{ en = "Low salt", zh = "低盐" }, "Gluten-free"]'
    own = restore_policy(text.replace("[request]", f"[request]\n{offers}"), "own.toml")
    assert codes_of(own)[:3] == ["Low salt", "gluten-free", "none"]
    assert "Low salt" not in codes_of(STANDARD)
    zh = Language(Reader("zh", "Asia/Shanghai", None))
    assert [words.plain() for _, words in diet_options(zh, own)[:2]] == ["低盐", "无麸质"]
    words = diet_words(zh, own, "低盐, vegan")
    assert words is not None
    assert words.plain() == "低盐、纯素"


def test_the_kitchen_reads_numbers_and_no_names() -> None:
    en = Language(Reader("en", "UTC", None))
    diets = ["素食", "Vegetarian", "vegan, nut allergy", "none", None]
    said = [each.plain() for each in counted_diets(en, STANDARD, diets)]
    assert said == ["Vegetarian × 2", "Nut allergy + vegan × 1"]
