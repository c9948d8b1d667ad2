import { customAlphabet } from 'nanoid';

/** Writes an error that nobody foresaw into the log of its process, and gives the id by which it is found there. */
export type RecordError = (error: unknown) => string;

/** Longer messages are cut: a log is to be read. */
const longestMessage = 500;
const longestStack = 6000;

let record: RecordError = () => newErrorId();

/** Says where this process keeps its log; until then errors get an id and are written nowhere. */
export function recordErrorsWith(given: RecordError): void {
  record = given;
}

export function recordError(error: unknown): string {
  return record(error);
}

const eight = customAlphabet('0123456789abcdef', 8);

/** Eight characters that tell one error from the others. */
export function newErrorId(): string {
  return eight();
}

/**
 * What a log says of an error: its id, its message and its stack. Long texts in quotes are left out: parsers quote what
 * they read, and a log holds nothing of a project.
 */
export function errorText(error: unknown, id: string): string {
  const message = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  const stack = error instanceof Error ? (error.stack ?? '') : '';
  const frames = stack
    .split('\n')
    .filter((line) => /^\s*at |@/.test(line))
    .join('\n');
  const text = withoutQuotes(message).slice(0, longestMessage);
  return `[${id}] ${text}${frames === '' ? '' : `\n${frames.slice(0, longestStack)}`}`;
}

function withoutQuotes(message: string): string {
  return message.replaceAll(/"[^"]{25,}("|$)/g, '"…"').replaceAll(/\.\.\.".*?"\.\.\./gs, '"…"');
}
