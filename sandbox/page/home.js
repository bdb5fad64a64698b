// The app's Home tab.
import { act } from './api.js';
import { avatar } from './avatar.js';
import { blockItems } from './blocks.js';
import { fill, h, reconcile } from './dom.js';
import { intlLocale, t } from './i18n.js';
import { on, state } from './store.js';
import { dayKey, now } from './time.js';
import { Surface } from './values.js';

let surface = null;
const inner = h('div', { class: 'home-inner' });

/** The scrolling pane of the Home tab; it keeps itself up to date. */
export const homePane = h(
  'section',
  { class: 'home', tabindex: '0', role: 'tabpanel', 'aria-label': 'Home' },
  inner,
);

function empty() {
  const bot = state.boot.bot;
  return h(
    'div',
    { class: 'empty' },
    avatar({ ...bot, isBot: true }, 64),
    h('h3', {}, t('home_empty')),
    h('p', {}, t('home_empty_more', { name: bot.name })),
  );
}

function render() {
  homePane.setAttribute('aria-label', t('home'));
  if (state.home === undefined) {
    fill(inner, h('div', { class: 'skeleton', 'aria-hidden': 'true' }, h('i'), h('i'), h('i')));
    return;
  }
  if (!state.home) {
    surface = null;
    fill(inner, empty());
    return;
  }
  const view = state.home.view ?? state.home;
  const id = state.home.id ?? view.id;
  if (surface?.id !== id) {
    surface = new Surface({
      kind: 'home',
      id,
      send: (fields) => act('home_action', { view_id: id, ...fields }),
      query: (fields) => act('options', { view_id: id, ...fields }),
    });
  }
  surface.blocks = view.blocks ?? [];
  surface.server = state.home.state?.values ?? view.state?.values ?? {};
  reconcile(
    inner,
    blockItems(surface, surface.blocks, `${state.me.id}|${intlLocale()}|${dayKey(now())}|`),
  );
}

/** Keep the Home tab current. */
export function startHome() {
  on('snapshot home clock', render);
  on('me', () => {
    surface = null;
    inner.replaceChildren();
  });
}
