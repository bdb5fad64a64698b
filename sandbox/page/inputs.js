// The control of every input element. Each is an ordinary labelled form control, so that keyboards,
// screen readers and test drivers find it where they expect it.
import { Combobox } from './combobox.js';
import { askConfirm } from './confirm.js';
import { h, uid } from './dom.js';
import { filePicker } from './files.js';
import { textObject, textOf } from './mrkdwn.js';
import { sourceOf } from './sources.js';
import { currentZone, fromLocalInput, localInput } from './time.js';
import { actionPayload, bare, entryOf, sameOption, valueKey } from './values.js';

const TEXT_KINDS = {
  plain_text_input: 'text',
  number_input: 'text',
  email_text_input: 'email',
  url_text_input: 'url',
};

/**
 * Build the control of `element`. `ids` ties it to its label:
 * `{id, labelledby, describedby, label}`.
 * A change is kept on the surface, and told to the bot where Slack would: always in messages and
 * Home, in an input block only with `dispatch_action`.
 */
export function control(surface, block, element, ids = {}) {
  const acts = block.type !== 'input' || block.dispatch_action === true;
  const context = {
    surface,
    block,
    element,
    acts,
    entry: surface.entry(block, element),
    ids: { id: uid('field'), ...ids },
    async changed(value, { act = acts, undo } = {}) {
      const before = surface.entry(block, element);
      const entry = entryOf(element, value);
      surface.set(block, element, entry);
      // What was typed before an error was said, and is told only now, does not take it away.
      if (JSON.stringify(entry) !== JSON.stringify(before)) surface.touched?.(block, element);
      if (!act) return;
      if (element.confirm && !(await askConfirm(element.confirm))) {
        surface.set(block, element, before);
        undo?.(bare(element, before));
        return;
      }
      await surface.act(block, element, actionPayload(entry));
    },
  };
  const node = build(context);
  if (element.focus_on_load)
    (node.matches('input, textarea') ? node : node.querySelector('input, textarea'))?.setAttribute(
      'autofocus',
      '',
    );
  return node;
}

function build(context) {
  const { type } = context.element;
  if (type in TEXT_KINDS) return textBox(context);
  if (type === 'rich_text_input') return richBox(context);
  if (type === 'datepicker' || type === 'timepicker') return dateOrTime(context);
  if (type === 'datetimepicker') return dateTime(context);
  if (type === 'radio_buttons' || type === 'checkboxes') return choices(context);
  if (type === 'file_input') return filePicker(context);
  return select(context);
}

function describe({ ids }) {
  return {
    id: ids.id,
    'aria-describedby': ids.describedby,
    'aria-labelledby': ids.labelledby,
    'aria-label': ids.label,
  };
}

function dispatchOn(context) {
  if (!context.acts) return [];
  return context.element.dispatch_action_config?.trigger_actions_on ?? ['on_enter_pressed'];
}

function textBox(context) {
  const { element, entry, changed } = context;
  const triggers = dispatchOn(context);
  const multiline = element.type === 'plain_text_input' && element.multiline;
  let timer = null;
  const value = () =>
    node.value === '' ? null : element.type === 'plain_text_input' ? node.value : node.value.trim();
  const node = h(multiline ? 'textarea' : 'input', {
    ...describe(context),
    class: multiline ? 'input textarea' : 'input',
    type: multiline ? null : TEXT_KINDS[element.type],
    rows: multiline ? '4' : null,
    inputmode:
      element.type === 'number_input' ? (element.is_decimal_allowed ? 'decimal' : 'numeric') : null,
    placeholder: textOf(element.placeholder),
    autocomplete: 'off',
    value: entry[valueKey(element)] ?? '',
    on: {
      input: () => {
        changed(value(), { act: false });
        if (!triggers.includes('on_character_entered')) return;
        clearTimeout(timer);
        timer = setTimeout(() => changed(value(), { act: true }), 350);
      },
      keydown: (event) => {
        if (
          event.key !== 'Enter' ||
          event.isComposing ||
          (multiline && !(event.metaKey || event.ctrlKey))
        )
          return;
        if (triggers.includes('on_enter_pressed')) {
          event.preventDefault();
          changed(value(), { act: true });
        } else if (multiline) event.target.form?.requestSubmit();
      },
    },
  });
  return node;
}

/** A plain box whose words go to the bot as a rich_text block, one section a paragraph. */
function richBox(context) {
  const { element, entry, changed } = context;
  const words = (entry.rich_text_value?.elements ?? [])
    .map((section) => (section.elements ?? []).map((e) => e.text ?? '').join(''))
    .join('\n');
  const node = h('textarea', {
    ...describe(context),
    class: 'input textarea',
    rows: '4',
    placeholder: textOf(element.placeholder),
    value: words,
    on: {
      input: () =>
        changed(
          node.value
            ? {
                type: 'rich_text',
                elements: [
                  { type: 'rich_text_section', elements: [{ type: 'text', text: node.value }] },
                ],
              }
            : null,
          { act: false },
        ),
    },
  });
  return node;
}

function dateOrTime(context) {
  const { element, entry } = context;
  const date = element.type === 'datepicker';
  const node = h('input', {
    ...describe(context),
    class: 'input input-date',
    type: date ? 'date' : 'time',
    value: entry[valueKey(element)] ?? '',
    on: {
      change: () =>
        keep(node, context, node.value || null, (old) => {
          node.value = old ?? '';
        }),
    },
  });
  return node;
}

/** Half-typed dates have no value: they are remembered as such, and the check names them. */
function keep(node, context, value, undo) {
  if (node.validity.badInput) {
    context.surface.set(context.block, context.element, {
      ...entryOf(context.element, null),
      incomplete: true,
    });
    return;
  }
  context.changed(value, { undo });
}

function dateTime(context) {
  const { element, entry } = context;
  const show = (seconds) => (seconds ? localInput(seconds * 1000) : '');
  const node = h('input', {
    ...describe(context),
    class: 'input input-date',
    type: 'datetime-local',
    value: show(entry.selected_date_time),
    on: {
      change: () => {
        const ms = fromLocalInput(node.value);
        keep(node, context, Number.isNaN(ms) ? null : Math.round(ms / 1000), (old) => {
          node.value = show(old);
        });
      },
    },
  });
  const city = currentZone().split('/').at(-1).replaceAll('_', ' ');
  return h(
    'div',
    { class: 'date-row' },
    node,
    h('span', { class: 'zone-chip', title: currentZone() }, city),
  );
}

function choices(context) {
  const { element, entry, ids, changed } = context;
  const single = element.type === 'radio_buttons';
  const name = uid('choice');
  const chosen = () => element.options.filter((_, i) => boxes[i].checked);
  const restore = (old) =>
    element.options.forEach((option, i) => {
      boxes[i].checked = single
        ? sameOption(option, old)
        : (old ?? []).some((o) => sameOption(o, option));
    });
  const boxes = element.options.map((option) =>
    h('input', {
      type: single ? 'radio' : 'checkbox',
      name,
      id: uid('option'),
      value: option.value,
      class: 'tick',
      on: { change: () => changed(single ? (chosen()[0] ?? null) : chosen(), { undo: restore }) },
    }),
  );
  restore(bare(element, entry));
  return h(
    'div',
    {
      class: 'choices',
      role: single ? 'radiogroup' : 'group',
      id: ids.id,
      'aria-labelledby': ids.labelledby,
      'aria-describedby': ids.describedby,
      'aria-label': ids.label,
    },
    element.options.map((option, i) => {
      const note = option.description ? uid('note') : null;
      if (note) boxes[i].setAttribute('aria-describedby', note);
      return h(
        'div',
        { class: 'choice' },
        boxes[i],
        h(
          'div',
          {},
          h('label', { for: boxes[i].id }, textObject(option.text)),
          note && h('div', { id: note, class: 'choice-note' }, textObject(option.description)),
        ),
      );
    }),
  );
}

function select(context) {
  const { surface, block, element, entry, ids, changed } = context;
  const multi = element.type.startsWith('multi_');
  const { item, source, slow = false, minQuery = 0 } = sourceOf(surface, block, element);
  const items = (value) => (multi ? (value ?? []) : value ? [value] : []).map(item);
  const combo = new Combobox({
    id: ids.id,
    label: ids.label,
    labelledby: ids.labelledby,
    describedby: ids.describedby,
    placeholder: textOf(element.placeholder) || undefined,
    multi,
    max: element.max_selected_items ?? null,
    selected: items(bare(element, entry)),
    source,
    slow,
    minQuery,
    compact: block.type !== 'input',
    onChange: (chosen) =>
      changed(multi ? chosen.map((c) => c.raw) : (chosen[0]?.raw ?? null), {
        undo: (old) => {
          combo.selected = items(old);
          combo.show();
        },
      }),
  });
  return combo.node;
}
