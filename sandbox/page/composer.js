// Where people write: Enter sends, / offers the commands, @ offers people, the bolt the shortcuts.
import { act, upload } from './api.js';
import { avatar } from './avatar.js';
import { fill, h, icon, iconButton, uid } from './dom.js';
import { t } from './i18n.js';
import { openMenu } from './menu.js';
import { escapeSlack } from './mrkdwn.js';
import { emit, state } from './store.js';

/** Who can be mentioned: everybody, and the bot. */
const mentionable = () => [...state.boot.users, { ...state.boot.bot, isBot: true }];

const drafts = new Map(); // persona/channel/thread → unsent words

export class Composer {
  /** `place` is `{channel, thread_ts?}`; `label` what the box is called. */
  constructor({ place, label, onSent }) {
    this.place = place;
    this.onSent = onSent;
    this.key = `${state.me.id}/${place.channel}/${place.thread_ts ?? ''}`;
    this.offers = [];
    this.active = 0;
    this.listId = uid('offers');
    this.box = h('textarea', {
      class: 'composer-box',
      rows: '1',
      'aria-label': label,
      placeholder: label,
      value: drafts.get(this.key) ?? '',
      enterkeyhint: 'send',
      'aria-autocomplete': 'list',
      'aria-controls': this.listId,
      on: {
        input: () => this.typed(),
        keydown: (e) => this.pressed(e),
        blur: () => setTimeout(() => this.offer([]), 150),
        click: () => this.look(),
      },
    });
    this.list = h('div', {
      id: this.listId,
      class: 'offers',
      role: 'listbox',
      'aria-label': t('options'),
      hidden: true,
      on: { mousedown: (e) => e.preventDefault() },
    });
    this.usage = h('div', { class: 'usage', hidden: true });
    this.sendButton = iconButton('send', t('send'), () => this.send(), {
      class: 'composer-send',
      size: 18,
    });
    const bolt = iconButton('bolt', t('shortcuts'), () => this.shortcuts(bolt), {
      'aria-haspopup': 'menu',
      'aria-expanded': 'false',
      size: 18,
    });
    this.files = [];
    this.chips = h('ul', { class: 'composer-files' });
    const picker = h('input', {
      type: 'file',
      multiple: true,
      hidden: true,
      on: {
        change: () => {
          this.attach([...picker.files]);
          picker.value = '';
        },
      },
    });
    const clip = iconButton('plus', t('attach'), () => picker.click(), { size: 18 });
    const at = iconButton('at', t('people'), () => this.insert('@'), { size: 18 });
    this.node = h(
      'div',
      { class: 'composer' },
      this.list,
      this.usage,
      h(
        'div',
        {
          class: 'composer-frame',
          on: {
            dragover: (e) => e.preventDefault(),
            drop: (e) => {
              e.preventDefault();
              this.attach([...e.dataTransfer.files]);
            },
          },
        },
        this.box,
        this.chips,
        picker,
        h(
          'div',
          { class: 'composer-bar' },
          clip,
          !place.thread_ts && bolt,
          at,
          h('span', { class: 'composer-space' }),
          this.sendButton,
        ),
      ),
    );
    this.refresh();
  }

  focus() {
    this.box.focus();
  }

  refresh() {
    this.box.style.height = 'auto';
    if (this.box.scrollHeight) this.box.style.height = `${Math.min(220, this.box.scrollHeight)}px`;
    this.sendButton.disabled = !this.box.value.trim() && !this.files.length;
    drafts.set(this.key, this.box.value);
    const name = /^(\/\S+)\s/.exec(this.box.value)?.[1];
    const command = name && state.boot.commands.find((c) => c.command === name);
    this.usage.hidden = !command?.usage_hint;
    if (command) fill(this.usage, h('code', {}, command.command), ' ', command.usage_hint);
  }

  async attach(chosen) {
    for (const file of chosen) {
      const answer = await upload(file);
      if (answer.ok) this.files.push(answer.file);
      else emit('notice', { text: answer.notice ?? t('upload_failed'), kind: 'problem' });
    }
    this.showFiles();
  }

  showFiles() {
    fill(
      this.chips,
      this.files.map((file) =>
        h(
          'li',
          { class: 'chip' },
          icon('file', 15),
          file.name,
          iconButton(
            'close',
            t('remove', { name: file.name }),
            () => {
              this.files = this.files.filter((f) => f !== file);
              this.showFiles();
            },
            { class: 'chip-remove', size: 12 },
          ),
        ),
      ),
    );
    this.refresh();
    this.focus();
  }

  insert(text) {
    this.box.focus();
    this.box.setRangeText(text, this.box.selectionStart, this.box.selectionEnd, 'end');
    this.typed();
  }

  typed() {
    this.refresh();
    this.look();
  }

  /** See what the words before the caret call for. */
  look() {
    const before = this.box.value.slice(0, this.box.selectionStart);
    const slash = /^\/\S*$/.exec(before);
    const at = /(?:^|\s)@([\p{L}\p{N}._-]*)$/u.exec(before);
    if (slash && !this.place.thread_ts) {
      this.offer(
        state.boot.commands
          .filter((c) => c.command.startsWith(before))
          .map((c) => ({
            text: `${c.command} `,
            from: 0,
            exact: c.command === before,
            draw: () => [
              h('span', { class: 'offer-icon' }, avatar({ ...state.boot.bot, isBot: true }, 28)),
              h(
                'span',
                { class: 'offer-words' },
                h(
                  'span',
                  {},
                  h('b', {}, c.command),
                  ' ',
                  h('span', { class: 'offer-hint' }, c.usage_hint ?? ''),
                ),
                h('span', { class: 'offer-note' }, c.description ?? ''),
              ),
            ],
          })),
        t('commands'),
      );
    } else if (at) {
      const wanted = at[1].toLowerCase();
      const found = mentionable()
        .filter(
          (u) => u.name.toLowerCase().includes(wanted) || u.handle.toLowerCase().includes(wanted),
        )
        .slice(0, 8);
      this.offer(
        found.map((u) => ({
          text: `@${u.name} `,
          from: before.length - at[1].length - 1,
          draw: () => [
            avatar(u, 26),
            h(
              'span',
              { class: 'offer-words' },
              h('b', {}, u.name),
              ' ',
              h('span', { class: 'offer-hint' }, u.title ?? ''),
            ),
          ],
        })),
        t('people'),
      );
    } else this.offer([]);
  }

  offer(offers, heading) {
    this.offers = offers;
    this.active = 0;
    this.list.hidden = offers.length === 0;
    fill(
      this.list,
      heading && h('div', { class: 'menu-heading', role: 'presentation' }, heading),
      offers.map((o, i) =>
        h(
          'div',
          {
            id: `${this.listId}-${i}`,
            class: 'offer',
            role: 'option',
            'aria-selected': 'false',
            on: { click: () => this.take(o) },
          },
          o.draw(),
        ),
      ),
    );
    this.mark();
  }

  mark() {
    this.list
      .querySelectorAll('[role=option]')
      .forEach((node, i) => node.setAttribute('aria-selected', String(i === this.active)));
    if (this.offers.length)
      this.box.setAttribute('aria-activedescendant', `${this.listId}-${this.active}`);
    else this.box.removeAttribute('aria-activedescendant');
  }

  take(offer) {
    this.box.setRangeText(offer.text, offer.from, this.box.selectionStart, 'end');
    this.box.focus();
    this.offer([]);
    this.refresh();
  }

  pressed(event) {
    // While an input method is at work, Enter is its own.
    if (event.isComposing || event.keyCode === 229) return;
    if (this.offers.length) {
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      if (step) {
        event.preventDefault();
        this.active = (this.active + step + this.offers.length) % this.offers.length;
        this.mark();
        return;
      }
      if (event.key === 'Escape') {
        event.stopPropagation();
        this.offer([]);
        return;
      }
      if (
        event.key === 'Tab' ||
        (event.key === 'Enter' && !event.shiftKey && !this.offers[this.active].exact)
      ) {
        event.preventDefault();
        this.take(this.offers[this.active]);
        return;
      }
    }
    if (event.key === 'Enter' && !event.shiftKey) {
      event.preventDefault();
      this.send();
    }
  }

  /** The words as they are sent: Slack's escapes, and people's names as mentions. */
  wire(text) {
    const command =
      text.startsWith('/') && state.boot.commands.find((c) => text.split(/\s/)[0] === c.command);
    const named = mentionable().sort((a, b) => b.name.length - a.name.length);
    let out = text.startsWith('/') ? text : escapeSlack(text);
    for (const user of named) {
      const mention = !text.startsWith('/')
        ? `<@${user.id}>`
        : command?.should_escape
          ? `<@${user.id}|${user.handle}>`
          : `@${user.handle}`;
      out = out.replaceAll(`@${user.name}`, mention);
    }
    return out;
  }

  async send() {
    const text = this.box.value.trim();
    const files = this.files.map((f) => f.id);
    if ((!text && !files.length) || this.sending) return;
    this.sending = true;
    this.node.setAttribute('aria-busy', 'true');
    this.box.value = '';
    this.files = [];
    this.offer([]);
    this.showFiles();
    const answer = await act('send', {
      ...this.place,
      text: this.wire(text),
      ...(files.length && { files }),
    });
    this.sending = false;
    this.node.removeAttribute('aria-busy');
    if (!answer.ok && !text.startsWith('/') && !this.box.value) {
      this.box.value = text; // nothing that was written is lost
      this.refresh();
    }
    this.onSent?.();
  }

  shortcuts(anchor) {
    const list = state.boot.shortcuts ?? [];
    const bot = { ...state.boot.bot, isBot: true };
    openMenu(
      anchor,
      list.length
        ? list.map((s) => ({
            label: s.name,
            note: bot.name,
            icon: avatar(bot, 28),
            onPick: () => act('shortcut', { callback_id: s.callback_id }),
          }))
        : [{ label: t('no_shortcuts'), icon: icon('bolt', 18) }],
      { label: t('shortcuts'), heading: t('shortcuts') },
    );
  }
}
