// Light and dark: the system's choice until the person makes their own, which is remembered.
import { fill, h, icon } from './dom.js';
import { t } from './i18n.js';
import { on } from './store.js';

const KEY = 'workspace-theme';
const system = window.matchMedia('(prefers-color-scheme: dark)');

/** The toggle in the top bar. */
export const themeButton = h('button', {
  type: 'button',
  class: 'icon-button bar-button',
  on: { click: toggle },
});

function chosen() {
  try {
    return localStorage.getItem(KEY);
  } catch {
    return null; // storage may be forbidden; then the choice lasts as long as the page
  }
}

function isDark() {
  return (document.documentElement.dataset.theme ?? (system.matches ? 'dark' : 'light')) === 'dark';
}

function draw() {
  fill(themeButton, icon(isDark() ? 'sun' : 'moon', 19));
  const label = t(isDark() ? 'light' : 'dark');
  themeButton.setAttribute('aria-label', label);
  themeButton.title = label;
}

function toggle() {
  const next = isDark() ? 'light' : 'dark';
  document.documentElement.dataset.theme = next;
  try {
    localStorage.setItem(KEY, next);
  } catch {
    /* see above */
  }
  draw();
}

/** Apply the remembered theme. */
export function startTheme() {
  const theme = chosen();
  if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme;
  system.addEventListener('change', draw);
  on('me', draw);
}
