"""One reader's language: translated words, dates, times, money and names as they read them."""

import gettext
import io
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Protocol
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import (
    format_date,
    format_datetime,
    get_timezone,
    get_timezone_gmt,
    get_timezone_location,
)
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import (
    format_currency,
    format_decimal,
    get_currency_name,
)
from jinja2 import Environment, FileSystemLoader, StrictUndefined, pass_context
from jinja2.meta import find_undeclared_variables
from jinja2.nodes import Block, Template
from jinja2.runtime import Context

from models.base.times import local
from models.records.people import Reader
from templates.wording.text import Text, guard, joined, mention

HERE = Path(__file__).resolve().parents[1]
LOCALES = {"en": "en", "zh": "zh_Hans_CN"}
_PATTERNS = {
    "en": {
        "time": "HH:mm",
        "day": "EEE d MMM",
        "year_day": "EEE d MMM y",
        "moment": "EEE d MMM, HH:mm",
        "year_moment": "EEE d MMM y, HH:mm",
        "month": "LLLL y",
    },
    "zh": {
        "time": "HH:mm",
        "day": "M月d日 EEE",
        "year_day": "y年M月d日 EEE",
        "moment": "M月d日 EEE HH:mm",
        "year_moment": "y年M月d日 EEE HH:mm",
        "month": "y年M月",
    },
}


def catalogue_path(locale: str) -> Path:
    """Where a language's translations are kept."""
    return HERE / "locale" / locale / "LC_MESSAGES" / "usher.po"


@lru_cache(maxsize=8)
def translations(locale: str) -> gettext.NullTranslations:
    """The translations of a language, compiled in memory. English is its own translation."""
    path = catalogue_path(locale)
    if not path.is_file():
        return gettext.NullTranslations()
    compiled = io.BytesIO()
    with path.open("rb") as file:
        write_mo(compiled, read_po(file, locale=LOCALES[locale], domain="usher"))
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)


@lru_cache(maxsize=8)
def _babel(locale: str) -> Locale:
    return Locale.parse(LOCALES[locale])


class Named(Protocol):
    """Words of the company's own: a policy's `Text`."""

    def in_(self, locale: str) -> str: ...


class Language:
    """Speaks to one reader. `now` decides whether a date needs its year; `roles` are the names
    that the company's policy gives its roles, by key."""

    def __init__(
        self,
        reader: Reader,
        now: datetime | None = None,
        roles: Mapping[str, Named] | None = None,
    ) -> None:
        self.roles = roles or {}
        self.reader = reader
        self.now = now
        self.locale = reader.locale if reader.locale in LOCALES else "en"
        self._babel = _babel(self.locale)
        self._translations = translations(self.locale)

    # Words

    def _(self, message: str, /, **facts: object) -> Text:
        """A text of the catalogue, its facts filled in and made inert."""
        return Text(self._translations.gettext(message) % self._inert(facts))

    def pgettext(self, context: str, message: str, /) -> Text:
        """A text of the catalogue that another language says otherwise in that context."""
        return Text(self._translations.pgettext(context, message))

    def ngettext(self, singular: str, plural: str, number: int, /, **facts: object) -> Text:
        """A text of the catalogue in the form that goes with a number."""
        facts.setdefault("num", number)
        return Text(self._translations.ngettext(singular, plural, number) % self._inert(facts))

    def say(self, file: str, name: str, /, **facts: object) -> Text:
        """The block `name` of `words/<file>.txt`."""
        wanted = _facts_of(file)[name]
        given = tuple((key, type(v), v) for key, v in facts.items() if key in wanted)
        return _said(self.locale, file, name, given)

    def own(self, words: Named) -> Text:
        """Words of the company's own: a policy's `Text` in the reader's language."""
        return guard(words.in_(self.locale))

    def _inert(self, facts: dict[str, object]) -> dict[str, object]:
        return {name: self.inert(value) for name, value in facts.items()}

    def inert(self, value: object) -> Text:
        """A fact as text: numbers in the reader's way, people's words inert."""
        if isinstance(value, Text):
            return value
        if isinstance(value, int | Decimal) and not isinstance(value, bool):
            return Text(format_decimal(value, locale=self._babel))
        if isinstance(value, datetime | date):
            raise TypeError("say how a time is to be shown")
        return guard(value)

    # Times

    def zone_of(self, zone: str | None = None) -> str:
        """The reader's zone; UTC where Slack gave none that is known."""
        name = zone or self.reader.timezone
        return name if _is_zone(name) else "UTC"

    def moment(self, at: datetime, zone: str | None = None) -> Text:
        """Day and time on one zone's clock, the reader's own unless one is given."""
        return self._formatted("moment", at, self.zone_of(zone))

    def time(self, at: datetime, zone: str | None = None) -> Text:
        """The time of day alone."""
        return self._formatted("time", at, self.zone_of(zone))

    def day(self, at: datetime, zone: str | None = None) -> Text:
        """The day alone."""
        return self._formatted("day", at, self.zone_of(zone))

    def calendar_day(self, day: date) -> Text:
        """A day of the calendar, in no zone."""
        return Text(format_date(day, _PATTERNS[self.locale]["day"], locale=self._babel))

    def month(self, first: date) -> Text:
        """A month, with its year, by its first day."""
        return Text(format_date(first, _PATTERNS[self.locale]["month"], locale=self._babel))

    def when(self, at: datetime, site: str) -> Text:
        """Day and time for this reader, with the site's own time where their clock differs."""
        if self.shares_clock(at, site):
            return self.moment(at, site)
        same_day = local(at, self.zone_of()).date() == local(at, site).date()
        theirs = self.time(at, site) if same_day else self.moment(at, site)
        return self._both(self.moment(at), theirs, site)

    def clock(self, at: datetime, site: str) -> Text:
        """The time of day for this reader, with the site's own where their clock differs."""
        if self.shares_clock(at, site):
            return self.time(at, site)
        return self._both(self.time(at), self.time(at, site), site)

    def shares_clock(self, at: datetime, site: str) -> bool:
        """Whether the reader's clock shows at that moment what the site's does."""
        return local(at, self.zone_of()).utcoffset() == local(at, site).utcoffset()

    def _both(self, mine: Text, theirs: Text, site: str) -> Text:
        city = self.city(site)
        return self._("%(mine)s (%(theirs)s %(city)s time)", mine=mine, theirs=theirs, city=city)

    def city(self, zone: str) -> Text:
        """What people call a zone: its city, else its name (UTC)."""
        if "/" in zone and not zone.startswith("Etc/"):
            return _city(self.locale, zone)
        return guard(zone.removeprefix("Etc/"))

    def _formatted(self, pattern: str, at: datetime, zone: str) -> Text:
        wall = local(at, zone)
        if pattern != "time" and self.now is not None and wall.year != local(self.now, zone).year:
            pattern = f"year_{pattern}"
        return _time(self.locale, pattern, wall.replace(tzinfo=None), wall.fold, zone)

    # Money and people

    def money(self, amount: Decimal, code: str) -> Text:
        """An amount in the currency of that ISO code."""
        if amount != amount.to_integral_value():
            return Text(format_currency(amount, code, locale=self._babel))
        pattern = self._babel.currency_formats["standard"].pattern.replace(".00", "")
        written = format_currency(amount, code, pattern, self._babel, currency_digits=False)
        return Text(written)

    def currency(self, code: str) -> Text:
        """The name of the currency of that ISO code."""
        return Text(get_currency_name(code, locale=self._babel))

    def people(self, user_ids: list[str], most: int = 8) -> Text:
        """Mentions of people; of many, the first ones and how many more."""
        shown = [mention(user_id) for user_id in user_ids[:most]]
        if len(user_ids) > most:
            shown.append(self.and_more(len(user_ids) - most))
        return joined(self.comma, shown)

    @property
    def comma(self) -> str:
        """What stands between the parts of an enumeration."""
        return "、" if self.locale == "zh" else ", "

    @property
    def apposition(self) -> str:
        """What stands between a name and what the person is."""
        return "，" if self.locale == "zh" else ", "

    @property
    def colon(self) -> str:
        """What stands between a term and what is said of it."""
        return "：" if self.locale == "zh" else ": "

    def and_more(self, count: int) -> Text:
        """The end of a list that is too long to be shown."""
        return self.ngettext("and %(num)s more", "and %(num)s more", count)


@lru_cache(maxsize=1024)
def _is_zone(name: str) -> bool:
    try:
        get_timezone(name)
    except LookupError:
        return False
    return True


@lru_cache(maxsize=1024)
def _city(locale: str, zone: str) -> Text:
    return Text(get_timezone_location(zone, locale=_babel(locale), return_city=True))


@lru_cache(maxsize=2048)
def _time(locale: str, pattern: str, clock: datetime, fold: int, zone: str) -> Text:
    """What the clocks of a zone show, in the words of a language."""
    wall = clock.replace(tzinfo=ZoneInfo(zone), fold=fold)
    shown = format_datetime(
        wall, _PATTERNS[locale][pattern], tzinfo=wall.tzinfo, locale=_babel(locale)
    )
    if pattern not in {"day", "year_day"} and _is_doubtful(wall):
        shown += " " + get_timezone_gmt(wall, locale=_babel(locale))
    return Text(shown)


def _is_doubtful(wall: datetime) -> bool:
    """Whether this wall clock shows twice (the clocks went back)."""
    return wall.replace(fold=0).utcoffset() != wall.replace(fold=1).utcoffset()


@pass_context
def _gettext(context: Context, message: str, **facts: object) -> Text:
    language: Language = context["language"]
    return language._(message, **facts)


@pass_context
def _ngettext(context: Context, singular: str, plural: str, num: int, **facts: object) -> Text:
    language: Language = context["language"]
    return language.ngettext(singular, plural, num, **facts)


@pass_context
def _finalize(context: Context, value: object) -> object:
    language: Language = context["language"]
    return language.inert(value)


@lru_cache(maxsize=4096)
def _said(locale: str, file: str, name: str, facts: tuple[tuple[str, type, object], ...]) -> Text:
    """A text is the same for all readers of a language who are told the same facts. (The types
    count: `Text("*")` and "*" are equal, and only one of them is inert.)"""
    template = _environment().get_template(f"{file}.txt")
    language = Language(Reader(locale, "UTC", None))
    given = {key: value for key, _, value in facts}
    own = {"language": language, "gettext": _gettext, "ngettext": _ngettext, **given}
    context = template.new_context(own, shared=True)  # nothing else is global
    return Text("".join(template.blocks[name](context)).strip())


@lru_cache(maxsize=64)
def _facts_of(file: str) -> dict[str, frozenset[str]]:
    """The facts that each block of a file looks at: what depends on no others is said to many
    alike."""
    environment = _environment()
    source = (HERE / "words" / f"{file}.txt").read_text(encoding="utf-8")
    found: dict[str, frozenset[str]] = {}
    for block in environment.parse(source).find_all(Block):
        alone = Template(block.body)
        alone.set_environment(environment)
        found[block.name] = frozenset(find_undeclared_variables(alone))
    return found


@lru_cache(maxsize=1)
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(HERE / "words"),
        extensions=["jinja2.ext.i18n"],
        autoescape=False,  # noqa: S701 - this is no HTML: `finalize` guards what people wrote
        undefined=StrictUndefined,
        finalize=_finalize,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    environment.policies["ext.i18n.trimmed"] = True
    environment.newstyle_gettext = True  # type: ignore[attr-defined]
    environment.globals.update(gettext=_gettext, ngettext=_ngettext)
    return environment
