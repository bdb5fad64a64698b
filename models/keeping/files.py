"""Which files are kept, and under which names: told by their content, never by what they claim."""

import io
import re
import unicodedata
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from models.base.errors import DomainError

FILE_LIMIT = 10 * 1024 * 1024
"""The largest file that is kept, in bytes: what Slack's own forms take."""
FILES_LIMIT = 10
"""How many files of one message are kept at once."""
NAME_LIMIT = 200
_SUFFIX_LIMIT = 10
_FORBIDDEN = re.compile(r'[\\/:*?"<>|]')
_HEIC_BRANDS = (b"heic", b"heix", b"hevc", b"heim", b"heis", b"mif1", b"msf1")
_OFFICE_INDEX = "[Content_Types].xml"
_MACROS = "vbaProject.bin"
_TEXT_ENCODINGS = ("utf-8-sig", "gb18030")
_TEXT_CONTROLS = frozenset("\t\n\r\f")


class FileKind(StrEnum):
    """What a file is by its content."""

    PNG = "png"
    JPEG = "jpeg"
    HEIC = "heic"
    PDF = "pdf"
    DOCX = "docx"
    XLSX = "xlsx"
    TEXT = "text"


_SUFFIXES: dict[FileKind, tuple[str, ...]] = {
    FileKind.PNG: ("png",),
    FileKind.JPEG: ("jpg", "jpeg", "jpe", "jfif"),
    FileKind.HEIC: ("heic", "heif"),
    FileKind.PDF: ("pdf",),
    FileKind.DOCX: ("docx",),
    FileKind.XLSX: ("xlsx",),
    FileKind.TEXT: ("txt", "csv", "md", "log"),
}
"""The endings that a name may have for each kind; the first is given to a name without one."""


PICTURES = (FileKind.PNG, FileKind.JPEG, FileKind.HEIC)
"""The kinds that people can look at as a picture."""


def endings(kinds: Sequence[FileKind]) -> list[str]:
    """The endings that names of files of these kinds may have, without the dot."""
    return [ending for kind in kinds for ending in _SUFFIXES[kind]]


class FileRefused(DomainError):
    """A file that is not kept. `why` is a code: empty, too_large, kind (what it is is not kept),
    mismatch (its name says otherwise), gone (Slack has it no more), unreachable."""

    code = "file_refused"

    def __init__(self, why: str, name: str) -> None:
        super().__init__(why=why, name=safe_name(name))


@dataclass(frozen=True)
class Checked:
    """A file that may be kept: its safe name, and what it is."""

    name: str
    kind: FileKind


def check(name: str, content: bytes) -> Checked:
    """Whether a file may be kept, by its content; its name must agree. Raises FileRefused."""
    if not content:
        raise FileRefused("empty", name)
    if len(content) > FILE_LIMIT:
        raise FileRefused("too_large", name)
    kind = kind_of(content)
    if kind is None:
        raise FileRefused("kind", name)
    safe = safe_name(name)
    stem, suffix = _split(safe)
    if suffix and suffix.lower() not in _SUFFIXES[kind]:
        raise FileRefused("mismatch", name)
    return Checked(safe if suffix else f"{stem[: NAME_LIMIT - 5]}.{_SUFFIXES[kind][0]}", kind)


def kind_of(content: bytes) -> FileKind | None:
    """What a file is by its content; None for anything that is not kept: programs, pages, scripts,
    documents with macros, and all that is not known."""
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return FileKind.PNG
    if content.startswith(b"\xff\xd8\xff"):
        return FileKind.JPEG
    if content.startswith(b"%PDF-"):
        return FileKind.PDF
    if content[4:8] == b"ftyp" and content[8:12] in _HEIC_BRANDS:
        return FileKind.HEIC
    if content.startswith(b"PK\x03\x04"):
        return _office_kind(content)
    return FileKind.TEXT if _is_text(content) else None


def safe_name(name: str) -> str:
    """A name without ways into other folders, without characters that hide or turn round what it
    says, of at most 200; its ending stays. Never empty."""
    shown = unicodedata.normalize("NFC", name)
    shown = "".join(char for char in shown if unicodedata.category(char)[0] != "C")
    shown = " ".join(_FORBIDDEN.sub(" ", shown).split()).strip(". ")
    stem, suffix = _split(shown)
    if len(shown) > NAME_LIMIT:
        shown = f"{stem[: NAME_LIMIT - len(suffix) - 1].rstrip()}.{suffix}" if suffix else stem
    return shown[:NAME_LIMIT] or "file"


def _split(name: str) -> tuple[str, str]:
    """A name, and its ending without the dot; none where what follows the dot is no ending."""
    stem, dot, suffix = name.rpartition(".")
    is_suffix = bool(dot and stem) and len(suffix) <= _SUFFIX_LIMIT and suffix.isalnum()
    return (stem, suffix) if is_suffix else (name, "")


def _office_kind(content: bytes) -> FileKind | None:
    """Of what Word and Excel write only the list of parts is read, nothing is unpacked."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as parts:
            names = parts.namelist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        return None
    if _OFFICE_INDEX not in names or any(name.endswith(_MACROS) for name in names):
        return None
    if "word/document.xml" in names:
        return FileKind.DOCX
    return FileKind.XLSX if "xl/workbook.xml" in names else None


def _is_text(content: bytes) -> bool:
    for encoding in _TEXT_ENCODINGS:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        begins = text.lstrip()[:2]
        is_page_or_script = begins.startswith("<") or begins == "#!"
        controls = (c for c in text if unicodedata.category(c) == "Cc" and c not in _TEXT_CONTROLS)
        return not is_page_or_script and next(controls, None) is None
    return False
