// Making the workspace misbehave on purpose, as Slack sometimes does.
import { addFault } from './api.js';
import { fill, h, icon, uid } from './dom.js';
import { t } from './i18n.js';
import { hangPanel } from './panel.js';
import { emit, on } from './store.js';

const METHODS = [
  'chat.postMessage',
  'chat.update',
  'chat.postEphemeral',
  'views.open',
  'views.update',
  'views.publish',
  'conversations.history',
  'users.info',
];

/** The button in the top bar. */
export const faultButton = h(
  'button',
  { type: 'button', class: 'icon-button bar-button' },
  icon('pulse', 19),
);

async function tell(fault, words) {
  const answer = await addFault(fault);
  if (answer.ok) emit('notice', { text: words, kind: 'good' });
}

function field(label, control) {
  const id = uid('fault');
  control.id = id;
  return h('div', { class: 'fault-field' }, h('label', { for: id }, label), control);
}

function build(node) {
  const kind = h(
    'select',
    { class: 'input' },
    [
      ['429', 'fault_429'],
      ['500', 'fault_500'],
      ['latency', 'fault_latency'],
      ['drop_answer', 'fault_drop'],
      ['data_blocks', 'fault_data'],
    ].map(([value, key]) => h('option', { value }, t(key))),
  );
  const method = h(
    'select',
    { class: 'input' },
    h('option', { value: '' }, t('fault_method_any')),
    METHODS.map((m) => h('option', { value: m }, m)),
  );
  const times = h('input', { class: 'input', type: 'number', min: '1', max: '1000', value: '1' });
  const seconds = h('input', {
    class: 'input',
    type: 'number',
    min: '0',
    max: '60',
    step: '0.5',
    value: '2',
  });
  const secondsField = field(t('fault_seconds'), seconds);
  const fit = () => {
    secondsField.hidden = !['429', 'latency'].includes(kind.value);
  };
  kind.addEventListener('change', fit);
  fit();
  const limit = h('input', {
    type: 'checkbox',
    class: 'tick',
    id: uid('limit'),
    on: { change: () => tell({ kind: 'rate_limit', on: limit.checked }, t('fault_done')) },
  });
  fill(
    node,
    h('h3', {}, t('faults_title')),
    h('p', { class: 'panel-note' }, t('faults_note')),
    h(
      'form',
      {
        class: 'fault-form',
        on: {
          submit: (e) => {
            e.preventDefault();
            const fault = { kind: kind.value, times: Number(times.value) };
            if (method.value) fault.method = method.value;
            if (kind.value === '429')
              fault.retry_after = Math.max(1, Math.round(Number(seconds.value)));
            if (kind.value === 'latency') fault.seconds = Number(seconds.value);
            tell(fault, t('fault_added'));
          },
        },
      },
      field(t('fault_kind'), kind),
      field(t('fault_method'), method),
      h('div', { class: 'fault-pair' }, field(t('fault_times'), times), secondsField),
      h('button', { type: 'submit', class: 'button primary' }, t('fault_add')),
    ),
    h(
      'div',
      { class: 'fault-sockets' },
      h(
        'button',
        {
          type: 'button',
          class: 'button',
          on: { click: () => tell({ kind: 'lose_sockets' }, t('fault_done')) },
        },
        t('fault_lose'),
      ),
      h(
        'button',
        {
          type: 'button',
          class: 'button',
          on: { click: () => tell({ kind: 'refresh_socket' }, t('fault_done')) },
        },
        t('fault_refresh'),
      ),
      h(
        'button',
        {
          type: 'button',
          class: 'button',
          on: { click: () => tell({ kind: 'clear' }, t('fault_cleared')) },
        },
        t('fault_clear'),
      ),
    ),
    h('div', { class: 'choice' }, limit, h('label', { for: limit.id }, t('fault_limit'))),
  );
}

/** Start the button and its panel. */
export function startFaults() {
  const panel = hangPanel(faultButton, { label: () => t('faults'), build, klass: 'fault-panel' });
  on('me', () => {
    faultButton.setAttribute('aria-label', t('faults'));
    faultButton.title = t('faults_title');
    panel.refresh();
  });
}
