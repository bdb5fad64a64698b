// Choosing files, sending them to the workspace at once, and showing the ones a message carries.
import { upload } from './api.js';
import { fill, h, icon, iconButton } from './dom.js';
import { t } from './i18n.js';
import { bare } from './values.js';

/** e.g. `34 kB`. */
export function fileSize(bytes) {
  if (!Number.isFinite(bytes)) return '';
  if (bytes < 1000) return `${bytes} B`;
  return bytes < 1e6 ? `${Math.round(bytes / 1000)} kB` : `${(bytes / 1e6).toFixed(1)} MB`;
}

/** The control of a file_input element. */
export function filePicker({ surface, block, element, entry, ids, changed }) {
  let files = [...bare(element, entry)];
  const max = element.max_files ?? 10;
  const kinds = element.filetypes ?? [];
  const list = h('ul', { class: 'file-list' });
  const note = h('span', { class: 'file-note', role: 'status' });
  const input = h('input', {
    type: 'file',
    id: ids.id,
    class: 'file-native',
    multiple: max > 1,
    'aria-describedby': ids.describedby,
    'aria-labelledby': ids.labelledby,
    accept: kinds.length ? kinds.map((k) => `.${k}`).join(',') : null,
    on: {
      change: () => {
        take([...input.files]);
        input.value = '';
      },
    },
  });

  function refuse(chosen) {
    if (files.length + chosen.length > max) return t('e_files', { n: max });
    const wrong =
      kinds.length && chosen.some((f) => !kinds.includes(f.name.split('.').at(-1).toLowerCase()));
    return wrong ? t('e_filetype', { kinds: kinds.join(', ') }) : null;
  }

  async function take(chosen) {
    const problem = refuse(chosen);
    note.textContent = problem ?? t('uploading');
    if (problem || !chosen.length) return;
    surface.uploads = (surface.uploads ?? 0) + 1;
    for (const file of chosen) {
      const answer = await upload(file);
      if (!answer.ok) {
        note.textContent = answer.notice ?? t('upload_failed');
        surface.uploads -= 1;
        return;
      }
      files.push(answer.file ?? { id: answer.id, name: file.name, size: file.size });
    }
    surface.uploads -= 1;
    note.textContent = '';
    keep();
  }

  function keep() {
    show();
    changed(
      files.map(({ id, name }) => ({ id, name })),
      { act: block.dispatch_action === true },
    );
  }

  function show() {
    fill(
      list,
      files.map((file) =>
        h(
          'li',
          { class: 'file-row' },
          icon('file', 18),
          h('span', { class: 'file-name' }, file.name),
          h('span', { class: 'file-size' }, fileSize(file.size)),
          iconButton(
            'close',
            t('remove', { name: file.name }),
            () => {
              files = files.filter((f) => f !== file);
              keep();
            },
            { size: 14 },
          ),
        ),
      ),
    );
  }

  show();
  return h(
    'div',
    {
      class: 'file-drop',
      on: {
        dragover: (e) => {
          e.preventDefault();
          e.currentTarget.classList.add('over');
        },
        dragleave: (e) => e.currentTarget.classList.remove('over'),
        drop: (e) => {
          e.preventDefault();
          e.currentTarget.classList.remove('over');
          take([...e.dataTransfer.files]);
        },
      },
    },
    list,
    h(
      'div',
      { class: 'file-pick' },
      input,
      h(
        'span',
        { class: 'button', 'aria-hidden': 'true', on: { click: () => input.click() } },
        icon('plus', 16),
        t('add_file'),
      ),
      h('span', { class: 'file-hint' }, t('drop_file')),
    ),
    note,
  );
}

/** The files of a message. */
export function fileCards(files) {
  return h(
    'div',
    { class: 'file-cards' },
    files.map((file) => {
      const url = file.url ?? file.url_private ?? file.permalink;
      const words = [
        h('strong', {}, file.title || file.name),
        h(
          'span',
          { class: 'file-size' },
          [file.mimetype, fileSize(file.size)].filter(Boolean).join(' · '),
        ),
      ];
      if (url && /^image\//.test(file.mimetype ?? '')) {
        return h(
          'a',
          { class: 'file-image', href: url, target: '_blank', rel: 'noopener noreferrer' },
          h('img', { src: url, alt: file.title || file.name, loading: 'lazy' }),
        );
      }
      return h(
        url ? 'a' : 'div',
        {
          class: 'file-card',
          href: url ?? null,
          target: url ? '_blank' : null,
          rel: url ? 'noopener noreferrer' : null,
        },
        icon('file', 26),
        h('span', { class: 'file-words' }, words),
      );
    }),
  );
}
