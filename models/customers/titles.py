"""What a word of a guest list is: a title, a diet, a person's name.

Only as far as it must be known to tell columns apart; which rank a title is, the policy says.
"""

import re
from functools import lru_cache
from typing import NamedTuple

HAN = "\u3400-\u9fff"
_SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏"
    "魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵"
    "万钱严覃武戴莫孔向汤温康施文牛樊葛邢安齐易乔伍庞颜倪庄聂章鲁岳翟殷詹申欧耿关兰焦俞左柳甘祝"
    "包宁尚符舒阮柯纪梅童凌毕单季裴霍涂成苗谷盛曲翁冉骆蓝路游辛靳管柴蒙鲍华喻祁蒲房滕屈饶解牟艾"
    "尤时穆农司卓古吉缪简车项连芦麦褚娄窦戚岑景党宫费卜冷晏席卫米柏宗瞿桂全佟应臧闵苟邬边卞姬仇"
    "栾隋商刁沙荣巫寇桑郎甄丛仲虞敖巩明佘池查麻苑迟邝張劉陳楊黃趙吳孫馬鄭謝許韓馮鄧蕭葉蘇呂盧鐘"
    "譚陸範賈韋鄒閆龍賀顧龔萬錢嚴湯莊聶魯歐關蘭寧紀單塗駱藍蔣"
)
_LONG_SURNAMES = "欧阳|司马|上官|诸葛|慕容|令狐|皇甫|尉迟|司徒|东方|夏侯|公孙|宇文|长孙|端木|南宫"
_SURNAME = rf"(?:{_LONG_SURNAMES}|[{_SURNAMES}])"
_PERSON = re.compile(
    rf"{_SURNAME}[{HAN}]{{1,2}}|{_SURNAME}(?:总|工|老师|先生|女士|小姐)|[{HAN}]+(?:[·•・][{HAN}]+)+"
)
_NO_PERSON = re.compile(
    "高管|高级|安全|安保|文员|文化|文秘|金融|江苏|安徽|江西|成都|万能|方案|项目|米饭|农业|石油|"
    "石化|时尚|应用|全部|全素|连锁|商务|商业|管理|包装|查验|明天"
)
"""Words that begin as a name does."""
_OFFICE = (
    "采购|销售|技术|市场|财务|研发|生产|质量|品质|品管|人事|人力资源|行政|法务|商务|外贸|项目|"
    "产品|运营|区域|部门|大区|华东|华南|华北|华中|西南|西北|东北|国际|海外|中国|亚太|战略|信息|"
    "安全|设备|工艺|工程|物流|供应链|客户"
)
_GRADE = "常务|执行|高级|资深|首席|助理|副|代理|荣誉|名誉|独立|见习|第一|总|總|執行|高級|資深"
_BASE = (
    "经理|总监|主任|主管|主席|总裁|助理|秘书长|秘书|董事长|董事|书记|代表|顾问|合伙人|创始人|"
    "负责人|会计师|会计|工程师|设计师|分析师|律师|厂长|校长|院长|会长|行长|社长|店长|组长|班长|"
    "队长|处长|局长|厅长|司长|部长|科长|市长|省长|县长|区长|镇长|村长|所长|站长|课长|係长|室长|"
    "团长|船长|机长|家长|理事长|委员长|董事局主席|董事局|参赞|大使|领事|专员|职员|文员|采购员|"
    "技术员|业务员|研究员|店员|官员|委员|教授|博士|院士|专家|领导|翻译|司机|干事|监事|执行官|"
    "运营官|技术官|财务官|老板|总工|老总|副总|調研員|调研员|巡视员|股东|投资人|經理|總監|總裁|"
    "董事長|部長|課長|社長|處長|局長|廠長|會長|院長|校長|工程師|顧問|專員|秘書|代表取締役|常務|"
    "専務"
)
SURNAME = _SURNAME
"""A Chinese surname."""
HAN_TITLE = rf"(?:(?:{_GRADE}|{_OFFICE})(?:部|处|科|中心)?){{0,6}}(?:{_BASE})"
"""A title in Chinese, as it stands within a text."""
_WHOLE = re.compile(rf"(?:{_GRADE}|{_OFFICE})*(?:{_BASE})+|(?:{_OFFICE})(?:部|科|处|员|人员)?")
_ENDS = re.compile(rf"(?:{_BASE}|总)$")
_ONLY_SURNAME = re.compile(rf"(?P<surname>{_SURNAME})(?P<title>.+)")
_STRONG = (
    r"manager|director|president|chairman|chairwoman|chairperson|officer|engineer|supervisor|founder"
    r"|secretary|assistant|buyer|specialist|representative|technician|consultant|accountant|minister"
    r"|ambassador|professor|coordinator"
)
_SHORT = r"[cC][a-zA-Z][oO]|CEO|[SE]?VP|GM|MD|CIO|CISO"
_LATIN = re.compile(
    rf"\b(?:{_STRONG}|head|owner|partner|principal|leader|lead|foreman|clerk|analyst|mayor|governor"
    r"|consul|chief|executive|deputy|controller|treasurer|scientist|researcher|designer|architect"
    r"|developer|sales|purchasing|procurement|marketing|trainee|intern|interpreter|translator"
    r"|driver|staff|chair|lawyer|counsel|c[etfoim]o|ciso|[se]?vp|gm|md)s?\b",
    re.IGNORECASE,
)
_SHORT_TITLE = re.compile(_SHORT)
_STRONG_END = re.compile(rf"(?:\S+\s+)+(?:{_STRONG}|{_SHORT})", re.IGNORECASE)
_DIET = re.compile(
    r"^(?:无|免|少|不|忌|勿|戒)|素|斋|清真|过敏|海鲜|猪肉|牛肉|羊肉|花生|血压|血糖|尿糖|糖尿|麸质|乳糖|忌口"
    r"|\b(?:vegetarian|vegan|halal|kosher|no(?! name\b)|not|none|without|allerg\w*|gluten|lactose"
    r"|nuts?|diet|pork|beef|fish|seafood|alcohol|pescatarian|diabetic)\b",
    re.IGNORECASE,
)
_FULL_NAME = re.compile(r"[A-Z][\w'’.-]*(?:\s+[A-Z][\w'’.-]*){1,2}")
_LEFT_OUT = re.compile(r"男|女|male|female|m|f|\+?[\d\s()（）-]{7,}|\S+@\S+", re.IGNORECASE)


class Told(NamedTuple):
    """A name and a title that were written as one word."""

    name: str
    title: str


@lru_cache(maxsize=2048)
def is_title(text: str) -> bool:
    """Whether the words are a title (`总经理`, `Acme 公司副总裁`, `Head of sales`)."""
    if _WHOLE.fullmatch(text):
        return True
    if is_person(text) or glued(text) is not None:
        return False
    return bool(_ENDS.search(text) or _LATIN.search(text))


def is_diet(text: str) -> bool:
    """Whether the words say what somebody eats."""
    return not is_title(text) and not is_person(text) and _DIET.search(text) is not None


@lru_cache(maxsize=2048)
def is_person(text: str) -> bool:
    """Whether the words are a Chinese name, or a surname with a form of address."""
    plain = "".join(text.split())
    is_other = _NO_PERSON.fullmatch(plain) or _WHOLE.fullmatch(plain) or _DIET.match(plain)
    return _PERSON.fullmatch(plain) is not None and not is_other


def is_full_name(text: str) -> bool:
    """Whether the words look like a name in Latin letters: two or three, each with a capital."""
    return _FULL_NAME.fullmatch(text) is not None and not is_title(text) and not is_diet(text)


def is_short_title(text: str) -> bool:
    """Whether a word is a title that no name ends with (`CEO`, `总经理`)."""
    return _SHORT_TITLE.fullmatch(text) is not None or _WHOLE.fullmatch(text) is not None


def ends_with_title(text: str) -> bool:
    """Whether words in Latin letters end with a title, so that a name may stand before it."""
    return _STRONG_END.fullmatch(text) is not None


def is_left_out(text: str) -> bool:
    """Whether the words say what is kept of no guest: their sex, a phone, an address."""
    return _LEFT_OUT.fullmatch(text) is not None


@lru_cache(maxsize=2048)
def glued(text: str) -> Told | None:
    """A Chinese name with its title behind it (`王磊总经理`); of a surname alone the name stays
    whole (`王总经理`)."""
    if _WHOLE.fullmatch(text) or text.split() != [text]:
        return None
    alone = _ONLY_SURNAME.fullmatch(text)
    if alone is not None and _WHOLE.fullmatch(alone["title"]):
        return Told(text, alone["title"])
    for size in (2, 3, 4):
        name, title = text[:size], text[size:]
        if is_person(name) and _WHOLE.fullmatch(title):
            return Told(name, title)
        if is_person(text[-size:]) and _WHOLE.fullmatch(text[:-size]):
            return Told(text[-size:], text[:-size])
    return None
