"""Flights and trains that a message names, and how the guests travel."""

import re
from collections.abc import Sequence

from models.base.words import TravelBy
from models.request.message.clauses import Clauses, Role
from models.request.message.said import Read, Span

_CODES = (
    " 3K 3U 4U 5J 6E 7C 8L 9C 9W A3 A9 AA AC AF AI AM AQ AR AS AT AV AY AZ B2 B6 B7"
    " BA BG BI BR BT CA CI CM CN CX CZ D7 DL DR DT EI EK EN ET EU EW EY FD FI FJ FM"
    " FR FU FZ G5 G8 GA GF GJ GS GT GX GY HA HM HO HU HX HY HZ I9 IB IG IR IT IZ J2"
    " JD JJ JL JQ JU KA KC KE KL KM KN KQ KR KU KY LA LH LJ LO LX LY ME MF MH MK MS"
    " MU NF NH NK NS NX NZ OA OD OK OM OS OU OZ PC PG PK PN PR PS PX QF QR QV QW RA"
    " RJ RO RU RY S7 SA SC SK SN SQ SU SV TG TK TN TP TR TV TW TX U2 U6 UA UK UL UO"
    " UQ UX VA VJ VN VS VX VY W6 WB WN WS WY XE YB Z2 ZH"
)
_AIRLINES = frozenset(_CODES.split())
"""Two signs of the airlines that fly to and within Asia, and of the large ones elsewhere (IATA)."""
_FLIGHT = re.compile(
    r"(?<![A-Za-z0-9.+/-])(?P<line>[A-Z]{2}|[A-Z]\d"
    r"|\d[A-Z])(?P<gap>[ -]?)(?P<number>\d{2,4})(?![\d.,:%-]*\d|[A-Za-z])"
)
_TRAIN = re.compile(
    r"(?<![A-Za-z0-9.-])(?P<line>[GDCZTK])(?P<number>[1-9]\d{0,3})(?![A-Za-z0-9%])(?P<run>\s*次)?"
)
_NAMED_TRAIN = re.compile(r"\b(?P<line>ICE|TGV|EC|IC|RJX?|Eurostar)\s?(?P<number>\d{1,4})\b")
_ABOUT_FLIGHT = re.compile(
    r"\b(?:flights?|fl(?:y|ies|ying)|land(?:s|ing)?|airport|airline|plane|boarding)\b"
    r"|航班|飞机|飛機|机场|機場|起飞|起飛|飞到|降落|落地|班机|班機|搭乘|浦东|虹桥机场",
    re.IGNORECASE,
)
_ABOUT_TRAIN = re.compile(
    r"\b(?:trains?|railway|high-speed rail|station)\b|高铁|高鐵|动车|火车|火車|车次|列车|到站|接站"
    r"|火车站",
    re.IGNORECASE,
)
_OWN_CAR = re.compile(
    r"\b(?:by (?:our |my |his |her |their )?(?:own )?car|(?:will |'ll )?driv(?:e|ing) (?:to you"
    r"|over|ourselves|himself|themselves)"
    r"|own car|rental car)\b|自驾|自駕|自己开车|开车(?:过来|过去|前往|来)|自行开车|自行驾车|車牌"
    r"|车牌",
    re.IGNORECASE,
)
_SHIP = re.compile(r"\b(?:by (?:ship|ferry|sea)|ferry|cruise)\b|坐船|轮渡|乘船", re.IGNORECASE)
_UNMEANT = re.compile(
    r"[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼]$|(?:po|order|no|nr|claim|batch|lot|ref|invoice|iso|item|art|model|din|en|gb)[.:#\s-]*$",
    re.IGNORECASE,
)
_OTHERS = {Role.NOT}
_YEARS = {str(year) for year in range(2020, 2040)}


def travel_in(
    text: str, clauses: Clauses, taken: Sequence[Span]
) -> tuple[Read[str] | None, Read[str] | None]:
    """The number of the flight or train by which they come, and how they travel (TravelBy). Numbers
    of the way back are left out; several for the way here are doubtful."""
    numbers = [
        (number, kind, span)
        for number, kind, span in _numbers(text)
        if not any(span.begin < each.end and each.begin < span.end for each in taken)
    ]
    here = [each for each in numbers if _is_way_here(clauses, each[2], text)]
    number = _only([(each[0], each[2]) for each in here])
    ways = [(str(kind), span) for _, kind, span in numbers]
    ways += _ways(text, clauses, has_number=bool(numbers))
    return number, _only(ways)


def _numbers(text: str) -> list[tuple[str, TravelBy, Span]]:
    found: list[tuple[str, TravelBy, Span]] = []
    is_about_trains = bool(_ABOUT_TRAIN.search(text))
    is_about_flights = bool(_ABOUT_FLIGHT.search(text))
    for match in _FLIGHT.finditer(text):
        line = match["line"]
        before = text[max(0, match.start() - 12) : match.start()]
        if _UNMEANT.search(before) or (line not in _AIRLINES and not _is_named(before)):
            continue
        is_apart = match["gap"] == " "
        if not is_about_flights and (is_apart or len(match["number"]) < 3):
            continue
        if is_apart and (line == "AM" or len(match["number"]) < 3 or match["number"] in _YEARS):
            continue
        found.append((f"{line}{match['number']}", TravelBy.FLIGHT, Span(*match.span())))
    found += _trains(text) if is_about_trains else []
    return sorted(found, key=lambda each: each[2])


def _trains(text: str) -> list[tuple[str, TravelBy, Span]]:
    own = [
        (f"{match['line']}{match['number']}", TravelBy.TRAIN, Span(*match.span()))
        for match in _TRAIN.finditer(text)
        if not _UNMEANT.search(text[max(0, match.start() - 12) : match.start()])
    ]
    named = [
        (f"{match['line']} {match['number']}", TravelBy.TRAIN, Span(*match.span()))
        for match in _NAMED_TRAIN.finditer(text)
    ]
    return own + named


def _is_named(before: str) -> bool:
    return (
        re.search(r"(?:flight|航班|航班号)\s*[:：]?\s*(?:no\.?\s*)?$", before, re.IGNORECASE)
        is not None
    )


def _is_way_here(clauses: Clauses, span: Span, text: str) -> bool:
    """Whether a number is not said to be of the way back."""
    if re.search(
        r"(?:return|back|返程|回程)[\w\s]*:?\s*$",
        text[max(0, span.begin - 20) : span.begin],
        re.IGNORECASE,
    ):
        return False
    return clauses.role(span, is_number=True) not in {Role.LEAVES, Role.NOT}


def _ways(text: str, clauses: Clauses, *, has_number: bool) -> list[tuple[str, Span]]:
    """The ways that are named without a number; those of the way back count as little as the place
    that a car is sent to."""
    patterns = [(TravelBy.OWN_CAR, _OWN_CAR), (TravelBy.SHIP, _SHIP)]
    if not has_number:
        patterns += [(TravelBy.FLIGHT, _BY_AIR), (TravelBy.TRAIN, _BY_TRAIN)]
    found = []
    for way, pattern in patterns:
        for match in pattern.finditer(text):
            span = Span(*match.span())
            if clauses.role(span) not in _OTHERS:
                found.append((str(way), span))
    return found


_BY_AIR = re.compile(
    r"\b(?:our|my|his|her|their) (?:flight|plane)\b|\bfl(?:y|ies|ying) (?:in|to)\b|\bby (?:plane"
    r"|air)\b|坐飞机|乘飞机|飞到|飞过来",
    re.IGNORECASE,
)
_BY_TRAIN = re.compile(
    r"\bby (?:train|rail)\b|\btake the train\b|坐高铁|乘高铁|坐动车|坐火车|乘火车|高铁过来",
    re.IGNORECASE,
)


def _only(found: Sequence[tuple[str, Span]]) -> Read[str] | None:
    """The one value that is there, or several as candidates."""
    values = list(dict.fromkeys(value for value, _ in found))
    if not values:
        return None
    if len(values) == 1:
        return Read(values[0], found[0][1])
    whole = Span(min(span.begin for _, span in found), max(span.end for _, span in found))
    return Read(None, whole, tuple(values))
