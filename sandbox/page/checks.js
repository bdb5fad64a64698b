// What Slack's own client refuses before the bot hears of it.
import { t } from './i18n.js';
import { bare, isEmpty } from './values.js';

const EMAIL = /^[^\s@<>"(),;:]+@[^\s@.<>"(),;:]+(?:\.[^\s@.<>"(),;:]+)+$/;
const WHOLE = /^[+-]?\d+$/;
const DECIMAL = /^[+-]?(?:\d+\.?\d*|\.\d+)$/;

function length(element, text) {
  const size = [...text].length;
  if (element.min_length && size < element.min_length) return t('e_min', { n: element.min_length });
  const most = element.max_length ?? 3000;
  return size > most ? t('e_max', { n: most }) : null;
}

function number(element, text) {
  if (!DECIMAL.test(text)) return t('e_number');
  if (!element.is_decimal_allowed && !WHOLE.test(text)) return t('e_whole');
  const value = Number(text);
  if (element.min_value !== undefined && value < Number(element.min_value))
    return t('e_low', { n: element.min_value });
  if (element.max_value !== undefined && value > Number(element.max_value))
    return t('e_high', { n: element.max_value });
  return null;
}

function link(text) {
  try {
    const url = new URL(text);
    return ['http:', 'https:'].includes(url.protocol) && url.hostname.includes('.')
      ? null
      : t('e_url');
  } catch {
    return t('e_url');
  }
}

const CHECKS = {
  plain_text_input: length,
  number_input: number,
  email_text_input: (_, text) => (EMAIL.test(text) ? null : t('e_email')),
  url_text_input: (_, text) => link(text),
};

/** What is wrong with an input block's value, in words, or null. */
export function check(block, entry) {
  const element = block.element;
  if (entry?.incomplete) return t('e_datetime');
  if (isEmpty(element, entry)) return block.optional ? null : t('e_required');
  return CHECKS[element.type]?.(element, bare(element, entry)) ?? null;
}

/** block_id → words, for all input blocks of a view. */
export function checkAll(surface) {
  const errors = {};
  for (const block of surface.blocks) {
    if (block.type !== 'input') continue;
    const problem = check(block, surface.entry(block, block.element));
    if (problem) errors[block.block_id] = problem;
  }
  return errors;
}
