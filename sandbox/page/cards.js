// Cards, carousels, containers, plans and their tasks.
import { pressable } from './buttons.js';
import { h, icon } from './dom.js';
import { t } from './i18n.js';
import { link, textObject } from './mrkdwn.js';
import { picture } from './picture.js';
import { richText } from './richtext.js';

/** Icon, title and subtitle, as cards and containers have them. */
function heading(block) {
  return h(
    'div',
    { class: 'card-head' },
    block.icon && picture(block.icon, 'card-icon'),
    h(
      'div',
      { class: 'card-names' },
      block.rich_text_title
        ? h('div', { class: 'card-title' }, richText(block.rich_text_title))
        : block.title && h('div', { class: 'card-title' }, textObject(block.title)),
      block.subtitle && h('div', { class: 'card-subtitle' }, textObject(block.subtitle)),
    ),
  );
}

/** A card block. */
export function card(surface, block) {
  return h(
    'article',
    { class: 'block card-block' },
    block.hero_image && picture(block.hero_image, 'card-hero'),
    (block.title || block.subtitle || block.icon) && heading(block),
    block.body && h('div', { class: 'card-body' }, textObject(block.body)),
    block.actions &&
      h(
        'div',
        { class: 'actions' },
        block.actions.map((item) => pressable(surface, block, item)),
      ),
  );
}

/** A carousel block: its cards side by side. */
export function carousel(surface, block) {
  return h(
    'div',
    { class: 'block carousel', tabindex: '0', role: 'group' },
    block.elements.map((each) => card(surface, each)),
  );
}

/** A container block; `draw` draws what it holds. */
export function container(block, draw) {
  const held = h('div', { class: 'container-body' }, block.child_blocks.map(draw));
  const klass = `block container-block container-${block.width ?? 'standard'}`;
  if (block.is_collapsible)
    return h(
      'details',
      { class: klass, open: !block.default_collapsed },
      h('summary', {}, icon('right', 15), heading(block)),
      held,
    );
  const line = block.has_header_divider ? ' container-lined' : '';
  return h('section', { class: klass + line }, heading(block), held);
}

const STATES = {
  pending: ['clock', 'task_pending'],
  in_progress: ['pulse', 'task_in_progress'],
  complete: ['check', 'task_complete'],
  error: ['alert', 'task_error'],
};

/** A task_card block, also within a plan. */
export function task(block) {
  const [sign, words] = STATES[block.status] ?? STATES.pending;
  return h(
    'div',
    { class: `block task task-${block.status ?? 'pending'}` },
    h('span', { class: 'task-sign', title: t(words) }, icon(sign, 17)),
    h(
      'div',
      { class: 'task-words' },
      h('div', { class: 'task-title' }, block.title, h('span', { class: 'visually-hidden' }, t(words))),
      block.details && h('div', { class: 'task-more' }, richText(block.details)),
      block.output && h('div', { class: 'task-more' }, richText(block.output)),
      block.sources?.length > 0 &&
        h(
          'div',
          { class: 'task-sources' },
          block.sources.map((source) => link(source.url, source.text)),
        ),
    ),
  );
}

/** A plan block. */
export function plan(block) {
  return h(
    'div',
    { class: 'block plan' },
    h('div', { class: 'plan-title' }, block.title),
    (block.tasks ?? []).map(task),
  );
}
