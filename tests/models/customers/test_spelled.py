"""How somebody types a name whom they look for."""

import pytest

from models.customers.spelled import company_terms, looked_for, person_terms


@pytest.mark.parametrize(
    ("name", "pinyin"),
    [
        ("单雪", "shanxue"),
        ("曾国强", "zengguoqiang"),
        ("解冰", "xiebing"),
        ("区小明", "ouxiaoming"),
        ("仇英", "qiuying"),
        ("查良镛", "zhaliangyong"),
        ("尉迟恭", "yuchigong"),
        ("万俟卨", "moqixie"),
        ("王重阳", "wangchongyang"),
        ("吕丽", "lvli"),
    ],
)
def test_a_surname_is_read_as_one(name: str, pinyin: str) -> None:
    assert pinyin in person_terms(name)


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("华为技术有限公司", "huawei"),
        ("华为技术有限公司", "hw"),
        ("华为技术有限公司", "HUA WEI"),
        ("华为技术有限公司", "jishu"),
        ("华为技术有限公司", "技术"),
        ("重庆钢铁", "chongqing"),
        ("重庆钢铁", "cqgt"),
        ("单氏集团", "shanshi"),
        ("单氏集团", "danshi"),
        ("Acme Optics GmbH", "optics"),
        ("Acme Optics GmbH", "aog"),
        ("3M中国", "3mzhongguo"),
        ("ＡＢＣ　公司", "abc"),
        ("Ñandú S.A.", "ñandú"),
    ],
)
def test_a_company_is_found_by_any_beginning(name: str, typed: str) -> None:
    assert any(term.startswith(looked_for(typed)) for term in company_terms(name))


def test_what_cannot_be_seen_looks_for_nothing() -> None:
    assert not looked_for("\u200b\u3164 ·")
    assert not person_terms("\u3164")
    assert all(len(term) <= 80 for term in company_terms("很长的名字" * 40))
