// The `markdown` block: ordinary Markdown, the part of it that Slack draws.
import { h } from './dom.js';
import { withEmoji } from './emoji.js';
import { channelMention, link, userMention } from './mrkdwn.js';

// Tried in this order at every place of a line; the first group is what stands inside.
const INLINE = [
  [/^`([^`]+)`/, (m) => h('code', {}, m[1])],
  [/^!?\[([^\]]*)\]\(([^()\s]+)(?:\s+"[^"]*")?\)/, (m) => link(m[2], m[1])],
  [/^\*\*(?=\S)(.+?)\*\*(?!\*)/, (m) => h('strong', {}, inline(m[1]))],
  [/^__(?=\S)(.+?)__/, (m) => h('strong', {}, inline(m[1]))],
  [/^~~(?=\S)(.+?)~~/, (m) => h('s', {}, inline(m[1]))],
  [/^\*(?=\S)([^*]+)\*/, (m) => h('em', {}, inline(m[1]))],
  [/^_(?=\S)([^_]+)_(?![\p{L}\p{N}])/u, (m) => h('em', {}, inline(m[1]))],
  [/^<@([UW][A-Z0-9]+)>/, (m) => userMention(m[1])],
  [/^<#([CG][A-Z0-9]+)(?:\|[^>]*)?>/, (m) => channelMention(m[1])],
  [/^<(https?:[^>\s]+)>/, (m) => link(m[1])],
  [/^https?:\/\/[^\s<>)]+[^\s<>).,;:!?]/, (m) => link(m[0])],
  [/^\\([\\`*_{}[\]()#+.!~>-])/, (m) => m[1]],
];

function inline(text) {
  const out = [];
  let words = '';
  const flush = () => {
    if (words) out.push(withEmoji(words));
    words = '';
  };
  for (let i = 0; i < text.length;) {
    const rest = text.slice(i);
    const rule =
      /[`[!*_~<h\\]/.test(text[i]) &&
      INLINE.map(([pattern, make]) => [pattern.exec(rest), make]).find(([m]) => m);
    if (rule) {
      flush();
      out.push(rule[1](rule[0]));
      i += rule[0][0].length;
    } else {
      words += text[i];
      i += 1;
    }
  }
  flush();
  return out;
}

const ITEM = /^(\s*)(?:([-*+])|(\d+)[.)])\s+(?:\[([ xX])\]\s+)?(.*)$/;

function list(rows) {
  const depth = (row) => ITEM.exec(row)[1].replace(/\t/g, '    ').length;
  const base = depth(rows[0]);
  const node = h(ITEM.exec(rows[0])[3] ? 'ol' : 'ul', { start: ITEM.exec(rows[0])[3] ?? null });
  for (let i = 0; i < rows.length; i += 1) {
    const [, , , , box, words] = ITEM.exec(rows[i]);
    const item = h(
      'li',
      { class: box ? 'task' : null },
      box &&
        h('input', { type: 'checkbox', disabled: true, checked: box !== ' ', 'aria-label': words }),
      inline(words),
    );
    let end = i + 1;
    while (end < rows.length && depth(rows[end]) > base + 1) end += 1;
    if (end > i + 1) item.append(list(rows.slice(i + 1, end)));
    node.append(item);
    i = end - 1;
  }
  return node;
}

const cells = (row) =>
  row
    .trim()
    .replace(/^\||\|$/g, '')
    .split('|')
    .map((c) => c.trim());

function table(rows) {
  return h(
    'div',
    { class: 'table-scroll', tabindex: '0' },
    h(
      'table',
      {},
      h(
        'thead',
        {},
        h(
          'tr',
          {},
          cells(rows[0]).map((c) => h('th', { scope: 'col' }, inline(c))),
        ),
      ),
      h(
        'tbody',
        {},
        rows.slice(2).map((row) =>
          h(
            'tr',
            {},
            cells(row).map((c) => h('td', {}, inline(c))),
          ),
        ),
      ),
    ),
  );
}

/** Markdown text as nodes. */
export function markdown(text) {
  const rows = String(text ?? '').split('\n');
  const out = [];
  const takeWhile = (from, test) => {
    let end = from;
    while (end < rows.length && test(rows[end])) end += 1;
    return rows.slice(from, end);
  };
  for (let i = 0; i < rows.length;) {
    const row = rows[i];
    const heading = /^(#{1,6})\s+(.*?)\s*#*$/.exec(row);
    const fence = /^\s*(```|~~~)/.exec(row);
    if (!row.trim()) i += 1;
    else if (fence) {
      const body = takeWhile(i + 1, (r) => !r.trim().startsWith(fence[1]));
      out.push(h('pre', {}, h('code', {}, body.join('\n'))));
      i += body.length + 2;
    } else if (heading) {
      out.push(
        h(
          `h${Math.min(6, heading[1].length + 2)}`,
          { class: `md-h${heading[1].length}` },
          inline(heading[2]),
        ),
      );
      i += 1;
    } else if (/^\s*([-*_])(?:\s*\1){2,}\s*$/.test(row)) {
      out.push(h('hr'));
      i += 1;
    } else if (/^\s*>/.test(row)) {
      const body = takeWhile(i, (r) => /^\s*>/.test(r));
      out.push(h('blockquote', {}, markdown(body.map((r) => r.replace(/^\s*> ?/, '')).join('\n'))));
      i += body.length;
    } else if (ITEM.test(row)) {
      const body = takeWhile(i, (r) => ITEM.test(r));
      out.push(list(body));
      i += body.length;
    } else if (
      row.includes('|') &&
      /^\s*\|?\s*:?-+:?\s*(\|\s*:?-+:?\s*)+\|?\s*$/.test(rows[i + 1] ?? '')
    ) {
      const body = takeWhile(i, (r) => r.includes('|'));
      out.push(table(body));
      i += body.length;
    } else {
      const body = takeWhile(
        i,
        (r) => r.trim() && !/^\s*(>|```|~~~|#{1,6}\s)/.test(r) && !ITEM.test(r),
      );
      out.push(
        h(
          'p',
          {},
          body.flatMap((r, n) => [n ? h('br') : null, ...inline(r)]),
        ),
      );
      i += Math.max(1, body.length);
    }
  }
  return out;
}
