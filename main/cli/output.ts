import { styleText } from 'node:util';

import type { Problem } from '../../shared/problem.ts';
import { exitCodes } from './exitCodes.ts';

/** Where a command writes: its result to standard output, all else to standard error. */
export interface Output {
  readonly json: boolean;
  /** The result, in the form that was asked for. */
  result(data: unknown, text: () => string): void;
  /** A remark on the way; never part of the result. */
  note(text: string): void;
  problems(problems: readonly Problem[]): void;
}

let readerGone: () => void = () => process.exit(exitCodes.fine);

/** What is done when who reads the output goes away (`convas … | head`), which is no error: ends, unless this says else. */
export function whenReaderGoes(work: () => void): void {
  readerGone = work;
}

/** Lets a closed standard output end the program without a word, and a closed standard error be nothing at all. */
export function watchReaders(): void {
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') readerGone();
    else process.exit(exitCodes.problems);
  });
  process.stderr.on('error', () => undefined);
}

export function createOutput(json: boolean): Output {
  const note = (text: string) => {
    process.stderr.write(`${text}\n`);
  };
  return {
    json,
    result(data, text) {
      process.stdout.write(json ? `${JSON.stringify(data)}\n` : `${text()}\n`);
    },
    note,
    problems(problems) {
      for (const problem of problems) note(problemText(problem));
    },
  };
}

/** A problem with what can be done about it, for a terminal. */
export function problemText({ severity, message, fixes }: Problem): string {
  const word = severity === 'error' ? paint('red', 'error') : paint('yellow', 'warning');
  const hints = fixes.map(({ label }) => `\n    ${paint('dim', '→')} ${label}`);
  return `${word}: ${message}${hints.join('')}`;
}

export function paint(style: 'red' | 'yellow' | 'green' | 'dim' | 'bold', text: string): string {
  // `stream` makes colours go away where the error output is a file or NO_COLOR is set.
  return styleText(style, text, { stream: process.stderr });
}

/** Columns as wide as they need to be, to the right. */
export function table(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) =>
    Math.max(...rows.map((row) => (row[column] ?? '').length)),
  );
  return rows
    .map((row) => row.map((cell, column) => cell.padStart(widths[column] ?? 0)).join('  '))
    .join('\n');
}
