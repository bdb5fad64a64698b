"""What is kept is told by its content, under a name that can do no harm."""

import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.keeping.files import FILE_LIMIT, FileKind, FileRefused, check, kind_of, safe_name

PNG = b"\x89PNG\r\n\x1a\n...."
JPEG = b"\xff\xd8\xff\xe0...."
PDF = b"%PDF-1.4\n"
HEIC = b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic"


def office(*names: str) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as parts:
        for name in names:
            parts.writestr(name, "<x/>")
    return content.getvalue()


TYPES = "[Content_Types].xml"
WORD = office(TYPES, "word/document.xml")
EXCEL = office(TYPES, "xl/workbook.xml")


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("a.png", PNG, FileKind.PNG),
        ("IMG_1.JPG", JPEG, FileKind.JPEG),
        ("IMG_2.heic", HEIC, FileKind.HEIC),
        ("plan.pdf", PDF, FileKind.PDF),
        ("合同.docx", WORD, FileKind.DOCX),
        ("costs.xlsx", EXCEL, FileKind.XLSX),
        ("notes.txt", b"3 guests < 4\n", FileKind.TEXT),
        ("名单.csv", "姓名,职务\n".encode("gb18030"), FileKind.TEXT),
        ("list.csv", b"\xef\xbb\xbfa;b\r\n", FileKind.TEXT),
    ],
)
def test_what_is_kept(name: str, content: bytes, kind: FileKind) -> None:
    checked = check(name, content)
    assert (checked.name, checked.kind) == (name, kind)


@pytest.mark.parametrize(
    ("name", "content", "why"),
    [
        ("a.txt", b"", "empty"),
        ("a.txt", b"x" * (FILE_LIMIT + 1), "too_large"),
        ("a.exe", b"MZ\x90\x00\x03\x00", "kind"),
        ("a.png", b"MZ\x90\x00\x03\x00", "kind"),
        ("a", b"\x7fELF\x02\x01\x01\x00", "kind"),
        ("a.html", b"<html></html>", "kind"),
        ("a.txt", b"  \n<!DOCTYPE html>", "kind"),
        ("a.svg", b"<svg xmlns='x' onload='y'/>", "kind"),
        ("a.txt", b"#!/bin/sh\nrm -rf /\n", "kind"),
        ("a.zip", office("x.txt"), "kind"),
        ("a.docx", office(TYPES, "word/document.xml", "word/vbaProject.bin"), "kind"),
        ("a.docx", b"PK\x03\x04 no zip", "kind"),
        ("a.gif", b"GIF89a", "mismatch"),
        ("a.png", JPEG, "mismatch"),
        ("a.pdf.exe", PDF, "mismatch"),
        ("a.xlsx", WORD, "mismatch"),
        ("a.js", b"alert(1)", "mismatch"),
        ("a.bat", b"del *", "mismatch"),
        ("a.txt", b"\x00\x01\x02\x03", "kind"),
    ],
)
def test_what_is_not(name: str, content: bytes, why: str) -> None:
    with pytest.raises(FileRefused) as refused:
        check(name, content)
    assert refused.value.facts["why"] == why


def test_the_largest_is_kept() -> None:
    assert check("a.txt", b"x" * FILE_LIMIT).kind == FileKind.TEXT


def test_a_name_without_an_ending_gets_one() -> None:
    assert check("scan", PDF).name == "scan.pdf"
    assert check("v1.2 of Acme & Co", PNG).name == "v1.2 of Acme & Co.png"
    assert check("x" * 300, PNG).name == "x" * 195 + ".png"


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("../../etc/passwd", "etc passwd"),
        ("..\\..\\boot.ini", "boot.ini"),
        ("/abs/a.png", "abs a.png"),
        ("C:\\a.png", "C a.png"),
        (".hidden", "hidden"),
        ("a\x00b\n.png", "ab.png"),
        ("gnp.\u202eexe.png", "gnp.exe.png"),
        ("תמונה.png", "תמונה.png"),
        ("x" * 300 + ".png", "x" * 196 + ".png"),
        ("", "file"),
        ("...", "file"),
        ("公司 简介.pdf", "公司 简介.pdf"),
    ],
)
def test_safe_names(name: str, safe: str) -> None:
    assert safe_name(name) == safe


@given(st.text(max_size=400))
def test_any_name_is_made_safe(name: str) -> None:
    safe = safe_name(name)
    assert 0 < len(safe) <= 200
    assert not set(safe) & set('/\\:*?"<>|\n\r\t\x00\u202e')
    assert not safe.startswith(".")
    assert safe_name(safe) == safe


@given(st.binary(max_size=200))
def test_any_content_is_told_or_refused(content: bytes) -> None:
    kind_of(content)
    kind_of(b"PK\x03\x04" + content)
