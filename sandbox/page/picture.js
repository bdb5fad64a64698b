// Pictures of the bot's blocks.
import { h, icon } from './dom.js';
import { t } from './i18n.js';

function imageUrl(object) {
  const url =
    object.image_url ??
    object.slack_file?.url ??
    (object.slack_file?.id ? `/ui/files/${object.slack_file.id}` : '');
  return /^(https?:|data:image\/|\/)/i.test(url) ? url : '';
}

/** A picture whose address does not answer shows its description instead. */
export function picture(object, klass) {
  const image = h('img', {
    src: imageUrl(object),
    alt: object.alt_text ?? '',
    class: klass,
    loading: 'lazy',
  });
  image.addEventListener('error', () =>
    image.replaceWith(
      h(
        'span',
        {
          class: `${klass} image-missing`,
          role: 'img',
          'aria-label': object.alt_text ?? t('image'),
        },
        icon('image', 18),
        klass === 'context-image' ? null : h('span', {}, object.alt_text ?? ''),
      ),
    ),
  );
  return image;
}
