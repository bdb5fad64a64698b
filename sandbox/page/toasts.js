// Short notices: Slack's own words when something failed, and the page's when something is done.
import { h, icon, iconButton } from './dom.js';
import { t } from './i18n.js';
import { on } from './store.js';

const MOST = 3;

function host() {
  // An open modal dialog is above everything else: the notice must stand inside it to be seen.
  return [...document.querySelectorAll('dialog[open]')].at(-1) ?? document.body;
}

function show({ text, kind = 'problem' }) {
  const holder = document.getElementById('toasts');
  host().append(holder);
  const node = h(
    'div',
    { class: `toast toast-${kind}` },
    icon(kind === 'good' ? 'check' : 'alert', 18),
    h('span', {}, text),
    iconButton('close', t('dismiss'), () => node.remove(), { size: 14 }),
  );
  holder.append(node);
  while (holder.children.length > MOST) holder.firstElementChild.remove();
  setTimeout(() => node.remove(), kind === 'good' ? 3500 : 8000);
}

/** Show notices from now on. */
export function startToasts() {
  on('notice', show);
  on('views snapshot', () =>
    queueMicrotask(() => {
      // a closed modal must not take its notices along
      const holder = document.getElementById('toasts');
      if (holder.childElementCount && holder.parentElement !== host()) host().append(holder);
    }),
  );
}
