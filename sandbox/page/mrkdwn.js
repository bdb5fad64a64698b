// Slack's mrkdwn, as a tree of document nodes. Words only ever become text nodes, so nothing that
// someone types can turn into markup of the page.
import { h } from './dom.js';
import { emoji, withEmoji } from './emoji.js';
import { slackFormat } from './time.js';
import { channelName, userById, userName } from './store.js';

const BARE_URL = /https?:\/\/[^\s<>|]+[^\s<>|.,;:!?'"()\]}，。；：！？、）】]/g;
const SAFE_URL = /^(https?:|mailto:|tel:)/i;
const LIST_LINE = /^(\s*)(?:([•◦▪‣])|([-*])|(\d{1,3})[.)])\s+/;

/** Undo Slack's three escapes. */
export function unescapeSlack(text) {
  return text.replace(/&(lt|gt|amp);/g, (_, name) => ({ lt: '<', gt: '>', amp: '&' })[name]);
}

/** Escape what a person typed the way Slack's client does before it is sent. */
export function escapeSlack(text) {
  return text.replace(/[&<>]/g, (c) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;' })[c]);
}

/** The address if it is one that a chat would open, else null. */
export function safeUrl(url) {
  return SAFE_URL.test(url ?? '') ? url : null;
}

/** A link, or just its words where the address is not one a chat would open. */
export function link(url, label, extra = {}) {
  const words = label === undefined || label === '' ? url : label;
  if (!safeUrl(url)) return h('span', {}, words);
  return h('a', { href: url, target: '_blank', rel: 'noopener noreferrer', ...extra }, words);
}

/** `@Name`, lit up when it is the reader. */
export function userMention(id, fallback) {
  const known = userById(id);
  const name = known ? userName(id) : (fallback ?? id);
  return h('span', { class: `mention${known?.isMe ? ' mention-me' : ''}` }, `@${name}`);
}

/** `#name` of a channel. */
export function channelMention(id, fallback) {
  return h(
    'a',
    { class: 'mention', href: `#channel-${id}`, dataset: { channel: id } },
    `#${channelName(id) ?? fallback ?? id}`,
  );
}

function control(body) {
  const [head, ...tail] = body.split('|');
  const label = tail.length ? unescapeSlack(tail.join('|')) : undefined;
  if (head.startsWith('@')) return userMention(head.slice(1), label);
  if (head.startsWith('#')) return channelMention(head.slice(1), label);
  if (head.startsWith('!')) return special(head.slice(1), label);
  return link(unescapeSlack(head), label === undefined ? undefined : withEmoji(label));
}

function special(name, label) {
  if (name.startsWith('date^')) {
    const [, seconds, pattern, url] = name.split('^');
    const at = Number(seconds);
    const words = Number.isFinite(at)
      ? slackFormat(at, unescapeSlack(pattern ?? ''))
      : (label ?? '');
    return url
      ? link(unescapeSlack(url), words)
      : h(
          'time',
          { datetime: Number.isFinite(at) ? new Date(at * 1000).toISOString() : null },
          words,
        );
  }
  const bare = name.split('^')[0];
  if (['here', 'channel', 'everyone'].includes(bare))
    return h('span', { class: 'mention mention-me' }, `@${bare}`);
  return h('span', { class: 'mention' }, label ?? `@${bare}`);
}

// A mark opens after a space, a bracket or punctuation and closes before one: `a_b_c` and `5*3*2`
// stay as typed, and so does a mark that touches a Chinese character, just as in Slack.
const MARKS = [
  ['*', 'strong'],
  ['_', 'em'],
  ['~', 's'],
];
const WORD = /[\p{L}\p{N}]/u;

function findMark(text, mark) {
  let from = 0;
  for (;;) {
    const open = text.indexOf(mark, from);
    if (open < 0) return null;
    const before = text.slice(0, open).at(-1) ?? '';
    const after = text[open + 1] ?? '';
    if (!WORD.test(before) && before !== mark && after.trim() && after !== mark) {
      let close = text.indexOf(mark, open + 2);
      while (close > 0) {
        const last = text[close - 1];
        const next = text[close + 1] ?? '';
        if (last.trim() && !WORD.test(next) && next !== mark) return [open, close];
        close = text.indexOf(mark, close + 1);
      }
    }
    from = open + 1;
  }
}

function marked(text, out) {
  let best = null;
  for (const [mark, tag] of MARKS) {
    const found = findMark(text, mark);
    if (found && (!best || found[0] < best.at[0])) best = { at: found, tag };
  }
  if (!best) {
    plain(text, out);
    return;
  }
  const [open, close] = best.at;
  if (open > 0) plain(text.slice(0, open), out);
  const inner = [];
  marked(text.slice(open + 1, close), inner);
  out.push(h(best.tag, {}, inner));
  if (close + 1 < text.length) marked(text.slice(close + 1), out);
}

// Controls (<…>) and code are cut out first and stand in the text as one private character each, so
// that bold can run across a mention while nothing inside code is touched.
const HOLD = '\uE000';
let held = [];

function plain(text, out) {
  let at = 0;
  for (const match of text.matchAll(
    new RegExp(`${HOLD}(\\d+)${HOLD}|:([a-z0-9_+-]+):(?::?skin-tone-\\d:)?`, 'gi'),
  )) {
    const made = match[1] !== undefined ? held[Number(match[1])] : emoji(match[2]);
    if (made === null || made === undefined) continue;
    bare(text.slice(at, match.index), out);
    out.push(
      typeof made === 'string'
        ? h('span', { class: 'emoji', role: 'img', 'aria-label': `:${match[2]}:` }, made)
        : made,
    );
    at = match.index + match[0].length;
  }
  bare(text.slice(at), out);
}

function bare(text, out) {
  const words = unescapeSlack(text);
  let at = 0;
  for (const match of words.matchAll(BARE_URL)) {
    if (match.index > at) out.push(words.slice(at, match.index));
    out.push(link(match[0]));
    at = match.index + match[0].length;
  }
  if (at < words.length) out.push(words.slice(at));
}

function inline(text) {
  const hold = (node) => `${HOLD}${held.push(node) - 1}${HOLD}`;
  const cut = text
    .replaceAll(HOLD, '')
    .replace(/`([^`\n]+)`/g, (_, code) =>
      hold(
        h(
          'code',
          {},
          unescapeSlack(code.replace(/<([^>|]*)(?:\|([^>]*))?>/g, (w, a, b) => b ?? a)),
        ),
      ),
    )
    .replace(/<([^<>\n]+)>/g, (_, body) => hold(control(body)));
  const out = [];
  marked(cut, out);
  return out;
}

function breakInto(node, text) {
  if (node.hasChildNodes()) node.append(h('br'));
  node.append(...inline(text));
}

/** A stretch without code blocks: list items hang, quotes are barred, the rest flows. */
function lines(text) {
  const out = [];
  let open = null; // the quote or paragraph that the next line may continue
  const rows = text.split('\n');
  for (const [index, row] of rows.entries()) {
    if (/^(?:&gt;|>){3}/.test(row)) {
      const rest = [row.replace(/^(?:&gt;|>){3} ?/, ''), ...rows.slice(index + 1)].join('\n');
      out.push(h('blockquote', {}, lines(rest)));
      break;
    }
    const quoted = /^(?:&gt;|>) ?(.*)$/.exec(row);
    const item = LIST_LINE.exec(row);
    if (quoted) {
      if (open?.tagName !== 'BLOCKQUOTE') out.push((open = h('blockquote')));
      breakInto(open, quoted[1]);
    } else if (item) {
      const depth = Math.min(3, Math.floor(item[1].length / 2));
      const sign = item[2] ?? (item[3] ? '•' : `${item[4]}.`);
      out.push(
        h(
          'div',
          { class: `list-line depth-${depth}` },
          h('span', { class: 'list-sign' }, sign),
          h('span', {}, inline(row.slice(item[0].length))),
        ),
      );
      open = null;
    } else if (!row.trim()) {
      if (out.length && index < rows.length - 1) out.push(h('div', { class: 'line-gap' }));
      open = null;
    } else {
      if (open?.tagName !== 'DIV') out.push((open = h('div', { class: 'line' })));
      breakInto(open, row);
    }
  }
  return out;
}

/** mrkdwn text as nodes. */
export function mrkdwn(text) {
  held = [];
  const pieces = String(text ?? '').split('```');
  if (pieces.length % 2 === 0) {
    // a fence that is never closed is text
    const tail = pieces.pop();
    pieces[pieces.length - 1] += `\`\`\`${tail}`;
  }
  return pieces.flatMap((piece, index) => {
    if (index % 2 === 0) return lines(piece);
    return [h('pre', {}, h('code', {}, unescapeSlack(piece.replace(/^\n|\n$/g, ''))))];
  });
}

/** plain_text as nodes: emoji shortcodes only (unless `emoji` is false), nothing else is special. */
export function plainText(text, { emoji: on = true } = {}) {
  const words = unescapeSlack(String(text ?? ''));
  return [h('span', { class: 'plain' }, on === false ? words : withEmoji(words))];
}

/** A Slack text object of either kind. */
export function textObject(object) {
  if (!object) return [];
  if (typeof object === 'string') return plainText(object);
  return object.type === 'mrkdwn'
    ? mrkdwn(object.text)
    : plainText(object.text, { emoji: object.emoji });
}

/** A text object as a plain string, for labels and names. */
export function textOf(object) {
  if (!object) return '';
  return withEmoji(unescapeSlack(typeof object === 'string' ? object : (object.text ?? '')));
}
