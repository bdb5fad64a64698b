// Small helpers for building the document. Every word that people or the bot wrote goes in through
// text nodes: nothing in this page ever parses markup out of a string.
import { icon } from './icons.js';

let serial = 0;

/** A fresh element id, for tying labels, hints and errors to their controls. */
export function uid(prefix = 'u') {
  serial += 1;
  return `${prefix}-${serial}`;
}

/**
 * Make an element. Props: `class`, `on` (events), `dataset`, `style` (object) and attributes;
 * `true` sets an empty attribute, `false`, `null` and `undefined` leave it out.
 */
export function h(tag, props = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(props ?? {})) {
    if (value === undefined || value === null || value === false) continue;
    if (name === 'class') node.className = value;
    else if (name === 'on')
      for (const [type, fn] of Object.entries(value)) node.addEventListener(type, fn);
    else if (name === 'dataset') Object.assign(node.dataset, value);
    else if (name === 'style')
      for (const [key, v] of Object.entries(value)) node.style.setProperty(key, v);
    else if (name === 'value') node.value = value;
    else if (name === 'checked') node.checked = Boolean(value);
    else node.setAttribute(name, value === true ? '' : String(value));
  }
  append(node, children);
  return node;
}

/** Append children: nodes, strings, numbers, or nested lists of them; empties are skipped. */
export function append(node, children) {
  for (const child of [children].flat(Infinity)) {
    if (child === null || child === undefined || child === false) continue;
    node.append(child);
  }
  return node;
}

/** Replace everything inside `node`. */
export function fill(node, ...children) {
  node.replaceChildren();
  return append(node, children);
}

const signatures = new WeakMap();

/**
 * Bring `container` to the given list of `{key, sig, make}` while keeping every child whose
 * signature is unchanged, so that focus, half-typed text and scroll positions survive an update.
 */
export function reconcile(container, items) {
  const old = new Map();
  for (const child of [...container.children]) {
    const known = signatures.get(child);
    if (known) old.set(known.key, child);
    else child.remove();
  }
  const wanted = items.map(({ key, sig, make }) => {
    const had = old.get(key);
    if (had && signatures.get(had).sig === sig) {
      old.delete(key);
      return had;
    }
    const made = make();
    signatures.set(made, { key, sig });
    return made;
  });
  for (const gone of old.values()) gone.remove();
  let cursor = container.firstElementChild;
  for (const node of wanted) {
    if (node === cursor) cursor = cursor.nextElementSibling;
    else container.insertBefore(node, cursor);
  }
}

/** A button that shows an icon only; `label` is what it is called. */
export function iconButton(name, label, onClick, extra = {}) {
  const { class: klass = '', size = 20, ...rest } = extra;
  return h(
    'button',
    {
      type: 'button',
      class: `icon-button ${klass}`,
      'aria-label': label,
      title: label,
      on: { click: onClick },
      ...rest,
    },
    icon(name, size),
  );
}

/** Whether the window is in the one-column layout. */
export function isNarrow() {
  return window.matchMedia('(max-width: 760px)').matches;
}

export { icon };
