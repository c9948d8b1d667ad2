import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The built command line. */
export const programFile = fileURLToPath(new URL('../../out/main/cli.js', import.meta.url));

export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Running {
  readonly process: ChildProcess;
  readonly ended: Promise<Ended>;
  /** The lines of standard output so far, as they come. */
  lines(): AsyncGenerator<string, void>;
}

export interface RunOptions {
  readonly env?: Readonly<Record<string, string>>;
  readonly input?: string;
  readonly cwd?: string;
  /** In a group of processes of its own. */
  readonly detached?: boolean;
}

/** Starts the built command line with a data folder of the test's own. */
export function startConvas(
  args: readonly string[],
  { env = {}, input, cwd, detached = false }: RunOptions = {},
): Running {
  const child = spawn(process.execPath, [programFile, ...args], {
    env: { ...process.env, ...env },
    stdio: ['pipe', 'pipe', 'pipe'],
    detached,
    ...(cwd === undefined ? {} : { cwd }),
  });
  // A program that refuses its input early closes the pipe.
  child.stdin.on('error', () => undefined);
  child.stdin.end(input ?? '');
  let [stdout, stderr, done] = ['', '', false];
  let wake: () => void = () => undefined;
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
    wake();
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  const ended = new Promise<Ended>((resolve) => {
    child.once('close', (code) => {
      done = true;
      wake();
      resolve({ code, stdout, stderr });
    });
  });
  return {
    process: child,
    ended,
    async *lines() {
      for (let from = 0; ;) {
        const end = stdout.indexOf('\n', from);
        if (end >= 0) {
          yield stdout.slice(from, end);
          from = end + 1;
        } else if (done) {
          return;
        } else {
          await new Promise<void>((resolve) => {
            wake = resolve;
          });
        }
      }
    },
  };
}

export function convas(args: readonly string[], options: RunOptions = {}): Promise<Ended> {
  return startConvas(args, options).ended;
}

/** Runs a command with `--json` and reads what it wrote. */
export async function convasJson<T>(
  args: readonly string[],
  options: RunOptions = {},
): Promise<{ code: number | null; json: T }> {
  const { code, stdout } = await convas([...args, '--json'], options);
  return { code, json: JSON.parse(stdout) as T };
}

/** The process ids of a process's children (not on Windows). */
export function childrenOf(pid: number): Promise<number[]> {
  return new Promise((resolve) => {
    execFile('pgrep', ['-P', String(pid)], (_error, stdout) => {
      resolve(stdout.split('\n').filter(Boolean).map(Number));
    });
  });
}

/** A folder for one test file; `remove` takes it away again, when what was killed has stopped writing to it. */
export async function temporaryFolder(): Promise<{
  path: string;
  in(name: string): string;
  remove(): Promise<void>;
}> {
  const path = await mkdtemp(join(tmpdir(), 'convas-e2e-'));
  return {
    path,
    in: (name) => join(path, name),
    remove: () => rm(path, { recursive: true, force: true, maxRetries: 10 }),
  };
}
