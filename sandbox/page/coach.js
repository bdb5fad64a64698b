// Three first steps for whoever opens a workspace that was set up to be shown.
import { fill, h, iconButton } from './dom.js';
import { t } from './i18n.js';
import { on, state } from './store.js';

const SEEN = 'workspace-coach';

/** The strip under the top bar; hidden once it was closed, and where nothing is to be shown. */
export const coach = h('div', { class: 'coach', role: 'note', hidden: true });

function wasClosed() {
  try {
    return localStorage.getItem(SEEN) === 'closed';
  } catch {
    return false;
  }
}

function close() {
  coach.hidden = true;
  try {
    localStorage.setItem(SEEN, 'closed');
  } catch {
    /* without storage it is shown again next time */
  }
}

function draw() {
  if (!state.me || coach.hidden) return;
  coach.setAttribute('aria-label', t('coach'));
  fill(
    coach,
    h(
      'ol',
      { class: 'coach-steps' },
      ['coach_1', 'coach_2', 'coach_3'].map((step) => h('li', {}, t(step))),
    ),
    iconButton('close', t('coach_close'), close, { class: 'coach-close' }),
  );
}

export function startCoach() {
  coach.hidden = !state.boot.first.length || wasClosed();
  on('me', draw);
  on('snapshot', draw);
  draw();
}
