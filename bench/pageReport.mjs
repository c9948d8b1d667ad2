// What the page bench found, as a section of the report.

/** @typedef {Awaited<ReturnType<typeof import('./page.mjs').measurePage>>} PageBench */

/** What a person notices: milliseconds. */
export const pageAims = { frame: 16, opening: 1000, firstScreen: 1500 };

export const pageTitle = '## The page';

/**
 * @param {PageBench} result
 * @param {string} machine
 */
export function pageReport({ firstScreens, networks, browser }, machine) {
  const rows = networks.flatMap(({ network, opening, gestures }) => [
    `| ${network} | opening the file | ${opening.toFixed(0)} | | | | |`,
    ...Object.entries(gestures).map(
      ([gesture, { median, most95, worst, longest, frames }]) =>
        `| ${network} | ${gesture} | ${median.toFixed(1)} | ${most95.toFixed(1)} | ${worst.toFixed(1)} | ${longest.toFixed(1)} | ${frames} |`,
    ),
  ]);
  const first = firstScreens.toSorted((a, b) => a - b)[Math.floor(firstScreens.length / 2)] ?? 0;
  return [
    pageTitle,
    '',
    `The first screen on a cold cache: ${first.toFixed(0)} ms (aim: ${pageAims.firstScreen}). Opening is to take less than ${pageAims.opening} ms, a frame less than ${pageAims.frame} ms: what the processor works on the page’s main thread from the input that the frame answers until its pixels are on their way, in Chromium ${browser}. The longest task is the longest that the thread was held without a break, by whatever. ${machine}`,
    '',
    '| network | | median, ms | 95 % | worst | longest task | frames |',
    '| --- | --- | ---: | ---: | ---: | ---: | ---: |',
    ...rows,
    '',
    'Measured by `npm run bench -- --page`.',
    '',
  ].join('\n');
}

/**
 * A report with this section in the place of the one that it had.
 *
 * @param {string} report
 * @param {string} section
 */
export function withPageSection(report, section) {
  return `${withoutPageSection(report)}\n\n${section}`;
}

/** The section that a report has about the page; empty where it has none. @param {string} report */
export function pageSectionOf(report) {
  const start = report.indexOf(pageTitle);
  return start < 0 ? '' : report.slice(start);
}

/** @param {string} report */
function withoutPageSection(report) {
  const start = report.indexOf(pageTitle);
  return (start < 0 ? report : report.slice(0, start)).trimEnd();
}
