// A panel that hangs from a button of the top bar: the clock, the faults.
import { h } from './dom.js';
import { placeBeside } from './menu.js';

/** Make `button` open and close the panel that `build()` fills each time it opens. */
export function hangPanel(button, { label, build, klass = '' }) {
  let panel = null;
  button.setAttribute('aria-haspopup', 'dialog');
  button.setAttribute('aria-expanded', 'false');

  function close(focus = true) {
    panel?.remove();
    panel = null;
    button.setAttribute('aria-expanded', 'false');
    document.removeEventListener('pointerdown', outside, true);
    window.removeEventListener('resize', place);
    if (focus) button.focus();
  }
  function outside(event) {
    if (!panel.contains(event.target) && !button.contains(event.target)) close(false);
  }
  function place() {
    placeBeside(panel, button, { align: 'end' });
  }
  function open() {
    panel = h('div', {
      class: `panel ${klass}`,
      role: 'dialog',
      'aria-label': label(),
      tabindex: '-1',
      on: {
        keydown: (e) => {
          if (e.key === 'Escape') close();
        },
      },
    });
    build(panel);
    document.body.append(panel);
    place();
    button.setAttribute('aria-expanded', 'true');
    document.addEventListener('pointerdown', outside, true);
    window.addEventListener('resize', place);
    panel.focus();
  }
  button.addEventListener('click', () => (panel ? close() : open()));
  return {
    close,
    /** Draw the open panel anew, if it is open. */
    refresh() {
      if (!panel) return;
      const had = panel.contains(document.activeElement)
        ? document.activeElement.dataset.keep
        : null;
      panel.replaceChildren();
      build(panel);
      if (had) panel.querySelector(`[data-keep="${CSS.escape(had)}"]`)?.focus();
      place();
    },
  };
}
