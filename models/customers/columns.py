"""The columns of a pasted table by its header (`序号 姓名 职务`, `Name Title`)."""

import re
import unicodedata
from collections.abc import Sequence

NAME, FIRST, LAST, TITLE, UNIT, DIET, LEFT_OUT = (
    "name",
    "first",
    "last",
    "title",
    "unit",
    "diet",
    "",
)
OTHER_NAME, PHONE, MAIL, SEX, NATIONALITY, LANGUAGE = (
    "name_other",
    "phone",
    "mail",
    "sex",
    "nationality",
    "language",
)
BESIDES = (OTHER_NAME, PHONE, MAIL, SEX, NATIONALITY, LANGUAGE)
"""What is kept of a guest beside name, title and diet."""
UNKNOWN = "?"
"""Stands for a column of which it is not known what to do with it."""
_WORDS = {
    NAME: (
        "姓名,名字,人员,来宾,来宾姓名,客人,客人姓名,嘉宾,嘉宾姓名,中文名,中文姓名,name,names,"
        "full name,guest,guests,guest name,visitor,chinese name"
    ),
    OTHER_NAME: "英文名,英文姓名,外文名,拼音,姓名拼音,english name,latin name,pinyin",
    PHONE: (
        "电话,手机,手机号,手机号码,电话号码,联系电话,联系方式,phone,phone number,mobile,"
        "mobile number,tel,telephone,cell,cell phone,contact number"
    ),
    MAIL: "邮箱,电子邮箱,电子邮件,邮件,e-mail,email,mail,email address,e-mail address",
    SEX: "性别,sex,gender",
    NATIONALITY: "国籍,国家,nationality,country,citizenship",
    LANGUAGE: "语言,语种,language,languages",
    FIRST: ("名,first name,given name,forename"),
    LAST: ("姓,姓氏,last name,surname,family name"),
    TITLE: ("职务,职位,职称,头衔,岗位,title,job title,position,role,function,job,designation"),
    UNIT: ("部门,科室,department,dept,division,unit"),
    DIET: (
        "饮食,饮食要求,饮食禁忌,饮食习惯,忌口,餐饮,用餐,用餐要求,diet,dietary,"
        "dietary requirements,dietary needs,meal,meals,food,allergies"
    ),
    LEFT_OUT: (
        "序号,编号,号,公司,公司名称,单位,年龄,no,nr,number,#,id,company,organisation,organization,age"
    ),
}
_COLUMNS = {word: column for column, words in _WORDS.items() for word in words.split(",")}
_SURE = re.compile("(?:来宾|客人|嘉宾)?姓名|名字|(?:full |guest )?names?", re.IGNORECASE)
"""What nobody is called."""
_PARTED = re.compile(r"[/／|()（）\s]+")


def columns_of(cells: Sequence[str]) -> list[str] | None:
    """What each cell of a header says of its column; None where the row is no header.

    A header has a column of names, for certain or beside another known one. Of a column that is not
    known it says UNKNOWN.
    """
    columns = [_column(cell) for cell in cells]
    known = set(columns) - {UNKNOWN}
    has_names = bool({NAME, OTHER_NAME} & known) or {FIRST, LAST} <= known
    is_sure = len(known) > 1 or any(_SURE.fullmatch(cell) for cell in cells)
    return columns if has_names and is_sure else None


def _column(cell: str) -> str:
    plain = unicodedata.normalize("NFKC", cell).casefold().strip(" .:*")
    found = _COLUMNS.get(plain)
    if found is not None or not plain:
        return found or LEFT_OUT
    parts = [_COLUMNS.get(part.strip(".:*")) for part in _PARTED.split(plain) if part]
    return next((part for part in parts if part is not None), UNKNOWN)
