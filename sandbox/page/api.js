// The calls that the page makes. Each resolves to the server's answer; what goes wrong on the way
// becomes `{ok: false, notice}` in Slack's own words, and every notice is shown.
import { t } from './i18n.js';
import { emit, state } from './store.js';

async function post(path, body) {
  try {
    const form = body instanceof FormData;
    const response = await fetch(path, {
      method: 'POST',
      headers: form ? {} : { 'Content-Type': 'application/json' },
      body: form ? body : JSON.stringify(body),
    });
    return await response.json();
  } catch (error) {
    if (error instanceof TypeError || error instanceof SyntaxError)
      return { ok: false, notice: t('trouble') };
    throw error;
  }
}

async function told(answer) {
  const result = await answer;
  if (!result.ok && result.notice) emit('notice', { text: result.notice, kind: 'problem' });
  return result;
}

/** Do something as the persona; `kind` and fields as the workspace's page API names them. */
export function act(kind, fields = {}) {
  return told(post('/ui/act', { user: state.me.id, kind, ...fields }));
}

export function upload(file) {
  const form = new FormData();
  form.append('user', state.me.id);
  form.append('file', file, file.name);
  return post('/ui/upload', form);
}

export function moveClock(change) {
  return told(post('/ui/clock', { user: state.me.id, ...change }));
}

export function addFault(fault) {
  return told(post('/ui/faults', fault));
}

export async function boot() {
  const response = await fetch('/ui/boot');
  if (!response.ok) throw new TypeError(`boot answered ${response.status}`);
  return response.json();
}
