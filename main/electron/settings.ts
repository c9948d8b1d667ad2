import { readFileSync, renameSync } from 'node:fs';
import { join } from 'node:path';

import { z } from 'zod';

import { windowIdSchema } from '../../shared/rpc/sessions.ts';
import { atomicWrite } from '../core/atomicWrite.ts';

const boundsSchema = z.object({
  x: z.int(),
  y: z.int(),
  width: z.int().min(200),
  height: z.int().min(200),
  isMaximized: z.boolean(),
});
export type WindowBounds = z.infer<typeof boundsSchema>;

export const maxWindows = 50;
export const maxFiles = 1000;

const settingsSchema = z.object({
  bounds: boundsSchema.nullable().default(null),
  /** Paths of projects, the last opened first. */
  recent: z.array(z.string()).max(20).default([]),
  language: z.enum(['en', 'zh-TW']).nullable().default(null),
  /** The windows that come back at the next start. */
  windows: z
    .array(z.object({ windowId: windowIdSchema, bounds: boundsSchema.nullable() }))
    .max(maxWindows)
    .catch([])
    .default([]),
  /** What the tokens in kept projects stand for, the one given last first. */
  files: z
    .array(z.object({ token: z.string(), path: z.string(), stamp: z.string().nullable() }))
    .max(maxFiles)
    .catch([])
    .default([]),
});
export type SettingsValues = z.infer<typeof settingsSchema>;

export interface Settings {
  get(): SettingsValues;
  /** Changes some values. What cannot be written is kept for this session, and told of once. */
  set(change: Partial<SettingsValues>): void;
  /** Done when all changes are on the disk, or could not be put there. */
  written(): Promise<void>;
}

export interface SettingsOptions {
  readonly folder: string;
  /** Told of a file that could not be read or written. */
  report(error: unknown): void;
}

/** What the desktop program remembers. A file that cannot be understood is set aside, and the defaults serve. */
export function createSettings({ folder, report }: SettingsOptions): Settings {
  const path = join(folder, 'settings.json');
  let values = read(path, report);
  let writing = Promise.resolve();
  let told = false;
  return {
    get: () => values,
    set(change) {
      values = { ...values, ...change };
      const text = `${JSON.stringify(values, null, 2)}\n`;
      writing = writing
        .then(() => atomicWrite(path, text))
        .catch((error: unknown) => {
          if (!told) report(error);
          told = true;
        });
    },
    written: () => writing,
  };
}

function read(path: string, report: (error: unknown) => void): SettingsValues {
  const defaults = settingsSchema.parse({});
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    // Before the first start there is none.
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') report(error);
    return defaults;
  }
  try {
    return settingsSchema.parse(JSON.parse(text));
  } catch (error) {
    report(error);
    try {
      renameSync(path, `${path}.broken`);
    } catch {
      // It is written over by the next change.
    }
    return defaults;
  }
}
