"""Time zones as people name them, and those of the places where guests land."""

import re

_NAMED = {
    "cet|cest|mez|german time|德国时间|德國時間": "Europe/Berlin",
    "eet|eest": "Europe/Helsinki",
    "wet|west": "Europe/Lisbon",
    "bst|uk time|london time|英国时间|伦敦时间": "Europe/London",
    "beijing time|china time|shanghai time|北京时间|北京時間|中国时间|上海时间": "Asia/Shanghai",
    "taipei time|台北时间|台北時間|台湾时间|台灣時間": "Asia/Taipei",
    "hkt|hong kong time|香港时间|香港時間": "Asia/Hong_Kong",
    "sgt|singapore time|新加坡时间": "Asia/Singapore",
    "jst|japan time|tokyo time|日本时间|东京时间|東京時間": "Asia/Tokyo",
    "kst|korea time|korean time|seoul time|韩国时间|首尔时间": "Asia/Seoul",
    "gst|dubai time|迪拜时间": "Asia/Dubai",
    "est|edt|eastern time|new york time|纽约时间": "America/New_York",
    "pst|pdt|pacific time": "America/Los_Angeles",
    "aedt|aest|sydney time|悉尼时间": "Australia/Sydney",
    "moscow time|msk|莫斯科时间": "Europe/Moscow",
    "gmt|utc|zulu": "UTC",
}
_ZONES = {name: zone for names, zone in _NAMED.items() for name in names.split("|")}
_SEVERAL = {
    "cst": ("Asia/Shanghai", "America/Chicago"),
    "ist": ("Asia/Kolkata", "Europe/Dublin", "Asia/Jerusalem"),
}
_OFFSET = r"(?:gmt|utc)\s*[+-]\s*\d{1,2}(?!\d)(?::00)?"
_WORDS = "|".join(sorted((*_ZONES, *_SEVERAL), key=len, reverse=True))
ZONE = rf"(?:{_OFFSET}|(?:{_WORDS})(?![a-z+]))"
"""A zone in words, for any case."""
_PLACES = {
    "shanghai|pudong|hongqiao|pvg|sha|上海|浦东|虹桥": "Asia/Shanghai",
    "beijing|pek|pkx|北京|首都机场|大兴": "Asia/Shanghai",
    "guangzhou|shenzhen|can|szx|广州|深圳|白云|宝安": "Asia/Shanghai",
    "hong kong|hkg|香港": "Asia/Hong_Kong",
    "taipei|tpe|桃园|桃園|台北": "Asia/Taipei",
    "tokyo|narita|haneda|nrt|hnd|osaka|kix|东京|東京|成田|羽田|大阪": "Asia/Tokyo",
    "seoul|incheon|icn|首尔|仁川": "Asia/Seoul",
    "singapore|sin|新加坡": "Asia/Singapore",
    "bangkok|bkk|曼谷": "Asia/Bangkok",
    "dubai|dxb|迪拜": "Asia/Dubai",
    "frankfurt|munich|berlin|fra|muc|法兰克福|慕尼黑": "Europe/Berlin",
    "paris|cdg|巴黎": "Europe/Paris",
    "london|heathrow|lhr|伦敦": "Europe/London",
    "new york|jfk|纽约": "America/New_York",
    "los angeles|lax|洛杉矶": "America/Los_Angeles",
}
_PLACE_ZONES = {name: zone for names, zone in _PLACES.items() for name in names.split("|")}
_CODES = {name.upper() for name in _PLACE_ZONES if name.isascii() and len(name) == 3}
_PLACE = re.compile(
    r"(?P<from>(?:\bfrom\s+|\bex\s+|\bleav\w+\s+|\bdep\w*\s+|从|由|自))?(?P<place>"
    + "|".join(
        rf"\b{name.upper()}\b"
        if name.upper() in _CODES
        else rf"\b(?i:{name})\b"
        if name.isascii()
        else name
        for name in sorted(_PLACE_ZONES, key=len, reverse=True)
    )
    + ")"
)


def zone_named(words: str) -> tuple[str, ...]:
    """The IANA zones that words for a zone may mean."""
    plain = words.lower()
    match = re.fullmatch(r"(?:gmt|utc)\s*([+-])\s*(\d{1,2})(?::00)?", plain)
    if match is not None:
        hours = int(match[2])
        if hours > 12:
            return ()
        sign = "-" if match[1] == "+" else "+"
        return (f"Etc/GMT{sign}{hours}",) if hours else ("UTC",)
    return _SEVERAL.get(plain) or ((_ZONES[plain],) if plain in _ZONES else ())


def zone_of_landing(words: str) -> str | None:
    """The zone of the place in which somebody arrives; None where none is named, or several."""
    zones = {
        _PLACE_ZONES[match["place"].lower()]
        for match in _PLACE.finditer(words)
        if not match["from"]
    }
    return zones.pop() if len(zones) == 1 else None
