"""Commands, settings, buttons, roles and figures of the docs are those of the product."""

import re
from dataclasses import replace
from pathlib import Path

import pytest
import typer
from pydantic import SecretStr
from typer.core import TyperGroup

from bot.cli import app
from bot.settings import Settings, names
from bot.slack import manifest
from models.base.words import Phase
from models.policy import load_policy
from models.policy.etiquette import load_etiquette
from models.policy.moment import Anchor
from models.policy.role_tables import shipped_names
from models.policy.timed_tables import Step
from templates.commands import SUBCOMMANDS
from templates.wording.catalogue import collect
from templates.wording.language import translations
from tests.docs.pages import DOCS, GUIDES, PAGES, READMES, ROOT, labels, name, rows, text, ticks

ENGLISH = [page for page in sorted(GUIDES.glob("*.md")) if not page.stem.endswith(".zh")]
_COMMAND = re.compile(r"\busher ((?:[a-z][a-z-]* ?)+)")
_VISIT = re.compile(r"/visit ([a-z]+)")
_MAKE = re.compile(r"\bmake ([a-z]+)")
_SETTING = re.compile(r"\b(?:USHER|SLACK|DATABASE)_[A-Z_]+\b")
STANDARD = load_policy("standard")


def commands() -> set[str]:
    """Every command of `usher`, with its group."""
    group = typer.main.get_command(app)
    assert isinstance(group, TyperGroup)
    found = set()
    for word, command in group.commands.items():
        inner = command.commands if isinstance(command, TyperGroup) else {}
        found |= {f"{word} {each}" for each in inner}
        if not inner or getattr(command, "invoke_without_command", False):
            found.add(word)
    return found


def code(page: Path) -> str:
    """What stands as code on a page: blocks and within lines."""
    blocks = re.findall(r"^\s*```sh\n(.*?)```", text(page), re.MULTILINE | re.DOTALL)
    return "\n".join([*blocks, *ticks(page)])


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_commands_of_the_docs_exist(page: Path) -> None:
    known = commands()
    for said in _COMMAND.findall(code(page)):
        words = said.split()
        assert words[0] in known or " ".join(words[:2]) in known, said
    assert set(_VISIT.findall(code(page))) <= set(SUBCOMMANDS)
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    assert set(_MAKE.findall(code(page))) <= targets


def test_every_command_is_documented() -> None:
    said = code(DOCS / "operations.md")
    assert [command for command in sorted(commands()) if f"usher {command}" not in said] == []
    guides = "\n".join(map(code, ENGLISH))
    words = {*SUBCOMMANDS} - {"help"}  # which shows all others by itself
    assert [word for word in sorted(words) if f"/visit {word}" not in guides] == []
    assert [c["command"] for c in manifest()["features"]["slash_commands"]] == ["/visit"]


@pytest.mark.parametrize("page", [*READMES, DOCS / "operations.md"], ids=name)
def test_settings_are_all_there_with_their_defaults(page: Path) -> None:
    table = {row[0].strip("`"): row[-1].strip("`") for row in rows(page) if len(row) == 3}
    assert [setting for setting in names() if setting not in table] == []
    for setting, field in ((each, Settings.model_fields[each.lower()]) for each in names()):
        value = field.default
        plain = value.get_secret_value() if isinstance(value, SecretStr) else value
        if plain is not None:
            assert table[setting] == str(plain), setting


@pytest.mark.parametrize("page", [*PAGES, ROOT / ".env.example"], ids=name)
def test_settings_of_the_docs_exist(page: Path) -> None:
    assert set(_SETTING.findall(text(page))) <= set(names())


@pytest.mark.parametrize("page", ENGLISH, ids=name)
def test_what_guides_print_bold_is_a_label_in_both_languages(page: Path) -> None:
    known = {message.id for message in collect() if isinstance(message.id, str)}
    said = set(labels(page))
    assert said <= known
    chinese = set(labels(page.with_suffix(".zh.md")))
    assert chinese == {translations("zh").gettext(label) for label in said}


def test_the_readmes_have_no_labels_that_are_not_there() -> None:
    assert [labels(page) for page in READMES] == [[], []]


@pytest.mark.parametrize("locale", ["en", "zh"])
def test_admins_read_of_every_role(locale: str) -> None:
    page = GUIDES / ("admin.md" if locale == "en" else "admin.zh.md")
    table = {row[1].strip("`"): row[0] for row in rows(page)}
    for role, said in shipped_names().items():
        assert table[role] == said.in_(locale)


# How a visit runs: the figures of the standard procedure.


def _comes(step: Step) -> bool:
    return "document_missing" not in step.when


def _escalated(step: Step) -> str | None:
    """When what still stands goes on, where both distances are days."""
    if step.escalate is None:
        return None
    at, after = step.at.offset, step.escalate.after
    assert at.unit == after.unit == "d"
    return str(replace(step.at, offset=replace(at, number=at.number + after.number)))


@pytest.mark.parametrize("page", [GUIDES / "visit.md", GUIDES / "visit.zh.md"], ids=name)
def test_the_timeline_is_that_of_the_standard_procedure(page: Path) -> None:
    anchors = tuple(Anchor)
    said = {word for word in ticks(page) if word.split()[0] in anchors}
    steps = {str(step.at) for step in STANDARD.steps if _comes(step)}
    steps |= {moment for step in STANDARD.steps if (moment := _escalated(step))}
    manners = {str(moment) for each in load_etiquette().shown.values() for moment in each}
    assert said == steps | manners
    repeat = next(step.repeat for step in STANDARD.steps if step.repeat and _comes(step))
    assert str(repeat.limit) in next(row[1] for row in rows(page) if "left +48h" in row[0])
    assert str(STANDARD.escalation.after_hours) in text(page)
    assert str(STANDARD.lead_time.working_days) in text(page)


@pytest.mark.parametrize("locale", ["en", "zh"])
def test_levels_and_items_are_those_of_the_standard_procedure(locale: str) -> None:
    page = GUIDES / ("visit.md" if locale == "en" else "visit.zh.md")
    table, comma = rows(page), ", " if locale == "en" else "、"
    for level in STANDARD.levels:
        chain = [STANDARD.company.names[role].in_(locale) for role in level.approvers]
        assert [level.name.in_(locale), comma.join(chain).lower()] in [
            [row[0], row[1].lower()] for row in table if len(row) == 2
        ]
    items = [row for row in table if len(row) == 4]
    rules = [task for task in STANDARD.tasks if task.phase == Phase.PREPARATION]
    for rule in rules:
        row = next(row for row in items if row[0].startswith(rule.title.in_(locale)))
        name = STANDARD.company.names.get(rule.owner)
        owner = name.in_(locale) if name else translations(locale).gettext(rule.owner.capitalize())
        assert row[1].lower() == owner.lower()
        assert f"{rule.due.offset.at:%H:%M}" in row[2]
        assert bool(row[3]) == rule.recheck
    assert len(items) == len(rules) + 1
