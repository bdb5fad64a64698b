// rich_text blocks and tables: Slack's structured text.
import { h } from './dom.js';
import { emoji } from './emoji.js';
import { channelMention, link, mrkdwn, plainText, userMention } from './mrkdwn.js';
import { slackFormat } from './time.js';

function styled(node, style = {}) {
  let out = node;
  if (style.code) out = h('code', {}, out);
  if (style.strike) out = h('s', {}, out);
  if (style.underline) out = h('u', {}, out);
  if (style.italic) out = h('em', {}, out);
  if (style.bold) out = h('strong', {}, out);
  if (style.highlight || style.client_highlight) out = h('mark', {}, out);
  return out;
}

function unicode(codes) {
  return codes
    .split('-')
    .map((code) => String.fromCodePoint(parseInt(code, 16)))
    .join('');
}

function piece(element) {
  switch (element.type) {
    case 'text':
      return styled(h('span', { class: 'pre-wrap' }, element.text), element.style);
    case 'link':
      return styled(link(element.url, element.text), element.style);
    case 'emoji':
      return h(
        'span',
        { class: 'emoji', role: 'img', 'aria-label': `:${element.name}:` },
        element.unicode ? unicode(element.unicode) : (emoji(element.name) ?? `:${element.name}:`),
      );
    case 'user':
      return styled(userMention(element.user_id), element.style);
    case 'channel':
      return styled(channelMention(element.channel_id), element.style);
    case 'usergroup':
      return h('span', { class: 'mention' }, `@${element.usergroup_id}`);
    case 'broadcast':
      return h('span', { class: 'mention mention-me' }, `@${element.range}`);
    case 'color':
      return h('code', {}, element.value);
    case 'date': {
      const words = slackFormat(element.timestamp, element.format, element.timezone);
      return styled(element.url ? link(element.url, words) : h('time', {}, words), element.style);
    }
    default:
      return h('span', {}, element.text ?? element.fallback ?? '');
  }
}

const pieces = (elements) => (elements ?? []).map(piece);

function list(section) {
  const ordered = section.style === 'ordered';
  return h(
    ordered ? 'ol' : 'ul',
    {
      class: `rich-list depth-${Math.min(8, section.indent ?? 0)}`,
      start: ordered && section.offset ? section.offset + 1 : null,
    },
    section.elements.map((item) => h('li', {}, pieces(item.elements))),
  );
}

function part(section) {
  switch (section.type) {
    case 'rich_text_section':
      return h('div', { class: 'rich-section' }, pieces(section.elements));
    case 'rich_text_list':
      return list(section);
    case 'rich_text_quote':
      return h('blockquote', { class: 'rich-section' }, pieces(section.elements));
    case 'rich_text_preformatted':
      return h('pre', {}, h('code', {}, pieces(section.elements)));
    default:
      return null;
  }
}

/** The nodes of a rich_text block. */
export function richText(block) {
  return (block.elements ?? []).map(part);
}

/** What stands in a cell of a table. */
export function cellNodes(cell) {
  if (!cell) return '';
  if (cell.type === 'rich_text') return richText(cell);
  if (cell.type === 'mrkdwn') return mrkdwn(cell.text);
  return plainText(String(cell.text ?? cell.value ?? ''));
}

/** A table block: its first row is the head, as Slack draws it. */
export function table(block) {
  const settings = block.column_settings ?? [];
  const row = (cells, tag) =>
    h(
      'tr',
      {},
      cells.map((cell, i) =>
        h(
          tag,
          {
            class: [
              cell.type === 'raw_number' ? 'align-right' : '',
              settings[i]?.align ? `align-${settings[i].align}` : '',
              settings[i]?.is_wrapped ? 'wrapped' : '',
            ]
              .join(' ')
              .trim(),
            scope: tag === 'th' ? 'col' : null,
          },
          cellNodes(cell),
        ),
      ),
    );
  const [head, ...rest] = block.rows ?? [];
  return h(
    'div',
    { class: 'table-scroll', tabindex: '0' },
    h(
      'table',
      {},
      head && h('thead', {}, row(head, 'th')),
      h(
        'tbody',
        {},
        rest.map((cells) => row(cells, 'td')),
      ),
    ),
  );
}
