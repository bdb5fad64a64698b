// What the page knows: the workspace, the persona's conversations and where the person is looking.
// Changes are announced by name; the views listen and draw anew what they show.
import { setLocale } from './i18n.js';
import { setNow, setZone } from './time.js';

export const state = {
  boot: null, // team, bot, users, channels, commands, shortcuts
  me: null,
  channels: new Map(), // id → {id, name, kind, unread, members, topic}
  messages: new Map(), // channel id → Map(ts → message)
  home: undefined, // the published Home view; null when there is none
  views: [], // the stack of open modals
  moments: [],
  attention: {}, // user id → unread count, for the persona switcher
  connected: false,
  botOnline: null,
  place: { channel: null, tab: 'messages', thread: null },
  newFrom: new Map(), // channel id → ts of the first message that was unread on arrival
};

const bus = new EventTarget();

/** Hear of a change: `boot`, `me`, `channels`, `messages`, `home`, `views`, `place`, … */
export function on(names, fn) {
  for (const name of names.split(' ')) bus.addEventListener(name, (event) => fn(event.detail));
}

export function emit(name, detail) {
  bus.dispatchEvent(new CustomEvent(name, { detail }));
}

export function setBoot(boot) {
  state.boot = boot;
  state.moments = boot.moments ?? [];
  if (boot.clock?.now) setNow(boot.clock.now);
  if (boot.bot?.online !== undefined) state.botOnline = boot.bot.online;
  emit('boot');
}

/** Become another person: everything shown is theirs, in their language and zone. */
export function setMe(user) {
  state.me = user;
  state.channels = new Map();
  state.messages = new Map();
  state.home = undefined;
  state.views = [];
  state.newFrom = new Map();
  setLocale(user.locale);
  setZone(user.tz);
  emit('me');
}

/** A person by id, with `isMe` set for the persona; the bot counts as one. */
export function userById(id) {
  const boot = state.boot;
  if (!boot) return null;
  const bot = boot.bot;
  if (id === bot.id || id === bot.user_id || id === bot.bot_id) return { ...bot, isBot: true };
  const user = boot.users.find((u) => u.id === id);
  return user ? { ...user, isMe: user.id === state.me?.id } : null;
}

export function userName(id) {
  return userById(id)?.name ?? id;
}

export function userByHandle(handle) {
  const wanted = handle?.replace(/^@/, '').toLowerCase();
  return (
    state.boot?.users.find(
      (u) => u.handle.toLowerCase() === wanted || u.id.toLowerCase() === wanted,
    ) ?? null
  );
}

export function channelById(id) {
  return state.channels.get(id) ?? state.boot?.channels.find((c) => c.id === id) ?? null;
}

export function channelName(id) {
  return channelById(id)?.name ?? null;
}

/** The conversation with the app. */
export function appChannel() {
  return [...state.channels.values()].find((c) => c.kind === 'app') ?? null;
}

/** The other person of a direct message. */
export function dmPeer(channel) {
  const id = (channel.members ?? []).find((m) => m !== state.me?.id) ?? channel.user;
  return userById(id) ?? { id, name: channel.name ?? id, avatar: null };
}

/** What a conversation is called for its reader. */
export function channelTitle(channel) {
  if (channel.kind === 'app') return state.boot.bot.name;
  if (channel.kind === 'dm') return dmPeer(channel).name;
  return channel.name;
}

function keyOf(message) {
  return message.ts;
}

export function putMessage(channelId, message) {
  if (!state.messages.has(channelId)) state.messages.set(channelId, new Map());
  state.messages.get(channelId).set(keyOf(message), message);
  emit('messages', { channel: channelId, message });
}

export function dropMessage(channelId, ts) {
  state.messages.get(channelId)?.delete(ts);
  emit('messages', { channel: channelId });
}

/** All messages of a conversation, oldest first. */
export function messagesOf(channelId) {
  return [...(state.messages.get(channelId)?.values() ?? [])].sort(
    (a, b) => Number(a.ts) - Number(b.ts),
  );
}

export function isReply(message) {
  return Boolean(message.thread_ts && message.thread_ts !== message.ts);
}

/** What the conversation's own list shows: replies stay in their thread. */
export function topLevel(channelId) {
  return messagesOf(channelId).filter(
    (m) => !isReply(m) || m.broadcast || m.subtype === 'thread_broadcast',
  );
}

export function repliesOf(channelId, ts) {
  return messagesOf(channelId).filter((m) => m.thread_ts === ts && m.ts !== ts);
}

/** Take the server's whole picture, at the start and after every reconnection. */
export function takeSnapshot(snap) {
  const channels = new Map();
  for (const channel of snap.channels) {
    const known = state.boot.channels.find((c) => c.id === channel.id);
    channels.set(channel.id, { ...known, ...channel });
  }
  state.channels = channels;
  state.messages = new Map(
    Object.entries(snap.messages ?? {}).map(([id, list]) => [
      id,
      new Map(list.map((m) => [keyOf(m), m])),
    ]),
  );
  state.home = snap.home ?? null;
  state.views = snap.views ?? [];
  if (snap.clock?.now) setNow(snap.clock.now);
  if (snap.moments) state.moments = snap.moments;
  if (snap.bot?.online !== undefined) state.botOnline = snap.bot.online;
  if (snap.attention) state.attention = snap.attention;
  emit('snapshot');
}

/** Take one live increment. */
export function takeIncrement(event) {
  switch (event.type) {
    case 'snapshot':
      takeSnapshot(event);
      break;
    case 'message':
      putMessage(event.channel, event.message);
      break;
    case 'ephemeral':
      putMessage(event.channel, { ...event.message, ephemeral: true });
      break;
    case 'message_deleted':
      dropMessage(event.channel, event.ts);
      break;
    case 'views':
      state.views = event.views ?? [];
      emit('views');
      break;
    case 'home':
      state.home = event.view ?? null;
      emit('home');
      break;
    case 'clock':
      setNow(event.now);
      if (event.moments) state.moments = event.moments;
      emit('clock');
      break;
    case 'notice':
      emit('notice', { text: event.text });
      break;
    case 'channel': {
      const channel = event.channel && typeof event.channel === 'object' ? event.channel : event;
      const { type: _, ...rest } = channel;
      if (rest.gone || rest.removed) state.channels.delete(rest.id);
      else state.channels.set(rest.id, { ...state.channels.get(rest.id), ...rest });
      emit('channels');
      break;
    }
    case 'bot':
      state.botOnline = event.online;
      emit('bot');
      break;
    case 'boot':
      setBoot({ ...state.boot, ...event.boot });
      break;
    case 'attention':
      state.attention = event.counts ?? {};
      emit('attention');
      break;
    default:
      break;
  }
}
