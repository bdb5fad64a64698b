// Where the person is looking, and its address: `/?user=lin.wei&channel=visits&thread=…#home`.
import { act } from './api.js';
import { appChannel, channelTitle, dmPeer, emit, state, topLevel, userByHandle } from './store.js';

/** The conversation that a name, id or handle in an address means. */
export function findChannel(name) {
  if (!name) return null;
  const wanted = name.replace(/^[#@]/, '').toLowerCase();
  const all = [...state.channels.values()];
  return (
    all.find((c) => c.id.toLowerCase() === wanted) ??
    all.find((c) => c.kind === 'channel' && c.name.toLowerCase() === wanted) ??
    all.find((c) => c.kind === 'app' && ['app', channelTitle(c).toLowerCase()].includes(wanted)) ??
    all.find((c) => c.kind === 'dm' && dmPeer(c).handle?.toLowerCase() === wanted) ??
    null
  );
}

/** What the address asks for. */
export function asked() {
  const query = new URLSearchParams(location.search);
  return {
    user: userByHandle(query.get('user')),
    channel: query.get('channel'),
    thread: query.get('thread'),
    home: location.hash === '#home',
  };
}

function address() {
  const { channel, tab, thread } = state.place;
  const query = new URLSearchParams({ user: state.me.handle });
  const there = state.channels.get(channel);
  if (there)
    query.set(
      'channel',
      there.kind === 'channel'
        ? there.name
        : there.kind === 'app'
          ? channelTitle(there).toLowerCase()
          : there.id,
    );
  if (thread) query.set('thread', thread);
  return `/?${query}${tab === 'home' ? '#home' : ''}`;
}

/** Go somewhere: `channel` id, `tab`, `thread` ts. Remembered by the Back button. */
export function go(place, { replace = false } = {}) {
  const next = { tab: 'messages', thread: null, ...place };
  const same = JSON.stringify(next) === JSON.stringify(state.place);
  const entered = next.channel !== state.place.channel || next.tab !== state.place.tab;
  state.place = next;
  if (entered) arrive(next);
  if (!same || replace)
    history[replace ? 'replaceState' : 'pushState'](
      { ...next, user: state.me.handle },
      '',
      address(),
    );
  emit('place', { entered });
}

function arrive({ channel, tab }) {
  const there = state.channels.get(channel);
  if (!there) return;
  if (there.kind === 'app') act('home_open', { tab });
  if (tab === 'home') return;
  const list = topLevel(channel).filter((m) => m.user !== state.me.id && !m.ephemeral);
  const first = there.unread ? list.at(-there.unread) : null;
  state.newFrom.delete(channel);
  if (first) state.newFrom.set(channel, first.ts);
  markRead(channel);
}

/** Tell the workspace that the person has seen a conversation. */
export function markRead(channel) {
  const there = state.channels.get(channel);
  if (!there?.unread) return;
  there.unread = 0;
  emit('channels');
  act('read', { channel });
}

/** The first place of a persona: what the address asks for, else the first channel. */
export function settle(wish) {
  const app = appChannel();
  const named = findChannel(wish.channel);
  const channels = [...state.channels.values()];
  const channel =
    (wish.home ? (named ?? app) : named) ??
    channels.find((c) => c.kind === 'channel') ??
    app ??
    channels[0];
  if (!channel) return;
  state.place = { channel: null, tab: 'messages', thread: null };
  go(
    {
      channel: channel.id,
      tab: wish.home && channel.kind === 'app' ? 'home' : 'messages',
      thread: wish.thread ?? null,
    },
    { replace: true },
  );
}
