// The left column: who one is, and where one can go.
import { act } from './api.js';
import { avatar } from './avatar.js';
import { fill, h, icon, iconButton } from './dom.js';
import { t } from './i18n.js';
import { openMenu } from './menu.js';
import { personaSwitch } from './personas.js';
import { go } from './places.js';
import { channelTitle, dmPeer, on, state } from './store.js';

const nav = h('nav', { class: 'nav' });
const status = h('div', { class: 'bot-status', role: 'status' });

/** The left column. */
export const sidebar = h('aside', { class: 'sidebar', id: 'sidebar' }, personaSwitch, nav, status);

function sign(channel) {
  if (channel.kind === 'app') return avatar({ ...state.boot.bot, isBot: true }, 22);
  if (channel.kind === 'dm') return avatar(dmPeer(channel), 22);
  return icon(channel.is_private ? 'lock' : 'hash', 17);
}

function row(channel) {
  const here = state.place.channel === channel.id;
  const title = channelTitle(channel);
  const unread = here && state.place.tab === 'messages' ? 0 : (channel.unread ?? 0);
  return h(
    'a',
    {
      class: `nav-item${unread ? ' unread' : ''}`,
      href: '#',
      'aria-current': here ? 'page' : null,
      'aria-label': unread ? `${title}, ${t('waiting_n', { n: unread })}` : title,
      on: {
        click: (event) => {
          event.preventDefault();
          go({ channel: channel.id, tab: channel.kind === 'app' && !unread ? 'home' : 'messages' });
          closeDrawer();
        },
      },
    },
    h('span', { class: 'nav-sign' }, sign(channel)),
    h('span', { class: 'nav-name' }, title),
    unread > 0 && h('span', { class: 'badge' }, unread > 99 ? '99+' : unread),
  );
}

/** The button that begins a direct message with a colleague. */
function newMessage() {
  const button = iconButton(
    'plus',
    t('new_dm'),
    () =>
      openMenu(
        button,
        state.boot.users
          .filter((u) => u.id !== state.me.id)
          .map((user) => ({
            label: user.name,
            note: user.title,
            icon: avatar(user, 28),
            onPick: async () => {
              const answer = await act('open_dm', { with: user.id });
              if (answer.ok) arriveAt(answer.channel);
            },
          })),
        { label: t('new_dm'), heading: t('new_dm') },
      ),
    { class: 'nav-add', size: 16, 'aria-haspopup': 'menu', 'aria-expanded': 'false' },
  );
  return button;
}

let awaited = null; // a conversation just opened, until the workspace tells of it

function arriveAt(channel) {
  awaited = channel;
  if (!state.channels.has(channel)) return;
  awaited = null;
  go({ channel });
  closeDrawer();
}

function group(words, channels, extra = null) {
  if (!channels.length && !extra) return null;
  return h(
    'section',
    { class: 'nav-group' },
    h('div', { class: 'nav-heading' }, h('h2', {}, words), extra),
    h(
      'ul',
      {},
      channels.map((c) => h('li', {}, row(c))),
    ),
  );
}

function draw() {
  if (!state.me) return;
  const all = [...state.channels.values()];
  const named = (kind) =>
    all
      .filter((c) => c.kind === kind)
      .sort((a, b) => channelTitle(a).localeCompare(channelTitle(b)));
  nav.setAttribute('aria-label', t('channels'));
  fill(
    nav,
    group(t('apps'), named('app')),
    group(t('channels'), named('channel')),
    group(t('dms'), named('dm'), newMessage()),
  );
  const unread = all.reduce((sum, c) => sum + (c.unread ?? 0), 0);
  const here = state.channels.get(state.place.channel);
  const waiting = unread ? `(${unread}) ` : '';
  const place = here ? `${here.kind === 'channel' ? '#' : ''}${channelTitle(here)} · ` : '';
  document.title = `${waiting}${place}${state.boot.team.name}`;
  drawBot();
}

function drawBot() {
  if (!state.boot) return;
  const name = state.boot.bot.name;
  status.classList.toggle('online', state.botOnline === true);
  status.hidden = state.botOnline === null;
  fill(
    status,
    h('i', { class: 'dot' }),
    t(state.botOnline ? 'bot_online' : 'bot_offline', { name }),
  );
}

/** On a phone: show or hide the drawer. */
export function openDrawer() {
  document.getElementById('app').classList.add('drawer-open');
  sidebar.querySelector('button')?.focus();
}

export function closeDrawer() {
  document.getElementById('app').classList.remove('drawer-open');
}

/** Keep the sidebar current. */
export function startSidebar() {
  on('snapshot channels place me boot', draw);
  on('bot', drawBot);
  on('channels', () => {
    if (awaited) arriveAt(awaited);
  });
  sidebar.addEventListener('keydown', (event) => {
    if (event.key === 'Escape') closeDrawer();
  });
}
