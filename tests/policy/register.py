"""What tests/policy/keys.toml says of the keys of a policy, and what is wrong with it."""

import ast
import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from models.policy.waiting import Wing
from tests.docs.policy_page import inner_tables, keys, tables

ROOT = Path(__file__).resolve().parents[2]
REGISTER = Path(__file__).parent / "keys.toml"
_VALIDATORS = {"model_validator", "field_validator"}
_HOW = (
    "write, if something acts on it, in tests/policy/keys.toml under [{table}]:\n"
    '    {key} = ["<file of the product that reads it>", "tests/<file>.py::test_<name>"]\n'
    "and otherwise add it to models/policy/waiting.py under what it waits for"
)


@dataclass(frozen=True)
class Entry:
    """Where a key acts, and the test that shows the difference it makes."""

    acts: str
    test: str


def register() -> dict[str, Entry]:
    """The entries by table and key, such as `LeadTime.working_days`."""
    text = tomllib.loads(REGISTER.read_text(encoding="utf-8"))
    return {
        f"{t}.{key}": Entry(*found) for t, entries in text.items() for key, found in entries.items()
    }


def asked() -> dict[str, str]:
    """The keys that have to be answered for, with their names in the code. A key that leads to a
    table of its own is answered for by the keys in that table."""
    uses = Counter(
        inner for table in tables() for _, field in keys(table) for inner in inner_tables(field)
    )
    found = {}
    for table in tables():
        names = {field.alias or name: name for name, field in table.model_fields.items()}
        for key, field in keys(table):
            inner = inner_tables(field)
            if not inner or any(uses[each] > 1 for each in inner):
                found[f"{table.__name__}.{key}"] = names[key]
    return found


def faults(
    names: Mapping[str, str], entries: Mapping[str, Entry], waits: Mapping[str, Wing]
) -> Iterator[str]:
    """All that is wrong, a line or more each: a key nobody answers for, an answer without a key,
    two answers, a file that does not read the key, a test that is not there."""
    for name in names:
        table, _, key = name.partition(".")
        if name not in entries and name not in waits:
            yield f"{name} is a key of the policy, and nothing says where it acts: " + _HOW.format(
                table=table, key=key
            )
    for name in sorted(entries.keys() | waits.keys()):
        place = "tests/policy/keys.toml" if name in entries else "models/policy/waiting.py"
        if name not in names:
            yield f"{name} stands in {place} and is no key of the policy: take it out there"
        elif name in entries and name in waits:
            yield f"{name} acts by tests/policy/keys.toml: take it out of models/policy/waiting.py"
    for name, entry in entries.items():
        if name in names:
            yield from _wrong(name, names[name], entry)


def _wrong(name: str, attribute: str, entry: Entry) -> Iterator[str]:
    if entry.acts.startswith("tests/") or not (ROOT / entry.acts).is_file():
        yield f"{name}: {entry.acts} is no file of the product"
    elif attribute not in reads(entry.acts):
        yield f"{name}: nothing in {entry.acts} reads `.{attribute}`: name the file that acts on it"
    file, _, test = entry.test.partition("::")
    if not (ROOT / file).is_file():
        yield f"{name}: there is no file {file}"
    elif test not in _tests(file):
        yield f"{name}: there is no test {test!r} in {file}"


@cache
def reads(file: str) -> frozenset[str]:
    """The attributes that the file reads anywhere but in a table's own validation, and the words
    that it looks attributes up by where it does."""
    tree = ast.parse((ROOT / file).read_text(encoding="utf-8"))
    found = {node.attr for node in _outside_validation(tree) if isinstance(node, ast.Attribute)}
    if any(isinstance(n, ast.Name) and n.id == "getattr" for n in _outside_validation(tree)):
        found |= {
            node.value
            for node in _outside_validation(tree)
            if isinstance(node, ast.Constant) and isinstance(node.value, str)
        }
    return frozenset(found)


def _outside_validation(tree: ast.AST) -> Iterator[ast.AST]:
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.FunctionDef) and _VALIDATORS & {
            name.id
            for decorator in node.decorator_list
            for name in ast.walk(decorator)
            if isinstance(name, ast.Name)
        }:
            continue
        yield node
        yield from _outside_validation(node)


@cache
def _tests(file: str) -> frozenset[str]:
    tree = ast.parse((ROOT / file).read_text(encoding="utf-8"))
    return frozenset(
        node.name
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and node.name.startswith("test_")
    )
