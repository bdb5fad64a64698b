"""Guest lists as people paste them: read rightly, or shown and asked; never a title lost (A03)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.customers.guests import GuestLine, UnclearGuests, parse_guests, written_guest
from models.policy.levels import highest_rank
from models.policy.load import load_policy

Told = tuple[str, str | None, str | None]
WANG: Told = ("王磊", "总经理", None)
ZHANG: Told = ("张伟", "副总经理", None)
ADA: Told = ("Ada Byron", "CEO", None)
NAMES: list[Told] = [("王磊", None, None), ("张伟", None, None), ("刘洋", None, None)]

READ: list[tuple[str, list[Told]]] = [
    # Numbered lines.
    ("1、王磊，总经理\n2、张伟，副总经理", [WANG, ZHANG]),
    ("1. Ada Byron, CEO\n2) Bob, buyer", [ADA, ("Bob", "buyer", None)]),
    ("（1）王磊，总经理\n(2) 张伟，副总经理", [WANG, ZHANG]),
    ("① 王磊，总经理\n② 张伟，副总经理", [WANG, ZHANG]),
    ("一、王磊，总经理\n二、张伟，副总经理", [WANG, ZHANG]),
    ("- Ada Byron, CEO\n• 王磊，总经理", [ADA, WANG]),
    ("1 王磊 总经理\n2张伟 副总经理", [WANG, ZHANG]),
    ("1，王磊，总经理", [WANG]),
    # Rows of Excel with a column of numbers, with a header.
    ("1\t王磊\t总经理\n2\t张伟\t副总经理\t素食", [WANG, ("张伟", "副总经理", "素食")]),
    ("序号\t姓名\t职务\t饮食\n1\t王磊\t总经理\t素食", [("王磊", "总经理", "素食")]),
    ("姓名\t职务\r\n王磊\t总经理\r\n张伟\t副总经理\r\n", [WANG, ZHANG]),
    ("Title\tName\nCEO\tAda Byron", [ADA]),
    ("职务\t姓名\n\t王磊", [("王磊", None, None)]),
    ("No.\tName\tJob title\tDiet\n1\tAda Byron\tCEO\tvegan", [("Ada Byron", "CEO", "vegan")]),
    ('"姓名\nName"\t"职务\nTitle"\n王磊\t总经理', [WANG]),
    ("姓名\n王磊\n张伟\n刘洋", NAMES),
    ("Guest, CEO", [("Guest", "CEO", None)]),
    ("姓名，职务\n王磊，总经理", [WANG]),
    ("姓名 职务\n王磊 总经理", [WANG]),
    (
        "序号\t姓名\t性别\t部门\t职务\t手机\n1\t王磊\t男\t技术部\t总经理\t13812345678",
        [("王磊", "技术部 总经理", None)],
    ),
    ("First name\tLast name\tTitle\nAda\tByron\tCEO", [ADA]),
    ("总经理\t王磊", [WANG]),
    ("王磊\t男\t总经理", [WANG]),
    ("王磊\tAcme公司\t总经理", [("王磊", "Acme公司、总经理", None)]),
    ("Ada Byron\tAcme Inc.\tCEO", [("Ada Byron", "Acme Inc., CEO", None)]),
    # Name and title with a blank, in brackets, with a dash, glued.
    ("王磊 总经理", [WANG]),
    ("王磊　总经理　素食", [("王磊", "总经理", "素食")]),
    ("总经理 王磊", [WANG]),
    ("王磊 Wang Lei 总经理", [("王磊 Wang Lei", "总经理", None)]),
    ("欧阳娜娜 副总裁", [("欧阳娜娜", "副总裁", None)]),
    ("Ada Byron CEO", [ADA]),
    ("王 磊", [("王 磊", None, None)]),
    ("王磊（总经理）", [WANG]),
    ("王磊(总经理，素食)", [("王磊", "总经理", "素食")]),
    ("王磊（总经理），素食", [("王磊", "总经理", "素食")]),
    ("Ada Byron (CEO)", [ADA]),
    ("Wang Lei (王磊), CEO", [("Wang Lei (王磊)", "CEO", None)]),
    ("王磊（Ray）", [("王磊（Ray）", None, None)]),
    ("Ada Byron - CEO", [ADA]),
    ("总经理：王磊", [WANG]),
    ("王磊总经理", [WANG]),
    ("王小明副总经理", [("王小明", "副总经理", None)]),
    ("王总经理", [("王总经理", "总经理", None)]),
    ("王总，总经理", [("王总", "总经理", None)]),
    # Names on one line.
    ("王磊、张伟、刘洋", NAMES),
    ("王磊，张伟，刘洋", NAMES),
    ("王磊 张伟 刘洋", NAMES),
    ("王磊；张伟；刘洋", NAMES),
    ("王磊、总经理、素食", [("王磊", "总经理", "素食")]),
    ("王磊、总经理、张伟、副总经理", [WANG, ZHANG]),
    ("王磊，总经理，张伟，副总经理", [WANG, ZHANG]),
    ("王磊（总经理）、张伟（副总经理）、刘洋", [WANG, ZHANG, NAMES[2]]),
    ("王磊总经理、张伟副总经理", [WANG, ZHANG]),
    ("王磊 总经理、张伟 副总经理", [WANG, ZHANG]),
    ("王磊，总经理；张伟，副总经理", [WANG, ZHANG]),
    ("Ada Byron, CEO; Bob, buyer", [ADA, ("Bob", "buyer", None)]),
    ("Ada、Bob、Carl", [("Ada", None, None), ("Bob", None, None), ("Carl", None, None)]),
    # Quoted cells, also with smart quotes; line breaks in cells.
    ('"Smith, John",CEO', [("Smith, John", "CEO", None)]),
    ("“Smith, John”，CEO", [("Smith, John", "CEO", None)]),
    ("＂Smith, John＂,CEO", [("Smith, John", "CEO", None)]),
    ('"Smith, John"\tCEO\tno pork', [("Smith, John", "CEO", "no pork")]),
    ('"Pat ""Ace"" O\'Neil",CFO', [('Pat "Ace" O\'Neil', "CFO", None)]),
    ('1,"Smith, John",CEO', [("Smith, John", "CEO", None)]),
    ('"Jane Miller","Quality Assurance"', [("Jane Miller", "Quality Assurance", None)]),
    ('王磊\t"副总经理\n兼技术总监"\t素食', [("王磊", "副总经理 兼技术总监", "素食")]),
    ('"Ada\nByron"\tCEO\r\n张伟\t副总经理', [ADA, ZHANG]),
    ('"王磊\n总经理"\n张伟\t副总经理', [WANG, ZHANG]),
    ('"王磊\n总经理"\t素食', [("王磊", "总经理", "素食")]),
    # As it always was.
    ("Ada Byron, CEO, no pork, no nuts", [("Ada Byron", "CEO", "no pork, no nuts")]),
    ("王磊，董事长，总经理", [("王磊", "董事长、总经理", None)]),
    ("王磊，素食", [("王磊", None, "素食")]),
    ("Jane, Quality", [("Jane", "Quality", None)]),
    ("Bob\n\n \u3164 \n王磊", [("Bob", None, None), ("王磊", None, None)]),
    ("总经理王磊", [WANG]),
    ("CEO", [("–", "CEO", None)]),
    ("李强，华东区经理", [("李强", "华东区经理", None)]),
    (
        "高明，高级工程师\n江涛，江苏省副省长",
        [("高明", "高级工程师", None), ("江涛", "江苏省副省长", None)],
    ),
    ("约翰·史密斯、王磊", [("约翰·史密斯", None, None), NAMES[0]]),
    ("山田太郎、部長", [("山田太郎", "部長", None)]),
    ("王磊，不吃辣", [("王磊", None, "不吃辣")]),
    ("王磊/总经理", [WANG]),
    ("王磊 总经理 13812345678", [WANG]),
    ("1\t王磊\t男\t总经理\t138 1234 5678\twang@example.com", [WANG]),
    ("马云，董事局主席", [("马云", "董事局主席", None)]),
    ("John Smith (CEO), Jane Doe (CFO)", [("John Smith", "CEO", None), ("Jane Doe", "CFO", None)]),
    ("王磊总经理 张伟副总经理", [WANG, ZHANG]),
    ("王磊 (CEO) 素食", [("王磊", "CEO", "素食")]),
    ("| 王磊 | 总经理 |", [WANG]),
    ("Richard Head, Quality", [("Richard Head", "Quality", None)]),
    ("3M Smith, CEO", [("3M Smith", "CEO", None)]),
    ("3位工程师", [("3位工程师", None, None)]),
]


def told(guests: list[GuestLine]) -> list[Told]:
    return [(guest.name, guest.title, guest.diet) for guest in guests]


@pytest.mark.parametrize(("pasted", "expected"), READ, ids=[pasted for pasted, _ in READ])
def test_a_list_is_read_as_it_was_meant(pasted: str, expected: list[Told]) -> None:
    assert told(parse_guests(pasted)) == expected


@pytest.mark.parametrize(
    ("pasted", "code", "shown"),
    [
        ("王磊\nAda Byron, Bob Carter, Carl Dent", "guest_unclear", "Ada Byron, Bob Carter"),
        ("Ada, Bob, Carl", "guest_unclear", "Ada, Bob"),
        ("Ada Byron Sales Manager", "guest_unclear", "Ada Byron Sales Manager"),
        ("王磊，总经理，张伟", "guest_unclear", "王磊，总经理，张伟"),
        ("Müller, Hans, CEO", "guest_unclear", "Müller, Hans"),
        ("Wang Lei, CEO, Zhang Wei, CFO", "guest_unclear", "Zhang Wei, CFO"),
        ("王磊\n总经理\n张伟\n经理", "guest_unclear", "王磊 / 总经理"),
        ('"Smith, John,CEO', "guest_unclear", "Smith, John"),
        ("姓名\t车次\n王磊\tG123", "guest_column", "车次"),
        ("王" * 201, "guest_line", "王王"),
        ("Ada, CEO, " + ", ".join(["no nuts"] * 40), "guest_line", "Ada, CEO"),
    ],
)
def test_what_is_not_sure_is_shown_and_asked(pasted: str, code: str, shown: str) -> None:
    with pytest.raises(UnclearGuests) as asked:
        parse_guests(pasted)
    assert asked.value.code == code
    assert shown in asked.value.shown


@pytest.mark.parametrize(
    "pasted", [pasted for pasted, guests in READ if any(g[1] == "总经理" for g in guests)]
)
def test_no_way_of_writing_costs_a_rank(pasted: str) -> None:
    rank = highest_rank(load_policy("standard"), [guest.title for guest in parse_guests(pasted)])
    assert rank is not None
    assert rank.key == "general_manager"


@pytest.mark.parametrize(
    "guest",
    [
        GuestLine("王磊；Wang Lei", "总经理"),
        GuestLine("Smith, John", "CEO", "no pork, no nuts"),
        GuestLine("王磊、张伟", None, "素食"),
        GuestLine("王磊", "张伟"),
        GuestLine("王磊", "董事长、总经理"),
        GuestLine("Ada Byron", "Bob Carter", "Carl Dent"),
        GuestLine("Ada Byron Sales Manager"),
        GuestLine("姓名", "职务"),
        GuestLine("1", "2", "3"),
        GuestLine('Pat "Ace" O\'Neil'),
        GuestLine("–", "CEO"),
        GuestLine("总经理", "王磊"),
        GuestLine("Ada", "素食", "CEO"),
    ],
)
def test_what_was_read_is_written_so_that_it_is_read_again(guest: GuestLine) -> None:
    assert parse_guests(written_guest(guest)) == [guest]


def test_a_plain_guest_is_written_plainly() -> None:
    assert written_guest(GuestLine("王磊", "总经理", "素食")) == "王磊, 总经理, 素食"
    assert written_guest(GuestLine("Smith, John", "CEO")) == '"Smith, John", CEO'


WORDS = (
    "王磊 张伟 总经理 副总经理 素食 男 Ada Byron CEO vegan 姓名 职务 ， 、 ； ; , ( ) （ ） “ ” "
    '" "" 1 1、 - / |'
)
PIECES = st.sampled_from([*WORDS.split(), "\t", "\n", " ", "\u3164"])


@given(st.lists(st.one_of(PIECES, st.text(max_size=4)), max_size=12))
def test_whatever_was_read_is_read_again(parts: list[str]) -> None:
    try:
        guests = parse_guests("".join(parts))
    except UnclearGuests:
        return
    lines = [GuestLine(guest.name, guest.title, guest.diet) for guest in guests]
    assert [parse_guests(written_guest(guest)) for guest in guests] == [[each] for each in lines]
