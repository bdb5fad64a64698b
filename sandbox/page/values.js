// What a person has filled in, in Slack's own form: {type, value | selected_option | …}.
import { textOf } from './mrkdwn.js';

const KEYS = {
  plain_text_input: 'value',
  number_input: 'value',
  email_text_input: 'value',
  url_text_input: 'value',
  rich_text_input: 'rich_text_value',
  static_select: 'selected_option',
  external_select: 'selected_option',
  radio_buttons: 'selected_option',
  users_select: 'selected_user',
  conversations_select: 'selected_conversation',
  channels_select: 'selected_channel',
  multi_static_select: 'selected_options',
  multi_external_select: 'selected_options',
  checkboxes: 'selected_options',
  multi_users_select: 'selected_users',
  multi_conversations_select: 'selected_conversations',
  multi_channels_select: 'selected_channels',
  datepicker: 'selected_date',
  timepicker: 'selected_time',
  datetimepicker: 'selected_date_time',
  file_input: 'files',
};

const INITIAL = {
  plain_text_input: 'initial_value',
  number_input: 'initial_value',
  email_text_input: 'initial_value',
  url_text_input: 'initial_value',
  rich_text_input: 'initial_value',
  static_select: 'initial_option',
  external_select: 'initial_option',
  radio_buttons: 'initial_option',
  users_select: 'initial_user',
  conversations_select: 'initial_conversation',
  channels_select: 'initial_channel',
  multi_static_select: 'initial_options',
  multi_external_select: 'initial_options',
  checkboxes: 'initial_options',
  multi_users_select: 'initial_users',
  multi_conversations_select: 'initial_conversations',
  multi_channels_select: 'initial_channels',
  datepicker: 'initial_date',
  timepicker: 'initial_time',
  datetimepicker: 'initial_date_time',
};

/** Whether Slack keeps a value for this kind of element. */
export function isStateful(element) {
  return Boolean(element && KEYS[element.type]);
}

/** The key under which an element's value stands, e.g. `selected_option`. */
export function valueKey(element) {
  return KEYS[element.type];
}

const isList = (element) =>
  [
    'selected_options',
    'selected_users',
    'selected_conversations',
    'selected_channels',
    'files',
  ].includes(valueKey(element));

/** The bare value of a state entry: text, option, list of ids, seconds … or null. */
export function bare(element, entry) {
  return entry?.[valueKey(element)] ?? (isList(element) ? [] : null);
}

/** A state entry from a bare value. */
export function entryOf(element, value) {
  return { type: element.type, [valueKey(element)]: value ?? (isList(element) ? [] : null) };
}

/** What an element holds before anyone touched it. */
export function initialEntry(element) {
  return entryOf(element, element[INITIAL[element.type]] ?? null);
}

export function isEmpty(element, entry) {
  const value = bare(element, entry);
  if (Array.isArray(value)) return value.length === 0;
  return value === null || value === '' || value === undefined;
}

/** The flat keys of an action: the entry without its type. */
export function actionPayload(entry) {
  const { type: _, ...rest } = entry ?? {};
  return rest;
}

/** Every element of a block that can hold a value or be pressed. */
export function elementsOf(block) {
  if (block.type === 'input') return [block.element];
  if (block.type === 'section') return block.accessory ? [block.accessory] : [];
  if (block.type === 'actions' || block.type === 'context_actions') return block.elements ?? [];
  return [];
}

/** All blocks, and after a container those that it holds. */
function withChildren(blocks) {
  return blocks.flatMap((block) => [block, ...(block.child_blocks ?? [])]);
}

/** An option as Slack sends it back: with its text object and value. */
export function sameOption(a, b) {
  return a?.value === b?.value && textOf(a?.text) === textOf(b?.text);
}

/**
 * One place where blocks live and are filled in: a message, a modal or Home. Knows the values typed
 * so far and how to tell the server of an action.
 */
export class Surface {
  /** `send(kind fields)` tells the server; `query(fields)` asks the bot for options. */
  constructor({ kind, id, send, query }) {
    this.kind = kind;
    this.id = id;
    this.send = send;
    this.query = query;
    this.typed = new Map(); // block_id/action_id → entry
    this.server = {}; // state as the server knows it
    this.blocks = [];
  }

  key(block, element) {
    return JSON.stringify([block.block_id, element.action_id, element.type]);
  }

  /** What the person typed, else what the server knows, else the initial value. */
  entry(block, element) {
    const typed = this.typed.get(this.key(block, element));
    if (typed) return typed;
    const known = this.server?.[block.block_id]?.[element.action_id];
    if (known && known.type === element.type) return known;
    return initialEntry(element);
  }

  set(block, element, entry) {
    this.typed.set(this.key(block, element), entry);
  }

  /** The whole state, as Slack's `state.values`. */
  state() {
    const values = {};
    for (const block of withChildren(this.blocks)) {
      for (const element of elementsOf(block)) {
        if (!isStateful(element)) continue;
        values[block.block_id] ??= {};
        const { incomplete: _, ...entry } = this.entry(block, element);
        values[block.block_id][element.action_id] = entry;
      }
    }
    return values;
  }

  /** An action on an element, with its value and everything else filled in around it. */
  act(block, element, payload = {}) {
    return this.send({
      block_id: block.block_id,
      action_id: element.action_id,
      ...payload,
      state: this.state(),
    });
  }

  options(block, element, query) {
    return this.query({ block_id: block.block_id, action_id: element.action_id, query });
  }
}
