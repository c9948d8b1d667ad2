import { performance } from 'node:perf_hooks';

/** @typedef {(line: string) => void} Log */

/**
 * @callback Tell how far the step is
 * @param {number} fraction from 0 to 1
 * @returns {void}
 */

/** @typedef {ReturnType<typeof createProgress>} Step */

/**
 * Shows steps that take long: on a terminal one line that is drawn again and again, elsewhere a line for the start of
 * each step and for every quarter of it. A finished step leaves one line with its time.
 *
 * @param {Log} log
 * @param {{ isTTY?: boolean, write: (text: string) => unknown }} [terminal]
 */
export function createProgress(log, terminal = process.stderr) {
  /**
   * @template T
   * @param {string} title
   * @param {(tell: Tell) => Promise<T>} work
   * @returns {Promise<T>}
   */
  return async function step(title, work) {
    const start = performance.now();
    const elapsed = () => `${((performance.now() - start) / 1000).toFixed(0)} s`;
    let fraction = 0;
    let quarters = 0;
    const draw = () => {
      const percent = fraction > 0 ? ` ${Math.floor(fraction * 100)} %` : '';
      terminal.write(`\r\u001B[2K  ${title}${percent} (${elapsed()})`);
    };
    const timer = terminal.isTTY ? setInterval(draw, 250) : undefined;
    if (!timer) log(title);
    try {
      return await work((now) => {
        fraction = Math.min(1, now);
        if (timer || Math.floor(fraction * 4) <= quarters || fraction === 1) return;
        quarters = Math.floor(fraction * 4);
        log(`  ${quarters * 25} % (${elapsed()})`);
      });
    } finally {
      clearInterval(timer);
      if (timer) terminal.write('\r\u001B[2K');
      log(timer ? `${title}: ${elapsed()}` : `  took ${elapsed()}`);
    }
  };
}
