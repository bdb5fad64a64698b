// The thread beside the conversation (over it on a phone).
import { Composer } from './composer.js';
import { fill, h, iconButton } from './dom.js';
import { t } from './i18n.js';
import { MessageList } from './messagelist.js';
import { go } from './places.js';
import { channelTitle, messagesOf, on, repliesOf, state } from './store.js';

/** The right column; hidden while no thread is open. */
export const threadPane = h('aside', { class: 'thread', hidden: true });

let shown = '';
let list = null;

function close() {
  go({ ...state.place, thread: null });
}

function draw() {
  const { channel, thread } = state.place;
  const root = messagesOf(channel).find((m) => m.ts === thread);
  const replies = repliesOf(channel, thread);
  const count = replies.length;
  list.draw([...(root ? [root] : []), ...replies], {
    after:
      root && count
        ? {
            ts: root.ts,
            item: {
              key: 'count',
              sig: `${count}${t('replies')}`,
              make: () =>
                h(
                  'div',
                  { class: 'reply-count' },
                  h('span', {}, count === 1 ? t('one_reply') : t('replies', { n: count })),
                ),
            },
          }
        : null,
  });
}

function render() {
  const { channel, thread, tab } = state.place;
  const there = state.channels.get(channel);
  const open = Boolean(thread && there && tab === 'messages');
  threadPane.hidden = !open;
  threadPane.setAttribute('aria-label', t('thread'));
  document.getElementById('app').classList.toggle('with-thread', open);
  if (!open) {
    shown = '';
    return;
  }
  const where = `${state.me.id}/${channel}/${thread}`;
  if (where !== shown) {
    shown = where;
    list = new MessageList({ label: t('thread'), inThread: true });
    const composer = new Composer({
      place: { channel, thread_ts: thread },
      label: t('reply_in'),
      onSent: () => list.toEnd(),
    });
    fill(
      threadPane,
      h(
        'header',
        { class: 'thread-head' },
        h(
          'div',
          {},
          h('h2', {}, t('thread')),
          h(
            'span',
            { class: 'thread-where' },
            there.kind === 'channel' ? `#${channelTitle(there)}` : channelTitle(there),
          ),
        ),
        iconButton('close', t('close'), close),
      ),
      list.node,
      composer.node,
    );
    if (window.matchMedia('(hover: hover)').matches) composer.focus();
  }
  draw();
}

/** Keep the thread current. */
export function startThread() {
  on('snapshot place', render);
  on('me', () => {
    shown = '';
  });
  on('clock', () => {
    if (shown) draw();
  });
  on('messages', ({ channel }) => {
    if (shown && channel === state.place.channel) draw();
  });
  threadPane.addEventListener('keydown', (event) => {
    if (event.key === 'Escape' && !event.defaultPrevented) close();
  });
}
