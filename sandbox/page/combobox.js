// The select of every kind: a text box that filters a list, keyboard and screen-reader reachable.
// `source(query)` gives groups [{label?, options: [{id, label, note?, avatar?, raw}]}]. For one
// choice and for several alike.
import { fill, h, icon, iconButton, uid } from './dom.js';
import { avatar } from './avatar.js';
import { t } from './i18n.js';

export class Combobox {
  constructor({
    id = uid('select'),
    label,
    labelledby,
    placeholder,
    multi = false,
    max = null,
    selected = [],
    source,
    onChange,
    minQuery = 0,
    describedby,
    slow = false,
    compact = false,
  }) {
    Object.assign(this, {
      id,
      multi,
      max,
      selected,
      source,
      onChange,
      minQuery,
      slow,
      placeholder,
      compact,
    });
    this.groups = [];
    this.active = -1;
    this.asked = 0;
    this.input = h('input', {
      id,
      type: 'text',
      role: 'combobox',
      class: 'combo-input',
      autocomplete: 'off',
      spellcheck: 'false',
      'aria-expanded': 'false',
      'aria-autocomplete': 'list',
      'aria-haspopup': 'listbox',
      'aria-label': label,
      'aria-labelledby': labelledby,
      'aria-describedby': describedby,
      on: {
        click: () => this.open(),
        input: () => this.typed(),
        keydown: (e) => this.key(e),
        blur: () =>
          setTimeout(() => {
            if (document.activeElement !== this.input) this.close();
          }, 120),
      },
    });
    this.chips = h('span', { class: 'combo-chips' });
    this.clear = iconButton('close', t('clear'), () => this.pick([]), {
      class: 'combo-clear',
      size: 14,
    });
    this.node = h(
      'div',
      {
        class: `combo${multi ? ' combo-multi' : ''}${compact ? ' combo-compact' : ''}`,
        on: { mousedown: (e) => this.press(e) },
      },
      this.chips,
      this.input,
      this.clear,
      h('span', { class: 'combo-arrow' }, icon('down', 16)),
    );
    this.show();
  }

  press(event) {
    if (event.target === this.input || event.target.closest('button')) return;
    event.preventDefault();
    this.input.focus();
    if (this.expanded && event.target.closest('.combo-arrow')) this.close();
    else this.open();
  }

  /** Draw what is chosen. */
  show() {
    const chosen = this.selected;
    this.clear.hidden = chosen.length === 0 || this.multi;
    if (this.multi) {
      fill(
        this.chips,
        chosen.map((option) =>
          h(
            'span',
            { class: 'chip' },
            option.avatar && avatar(option.avatar, 18),
            option.label,
            iconButton('close', t('remove', { name: option.label }), () => this.toggle(option), {
              class: 'chip-remove',
              size: 12,
            }),
          ),
        ),
      );
      if (!this.expanded) this.input.value = '';
      this.input.placeholder = chosen.length ? '' : (this.placeholder ?? t('choose_many'));
    } else {
      fill(this.chips, chosen[0]?.avatar ? avatar(chosen[0].avatar, 20) : null);
      if (!this.expanded) this.input.value = chosen[0]?.label ?? '';
      this.input.placeholder = this.placeholder ?? t('choose');
      this.input.title = chosen[0]?.label ?? '';
    }
  }

  pick(list) {
    this.selected = list;
    this.show();
    this.onChange(list);
  }

  toggle(option) {
    const has = this.selected.some((o) => o.id === option.id);
    if (!has && this.max && this.selected.length >= this.max) {
      this.status(t('e_pick', { n: this.max }));
      return;
    }
    this.pick(has ? this.selected.filter((o) => o.id !== option.id) : [...this.selected, option]);
    if (this.expanded) this.draw();
  }

  choose(option) {
    if (this.multi) {
      this.input.value = '';
      this.toggle(option);
      this.load('');
      return;
    }
    this.close();
    this.pick([option]);
  }

  typed() {
    if (!this.expanded) this.open(this.input.value);
    else this.load(this.input.value);
    if (!this.multi && this.input.value === '' && this.selected.length) {
      this.selected = [];
      this.clear.hidden = true;
      this.onChange([]);
    }
  }

  open(query = '') {
    if (this.expanded) return;
    this.expanded = true;
    if (!query && !this.multi) this.input.select();
    this.list = h('div', {
      id: `${this.id}-list`,
      class: 'combo-list',
      role: 'listbox',
      'aria-label': t('options'),
      'aria-multiselectable': this.multi ? 'true' : null,
      on: { mousedown: (e) => e.preventDefault() },
    });
    // Inside a modal the list must be a child of the dialog, or it would be inert.
    (this.node.closest('dialog') ?? document.body).append(this.list);
    this.input.setAttribute('aria-expanded', 'true');
    this.input.setAttribute('aria-controls', this.list.id);
    this.reposition = () => this.place();
    window.addEventListener('resize', this.reposition);
    window.addEventListener('scroll', this.reposition, true);
    this.load(query);
  }

  close() {
    if (!this.expanded) return;
    this.expanded = false;
    this.list.remove();
    window.removeEventListener('resize', this.reposition);
    window.removeEventListener('scroll', this.reposition, true);
    this.input.setAttribute('aria-expanded', 'false');
    this.input.removeAttribute('aria-controls');
    this.input.removeAttribute('aria-activedescendant');
    this.show();
  }

  place() {
    if (!this.node.isConnected) {
      this.close();
      return;
    }
    const box = this.node.getBoundingClientRect();
    const below = window.innerHeight - box.bottom - 12;
    const above = box.top - 12;
    const up = below < Math.min(this.list.scrollHeight, 220) && above > below;
    const width = Math.min(Math.max(box.width, 220), window.innerWidth - 16);
    const left = Math.max(8, Math.min(box.left, window.innerWidth - width - 8));
    Object.assign(this.list.style, {
      left: `${left}px`,
      width: `${width}px`,
      maxHeight: `${Math.min(300, up ? above : below)}px`,
      top: up ? '' : `${box.bottom + 4}px`,
      bottom: up ? `${window.innerHeight - box.top + 4}px` : '',
    });
  }

  status(words) {
    if (!this.list) return;
    fill(this.list, h('div', { class: 'combo-note', role: 'status' }, words));
    this.place();
  }

  async load(query) {
    clearTimeout(this.timer);
    if ([...query].length < this.minQuery) {
      this.groups = [];
      this.status(t('type_min', { n: this.minQuery }));
      return;
    }
    const mine = (this.asked += 1);
    if (this.slow) {
      if (!this.groups.length) this.status(t('searching'));
      if (query)
        await new Promise((resolve) => {
          this.timer = setTimeout(resolve, 180);
        });
      if (mine !== this.asked) return;
    }
    const groups = await this.source(query);
    if (mine !== this.asked || !this.expanded) return; // a later question overtook this one
    this.groups = groups.filter((g) => g.options.length);
    const flat = this.flat();
    const at = flat.findIndex((o) => this.selected.some((s) => s.id === o.id));
    this.active = flat.length ? Math.max(0, query ? 0 : at) : -1;
    this.draw();
  }

  flat() {
    return this.groups.flatMap((g) => g.options);
  }

  draw() {
    if (!this.list) return;
    let index = -1;
    fill(
      this.list,
      this.groups.length
        ? this.groups.map((group) => {
            const options = group.options.map((option) => this.option(option, (index += 1)));
            if (!group.label) return options;
            const head = uid('group');
            return h(
              'div',
              { role: 'group', 'aria-labelledby': head },
              h('div', { id: head, class: 'combo-group', role: 'presentation' }, group.label),
              options,
            );
          })
        : h('div', { class: 'combo-note', role: 'status' }, t('no_results')),
    );
    this.place();
    this.mark();
  }

  option(option, index) {
    const chosen = this.selected.some((s) => s.id === option.id);
    return h(
      'div',
      {
        id: `${this.id}-o${index}`,
        role: 'option',
        class: 'combo-option',
        'aria-selected': String(chosen),
        on: {
          click: () => this.choose(option),
          mousemove: () => {
            this.active = index;
            this.mark(false);
          },
        },
      },
      option.avatar && avatar(option.avatar, 24),
      h(
        'span',
        { class: 'combo-words' },
        h('span', { class: 'combo-label' }, option.label),
        option.note && h('span', { class: 'combo-sub' }, option.note),
      ),
      chosen && h('span', { class: 'combo-tick' }, icon('check', 16)),
    );
  }

  mark(scroll = true) {
    const all = [...this.list.querySelectorAll('[role=option]')];
    all.forEach((node, i) => node.classList.toggle('active', i === this.active));
    const node = all[this.active];
    if (node) {
      this.input.setAttribute('aria-activedescendant', node.id);
      if (scroll) node.scrollIntoView({ block: 'nearest' });
    } else this.input.removeAttribute('aria-activedescendant');
  }

  key(event) {
    if (event.isComposing) return;
    const count = this.flat().length;
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      if (!this.expanded) {
        this.open();
        return;
      }
      if (count) this.active = (this.active + (event.key === 'ArrowDown' ? 1 : -1) + count) % count;
      this.mark();
    } else if (event.key === 'Enter') {
      event.preventDefault(); // never submits the form around it
      if (this.expanded && this.flat()[this.active]) this.choose(this.flat()[this.active]);
      else this.open();
    } else if (event.key === 'Escape' && this.expanded) {
      event.preventDefault(); // closes the list, not the modal
      event.stopPropagation();
      this.close();
    } else if (event.key === 'Tab') this.close();
    else if (event.key === 'Backspace' && this.multi && !this.input.value && this.selected.length)
      this.toggle(this.selected.at(-1));
  }
}
