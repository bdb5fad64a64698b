// Data visualizations, drawn as plain SVG: pies, bars, areas and lines.
import { h, isNarrow } from './dom.js';

const SVG = 'http://www.w3.org/2000/svg';
const HEIGHT = 250;
const BOX = { left: 52, right: 12, top: 12, bottom: 46 };
const RADIUS = 100;
const LINES = 4;

function svg(tag, props, ...children) {
  const node = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(props)) node.setAttribute(name, String(value));
  node.append(...children.flat());
  return node;
}

const short = new Intl.NumberFormat('en', { notation: 'compact', maximumFractionDigits: 1 });
const hue = (i) => `hue-${i + 1}`;

function words(x, y, text, props = {}) {
  return svg('text', { x, y, ...props }, text);
}

/** A step of 1, 2 or 5 times a power of ten, so that about `LINES` of them cover the span. */
function niceStep(span) {
  const rough = span / LINES || 1;
  const power = 10 ** Math.floor(Math.log10(rough));
  return power * ([1, 2, 5].find((each) => each * power >= rough) ?? 10);
}

/** The scales of a plot: where a value and where a category lies. */
function scales(chart, width) {
  const values = chart.series.flatMap((series) => series.data.map((point) => point.value));
  const low = Math.min(0, ...values);
  const high = Math.max(0, ...values);
  const step = niceStep(high - low);
  const from = Math.floor(low / step) * step;
  const to = Math.max(Math.ceil(high / step) * step, from + step);
  const inner = HEIGHT - BOX.top - BOX.bottom;
  const slot = (width - BOX.left - BOX.right) / chart.axis_config.categories.length;
  return {
    from,
    to,
    step,
    slot,
    width,
    y: (value) => BOX.top + inner * (1 - (value - from) / (to - from)),
    x: (i) => BOX.left + slot * (i + 0.5),
  };
}

function axes(chart, scale) {
  const { categories, x_label: xLabel, y_label: yLabel } = chart.axis_config;
  const nodes = [];
  for (let value = scale.from; value <= scale.to + scale.step / 2; value += scale.step) {
    const y = scale.y(value);
    const kind = Math.abs(value) < scale.step / 2 ? 'zero' : 'grid';
    nodes.push(svg('line', { x1: BOX.left, x2: scale.width - BOX.right, y1: y, y2: y, class: kind }));
    nodes.push(words(BOX.left - 7, y + 4, short.format(value), { 'text-anchor': 'end' }));
  }
  const longest = Math.max(...categories.map((each) => each.length));
  const every = Math.ceil((longest * 6.5 + 8) / scale.slot);
  categories.forEach((category, i) => {
    if (i % every) return;
    nodes.push(
      words(scale.x(i), HEIGHT - BOX.bottom + 17, category, { 'text-anchor': 'middle' }),
    );
  });
  const middle = { 'text-anchor': 'middle', class: 'axis' };
  if (xLabel) nodes.push(words((scale.width + BOX.left) / 2, HEIGHT - 7, xLabel, middle));
  if (yLabel) {
    const at = (HEIGHT - BOX.bottom) / 2;
    nodes.push(words(11, at, yLabel, { ...middle, transform: `rotate(-90 11 ${at})` }));
  }
  return nodes;
}

/** The values of a series in the order of the categories. */
function inOrder(chart, series) {
  const known = new Map(series.data.map((point) => [point.label, point.value]));
  return chart.axis_config.categories.map((category) => known.get(category));
}

function bars(chart, scale) {
  const width = Math.min((scale.slot * 0.76) / chart.series.length, 46);
  const zero = scale.y(0);
  return chart.series.flatMap((series, s) =>
    inOrder(chart, series).map((value, i) => {
      const y = scale.y(value);
      const x = scale.x(i) + (s - chart.series.length / 2) * width;
      const height = Math.abs(zero - y);
      const top = Math.min(zero, y);
      return svg(
        'rect',
        { x: x + 1, y: top, width: width - 2, height, rx: 2, class: hue(s) },
        svg('title', {}, `${chart.axis_config.categories[i]}, ${series.name}: ${value}`),
      );
    }),
  );
}

function curves(chart, scale, filled) {
  return chart.series.flatMap((series, s) => {
    const points = inOrder(chart, series).map((value, i) => [scale.x(i), scale.y(value), value]);
    const path = points.map(([x, y]) => `${x} ${y}`).join('L');
    const zero = scale.y(0);
    const under = `M${points[0][0]} ${zero}L${path}L${points.at(-1)[0]} ${zero}Z`;
    return [
      ...(filled ? [svg('path', { d: under, class: `${hue(s)} area` })] : []),
      svg('path', { d: `M${path}`, class: `${hue(s)} curve` }),
      ...points.map(([x, y, value], i) =>
        svg(
          'circle',
          { cx: x, cy: y, r: 3, class: hue(s) },
          svg('title', {}, `${chart.axis_config.categories[i]}, ${series.name}: ${value}`),
        ),
      ),
    ];
  });
}

function pie(chart, width) {
  const sum = chart.segments.reduce((total, segment) => total + segment.value, 0);
  const [x, y] = [width / 2, HEIGHT / 2];
  if (chart.segments.length === 1)
    return [svg('circle', { cx: x, cy: y, r: RADIUS, class: hue(0) })];
  let turned = -0.25;
  return chart.segments.map((segment, i) => {
    const share = segment.value / sum;
    const at = (part) => {
      const angle = 2 * Math.PI * part;
      return `${x + RADIUS * Math.cos(angle)} ${y + RADIUS * Math.sin(angle)}`;
    };
    const arc = `A${RADIUS} ${RADIUS} 0 ${share > 0.5 ? 1 : 0} 1 ${at(turned + share)}`;
    const path = `M${x} ${y}L${at(turned)}${arc}Z`;
    turned += share;
    return svg('path', { d: path, class: `${hue(i)} slice` }, svg('title', {}, segment.label));
  });
}

function marks(chart, scale) {
  if (chart.type === 'bar') return bars(chart, scale);
  return curves(chart, scale, chart.type === 'area');
}

/** What the colours mean; of a pie also how large each part is. */
function legend(chart) {
  const sum = (chart.segments ?? []).reduce((total, segment) => total + segment.value, 0);
  const share = (segment) => `${Math.round((segment.value / sum) * 100)}%`;
  const entries = chart.segments
    ? chart.segments.map((each) => [each.label, `${short.format(each.value)} · ${share(each)}`])
    : chart.series.map((each) => [each.name, '']);
  return h(
    'ul',
    { class: 'legend' },
    entries.map(([name, figures], i) =>
      h(
        'li',
        {},
        h('span', { class: `swatch ${hue(i)}` }),
        name,
        figures && h('span', { class: 'legend-figures' }, figures),
      ),
    ),
  );
}

/** A data_visualization block. */
export function chartBlock(block) {
  const { chart } = block;
  const width = isNarrow() ? 320 : 560;
  const scale = chart.series && scales(chart, width);
  const drawn = scale ? [...axes(chart, scale), ...marks(chart, scale)] : pie(chart, width);
  return h(
    'figure',
    { class: 'block chart' },
    h('figcaption', {}, block.title),
    svg(
      'svg',
      { viewBox: `0 0 ${width} ${HEIGHT}`, role: 'img', 'aria-label': block.title },
      drawn,
    ),
    legend(chart),
  );
}
