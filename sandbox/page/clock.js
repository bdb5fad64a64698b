// The workspace's clock: what time it is there, and how to move it.
import { moveClock } from './api.js';
import { fill, h, icon, uid } from './dom.js';
import { lang, t } from './i18n.js';
import { hangPanel } from './panel.js';
import { on, state } from './store.js';
import {
  clockTime,
  currentZone,
  fromLocalInput,
  fullMoment,
  localInput,
  now,
  offsetSeconds,
  setNow,
  shortMoment,
  spanWords,
} from './time.js';

const words = h('span', { class: 'clock-words' });
const drift = h('span', { class: 'clock-drift', hidden: true });

/** The chip in the top bar. */
export const clockButton = h(
  'button',
  { type: 'button', class: 'clock-chip' },
  icon('clock', 18),
  words,
  drift,
);

let busy = false;
let panel = null;
let typed = null; // a date-time half chosen in the panel

async function move(change) {
  if (busy) return;
  busy = true;
  panel.refresh();
  const answer = await moveClock(change);
  busy = false;
  typed = null;
  if (answer.ok && answer.now) setNow(answer.now);
  panel.refresh();
  draw();
}

function standing() {
  const seconds = offsetSeconds();
  if (Math.abs(seconds) < 60) return t('clock_real');
  return t(seconds > 0 ? 'clock_ahead' : 'clock_behind', { span: spanWords(seconds) });
}

/** e.g. `+23h`, `−2d`: the largest unit only. */
function shortSpan(seconds) {
  const size = Math.abs(seconds);
  const [unit, letter] = [
    [86400, 'd'],
    [3600, 'h'],
    [60, 'm'],
  ].find(([length]) => size >= length) ?? [60, 'm'];
  return `${seconds > 0 ? '+' : '−'}${Math.floor(size / unit)}${letter}`;
}

function draw() {
  if (!state.me) return;
  const text = shortMoment(now());
  if (words.textContent !== text) words.textContent = text;
  const seconds = offsetSeconds();
  drift.hidden = Math.abs(seconds) < 60;
  const sign = shortSpan(seconds);
  if (drift.textContent !== sign) drift.textContent = sign;
  clockButton.setAttribute('aria-label', `${t('clock')}: ${text}`);
  clockButton.title = `${fullMoment(now())} · ${standing()}`;
  const big = document.querySelector('.clock-now');
  if (big) big.textContent = clockTime(now(), { seconds: true });
}

/** What a moment is called in the persona's language. */
const labelOf = (m) => m.labels?.[lang()] ?? m.label;

function moment(m, words) {
  const at = Date.parse(m.at);
  const past = at < now();
  const when = shortMoment(at);
  return h(
    'button',
    {
      type: 'button',
      class: `moment${past ? ' past' : ''}`,
      disabled: busy,
      dataset: { keep: m.label },
      'aria-label': `${labelOf(m)}, ${when}`,
      title: past ? t('past') : null,
      on: { click: () => move({ jump: m.at }) },
    },
    h('span', { class: 'moment-label' }, words),
    h('span', { class: 'moment-at' }, when),
  );
}

/** The moments; what stands before a colon, such as a visit's name, becomes their heading. */
function moments() {
  const groups = new Map();
  for (const m of state.moments) {
    const [, heading, words] = /^(.+?)[:：]\s*(.+)$/.exec(labelOf(m)) ?? [
      null,
      '',
      labelOf(m),
    ];
    groups.set(heading, [...(groups.get(heading) ?? []), moment(m, words)]);
  }
  return [...groups].map(([heading, buttons]) =>
    h('div', { class: 'moments' }, heading && h('h4', {}, heading), buttons),
  );
}

function build(node) {
  const field = uid('when');
  const input = h('input', {
    type: 'datetime-local',
    id: field,
    class: 'input',
    value: typed ?? localInput(now()),
    disabled: busy,
    dataset: { keep: 'when' },
    on: {
      input: () => {
        typed = input.value;
      },
    },
  });
  const form = h(
    'form',
    {
      class: 'clock-any',
      on: {
        submit: (e) => {
          e.preventDefault();
          const ms = fromLocalInput(input.value);
          if (!Number.isNaN(ms)) move({ jump: new Date(ms).toISOString() });
        },
      },
    },
    h('label', { for: field }, t('date_time')),
    h(
      'div',
      { class: 'clock-row' },
      input,
      h('button', { type: 'submit', class: 'button primary', disabled: busy }, t('go')),
    ),
  );
  node.setAttribute('aria-busy', String(busy));
  fill(
    node,
    h(
      'div',
      { class: 'clock-face' },
      h('div', { class: 'clock-now' }, clockTime(now(), { seconds: true })),
      h(
        'div',
        { class: 'clock-day' },
        new Intl.DateTimeFormat(document.documentElement.lang, {
          dateStyle: 'full',
          timeZone: currentZone(),
        }).format(new Date(now())),
      ),
      h(
        'div',
        { class: 'clock-standing', role: 'status' },
        busy ? [h('i', { class: 'spinner' }), t('jumping')] : standing(),
      ),
    ),
    state.moments.length > 0 && h('section', {}, h('h3', {}, t('jump_to')), moments()),
    h(
      'section',
      {},
      h('h3', {}, t('advance')),
      h(
        'div',
        { class: 'clock-row' },
        [
          ['min15', 900],
          ['hour1', 3600],
          ['day1', 86400],
        ].map(([key, seconds]) =>
          h(
            'button',
            {
              type: 'button',
              class: 'button',
              disabled: busy,
              dataset: { keep: key },
              on: { click: () => move({ advance: seconds }) },
            },
            t(key),
          ),
        ),
      ),
    ),
    h(
      'section',
      {},
      h('h3', {}, t('any_time')),
      form,
      h('p', { class: 'clock-zone' }, t('zone_note', { zone: currentZone() })),
    ),
  );
}

/** Start the chip and its panel. */
export function startClock() {
  panel = hangPanel(clockButton, { label: () => t('clock_title'), build, klass: 'clock-panel' });
  setInterval(draw, 1000);
  on('snapshot clock me', () => {
    draw();
    panel.refresh();
  });
}
