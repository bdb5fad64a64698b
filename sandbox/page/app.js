// The start of the page: fetch the workspace, become someone, and keep everything wired.
import { boot } from './api.js';
import { clockButton, startClock } from './clock.js';
import { coach, startCoach } from './coach.js';
import { conversation, startConversation } from './conversation.js';
import { fill, h, iconButton } from './dom.js';
import { faultButton, startFaults } from './faultpanel.js';
import { startHome } from './home.js';
import { t } from './i18n.js';
import { connect } from './live.js';
import { startModals } from './modal.js';
import { startPersonas } from './personas.js';
import { asked, settle } from './places.js';
import { closeDrawer, openDrawer, sidebar, startSidebar } from './sidebar.js';
import { on, setBoot, setMe, state, userByHandle } from './store.js';
import { startTheme, themeButton } from './theme.js';
import { startThread, threadPane } from './thread.js';
import { startToasts } from './toasts.js';

const LAST = 'workspace-persona';
const app = document.getElementById('app');
const banner = h('div', { class: 'banner', role: 'status', hidden: true });
const brand = h('span', { class: 'brand' });
const drawerButton = iconButton('menu', '', openDrawer, {
  class: 'bar-button drawer-button',
  'aria-controls': 'sidebar',
});
let wish = null; // where to go once the next snapshot has come

function layout() {
  const bar = h(
    'header',
    { class: 'topbar' },
    drawerButton,
    brand,
    h('span', { class: 'bar-space' }),
    clockButton,
    faultButton,
    themeButton,
  );
  const scrim = h('div', { class: 'scrim', on: { click: closeDrawer } });
  const notes = h('div', { class: 'notes' }, banner, coach);
  fill(app, bar, notes, sidebar, conversation, threadPane, scrim);
  app.removeAttribute('aria-busy');
}

function remember(handle) {
  try {
    localStorage.setItem(LAST, handle);
  } catch {
    /* without storage the first person is shown next time */
  }
}

function remembered() {
  try {
    return userByHandle(localStorage.getItem(LAST));
  } catch {
    return null;
  }
}

/** The first person who reads the browser's language, for whoever comes the first time: one of
 * those with something to show, where the workspace names any. */
function sameLanguage() {
  const language = (navigator.language || 'en').slice(0, 2).toLowerCase();
  const reads = (user) => user?.locale.toLowerCase().startsWith(language);
  const first = state.boot.first.map(userByHandle);
  return first.find(reads) ?? first[0] ?? state.boot.users.find(reads);
}

/** Become `user` and go where `place` wishes, once their workspace is here. */
function become(user, place) {
  wish = place;
  remember(user.handle);
  setMe(user);
  brand.textContent = state.boot.team.name;
  drawerButton.setAttribute('aria-label', t('open_sidebar'));
  closeDrawer();
  connect(user.id);
}

function wire() {
  on('become', (user) => {
    const here = state.channels.get(state.place.channel);
    const kind = here?.kind;
    become(user, {
      channel: kind === 'channel' ? here.id : kind === 'app' ? 'app' : null,
      home: state.place.tab === 'home',
    });
  });
  on('snapshot', () => {
    if (!wish) return;
    const place = wish;
    wish = null;
    settle(place);
  });
  on('bot', async () => {
    // a bot that has just connected may bring commands and shortcuts
    if (state.botOnline) setBoot(await boot());
  });
  on('connection', () => {
    banner.hidden = state.connected || Boolean(wish);
    banner.textContent = t('reconnecting');
  });
  window.addEventListener('popstate', () => {
    const place = asked();
    if (place.user && place.user.id !== state.me.id) become(place.user, place);
    else settle(place);
  });
  window.addEventListener('hashchange', () => {
    if (location.hash === '#home' && state.place.tab !== 'home') settle({ home: true });
  });
}

async function start() {
  for (let tries = 0; ; tries += 1) {
    try {
      setBoot(await boot());
      break;
    } catch (error) {
      if (!(error instanceof TypeError)) throw error;
      fill(app, h('p', { class: 'boot-note', role: 'status' }, t('boot_failed')));
      await new Promise((resolve) => {
        setTimeout(resolve, Math.min(4000, 400 * 2 ** tries));
      });
    }
  }
  startTheme();
  layout();
  startToasts();
  startSidebar();
  startPersonas();
  startConversation();
  startThread();
  startHome();
  startCoach();
  startModals();
  startClock();
  startFaults();
  wire();
  const place = asked();
  become(place.user ?? remembered() ?? sameLanguage() ?? state.boot.users[0], place);
}

start();
