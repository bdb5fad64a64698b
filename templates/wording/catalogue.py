"""Collects the texts of templates and code anew into each language's catalogue.

Run as `python -m templates.catalogue`. Translations are kept; texts that are gone go with theirs,
new ones are added empty, and the tests fail until somebody has translated them.
"""

import sys
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.pofile import read_po, write_po

from templates.wording.language import HERE, LOCALES, catalogue_path

_METHODS = [("words/**.txt", "jinja2"), ("**.py", "python")]
_OPTIONS = {"words/**.txt": {"trimmed": "true", "newstyle_gettext": "true", "silent": "false"}}
_KEPT_DATE = datetime(2026, 1, 1, tzinfo=UTC)  # the same texts give the same file
_WIDTH = 100


def collect() -> Catalog:
    """Every text there is, and in which files it stands, in a fixed order."""
    template = _empty(None)
    found = extract_from_dir(
        HERE, method_map=_METHODS, options_map=_OPTIONS, keywords=DEFAULT_KEYWORDS
    )
    for file, _line, message, _comments, context in sorted(found, key=lambda each: each[:2]):
        template.add(message, None, [(f"templates/{Path(file).as_posix()}", 0)], context=context)
    return template


def read(locale: str) -> Catalog:
    """A language's catalogue as it is kept; empty where there is none yet."""
    path = catalogue_path(locale)
    if not path.is_file():
        return _empty(locale)
    with path.open("rb") as file:
        return read_po(file, locale=LOCALES[locale], domain="usher")


def updated(locale: str, template: Catalog) -> bytes:
    """A language's catalogue with exactly the texts there are, each with what it had."""
    kept, catalogue = read(locale), _empty(locale)
    for message in template:
        if not message.id:
            continue
        known = kept.get(message.id, message.context)
        string = known.string if known is not None and known.id == message.id else ""
        files = sorted({file for file, _ in message.locations})
        catalogue.add(
            message.id,
            string,
            [(file, 0) for file in files],
            flags=message.flags,
            context=message.context,
        )
    written = BytesIO()
    write_po(written, catalogue, width=_WIDTH, include_lineno=False, omit_header=False)
    return written.getvalue()


def main() -> int:
    """Rewrite the catalogues; say for each what is left to translate."""
    template = collect()
    missing = 0
    for locale in LOCALES:
        if locale == "en":
            continue
        path = catalogue_path(locale)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(updated(locale, template))
        empty = [message for message in read(locale) if message.id and not _is_translated(message)]
        missing += len(empty)
        sys.stdout.write(f"{path}: {len(template)} texts, {len(empty)} to translate\n")
    return 1 if missing else 0


def _is_translated(message: object) -> bool:
    string = getattr(message, "string", "")
    return all(string) if isinstance(string, list | tuple) else bool(string)


def _empty(locale: str | None) -> Catalog:
    return Catalog(
        locale=LOCALES[locale] if locale else None,
        domain="usher",
        project="Usher",
        version="",
        header_comment="# The words of Usher in this language. Kept by `make words`.",
        msgid_bugs_address="",
        last_translator="Usher",
        language_team="",
        creation_date=_KEPT_DATE,
        revision_date=_KEPT_DATE,
        fuzzy=False,
    )


if __name__ == "__main__":
    sys.exit(main())
