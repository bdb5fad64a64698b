// Whose eyes one sees the workspace with.
import { avatar } from './avatar.js';
import { fill, h, icon, uid } from './dom.js';
import { t } from './i18n.js';
import { placeBeside } from './menu.js';
import { emit, on, state } from './store.js';
import { clockTime, now } from './time.js';

const button = h('button', {
  type: 'button',
  class: 'persona',
  'aria-haspopup': 'listbox',
  'aria-expanded': 'false',
  on: { click: toggle },
});

/** The switch at the head of the sidebar. */
export const personaSwitch = h('div', { class: 'persona-wrap' }, button);

let panel = null;
let rows = [];
let at = 0;

function draw() {
  const me = state.me;
  if (!me) return;
  const others = Object.entries(state.attention).some(([id, n]) => id !== me.id && n > 0);
  button.setAttribute('aria-label', t('persona'));
  button.title = t('persona_hint');
  const name = uid('me');
  button.setAttribute('aria-describedby', name);
  fill(
    button,
    avatar(me, 42),
    h(
      'span',
      { class: 'persona-words', id: name },
      h('strong', {}, me.name),
      h('span', {}, me.title ?? ''),
    ),
    h(
      'span',
      { class: 'persona-arrow' },
      others && h('i', { class: 'attention-dot' }),
      icon('down', 18),
    ),
  );
}

function toggle() {
  if (panel) close();
  else open();
}

function open() {
  const listId = uid('people');
  const list = h('div', {
    id: listId,
    class: 'people',
    role: 'listbox',
    'aria-label': t('people'),
  });
  const find = h('input', {
    type: 'text',
    class: 'input people-find',
    placeholder: t('find_person'),
    'aria-label': t('find_person'),
    role: 'combobox',
    'aria-expanded': 'true',
    'aria-controls': listId,
    autocomplete: 'off',
    on: { input: () => show(list, find), keydown: (e) => key(e, find) },
  });
  panel = h('div', { class: 'people-panel' }, find, list);
  document.body.append(panel);
  at = Math.max(
    0,
    state.boot.users.findIndex((u) => u.id === state.me.id),
  );
  show(list, find, at);
  placeBeside(panel, button);
  button.setAttribute('aria-expanded', 'true');
  document.addEventListener('pointerdown', outside, true);
  find.focus({ preventScroll: true });
}

function close(focus = true) {
  panel?.remove();
  panel = null;
  button.setAttribute('aria-expanded', 'false');
  document.removeEventListener('pointerdown', outside, true);
  if (focus) button.focus();
}

function outside(event) {
  if (!panel?.contains(event.target) && !button.contains(event.target)) close(false);
}

function pick(user) {
  close();
  if (user.id !== state.me.id) emit('become', user);
}

function show(list, find, start = 0) {
  const wanted = find.value.trim().toLowerCase();
  const found = state.boot.users.filter((u) =>
    `${u.name} ${u.handle} ${u.title ?? ''}`.toLowerCase().includes(wanted),
  );
  rows = found.map((user) => ({ user, node: option(user) }));
  fill(
    list,
    rows.length ? rows.map((r) => r.node) : h('div', { class: 'combo-note' }, t('no_results')),
  );
  at = Math.min(start, Math.max(0, rows.length - 1));
  mark(find);
}

function option(user) {
  const waiting = state.attention[user.id] ?? 0;
  return h(
    'div',
    {
      id: uid('person'),
      role: 'option',
      class: 'person',
      'aria-selected': String(user.id === state.me.id),
      on: { click: () => pick(user) },
    },
    avatar(user, 36),
    h(
      'span',
      { class: 'person-words' },
      h('strong', {}, user.name),
      h('span', {}, user.title ?? user.handle),
    ),
    waiting > 0 && user.id !== state.me.id
      ? h('span', { class: 'badge', 'aria-label': t('waiting_n', { n: waiting }) }, waiting)
      : h('span', { class: 'person-time', title: user.tz }, clockTime(now(), { tz: user.tz })),
    user.id === state.me.id && icon('check', 18),
  );
}

function mark(find) {
  rows.forEach((row, i) => row.node.classList.toggle('active', i === at));
  if (!rows[at]) return;
  find.setAttribute('aria-activedescendant', rows[at].node.id);
  rows[at].node.scrollIntoView({ block: 'nearest' });
}

function key(event, find) {
  if (event.isComposing) return;
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step && rows.length) {
    event.preventDefault();
    at = (at + step + rows.length) % rows.length;
    mark(find);
  } else if (event.key === 'Enter' && rows[at]) {
    event.preventDefault();
    pick(rows[at].user);
  } else if (event.key === 'Escape') {
    event.stopPropagation();
    close();
  } else if (event.key === 'Tab') close(false);
}

/** Keep the switch current. */
export function startPersonas() {
  on('me attention snapshot boot', draw);
}
