import { z } from 'zod';

import { printable } from './plainData.ts';

/** What a project file may hold at most; `comment` and `name` in characters. */
export const documentLimits = {
  nodes: 10_000,
  edges: 50_000,
  blocks: 10_000,
  name: 256,
  comment: 4096,
  coordinate: 1e7,
} as const;

export const idPattern = /^[A-Za-z][\w-]{0,63}$/;

/** A name as it may be shown: no control characters, at most 256 characters. */
export function cleanName(name: string): string {
  return printable(name).slice(0, documentLimits.name);
}

export const nameSchema = z.string().max(documentLimits.name).transform(cleanName);
export const coordinate = z.number().min(-documentLimits.coordinate).max(documentLimits.coordinate);
