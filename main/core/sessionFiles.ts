import { constants } from 'node:fs';
import { open, readdir } from 'node:fs/promises';
import { join } from 'node:path';

import { z } from 'zod';

import { sessionFileSchema, sessionIdSchema, type SavedSession } from '../../shared/rpc/sessions.ts';
import { earlierPath } from './sealedFile.ts';

/** What the first line of a kept project says; its document and its state stand in the lines below. */
const headerSchema = z.object({
  version: z.literal(1),
  savedAt: z.string(),
  /** Grows with everything that is written, whatever the clock says. */
  counter: z.int(),
  name: z.string(),
  edited: z.boolean(),
  file: sessionFileSchema.nullable(),
  layers: z.int(),
});
export type SessionHeader = z.infer<typeof headerSchema>;

const windowFileSchema = z.object({
  version: z.literal(1),
  counter: z.int(),
  /** When a page had it last; ISO 8601. */
  usedAt: z.string(),
  order: z.array(sessionIdSchema),
  active: sessionIdSchema.nullable(),
  closed: z.array(sessionIdSchema),
  /** When tabs were closed, of closed ones and of those that the page has forgotten. */
  closedAt: z.record(z.string(), z.string()),
});
export type WindowFile = z.infer<typeof windowFileSchema>;

export const emptyWindow: WindowFile = {
  version: 1,
  counter: 0,
  usedAt: '',
  order: [],
  active: null,
  closed: [],
  closedAt: {},
};

/** No message of a page is as large. */
export const largestSession = 96 * 2 ** 20;
export const largestWindowFile = 2 ** 20;
const ending = '.session';
const longestHeader = 16 * 1024;

export function sessionPath(windowFolder: string, sessionId: string): string {
  return join(windowFolder, sessionId + ending);
}

export function windowFilePath(windowFolder: string): string {
  return join(windowFolder, 'window.json');
}

/** The ids of a folder's projects, also of those of which only the version before is there. */
export async function sessionIdsIn(windowFolder: string): Promise<string[]> {
  const names = await readdir(windowFolder).catch(() => []);
  const earlier = earlierPath(ending);
  const ids = names.flatMap((name) =>
    [ending, earlier].filter((end) => name.endsWith(end)).map((end) => name.slice(0, -end.length)),
  );
  return [...new Set(ids)].filter((id) => sessionIdSchema.safeParse(id).success);
}

/** A project as it is written: a line each for what is said of it, its document and its state. */
export function sessionText(header: SessionHeader, document: unknown, stateLine: string): string {
  return `${JSON.stringify(header)}\n${JSON.stringify(document)}\n${stateLine}\n`;
}

export function stateLineOf(state: unknown): string {
  return state === undefined ? 'null' : JSON.stringify(state);
}

/** The line of a written project that holds its state; null of one that says nothing. */
export function stateLineIn(text: string): string {
  return text.split('\n', 3)[2] || 'null';
}

/** A written project; undefined where it is none. */
export function parseSession(
  sessionId: string,
  text: string,
): { readonly session: SavedSession; readonly counter: number } | undefined {
  try {
    const [first = '', second = '', third = ''] = text.split('\n', 3);
    const { savedAt, counter, name, edited, file } = headerSchema.parse(JSON.parse(first));
    const document: unknown = JSON.parse(second);
    const state: unknown = JSON.parse(third);
    return { session: { sessionId, savedAt, name, edited, file, document, state }, counter };
  } catch {
    return undefined;
  }
}

export function parseWindow(text: string): WindowFile | undefined {
  try {
    return windowFileSchema.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}

/** What is said of a project, without reading all of it; of its version before where it is damaged. */
export async function readHeader(path: string): Promise<SessionHeader | undefined> {
  return (await headerAt(path)) ?? (await headerAt(earlierPath(path)));
}

async function headerAt(path: string): Promise<SessionHeader | undefined> {
  try {
    // Without waiting for a writer, where a pipe stands in its place.
    const file = await open(path, constants.O_RDONLY | constants.O_NONBLOCK).catch(() => null);
    if (file === null) return undefined;
    try {
      if (!(await file.stat()).isFile()) return undefined;
      const { buffer, bytesRead } = await file.read(Buffer.alloc(longestHeader), 0, longestHeader, 0);
      const [, line = ''] = buffer.toString('utf8', 0, bytesRead).split('\n', 2);
      return headerSchema.safeParse(JSON.parse(line)).data;
    } finally {
      await file.close();
    }
  } catch {
    return undefined;
  }
}

/** How many layers a document has that may be none. */
export function layersOf(document: unknown): number {
  const nodes: unknown =
    typeof document === 'object' && document !== null && 'nodes' in document ? document.nodes : undefined;
  return Array.isArray(nodes) ? nodes.length : 0;
}
