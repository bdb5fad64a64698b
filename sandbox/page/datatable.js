// Data tables: a head that sorts, pages of rows, and buttons in cells.
import { pressable } from './buttons.js';
import { fill, h, icon, iconButton } from './dom.js';
import { t } from './i18n.js';
import { cellNodes } from './richtext.js';

const PAGE = 5;

/** What a cell is sorted by: its number, else its words. */
function sortKey(cell) {
  if (cell.type === 'raw_number') return cell.value;
  const words = h('span', {}, cell.type === 'action_cell' ? cell.element.text.text : cellNodes(cell));
  return words.textContent;
}

function compare(a, b) {
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  return String(a).localeCompare(String(b));
}

/** A data_table block. */
export function dataTable(surface, block) {
  const [head, ...rows] = block.rows;
  const size = block.page_size ?? PAGE;
  const named = block.row_header_column_index ?? 0;
  let sorted = { column: -1, up: true };
  let start = 0;

  const nodes = (cell) =>
    cell.type === 'action_cell' ? pressable(surface, block, cell.element) : cellNodes(cell);
  const cellOf = (cell, column) =>
    h(
      column === named ? 'th' : 'td',
      {
        scope: column === named ? 'row' : null,
        class: cell.type === 'raw_number' ? 'align-right' : null,
      },
      nodes(cell),
    );

  function ordered() {
    if (sorted.column < 0) return rows;
    const keyed = rows.map((row) => [sortKey(row[sorted.column]), row]);
    keyed.sort(([a], [b]) => (sorted.up ? compare(a, b) : compare(b, a)));
    return keyed.map(([, row]) => row);
  }

  function headCell(cell, column) {
    const here = sorted.column === column;
    return h(
      'th',
      { scope: 'col', 'aria-sort': here ? (sorted.up ? 'ascending' : 'descending') : null },
      h(
        'button',
        {
          type: 'button',
          class: `sort${here ? (sorted.up ? ' sort-up' : ' sort-down') : ''}`,
          on: {
            click: () => {
              sorted = { column, up: !here || !sorted.up };
              start = 0;
              show();
              table.querySelectorAll('.sort')[column].focus();
            },
          },
        },
        cellNodes(cell),
        icon('down', 13),
      ),
    );
  }

  const table = h('table', {});
  const place = h('span', { class: 'table-place', role: 'status' });
  const turn = (name, words, step) =>
    iconButton(
      name,
      words,
      () => {
        start += step;
        show();
      },
      { size: 16 },
    );
  const earlier = turn('back', t('rows_earlier'), -size);
  const later = turn('right', t('rows_later'), size);
  const pages = h('div', { class: 'table-pages' }, place, earlier, later);

  function show() {
    fill(
      table,
      h('caption', {}, block.caption),
      h('thead', {}, h('tr', {}, head.map(headCell))),
      h(
        'tbody',
        {},
        ordered()
          .slice(start, start + size)
          .map((row) => h('tr', {}, row.map(cellOf))),
      ),
    );
    const end = Math.min(start + size, rows.length);
    place.textContent = t('rows_shown', { from: start + 1, to: end, n: rows.length });
    earlier.disabled = start === 0;
    later.disabled = end === rows.length;
    pages.hidden = rows.length <= size;
  }

  show();
  return h(
    'div',
    { class: 'block data-table' },
    h('div', { class: 'table-scroll', tabindex: '0' }, table),
    pages,
  );
}
