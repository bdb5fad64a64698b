// A scrolling list of messages with its day dividers; it stays at its end while new ones arrive,
// unless the reader has scrolled up.
import { h, reconcile } from './dom.js';
import { intlLocale, t } from './i18n.js';
import { author, drawMessage, isNotice, millis } from './message.js';
import { repliesOf, state } from './store.js';
import { dayKey, dayName, now } from './time.js';

const GROUP_MS = 5 * 60 * 1000;

export class MessageList {
  constructor({ label, inThread = false, openThread }) {
    this.inThread = inThread;
    this.openThread = openThread;
    this.inner = h('div', { class: 'message-inner' });
    this.jump = h(
      'button',
      { type: 'button', class: 'jump-new', hidden: true, on: { click: () => this.toEnd() } },
      t('new_messages'),
      ' ↓',
    );
    this.scroller = h(
      'div',
      { class: 'message-scroll', role: 'log', tabindex: '0', 'aria-label': label ?? t('messages') },
      this.inner,
    );
    this.node = h('div', { class: 'message-list' }, this.scroller, this.jump);
    this.pinned = true;
    this.scroller.addEventListener('scroll', () => {
      this.pinned =
        this.scroller.scrollHeight - this.scroller.scrollTop - this.scroller.clientHeight < 60;
      if (this.pinned) this.jump.hidden = true;
    });
    const follow = new ResizeObserver(() => {
      if (this.pinned) this.toEnd();
    });
    follow.observe(this.inner);
    follow.observe(this.scroller);
  }

  toEnd() {
    this.pinned = true;
    this.jump.hidden = true;
    this.scroller.scrollTop = this.scroller.scrollHeight;
  }

  /**
   * Draw `messages` (oldest first). `head` is `{key, sig, make}` of what stands above them,
   * `newFrom` the ts before which the "New" line stands.
   */
  draw(messages, { head = [], newFrom = null, after = null } = {}) {
    const salt = `${state.me.id}|${intlLocale()}|${dayKey(now())}|`;
    const items = [...head.map((i) => ({ ...i, sig: salt + i.sig }))];
    const before = this.inner.querySelectorAll('.message').length;
    let last = null;
    for (const [index, message] of messages.entries()) {
      const day = dayKey(millis(message));
      if (!this.inThread && (!last || dayKey(millis(last)) !== day)) {
        items.push({
          key: `day-${day}-${index}`,
          sig: salt + day,
          make: () =>
            h('div', { class: 'day', role: 'separator' }, h('span', {}, dayName(millis(message)))),
        });
        last = null;
      }
      if (newFrom && message.ts === newFrom) {
        items.push({
          key: 'new-line',
          sig: salt,
          make: () => h('div', { class: 'new-line', role: 'separator' }, h('span', {}, t('new'))),
        });
        last = null;
      }
      const grouped =
        Boolean(last) &&
        last.user === message.user &&
        !message.ephemeral &&
        !last.ephemeral &&
        !isNotice(last) &&
        !isNotice(message) &&
        author(last).name === author(message).name &&
        millis(message) - millis(last) < GROUP_MS &&
        !message.blocks?.some((b) => b.type === 'header');
      const thread = this.inThread
        ? ''
        : repliesOf(message.channel, message.ts)
            .map((r) => `${r.ts}${r.user}`)
            .join();
      items.push({
        key: `m-${message.ts}`,
        sig: `${salt}${grouped}|${thread}|${JSON.stringify(message)}`,
        make: () =>
          drawMessage(message, { grouped, inThread: this.inThread, openThread: this.openThread }),
      });
      last = message;
      if (after?.ts === message.ts) {
        items.push(after.item);
        last = null;
      }
    }
    const wasPinned = this.pinned;
    reconcile(this.inner, items);
    if (wasPinned) this.toEnd();
    else if (this.inner.querySelectorAll('.message').length > before) this.jump.hidden = false;
  }
}
