import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { constants } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { at, root } from './project.mjs';

/**
 * @typedef {object} RunOptions
 * @property {'inherit' | 'stderr' | 'capture'} [output] where the program's two streams go
 * @property {NodeJS.ProcessEnv} [env] added to the environment
 * @property {number} [seconds] after which the program is ended, with all that it started
 */

/**
 * @typedef {object} Ending
 * @property {number} code the exit code; 128 + its number for a signal, 127 where the program is not there
 * @property {boolean} timedOut
 * @property {string} output both streams, where they were captured
 */

/**
 * Runs a program in the repository's root and waits for its end. It never throws: a missing program is an ending too.
 *
 * @param {string} program
 * @param {string[]} args
 * @param {RunOptions} [options]
 * @returns {Promise<Ending>}
 */
export function run(program, args, { output = 'capture', env = {}, seconds = 0 } = {}) {
  return new Promise((resolve) => {
    /** @type {Record<string, import('node:child_process').StdioOptions>} */
    const stdio = { inherit: 'inherit', stderr: ['ignore', 2, 2], capture: ['ignore', 'pipe', 'pipe'] };
    const child = spawn(program, args, {
      cwd: root,
      stdio: stdio[output],
      env: { ...process.env, ...env },
      // A group of its own can be ended whole: the signal to npm alone leaves what npm started running.
      detached: seconds > 0 && process.platform !== 'win32',
    });
    let text = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding('utf8').on('data', (/** @type {string} */ chunk) => (text += chunk));
    }
    let timedOut = false;
    /** @type {NodeJS.Timeout | undefined} */
    let killer;
    const onTimeout = () => {
      timedOut = true;
      endGroup(child, 'SIGTERM');
      killer = setTimeout(() => endGroup(child, 'SIGKILL'), 5000);
    };
    const timer = seconds > 0 ? setTimeout(onTimeout, seconds * 1000) : undefined;
    const forgetSignals = seconds > 0 ? passOnSignals(child) : () => undefined;
    const end = (/** @type {number} */ code) => {
      clearTimeout(timer);
      clearTimeout(killer);
      forgetSignals();
      // What outlived the program that was to end it.
      if (timedOut) endGroup(child, 'SIGKILL');
      resolve({ code, timedOut, output: text });
    };
    child.on('error', (error) => {
      text += `${error.message}\n`;
      end(127);
    });
    child.on('close', (code, signal) => {
      end(code ?? 128 + constants.signals[signal ?? 'SIGKILL']);
    });
  });
}

/**
 * Ends a program and all that it started.
 *
 * @param {import('node:child_process').ChildProcess} child
 * @param {NodeJS.Signals} signal
 */
function endGroup(child, signal) {
  if (child.pid === undefined) return;
  if (process.platform === 'win32') {
    spawn('taskkill', ['/pid', String(child.pid), '/T', '/F'], { stdio: 'ignore' });
    return;
  }
  try {
    process.kill(-child.pid, signal);
  } catch {
    // Its last process ended by itself just now.
  }
}

/**
 * A group of its own does not hear the terminal's Ctrl-C, so it is told.
 *
 * @param {import('node:child_process').ChildProcess} child
 */
function passOnSignals(child) {
  /** @type {NodeJS.Signals[]} */
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];
  const passOn = (/** @type {NodeJS.Signals} */ signal) => {
    endGroup(child, signal);
    // As it would have ended had nobody listened, once the child has.
    child.once('close', () => process.exit(128 + constants.signals[signal]));
  };
  for (const signal of signals) process.once(signal, passOn);
  return () => {
    for (const signal of signals) process.off(signal, passOn);
  };
}

/**
 * Runs a program of an installed package with this Node.js, past the shims of `node_modules/.bin`, which need a shell
 * on Windows.
 *
 * @param {string} packageName
 * @param {string[]} args
 * @param {RunOptions & { bin?: string }} [options] `bin`, where the program is not named like its package
 */
export function runTool(packageName, args, { bin = packageName, ...options } = {}) {
  const folder = at('node_modules', packageName);
  const manifest = /** @type {{ bin: string | Record<string, string> }} */ (
    JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
  );
  const file = typeof manifest.bin === 'string' ? manifest.bin : (manifest.bin[bin] ?? '');
  return run(process.execPath, [join(folder, file), ...args], options);
}

/**
 * Runs npm: the one that runs us, else the one beside this Node.js.
 *
 * @param {string[]} args
 * @param {RunOptions} [options]
 */
export function runNpm(args, options) {
  const given = process.env['npm_execpath'];
  const beside = join(dirname(process.execPath), 'node_modules', 'npm', 'bin', 'npm-cli.js');
  const script = given && basename(given) === 'npm-cli.js' ? given : beside;
  return existsSync(script) ? run(process.execPath, [script, ...args], options) : run('npm', args, options);
}
