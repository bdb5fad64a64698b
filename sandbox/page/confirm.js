// Slack's confirmation dialog: a question that stands in front of an action.
import { h, uid } from './dom.js';
import { t } from './i18n.js';
import { textObject, textOf } from './mrkdwn.js';

/** Ask; resolves to whether the person confirmed. */
export function askConfirm(confirm) {
  const title = uid('confirm');
  const yes = h(
    'button',
    {
      type: 'submit',
      class: `button ${confirm.style === 'danger' ? 'danger' : 'primary'}`,
      value: 'yes',
    },
    textOf(confirm.confirm) || t('yes'),
  );
  const no = h(
    'button',
    { type: 'submit', class: 'button', value: 'no' },
    textOf(confirm.deny) || t('cancel'),
  );
  const dialog = h(
    'dialog',
    { class: 'confirm', role: 'alertdialog', 'aria-labelledby': title },
    h(
      'form',
      { method: 'dialog' },
      h('h2', { id: title }, textOf(confirm.title)),
      h('div', { class: 'confirm-text' }, textObject(confirm.text)),
      h('div', { class: 'confirm-buttons' }, no, yes),
    ),
  );
  document.body.append(dialog);
  return new Promise((resolve) => {
    dialog.addEventListener('close', () => {
      dialog.remove();
      resolve(dialog.returnValue === 'yes');
    });
    dialog.showModal();
    yes.focus();
  });
}
