// Modals: the person's stack of views, the top one on screen. What was typed stays with its view.
import { act } from './api.js';
import { blockItems } from './blocks.js';
import { checkAll } from './checks.js';
import { fill, h, iconButton, isNarrow, reconcile } from './dom.js';
import { intlLocale, t } from './i18n.js';
import { textOf } from './mrkdwn.js';
import { emit, on, state } from './store.js';
import { Surface } from './values.js';

const surfaces = new Map(); // view id → Surface
let shownId = null;

const head = h('header', { class: 'modal-head' });
const body = h('div', { class: 'modal-body', tabindex: '-1' });
const foot = h('footer', { class: 'modal-foot' });
const form = h(
  'form',
  { class: 'modal-form', novalidate: true, autocomplete: 'off', on: { submit: submit } },
  head,
  body,
  foot,
);
const dialog = h('dialog', { class: 'modal' }, form);
dialog.addEventListener('cancel', (event) => {
  // Escape
  event.preventDefault();
  leave();
});
dialog.addEventListener('keydown', (event) => {
  if (event.key === 'Enter' && (event.metaKey || event.ctrlKey)) form.requestSubmit();
});

function top() {
  return state.views.at(-1) ?? null;
}

function surfaceOf(item) {
  if (!surfaces.has(item.id)) {
    const surface = new Surface({
      kind: 'modal',
      id: item.id,
      send: (fields) => act('view_action', { view_id: item.id, ...fields }),
      query: (fields) => act('options', { view_id: item.id, ...fields }),
    });
    surface.errors = {};
    surface.heard = '';
    surface.touched = (block) => {
      if (!surface.errors[block.block_id]) return;
      delete surface.errors[block.block_id];
      showErrors(surface);
    };
    surfaces.set(item.id, surface);
  }
  const surface = surfaces.get(item.id);
  surface.blocks = item.view.blocks ?? [];
  surface.server = item.state?.values ?? item.state ?? {};
  return surface;
}

function showErrors(surface) {
  for (const node of body.querySelectorAll('.input-block'))
    node.showError(surface.errors[node.dataset.block]);
}

function focusFirstError() {
  const wrong = body.querySelector('.has-error');
  wrong?.scrollIntoView({ block: 'center' });
  wrong?.querySelector('input, textarea, button')?.focus();
}

/** Take errors that the bot sent, once for each time it sends them. */
function hearErrors(surface, errors) {
  const text = JSON.stringify(errors ?? {});
  if (text === surface.heard) return;
  surface.heard = text;
  surface.errors = { ...errors };
  showErrors(surface);
  if (Object.keys(surface.errors).length) focusFirstError();
}

async function submit(event) {
  event.preventDefault();
  const item = top();
  if (!item || dialog.getAttribute('aria-busy') === 'true') return;
  const surface = surfaceOf(item);
  if (surface.uploads) {
    emit('notice', { text: t('uploading') });
    return;
  }
  surface.errors = checkAll(surface);
  showErrors(surface);
  if (Object.keys(surface.errors).length) {
    focusFirstError();
    return;
  }
  surface.heard = '{}';
  surface.busy = true;
  render();
  const answer = await act('view_submit', { view_id: item.id, state: surface.state() });
  surface.busy = false;
  if (answer.errors) hearErrors(surface, answer.errors);
  render();
}

/** The close button, Escape, or Back on a pushed view: the top view goes. */
function leave(clear = false) {
  const item = top();
  if (!item) return;
  act('view_close', { view_id: item.id, ...(clear && { clear: true }) });
}

function drawFrame(item, busy) {
  const view = item.view;
  const title = textOf(view.title);
  dialog.setAttribute('aria-label', title);
  const stacked = state.views.length > 1;
  fill(
    head,
    stacked && iconButton('back', t('back'), () => leave(), { class: 'modal-back' }),
    h('h2', { class: 'modal-title' }, title),
    iconButton('close', t('close'), () => leave(stacked), { class: 'modal-close' }),
  );
  const closeWords =
    textOf(view.close) || (stacked ? t('back') : view.submit ? t('cancel') : t('close'));
  fill(
    foot,
    busy && h('span', { class: 'visually-hidden', role: 'status' }, '…'),
    h('button', { type: 'button', class: 'button', on: { click: () => leave() } }, closeWords),
    view.submit &&
      h(
        'button',
        {
          type: 'submit',
          class: 'button primary',
          disabled: busy || view.submit_disabled === true,
          'aria-busy': busy ? 'true' : null,
        },
        h('span', { class: 'button-words' }, textOf(view.submit)),
      ),
  );
}

let frame = '';

function render() {
  for (const id of surfaces.keys()) if (!state.views.some((v) => v.id === id)) surfaces.delete(id);
  const item = top();
  if (!item) {
    shownId = null;
    frame = '';
    if (dialog.open) dialog.close();
    body.replaceChildren();
    return;
  }
  const surface = surfaceOf(item);
  const busy = Boolean(surface.busy || item.busy);
  dialog.setAttribute('aria-busy', String(busy));
  const wanted = JSON.stringify([
    item.id,
    item.view.title,
    item.view.close,
    item.view.submit,
    item.view.submit_disabled,
    busy,
    state.views.length,
    intlLocale(),
  ]);
  if (wanted !== frame) drawFrame(item, busy);
  frame = wanted;
  const focused = document.activeElement?.closest?.('.input-block')?.dataset.block;
  reconcile(body, blockItems(surface, surface.blocks, `${item.id}|${intlLocale()}|`));
  hearErrors(surface, item.errors);
  showErrors(surface);
  if (!dialog.open) {
    document.body.append(dialog);
    dialog.showModal();
  }
  if (shownId !== item.id) {
    shownId = item.id;
    body.scrollTop = 0;
    const first =
      body.querySelector('[autofocus]') ??
      (isNarrow()
        ? null
        : body.querySelector('.input-block input:not([type=file]), .input-block textarea'));
    (first ?? body).focus({ preventScroll: true });
  } else if (focused && !body.contains(document.activeElement)) {
    body
      .querySelector(`.input-block[data-block="${CSS.escape(focused)}"]`)
      ?.querySelector('input, textarea')
      ?.focus({ preventScroll: true });
  }
}

/** Show modals from now on. */
export function startModals() {
  on('snapshot views me', render);
}
