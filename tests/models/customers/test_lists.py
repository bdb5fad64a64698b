"""Guest lists read line by line, out of pastes and files, in whatever encoding (A02, A04)."""

import io
import time
import zipfile

import pytest

from models.customers.guests import GuestLine
from models.customers.lists import Reading, read_again, read_pasted, read_table
from models.customers.tables import TableRefused, table_of

SECONDS = 2.0
"""The aim is half a second; machines under test are slow at times."""
HEADED = "姓名,职务,手机,饮食\n王磊,总经理,13812345678,素食\n李娜,采购经理,,\n"


def people(reading: Reading) -> list[GuestLine]:
    """The guests, none of them doubtful."""
    assert reading.doubtful == [], reading.doubtful
    return reading.guests


WANG = GuestLine("王磊", "总经理", phone="+8613812345678")


@pytest.mark.parametrize(
    ("text", "guest"),
    [
        ("王磊 总经理 手机 138 1234 5678", WANG),
        ("1、王磊，总经理，电话：13812345678", WANG),
        ("王磊\t总经理\t13812345678", WANG),
        ("姓名\t性别\t职务\t手机\n王磊\t\t总经理\t138-1234-5678", WANG),
        (
            "Ann Lee, CEO, ann@x.com, (030) 1234567 ext. 4, halal",
            GuestLine("Ann Lee", "CEO", "halal", phone="+86301234567;ext=4", mail="ann@x.com"),
        ),
        (
            "Name;Chinese name;Nationality;E-mail\nAnn Lee;李安;British;ann@x.com",
            GuestLine("Ann Lee", name_other="李安", nationality="British", mail="ann@x.com"),
        ),
        ("李娜，女，采购经理", GuestLine("李娜", "采购经理", sex="female")),
        ("Bob Lee, Engineer (2019-2024)", GuestLine("Bob Lee", "Engineer (2019-2024)")),
        ("Our guests:\nBob Lee, Engineer", GuestLine("Bob Lee", "Engineer")),
    ],
)
def test_phone_mail_and_sex_are_told_by_header_or_shape(text: str, guest: GuestLine) -> None:
    assert people(read_pasted(text, "CN")) == [guest]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Ann, Bert, Carl", "guest_unclear"),
        ("王磊、张伟 13812345678", "guest_unclear"),
        ("please find the list of our guests below", "guest_unclear"),
        ("Ann <b>, CEO", "no_name"),
        ('"=HYPERLINK(""http://x"")", CEO', "no_name"),
        ("Dora Ray, Engineer, +49 12", "phone_in_line"),
        ("Name\tMail\nDora Ray\tdora at acme", "mail_in_line"),
        ("x" * 300, "guest_line"),
    ],
)
def test_what_is_doubtful_is_asked(text: str, code: str) -> None:
    [line] = read_pasted(text, "CN").doubtful
    assert line.fault is not None
    assert line.fault.code == code


def test_a_line_put_right_may_name_several_or_nobody() -> None:
    [line] = read_pasted("Ann, Bert", "CN").lines
    assert [each.number for each in read_again(line, "Ann Lee\nBert Ray", "CN")] == [1, 1]
    assert read_again(line, None, "CN") == []


def test_the_same_guest_twice_is_one_of_whom_more_is_known() -> None:
    text = "Ann Lee, CEO, ann@x.com\nann LEE, ceo, vegan\nAnn Lee, Buyer"
    first, second = people(read_pasted(text, "CN"))
    assert (first.mail, first.diet, second.title) == ("ann@x.com", "vegan", "Buyer")


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16", "utf-16-le", "utf-16-be"]
)
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_a_csv_is_read_in_any_encoding_with_any_delimiter(encoding: str, delimiter: str) -> None:
    content = HEADED.replace(",", delimiter).replace("\n", "\r\n").encode(encoding)
    wang, li = people(read_table(table_of("guests.csv", content), "CN"))
    assert (wang.name, wang.phone, wang.diet) == ("王磊", "+8613812345678", "素食")
    assert (li.name, li.title) == ("李娜", "采购经理")


def test_western_and_mixed_encodings_are_read() -> None:
    latin = "Name;Title\nJürgen Müller;Geschäftsführer\nJosé Peña;Buyer\n".encode("cp1252")
    assert table_of("a.csv", latin)[1:] == [
        ["Jürgen Müller", "Geschäftsführer"],
        ["José Peña", "Buyer"],
    ]
    mixed = "姓名,职务\n李娜,经理\n".encode() + "王磊,总经理\n".encode("gbk")
    assert table_of("b.csv", mixed)[1:] == [["李娜", "经理"], ["王磊", "总经理"]]


def test_columns_that_are_not_kept_are_named_and_a_heading_is_passed_over() -> None:
    content = b"Guests of Acme,,\nName,Title,Shoe size\nAnn Lee,CEO,38\n"
    reading = read_table(table_of("guests.csv", content), "CN")
    assert people(reading) == [GuestLine("Ann Lee", "CEO")]
    assert reading.left_out == ["Shoe size"]


def test_a_formula_in_a_csv_is_text_that_is_no_name() -> None:
    content = b'Name,Title\n"=HYPERLINK(""http://x"",""Ann"")",CEO\nBob Lee,Buyer\n'
    reading = read_table(table_of("guests.csv", content), "CN")
    assert [line.number for line in reading.doubtful] == [2]
    assert [guest.name for guest in reading.guests] == ["Bob Lee"]


def xlsx(*rows: list[object], more: dict[str, bytes] | None = None) -> bytes:
    """A workbook with these rows: texts, numbers, or (formula, value)."""
    cells = "".join(
        f'<row r="{at}">' + "".join(_cell(value) for value in row) + "</row>"
        for at, row in enumerate(rows, 1)
    )
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006"
    sheet = f'<worksheet xmlns="{main}"><sheetData>{cells}</sheetData></worksheet>'
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{package}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.'
        'relationships+xml"/><Default Extension="xml" ContentType="application/xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{package}/relationships"><Relationship Id="r1" '
        f'Type="{office}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{main}" xmlns:r="{office}"><sheets>'
        '<sheet name="A" sheetId="1" r:id="r1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{package}/relationships">'
        f'<Relationship Id="r1" Type="{office}/worksheet" Target="worksheets/sheet1.xml"/>'
        "</Relationships>",
        "xl/worksheets/sheet1.xml": sheet,
    }
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as book:
        for name, text in parts.items():
            book.writestr(name, text)
        for name, content in (more or {}).items():
            book.writestr(name, content)
    return written.getvalue()


def _cell(value: object) -> str:
    if isinstance(value, tuple):
        formula, shown = value
        return f'<c t="str"><f>{formula}</f><v>{shown}</v></c>'
    if isinstance(value, int):
        return f"<c><v>{value}</v></c>"
    return f'<c t="inlineStr"><is><t>{value}</t></is></c>'


def test_an_excel_file_is_read_with_numbers_whole_and_formulas_as_their_value() -> None:
    content = xlsx(
        ["姓名", "职务", "手机"], ["王磊", "总经理", 13812345678], [("A1", "李娜"), "经理", ""]
    )
    wang, li = people(read_table(table_of("guests.xlsx", content), "CN"))
    assert wang == WANG
    assert (li.name, li.title) == ("李娜", "经理")


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "empty"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "old_excel"),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
            "password",
        ),
        (xlsx(["Name"], more={"xl/vbaProject.bin": b"x"}), "macros"),
        (xlsx(["Name"])[:-40], "broken"),
        (xlsx(), "empty"),
        (b"<html><table><tr><td>Ann</td></tr></table></html>", "kind"),
        (b"\x89PNG\r\n\x1a\n" + bytes(50), "kind"),
        (b"Name\n" + b"Ann Lee\n" * 10_000, "too_many"),
    ],
)
def test_what_is_no_list_is_refused_and_says_why(content: bytes, why: str) -> None:
    with pytest.raises(TableRefused) as refused:
        table_of("guests.xlsx", content)
    assert refused.value.facts["why"] == why


def test_five_hundred_guests_are_read_at_once() -> None:
    text = "\n".join(
        f"{n}. Guest Name{n}, Buyer, vegetarian, +49 30 1234{n:04d}, g{n}@acme.example"
        for n in range(500)
    )
    begin = time.perf_counter()
    reading = read_pasted(text, "CN")
    assert time.perf_counter() - begin < SECONDS
    assert len(people(reading)) == 500
