// Small menus that open beside a button: overflow menus of the bot, the shortcuts of the composer.
import { h } from './dom.js';

let closeOpen = null;

/** Close whatever menu is open. */
export function closeMenu() {
  closeOpen?.();
}

/** Put `node` (fixed) beside `anchor`, where there is room, wholly inside the window. */
export function placeBeside(node, anchor, { align = 'start' } = {}) {
  const box = anchor.getBoundingClientRect();
  const width = node.offsetWidth;
  const height = node.offsetHeight;
  const left = align === 'end' ? box.right - width : box.left;
  node.style.left = `${Math.max(8, Math.min(left, window.innerWidth - width - 8))}px`;
  const below = box.bottom + 6;
  const fits = below + height <= window.innerHeight - 8 || box.top < height + 14;
  const lowest = window.innerHeight - height - 8;
  const top = fits ? Math.max(8, Math.min(below, lowest)) : box.top - height - 6;
  node.style.top = `${top}px`;
}

/**
 * Open a menu at `anchor`. Items are `{label (nodes), note?, icon?, onPick, href?, danger?}`.
 * Arrow keys move, Escape and a press outside close, focus returns to the anchor.
 */
export function openMenu(anchor, items, { label, heading, align } = {}) {
  const again = anchor.getAttribute('aria-expanded') === 'true';
  closeMenu();
  if (again) return;
  const rows = items.map((item) =>
    h(
      item.href ? 'a' : 'button',
      {
        class: `menu-item${item.danger ? ' danger' : ''}`,
        role: 'menuitem',
        type: item.href ? null : 'button',
        tabindex: '-1',
        href: item.href,
        target: item.href ? '_blank' : null,
        rel: item.href ? 'noopener noreferrer' : null,
        on: {
          click: () => {
            close();
            item.onPick?.();
          },
        },
      },
      item.icon,
      h(
        'span',
        { class: 'menu-words' },
        h('span', {}, item.label),
        item.note && h('span', { class: 'menu-note' }, item.note),
      ),
    ),
  );
  const menu = h(
    'div',
    { class: 'menu', role: 'menu', 'aria-label': label },
    heading && h('div', { class: 'menu-heading' }, heading),
    rows,
  );
  (anchor.closest('dialog') ?? document.body).append(menu);
  placeBeside(menu, anchor, { align });
  anchor.setAttribute('aria-expanded', 'true');
  let at = 0;
  rows[0]?.focus();

  function close(focus = true) {
    menu.remove();
    anchor.setAttribute('aria-expanded', 'false');
    document.removeEventListener('pointerdown', outside, true);
    window.removeEventListener('resize', close);
    closeOpen = null;
    if (focus && anchor.isConnected) anchor.focus();
  }
  function outside(event) {
    if (!menu.contains(event.target) && !anchor.contains(event.target)) close(false);
  }
  menu.addEventListener('keydown', (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) at = (at + step + rows.length) % rows.length;
    else if (event.key === 'Home') at = 0;
    else if (event.key === 'End') at = rows.length - 1;
    else if (event.key === 'Escape' || event.key === 'Tab') {
      event.preventDefault();
      event.stopPropagation();
      close();
      return;
    } else return;
    event.preventDefault();
    rows[at]?.focus();
  });
  document.addEventListener('pointerdown', outside, true);
  window.addEventListener('resize', close);
  closeOpen = () => close(false);
}
