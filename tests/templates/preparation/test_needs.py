"""What an item's owner reads beside it (R5.1)."""

from models.base.words import TaskState
from models.records.customers import Guest
from tests.templates.scenes import make
from tests.templates.test_messages import show, words


def guest(number: int, diet: str | None) -> Guest:
    return Guest(id=number, visit_id=7, position=number, name=f"Guest {number}", diet=diet)


def test_an_item_shows_what_its_rule_names() -> None:
    guests = [guest(1, "Vegetarian"), guest(2, "No pork"), guest(3, "Vegetarian"), guest(4, None)]
    picture = make(guests=guests)
    for task in picture.preparation:
        task.owner_id = "U01MEI"
    said = words(show("tasks", picture, "U01MEI").blocks)
    people = "4 people"
    assert f"{people} · Vegetarian × 2, No pork × 1, not known × 1 · " in said, "meals"
    assert "lunch CN¥320" in said, "80 a head at level B"
    assert "Gifts: CN¥600 together" in said or "CN¥600" in said, "150 a guest"
    meals = next(line for line in said.splitlines() if "Vegetarian" in line)
    assert "Guest 1" not in meals, "what people eat is counted, never named"
    hotel = next(line for line in said.splitlines() if "Guest 1" in line)
    assert "Vegetarian" not in hotel, "whoever has the rooms needs the names alone"


def test_an_item_that_is_done_needs_nothing() -> None:
    picture = make()
    for task in picture.preparation:
        task.owner_id, task.state = "U01MEI", TaskState.DONE
    assert "4 people" not in words(show("tasks", picture, "U01MEI").blocks)
