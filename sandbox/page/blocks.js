// Slack's blocks, drawn: everything the bot can put into a message, a modal or Home.
import { pressable } from './buttons.js';
import { card, carousel, container, plan, task } from './cards.js';
import { chartBlock } from './charts.js';
import { dataTable } from './datatable.js';
import { h, icon, uid } from './dom.js';
import { t } from './i18n.js';
import { control } from './inputs.js';
import { markdown } from './markdown.js';
import { link, textObject, textOf } from './mrkdwn.js';
import { picture } from './picture.js';
import { richText, table } from './richtext.js';

/** One element of an actions block or an accessory. */
function element(surface, block, item, label) {
  if (item.type === 'image') return picture(item, 'accessory-image');
  return (
    pressable(surface, block, item) ??
    control(surface, block, item, { label: label || textOf(item.placeholder) || undefined })
  );
}

function section(surface, block) {
  const words = h('div', { class: 'section-text' }, textObject(block.text));
  const fields = block.fields?.length
    ? h(
        'div',
        { class: 'fields' },
        block.fields.map((f) => h('div', { class: 'field' }, textObject(f))),
      )
    : null;
  const wide = ['checkboxes', 'radio_buttons'].includes(block.accessory?.type);
  const label = block.accessory && textOf(block.accessory.placeholder);
  const accessory = block.accessory
    ? h(
        'div',
        { class: 'accessory' },
        element(surface, block, block.accessory, label || plainLabel(words)),
      )
    : null;
  if (surface.kind === 'message' && !block.expand) collapse(words);
  return h(
    'div',
    { class: `block section${wide ? ' section-wide' : ''}` },
    h('div', { class: 'section-body' }, block.text ? words : null, fields),
    accessory,
  );
}

function plainLabel(node) {
  return node.textContent.trim().slice(0, 80) || undefined;
}

/** Long texts of a message fold, as in Slack, unless the block says `expand`. */
function collapse(node) {
  if (node.textContent.length < 1500 && node.querySelectorAll('br').length < 24) return;
  node.classList.add('folded');
  const toggle = h(
    'button',
    {
      type: 'button',
      class: 'link-button',
      'aria-expanded': 'false',
      on: {
        click: () => {
          const folded = node.classList.toggle('folded');
          toggle.textContent = t(folded ? 'show_more' : 'show_less');
          toggle.setAttribute('aria-expanded', String(!folded));
        },
      },
    },
    t('show_more'),
  );
  queueMicrotask(() => node.after(toggle));
}

function context(block) {
  return h(
    'div',
    { class: 'block context' },
    block.elements.map((item) =>
      item.type === 'image'
        ? picture(item, 'context-image')
        : h('div', { class: 'context-text' }, textObject(item)),
    ),
  );
}

function image(block) {
  return h(
    'figure',
    { class: 'block image' },
    block.title && h('figcaption', {}, textObject(block.title)),
    picture(block, 'block-image'),
  );
}

const GROUPS = ['radio_buttons', 'checkboxes'];

/** An input block: label, control, hint and the place where its error stands. */
function input(surface, block) {
  const id = uid('field');
  const labelId = uid('label');
  const hint = block.hint
    ? h('div', { class: 'hint', id: uid('hint') }, textObject(block.hint))
    : null;
  const error = h('div', { class: 'field-error', id: uid('error'), role: 'alert' });
  const grouped = GROUPS.includes(block.element.type);
  const made = control(surface, block, block.element, {
    id,
    labelledby: grouped ? labelId : undefined,
    describedby: [hint?.id, error.id].filter(Boolean).join(' '),
  });
  const label = h(
    grouped ? 'span' : 'label',
    { class: 'label', id: labelId, for: grouped ? null : id },
    textObject(block.label),
  );
  const node = h(
    'div',
    { class: 'block input-block', dataset: { block: block.block_id } },
    h(
      'div',
      { class: 'label-row' },
      label,
      block.optional && h('span', { class: 'optional' }, t('optional')),
    ),
    made,
    hint,
    error,
  );
  node.showError = (words) => {
    const focusable = node.querySelector(`#${CSS.escape(id)}`);
    error.textContent = words ?? '';
    if (words) error.prepend(icon('alert', 15));
    node.classList.toggle('has-error', Boolean(words));
    if (words) focusable?.setAttribute('aria-invalid', 'true');
    else focusable?.removeAttribute('aria-invalid');
  };
  return node;
}

function video(block) {
  return h(
    'div',
    { class: 'block video' },
    link(block.title_url ?? block.video_url ?? '', textOf(block.title)),
    block.description && h('div', {}, textObject(block.description)),
  );
}

function alertBlock(block) {
  const level = block.level ?? 'default';
  return h(
    'div',
    { class: `block alert alert-${level}`, role: 'note' },
    icon(level === 'success' ? 'check' : 'alert', 18),
    h('div', {}, textObject(block.text)),
  );
}

const DRAW = {
  section,
  header: (_, block) => h('h3', { class: 'block header' }, textObject(block.text)),
  divider: () => h('hr', { class: 'block divider' }),
  context: (_, block) => context(block),
  actions: (surface, block) =>
    h(
      'div',
      { class: 'block actions' },
      block.elements.map((item) => element(surface, block, item)),
    ),
  context_actions: (surface, block) =>
    h(
      'div',
      { class: 'block actions context-actions' },
      block.elements.map((item) => element(surface, block, item)),
    ),
  image: (_, block) => image(block),
  input,
  rich_text: (_, block) => h('div', { class: 'block rich-text' }, richText(block)),
  markdown: (_, block) => h('div', { class: 'block markdown' }, markdown(block.text)),
  table: (_, block) => h('div', { class: 'block' }, table(block)),
  video: (_, block) => video(block),
  alert: (_, block) => alertBlock(block),
  card,
  carousel,
  container: (surface, block) => container(block, (each) => drawBlock(surface, each)),
  data_table: dataTable,
  data_visualization: (_, block) => chartBlock(block),
  plan: (_, block) => plan(block),
  task_card: (_, block) => task(block),
};

/** One block on its surface. */
export function drawBlock(surface, block) {
  const draw = DRAW[block.type];
  if (!draw)
    return h('div', { class: 'block unsupported' }, t('unsupported', { type: block.type }));
  return draw(surface, block);
}

/** Key and signature of each block, so that an update leaves the untouched ones alone. */
export function blockItems(surface, blocks, salt = '') {
  return blocks.map((block, i) => ({
    key: block.block_id ?? `#${i}`,
    sig: salt + JSON.stringify(block),
    make: () => drawBlock(surface, block),
  }));
}
