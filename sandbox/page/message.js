// One message: who, when, its words or blocks, its files and its thread.
import { act } from './api.js';
import { avatar } from './avatar.js';
import { drawBlock } from './blocks.js';
import { h, icon, iconButton } from './dom.js';
import { emoji } from './emoji.js';
import { fileCards } from './files.js';
import { t } from './i18n.js';
import { openMenu } from './menu.js';
import { mrkdwn, textOf } from './mrkdwn.js';
import { dropMessage, repliesOf, state, userById } from './store.js';
import { clockTime, dayAndTime, fullMoment } from './time.js';
import { Surface } from './values.js';

// persona/channel/ts → Surface: what was picked in a message survives its update
const surfaces = new Map();

export function millis(message) {
  return Number(message.ts) * 1000;
}

/** Whether Slack itself says it: somebody joined, the topic changed. */
export function isNotice(message) {
  return /^(channel|group)_/.test(message.subtype ?? '');
}

/** Who wrote it, as shown. */
export function author(message) {
  const user =
    userById(message.user) ??
    (message.bot
      ? { ...state.boot.bot, isBot: true }
      : { id: message.user, name: message.user ?? '?' });
  if (!message.username && !message.icon_emoji) return user;
  const face = message.icon_emoji
    ? { avatar: { ...user.avatar, emoji: emoji(message.icon_emoji.replaceAll(':', '')) } }
    : {};
  return { ...user, name: message.username ?? user.name, ...face };
}

function surfaceOf(message) {
  const key = `${state.me.id}/${message.channel}/${message.ts}`;
  if (!surfaces.has(key)) {
    const place = { channel: message.channel, ts: message.ts };
    surfaces.set(
      key,
      new Surface({
        kind: 'message',
        id: key,
        send: (fields) => act('click', { ...place, ...fields }),
        query: (fields) => act('options', { ...place, ...fields }),
      }),
    );
  }
  const surface = surfaces.get(key);
  surface.blocks = [
    ...(message.blocks ?? []),
    ...(message.attachments ?? []).flatMap((a) => a.blocks ?? []),
  ];
  surface.server = message.state?.values ?? {};
  return surface;
}

function attachment(surface, item) {
  const node = h(
    'div',
    { class: 'attachment' },
    item.pretext && h('div', {}, mrkdwn(item.pretext)),
    item.title && h('strong', {}, textOf(item.title)),
    item.blocks
      ? item.blocks.map((b) => drawBlock(surface, b))
      : mrkdwn(item.text ?? item.fallback ?? ''),
  );
  if (/^#?[0-9a-f]{6}$/i.test(item.color ?? ''))
    node.style.setProperty('--stripe', `#${item.color.replace('#', '')}`);
  return node;
}

function reactions(list) {
  return h(
    'div',
    { class: 'reactions' },
    list.map((r) =>
      h(
        'span',
        { class: `reaction${r.users?.includes(state.me.id) ? ' mine' : ''}`, title: `:${r.name}:` },
        emoji(r.name) ?? `:${r.name}:`,
        h('b', {}, r.count ?? r.users?.length ?? 1),
      ),
    ),
  );
}

function threadLine(message, openThread) {
  const replies = repliesOf(message.channel, message.ts);
  const count = Math.max(message.reply_count ?? 0, replies.length);
  if (!count) return null;
  const people = [...new Map(replies.map((r) => [r.user, author(r)])).values()].slice(-4);
  const last = replies.at(-1);
  return h(
    'button',
    { type: 'button', class: 'thread-line', on: { click: () => openThread(message) } },
    h(
      'span',
      { class: 'thread-faces' },
      people.map((p) => avatar(p, 22)),
    ),
    h('span', { class: 'thread-count' }, count === 1 ? t('one_reply') : t('replies', { n: count })),
    last &&
      h('span', { class: 'thread-when' }, t('last_reply', { when: dayAndTime(millis(last)) })),
  );
}

function content(message) {
  const surface = surfaceOf(message);
  const blocks = message.blocks?.length ? message.blocks.map((b) => drawBlock(surface, b)) : null;
  const card =
    blocks &&
    message.blocks.some(
      (b) => ['header', 'actions', 'divider', 'data_table'].includes(b.type) || b.accessory || b.fields,
    );
  const edited =
    message.edited &&
    h(
      'span',
      {
        class: 'edited',
        title: message.edited.ts ? fullMoment(Number(message.edited.ts) * 1000) : null,
      },
      t('edited'),
    );
  return [
    h(
      'div',
      { class: `message-body${card ? ' card' : ''}` },
      blocks ?? mrkdwn(message.text),
      edited,
    ),
    message.attachments?.length && message.attachments.map((a) => attachment(surface, a)),
    message.files?.length && fileCards(message.files),
    message.reactions?.length && reactions(message.reactions),
  ];
}

/** The message's menu: the bot's shortcuts for messages, and deleting one's own. */
function menuButton(message) {
  const place = { channel: message.channel, ts: message.ts };
  const bot = { ...state.boot.bot, isBot: true };
  const items = (state.boot.message_shortcuts ?? []).map((shortcut) => ({
    label: shortcut.name,
    note: bot.name,
    icon: avatar(bot, 28),
    onPick: () => act('message_shortcut', { ...place, callback_id: shortcut.callback_id }),
  }));
  if (message.user === state.me.id)
    items.push({
      label: t('delete_message'),
      icon: icon('close', 18),
      danger: true,
      onPick: () => act('delete', place),
    });
  if (!items.length) return null;
  const node = iconButton(
    'more',
    t('message_menu'),
    () => openMenu(node, items, { label: t('message_menu'), align: 'end' }),
    { size: 18, 'aria-haspopup': 'menu', 'aria-expanded': 'false' },
  );
  return node;
}

/** `grouped`: the same person just spoke, so face and name are left out. */
export function drawMessage(message, { grouped = false, inThread = false, openThread }) {
  const who = author(message);
  const time = clockTime(millis(message));
  const stamp = h(
    'time',
    {
      class: 'message-time',
      datetime: new Date(millis(message)).toISOString(),
      title: fullMoment(millis(message)),
    },
    time,
  );
  if (isNotice(message)) {
    return h(
      'div',
      { class: 'message system', role: 'article', dataset: { ts: message.ts } },
      avatar(who, 20),
      h('span', {}, h('strong', {}, who.name), ' ', mrkdwn(message.text)),
      stamp,
    );
  }
  const tools = h(
    'div',
    { class: 'message-tools' },
    message.ephemeral
      ? iconButton('close', t('dismiss'), () => dropMessage(message.channel, message.ts), {
          size: 16,
        })
      : [
          !inThread && iconButton('reply', t('reply'), () => openThread(message), { size: 18 }),
          menuButton(message),
        ],
  );
  return h(
    'div',
    {
      class: `message${grouped ? ' grouped' : ''}${message.ephemeral ? ' ephemeral' : ''}`,
      role: 'article',
      'aria-label': `${who.name}, ${time}`,
      dataset: { ts: message.ts },
    },
    h('div', { class: 'message-side' }, grouped ? stamp : avatar(who, 38)),
    h(
      'div',
      { class: 'message-main' },
      message.ephemeral && h('div', { class: 'only-you' }, icon('eye', 14), t('only_you')),
      !grouped &&
        h(
          'div',
          { class: 'message-head' },
          h('strong', { class: 'message-name' }, who.name),
          (who.isBot || message.bot) && h('span', { class: 'app-badge' }, t('app')),
          stamp,
        ),
      content(message),
      !inThread && threadLine(message, openThread),
    ),
    tools,
  );
}
