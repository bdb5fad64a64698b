// Times as a person reads them: in the persona's own zone, by the workspace's clock (which may have
// been moved), never by the browser's.
import { intlLocale, lang, t } from './i18n.js';

const formatters = new Map();
let zone = 'UTC';
let offsetMs = 0; // the workspace's clock minus the browser's

/** The persona's IANA zone; everything shown follows it. */
export function setZone(name) {
  zone = name || 'UTC';
}

export function currentZone() {
  return zone;
}

/** Learn the workspace's time from an ISO string sent by the server just now. */
export function setNow(iso) {
  offsetMs = Date.parse(iso) - Date.now();
}

/** The workspace's time, in milliseconds since 1970. */
export function now() {
  return Date.now() + offsetMs;
}

/** How far the workspace's clock stands from real time, in seconds. */
export function offsetSeconds() {
  return Math.round(offsetMs / 1000);
}

function formatter(options, tz = zone, loc = intlLocale()) {
  const key = JSON.stringify([loc, tz, options]);
  if (!formatters.has(key))
    formatters.set(key, new Intl.DateTimeFormat(loc, { timeZone: tz, ...options }));
  return formatters.get(key);
}

function format(ms, options, tz) {
  return formatter(options, tz).format(new Date(ms));
}

function hourCycle() {
  return lang() === 'zh' ? { hourCycle: 'h23' } : {};
}

/** e.g. `2:05 PM`, `14:05`. */
export function clockTime(ms, { seconds = false, tz = zone } = {}) {
  const options = {
    hour: lang() === 'zh' ? '2-digit' : 'numeric',
    minute: '2-digit',
    ...hourCycle(),
  };
  if (seconds) options.second = '2-digit';
  return format(ms, options, tz);
}

/** The wall-clock parts of an instant in a zone. */
export function parts(ms, tz = zone) {
  const fields = {
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hourCycle: 'h23',
  };
  const found = {};
  for (const { type, value } of formatter(fields, tz, 'en-US').formatToParts(new Date(ms))) {
    if (type !== 'literal') found[type] = Number(value);
  }
  return found;
}

const two = (n) => String(n).padStart(2, '0');

/** `2026-12-12` in the zone: equal for instants of the same local day. */
export function dayKey(ms, tz = zone) {
  const p = parts(ms, tz);
  return `${p.year}-${two(p.month)}-${two(p.day)}`;
}

/** The value of a datetime-local input: `2026-12-12T10:00`, in the zone. */
export function localInput(ms, tz = zone) {
  const p = parts(ms, tz);
  return `${p.year}-${two(p.month)}-${two(p.day)}T${two(p.hour)}:${two(p.minute)}`;
}

/** The instant (ms) that a `2026-12-12T10:00` means in the zone; NaN if it is no date. */
export function fromLocalInput(text, tz = zone) {
  const asUtc = Date.parse(`${text}Z`);
  if (Number.isNaN(asUtc)) return NaN;
  const offsetAt = (ms) => {
    const p = parts(ms, tz);
    return (
      Date.UTC(p.year, p.month - 1, p.day, p.hour, p.minute, p.second) -
      Math.floor(ms / 1000) * 1000
    );
  };
  // Twice: the offset at the guess may differ from the one that holds at the answer.
  const guess = asUtc - offsetAt(asUtc);
  return asUtc - offsetAt(guess);
}

/** -1, 0, 1 for yesterday, today, tomorrow by the workspace's clock; otherwise another number. */
export function dayDistance(ms, tz = zone) {
  const day = (x) => Date.parse(`${dayKey(x, tz)}T00:00:00Z`) / 86400000;
  return Math.round(day(ms) - day(now()));
}

function near(ms, tz) {
  return { [-1]: t('yesterday'), 0: t('today'), 1: t('tomorrow') }[dayDistance(ms, tz)];
}

/** The words on a day divider: `Today`, `Friday, 12 December`. */
export function dayName(ms) {
  const thisYear = parts(ms).year === parts(now()).year;
  return (
    near(ms) ??
    format(ms, {
      weekday: 'long',
      month: 'long',
      day: 'numeric',
      ...(thisYear ? {} : { year: 'numeric' }),
    })
  );
}

/** e.g. `Today at 2:05 PM`, `12 Dec at 2:05 PM`. */
export function dayAndTime(ms) {
  const day = near(ms) ?? format(ms, { month: 'short', day: 'numeric' });
  return lang() === 'zh' ? `${day} ${clockTime(ms)}` : `${day} at ${clockTime(ms)}`;
}

/** e.g. `Sat, 12 Dec, 10:00`: the clock in the top bar. */
export function shortMoment(ms) {
  return format(ms, {
    weekday: 'short',
    month: 'short',
    day: 'numeric',
    hour: lang() === 'zh' ? '2-digit' : 'numeric',
    minute: '2-digit',
    ...hourCycle(),
  });
}

/** Everything, for tooltips. */
export function fullMoment(ms) {
  return format(ms, { dateStyle: 'full', timeStyle: 'medium' });
}

/** A length of time in words of at most two units: `1 day 3 hours`. */
export function spanWords(seconds) {
  const total = Math.abs(Math.round(seconds));
  const units = [
    ['day', 86400],
    ['hour', 3600],
    ['minute', 60],
  ];
  const out = [];
  let rest = total;
  for (const [unit, size] of units) {
    const n = Math.floor(rest / size);
    rest -= n * size;
    if (n > 0 && out.length < 2) {
      out.push(
        new Intl.NumberFormat(intlLocale(), { style: 'unit', unit, unitDisplay: 'long' }).format(n),
      );
    }
  }
  return (
    out.join(' ') ||
    new Intl.NumberFormat(intlLocale(), {
      style: 'unit',
      unit: 'second',
      unitDisplay: 'long',
    }).format(total)
  );
}

/** e.g. `3 hours ago`, `in 2 days`. */
export function relative(ms) {
  const seconds = Math.round((ms - now()) / 1000);
  const rtf = new Intl.RelativeTimeFormat(intlLocale(), { numeric: 'auto' });
  for (const [unit, size] of [
    ['day', 86400],
    ['hour', 3600],
    ['minute', 60],
  ]) {
    if (Math.abs(seconds) >= size) return rtf.format(Math.trunc(seconds / size), unit);
  }
  return rtf.format(0, 'second');
}

function ordinal(ms, tz) {
  const day = parts(ms, tz).day;
  const tail =
    day % 100 >= 11 && day % 100 <= 13 ? 'th' : (['th', 'st', 'nd', 'rd'][day % 10] ?? 'th');
  return `${day}${tail}`;
}

/** Slack's long dates carry an ordinal in English: `December 12th, 2026`. */
function slackDate(ms, tz, { weekday = false, year = true } = {}) {
  if (lang() !== 'en') {
    return format(
      ms,
      {
        month: 'long',
        day: 'numeric',
        ...(year && { year: 'numeric' }),
        ...(weekday && { weekday: 'long' }),
      },
      tz,
    );
  }
  const month = format(ms, { month: 'long' }, tz);
  const head = weekday ? `${format(ms, { weekday: 'long' }, tz)}, ` : '';
  return `${head}${month} ${ordinal(ms, tz)}${year ? `, ${parts(ms, tz).year}` : ''}`;
}

/** Fill a Slack date format such as `{date_short_pretty} at {time}`. */
export function slackFormat(seconds, pattern, tz = zone) {
  const ms = seconds * 1000;
  const medium = () => format(ms, { year: 'numeric', month: 'short', day: 'numeric' }, tz);
  const pretty = (other, at) => {
    const word = near(ms, tz);
    if (!word) return other();
    return at === 0 || lang() !== 'en' ? word : word.toLowerCase();
  };
  const tokens = {
    date_num: () => dayKey(ms, tz),
    date_slash: () => format(ms, { year: 'numeric', month: '2-digit', day: '2-digit' }, tz),
    date: () => slackDate(ms, tz),
    date_short: medium,
    date_long: () => slackDate(ms, tz, { weekday: true }),
    date_long_full: () => format(ms, { year: 'numeric', month: 'long', day: 'numeric' }, tz),
    date_pretty: (at) => pretty(tokens.date, at),
    date_short_pretty: (at) => pretty(medium, at),
    date_long_pretty: (at) => pretty(tokens.date_long, at),
    day_divider_pretty: (at) =>
      pretty(
        () =>
          slackDate(ms, tz, { weekday: true, year: parts(ms, tz).year !== parts(now(), tz).year }),
        at,
      ),
    time: () => clockTime(ms, { tz }),
    time_secs: () => clockTime(ms, { seconds: true, tz }),
    ago: () => relative(ms),
  };
  return pattern.replace(/\{(\w+)\}/g, (whole, name, at) => tokens[name]?.(at) ?? whole);
}
