// How much work the frames of a page are, out of Chromium's trace.

/**
 * An event of Chromium's trace: times and durations in microseconds, `tdur` of which the processor worked.
 *
 * @typedef {{ name: string, ph: string, pid: number, tid: number, ts: number, dur?: number, tdur?: number,
 *   args: { name?: string, data?: { type?: string } } }} TraceEvent
 */
/** @typedef {{ median: number, most95: number, worst: number, longest: number, frames: number }} Frames */

/** Runs of the page's main thread, with all that happened in each. */
const categories = ['-*', '__metadata', 'devtools.timeline', 'disabled-by-default-devtools.timeline'];
const inputs = new Set([
  'pointermove',
  'mousemove',
  'pointerdown',
  'wheel',
  'keydown',
  'beforeinput',
  'input',
]);

/**
 * Measures the frames that answer the input of a gesture.
 *
 * @param {import('@playwright/test').Browser} browser
 * @param {import('@playwright/test').Page} page
 * @param {() => Promise<void>} gesture
 */
export async function framesWhile(browser, page, gesture) {
  await browser.startTracing(page, { categories });
  await gesture();
  await page.waitForTimeout(150);
  /** @type {{ traceEvents: readonly TraceEvent[] }} */
  const { traceEvents } = JSON.parse((await browser.stopTracing()).toString());
  return framesOf(traceEvents);
}

/**
 * The work of each frame: what the processor does on the page's main thread from the first input that the frame
 * answers until its pixels are on their way, in milliseconds. `longest` is the longest that the thread was held
 * without a break, by whatever. Counted is the thread's own processor time, which other programs do not add to.
 *
 * @param {readonly TraceEvent[]} trace
 * @returns {Frames}
 */
export function framesOf(trace) {
  const events = mainThread(trace);
  const tasks = events.filter(({ name, ph }) => name === 'RunTask' && ph === 'X');
  const during = (/** @type {TraceEvent} */ task) =>
    events.filter(({ ts }) => ts >= task.ts && ts < task.ts + (task.dur ?? 0));
  /** @type {number[]} */
  const frames = [];
  /** @type {number | null} */
  let work = null;
  for (const task of tasks) {
    const within = during(task);
    const hasInput = within.some(
      ({ name, args }) => name === 'EventDispatch' && inputs.has(args.data?.type ?? ''),
    );
    if (work === null && !hasInput) continue;
    work = (work ?? 0) + (task.tdur ?? 0) / 1000;
    if (!within.some(({ name }) => name === 'Commit')) continue;
    frames.push(work);
    work = null;
  }
  const sorted = frames.toSorted((a, b) => a - b);
  const at = (/** @type {number} */ share) =>
    sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
  const longest = Math.max(0, ...tasks.map(({ tdur = 0 }) => tdur / 1000));
  return { median: at(0.5), most95: at(0.95), worst: sorted.at(-1) ?? 0, longest, frames: frames.length };
}

/**
 * Of a trace of several programs and threads, the busiest page's main thread, in order of time.
 *
 * @param {readonly TraceEvent[]} trace
 */
function mainThread(trace) {
  const mains = trace.filter(({ name, args }) => name === 'thread_name' && args.name === 'CrRendererMain');
  const threads = mains.map(({ pid, tid }) =>
    trace.filter((event) => event.pid === pid && event.tid === tid && event.name !== 'thread_name'),
  );
  const busiest = threads.toSorted((a, b) => b.length - a.length)[0] ?? [];
  return busiest.toSorted((a, b) => a.ts - b.ts);
}
