// What can be pressed in a block: buttons, overflow menus, feedback and icon buttons.
import { askConfirm } from './confirm.js';
import { h, icon, iconButton } from './dom.js';
import { t } from './i18n.js';
import { openMenu } from './menu.js';
import { plainText, safeUrl, textOf } from './mrkdwn.js';

/** While the bot has not answered the press, the button says so and cannot be pressed again. */
async function busyWhile(node, promise) {
  node.setAttribute('aria-busy', 'true');
  node.disabled = true;
  try {
    await promise;
  } finally {
    node.removeAttribute('aria-busy');
    node.disabled = false;
  }
}

async function press(surface, block, element, node, payload = {}) {
  if (element.confirm && !(await askConfirm(element.confirm))) return;
  await busyWhile(node, surface.act(block, element, payload));
}

function button(surface, block, element) {
  const style = { primary: ' primary', danger: ' danger' }[element.style] ?? '';
  const node = h(
    'button',
    {
      type: 'button',
      class: `button${style}`,
      'aria-label': element.accessibility_label,
      on: {
        click: () => {
          if (safeUrl(element.url)) window.open(element.url, '_blank', 'noopener');
          press(surface, block, element, node, { value: element.value });
        },
      },
    },
    h('span', { class: 'button-words' }, plainText(textOf(element.text))),
    element.url && h('span', { class: 'button-out', 'aria-hidden': 'true' }, '↗'),
  );
  return node;
}

function overflow(surface, block, element) {
  const node = iconButton(
    'more',
    t('more'),
    () =>
      openMenu(
        node,
        element.options.map((option) => ({
          label: plainText(textOf(option.text)),
          note: option.description && textOf(option.description),
          href: safeUrl(option.url),
          onPick: () => press(surface, block, element, node, { selected_option: option }),
        })),
        { label: t('more'), align: 'end' },
      ),
    { class: 'overflow', 'aria-haspopup': 'menu', 'aria-expanded': 'false' },
  );
  return node;
}

function feedback(surface, block, element) {
  const one = (option, sign, words) => {
    const node = h(
      'button',
      {
        type: 'button',
        class: 'icon-button feedback',
        title: textOf(option.text) || words,
        'aria-label': option.accessibility_label ?? (textOf(option.text) || words),
        on: { click: () => press(surface, block, element, node, { value: option.value }) },
      },
      sign,
    );
    return node;
  };
  return h(
    'span',
    { class: 'feedback-pair' },
    element.positive_button && one(element.positive_button, '👍', t('good')),
    element.negative_button && one(element.negative_button, '👎', t('bad')),
  );
}

function iconOnly(surface, block, element) {
  const words = element.accessibility_label ?? (textOf(element.text) || t('delete'));
  const node = h(
    'button',
    {
      type: 'button',
      class: 'icon-button',
      'aria-label': words,
      title: words,
      on: { click: () => press(surface, block, element, node) },
    },
    icon('close', 16),
  );
  return node;
}

/** The control of a pressable element, or null if it is not one. */
export function pressable(surface, block, element) {
  switch (element.type) {
    case 'button':
    case 'workflow_button':
      return button(surface, block, element);
    case 'overflow':
      return overflow(surface, block, element);
    case 'feedback_buttons':
      return feedback(surface, block, element);
    case 'icon_button':
      return iconOnly(surface, block, element);
    default:
      return null;
  }
}
