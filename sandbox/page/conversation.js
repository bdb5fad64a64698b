// The middle of the window: a conversation's head, its messages or Home, and the composer.
import { avatar } from './avatar.js';
import { Composer } from './composer.js';
import { fill, h, icon } from './dom.js';
import { homePane } from './home.js';
import { t } from './i18n.js';
import { MessageList } from './messagelist.js';
import { go, markRead } from './places.js';
import { channelTitle, dmPeer, on, state, topLevel } from './store.js';
import { clockTime, now } from './time.js';

const head = h('header', { class: 'conversation-head' });
const content = h('div', { class: 'conversation-content' });

/** The middle column. */
export const conversation = h(
  'main',
  { class: 'conversation', id: 'conversation', tabindex: '-1' },
  head,
  content,
);

let list = null;
let composer = null;
let shown = '';

function current() {
  return state.channels.get(state.place.channel) ?? null;
}

function sign(channel, size = 20) {
  if (channel.kind === 'app') return avatar({ ...state.boot.bot, isBot: true }, size + 8);
  if (channel.kind === 'dm') return avatar(dmPeer(channel), size + 8);
  return icon(channel.is_private ? 'lock' : 'hash', size);
}

function subtitle(channel) {
  if (channel.kind === 'app') return state.boot.bot.title ?? '';
  if (channel.kind === 'dm') {
    const peer = dmPeer(channel);
    return [peer.title, peer.tz && t('local_time', { time: clockTime(now(), { tz: peer.tz }) })]
      .filter(Boolean)
      .join(' · ');
  }
  return channel.topic || '';
}

function tab(name, words, channel) {
  const selected = state.place.tab === name;
  return h(
    'button',
    {
      type: 'button',
      role: 'tab',
      class: 'tab',
      'aria-selected': String(selected),
      tabindex: selected ? '0' : '-1',
      on: {
        click: () => go({ channel: channel.id, tab: name }),
        keydown: (e) => {
          if (['ArrowLeft', 'ArrowRight'].includes(e.key))
            go({ channel: channel.id, tab: name === 'home' ? 'messages' : 'home' });
        },
      },
    },
    words,
  );
}

function drawHead(channel) {
  const count = channel.kind === 'channel' ? (channel.members?.length ?? channel.member_count) : 0;
  fill(
    head,
    h(
      'div',
      { class: 'head-row' },
      h(
        'div',
        { class: 'head-title' },
        sign(channel),
        h('h1', {}, channelTitle(channel)),
        channel.kind === 'app' && h('span', { class: 'app-badge' }, t('app')),
      ),
      h('div', { class: 'head-topic', title: subtitle(channel) }, subtitle(channel)),
      count > 0 &&
        h(
          'span',
          {
            class: 'head-count',
            title: (channel.members ?? [])
              .map((id) => state.boot.users.find((u) => u.id === id)?.name)
              .filter(Boolean)
              .join(', '),
          },
          icon('people', 17),
          count === 1 ? t('member') : t('members', { n: count }),
        ),
    ),
    channel.kind === 'app' &&
      h(
        'div',
        { class: 'tabs', role: 'tablist', 'aria-label': channelTitle(channel) },
        tab('home', t('home'), channel),
        tab('messages', t('messages'), channel),
      ),
  );
}

function intro(channel) {
  const name = channel.kind === 'channel' ? `#${channelTitle(channel)}` : channelTitle(channel);
  const key = { app: 'begin_app', dm: 'begin_dm' }[channel.kind] ?? 'begin_channel';
  return {
    key: 'intro',
    sig: JSON.stringify([name, channel.topic, key]),
    make: () =>
      h(
        'div',
        { class: 'intro' },
        h('div', { class: 'intro-sign' }, sign(channel, 34)),
        h('h2', {}, name),
        h('p', {}, t(key, { name })),
        channel.topic &&
          channel.kind === 'channel' &&
          h('p', { class: 'intro-topic' }, channel.topic),
        h('p', { class: 'intro-more' }, t('begin_more', { app: state.boot.bot.name })),
      ),
  };
}

function openThread(message) {
  go({ ...state.place, thread: message.thread_ts ?? message.ts });
}

function drawMessages(channel) {
  const messages = topLevel(channel.id);
  list.draw(messages, { head: [intro(channel)], newFrom: state.newFrom.get(channel.id) ?? null });
}

function render() {
  const channel = current();
  if (!channel) {
    fill(head);
    fill(content);
    shown = '';
    return;
  }
  drawHead(channel);
  const where = `${state.me.id}/${channel.id}/${state.place.tab}`;
  if (where !== shown) {
    shown = where;
    if (state.place.tab === 'home') {
      list = composer = null;
      fill(content, homePane);
    } else {
      const name = channel.kind === 'channel' ? `#${channelTitle(channel)}` : channelTitle(channel);
      list = new MessageList({ label: t('messages'), openThread });
      composer = new Composer({
        place: { channel: channel.id },
        label: t('message_to', { name }),
        onSent: () => list?.toEnd(),
      });
      fill(content, list.node, composer.node);
      if (window.matchMedia('(hover: hover)').matches) composer.focus();
    }
  }
  if (list) drawMessages(channel);
}

/** Keep the middle column current. */
export function startConversation() {
  on('snapshot place channels', render);
  on('channels', () => {
    // what arrives before the reader's eyes is read
    if (state.place.tab === 'messages' && document.visibilityState === 'visible')
      markRead(state.place.channel);
  });
  on('me', () => {
    shown = '';
  });
  on('boot clock', () => {
    if (current()) render();
  });
  on('messages', ({ channel }) => {
    if (channel === state.place.channel && list) drawMessages(current());
  });
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'visible' && state.place.tab === 'messages')
      markRead(state.place.channel);
  });
  conversation.addEventListener('click', (event) => {
    const target = event.target.closest('[data-channel]');
    if (!target) return;
    event.preventDefault();
    if (state.channels.has(target.dataset.channel)) go({ channel: target.dataset.channel });
  });
}
