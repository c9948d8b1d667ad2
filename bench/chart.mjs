import { ratioOf, rounds } from './statistics.mjs';

// The chart of the published benchmark: for each case how fast every engine trains, Keras with its best settings being 1.

/** @typedef {import('./result.ts').BenchResult} BenchResult */
/** @typedef {import('./result.ts').CaseResult} CaseResult */

const width = 860;
const left = 150;
const right = 80;
const top = 112;
const rowHeight = 24;
const headingHeight = 34;

/**
 * Who is shown, each by a mark of its own, so that colour is not needed; what is behind first. WebAssembly would lie on
 * the axis.
 *
 * @type {readonly { contender: import('./result.ts').Contender, label: string, mark: (x: number, y: number) => string }[]}
 */
const shown = [
  { contender: 'modelFit', label: 'TensorFlow.js model.fit', mark: square },
  { contender: 'eager', label: 'Convas, eager', mark: diamond },
  { contender: 'keras', label: 'Keras as it comes', mark: ring },
  { contender: 'graph', label: 'Convas', mark: disc },
];

const style = `
  text { font: 13px system-ui, -apple-system, 'Segoe UI', Roboto, sans-serif; fill: #24292f; }
  .title { font-size: 16px; font-weight: 600; }
  .heading { font-weight: 600; }
  .quiet { fill: #57606a; }
  .value { font-weight: 600; fill: #0550ae; }
  .paper { fill: #ffffff; }
  .grid { stroke: #d0d7de; }
  .one { stroke: #24292f; stroke-width: 1.5; }
  .graph { fill: #0969da; stroke: #0969da; }
  .keras { fill: #ffffff; stroke: #24292f; stroke-width: 2; }
  .eager { fill: #bc4c00; }
  .modelFit { fill: #8250df; }
  @media (prefers-color-scheme: dark) {
    text { fill: #e6edf3; }
    .quiet { fill: #9198a1; }
    .value { fill: #79c0ff; }
    .paper { fill: #0d1117; }
    .grid { stroke: #30363d; }
    .one { stroke: #e6edf3; }
    .graph { fill: #58a6ff; stroke: #58a6ff; }
    .keras { fill: #0d1117; stroke: #e6edf3; }
    .eager { fill: #f0883e; }
    .modelFit { fill: #bc8cff; }
  }`;

/**
 * The chart as a drawing with text that is text. Light or dark as the reader's system is.
 *
 * @param {BenchResult} result with Keras among the contenders
 */
export function chartOf({ cases, machine, settings }) {
  const compared = cases.filter((found) => ratioOf(found, 'graph', 'kerasBest') !== undefined);
  if (compared.length === 0) throw new Error('There is nothing to compare: TensorFlow and Keras are needed.');
  const largest = compared
    .flatMap((found) => shown.map(({ contender }) => ratioOf(found, contender, 'kerasBest')?.max ?? 0))
    .reduce((most, ratio) => Math.max(most, ratio), 1);
  const tick = largest > 4 ? 1 : largest > 2 ? 0.5 : 0.25;
  const end = Math.ceil(largest / tick) * tick;
  const xOf = (/** @type {number} */ ratio) => left + (ratio / end) * (width - left - right);

  /** @type {string[]} */
  const rows = [];
  let y = top;
  for (const [at, found] of compared.entries()) {
    if (found.network !== compared[at - 1]?.network) {
      rows.push(text(20, y + headingHeight - 12, found.network.title, 'heading'));
      y += headingHeight;
    }
    rows.push(rowOf(found, y + rowHeight / 2, xOf));
    y += rowHeight;
  }
  const bottom = y + 10;
  const height = bottom + 80;
  const ticks = Array.from({ length: Math.round(end / tick) + 1 }, (_, at) => at * tick);
  const axis = ticks.flatMap((ratio) => [
    line(xOf(ratio), top, xOf(ratio), bottom, ratio === 1 ? 'one' : 'grid'),
    text(xOf(ratio), bottom + 18, String(ratio), 'quiet', 'middle'),
  ]);
  const about = [
    'Images a second in training, divided by those of Keras with its best settings in the same round.',
    `${rounds(settings.rounds)}: medians, Convas with least and largest. ${machine.cpu}, ${machine.cores} cores.`,
  ];
  return `${[
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" role="img" aria-labelledby="title about">`,
    `<title id="title">How fast networks are trained, compared with Keras</title>`,
    `<desc id="about">${escaped(about.join(' '))}</desc>`,
    `<style>${style}\n</style>`,
    `<rect class="paper" width="${width}" height="${height}"/>`,
    text(20, 32, 'Training speed: Keras with its best settings is 1, further right is faster', 'title'),
    ...legend(),
    text(xOf(1), top - 8, 'Keras, its best settings', 'quiet', 'middle'),
    ...axis,
    ...rows,
    ...about.map((words, at) => text(20, bottom + 44 + 20 * at, words, 'quiet')),
    '</svg>',
  ].join('\n')}\n`;
}

/**
 * @param {CaseResult} found
 * @param {number} y
 * @param {(ratio: number) => number} xOf
 */
function rowOf(found, y, xOf) {
  const parts = [text(36, y + 4, `batch ${found.batchSize}`, 'quiet')];
  for (const { contender, mark } of shown) {
    const ratio = ratioOf(found, contender, 'kerasBest');
    if (ratio === undefined) continue;
    if (contender === 'graph') {
      parts.push(line(xOf(ratio.min), y, xOf(ratio.max), y, 'graph'));
      parts.push(text(width - 20, y + 4, `${ratio.median.toFixed(2)} ×`, 'value', 'end'));
    }
    parts.push(`<g class="${contender}">${mark(xOf(ratio.median), y)}</g>`);
  }
  return parts.join('\n');
}

function legend() {
  let x = 26;
  return [...shown].reverse().flatMap(({ contender, label, mark }) => {
    const at = x;
    x += 46 + label.length * 7;
    return [`<g class="${contender}">${mark(at, 60)}</g>`, text(at + 12, 64, label, '')];
  });
}

/**
 * @param {number} x
 * @param {number} y
 */
function disc(x, y) {
  return `<circle cx="${x.toFixed(1)}" cy="${y}" r="6"/>`;
}

/**
 * @param {number} x
 * @param {number} y
 */
function ring(x, y) {
  return `<circle cx="${x.toFixed(1)}" cy="${y}" r="4.5"/>`;
}

/**
 * @param {number} x
 * @param {number} y
 */
function square(x, y) {
  return `<rect x="${(x - 4).toFixed(1)}" y="${y - 4}" width="8" height="8"/>`;
}

/**
 * @param {number} x
 * @param {number} y
 */
function diamond(x, y) {
  return `<path d="M${x.toFixed(1)} ${y - 6}l6 6l-6 6l-6 -6z"/>`;
}

/**
 * @param {number} x1
 * @param {number} y1
 * @param {number} x2
 * @param {number} y2
 * @param {string} kind
 */
function line(x1, y1, x2, y2, kind) {
  return `<line class="${kind}" x1="${x1.toFixed(1)}" y1="${y1}" x2="${x2.toFixed(1)}" y2="${y2}"/>`;
}

/**
 * @param {number} x
 * @param {number} y
 * @param {string} words
 * @param {string} kind
 * @param {'start' | 'middle' | 'end'} [anchor]
 */
function text(x, y, words, kind, anchor = 'start') {
  return `<text x="${x.toFixed(1)}" y="${y}" class="${kind}" text-anchor="${anchor}">${escaped(words)}</text>`;
}

/** @param {string} words */
function escaped(words) {
  return words.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
