// Round-cornered faces: coloured initials, or an emoji where the person has one.
import { h } from './dom.js';

const PALETTE = [
  '#2f6f8f',
  '#8a4f7d',
  '#5b7a3a',
  '#b0612e',
  '#4b5fa8',
  '#9a3f4a',
  '#3a7d6d',
  '#7a5aa6',
  '#a07a24',
  '#50708a',
];

function colourFor(person) {
  let sum = 0;
  for (const c of person.id ?? person.name ?? '') sum = (sum * 31 + c.codePointAt(0)) >>> 0;
  return PALETTE[sum % PALETTE.length];
}

function initialsOf(name) {
  const words = String(name ?? '?')
    .trim()
    .split(/\s+/);
  if (/\p{Script=Han}/u.test(words[0])) return words[0].slice(-2);
  return (words.length > 1 ? words[0][0] + words.at(-1)[0] : words[0].slice(0, 2)).toUpperCase();
}

/** A person's face, `size` pixels square; decoration only, the name stands beside it. */
export function avatar(person, size = 36) {
  const face = person?.avatar ?? {};
  const words = face.emoji || face.initials || initialsOf(person?.name);
  const node = h(
    'span',
    {
      class: `avatar${person?.isBot ? ' avatar-bot' : ''}${face.emoji ? ' avatar-emoji' : ''}`,
      'aria-hidden': 'true',
    },
    words,
  );
  node.style.setProperty('--size', `${size}px`);
  node.style.setProperty('--face', face.color || colourFor(person ?? {}));
  return node;
}
