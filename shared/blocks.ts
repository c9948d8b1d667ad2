import { z } from 'zod';

import { coordinate, documentLimits, idPattern, nameSchema } from './documentParts.ts';
import { printable } from './plainData.ts';
import { fine, problem, type Problem, type Result } from './problem.ts';

/**
 * Layers that are drawn as one: a frame around them, or a single block while it is collapsed. The layers themselves
 * stay in the document's list, so that nothing that computes needs to know of blocks.
 */
export interface DocumentBlock {
  readonly id: string;
  /** What people call it. */
  readonly name: string;
  /** The block that it stands in. */
  readonly parent?: string | undefined;
  readonly collapsed?: true | undefined;
  /** Upper left corner in canvas pixels while it is collapsed; its layers keep their own. */
  readonly position: { readonly x: number; readonly y: number };
  /** Blocks of one link are alike: what is changed in one is changed in all. */
  readonly link?: string | undefined;
  readonly comment?: string | undefined;
  /** Kept verbatim: for other programs. */
  readonly extra?: unknown;
}

export const blockSchema = z.strictObject({
  id: z.string().regex(idPattern),
  name: nameSchema.default(''),
  parent: z.string().max(64).optional(),
  collapsed: z.literal(true).optional(),
  position: z.strictObject({ x: coordinate, y: coordinate }).default({ x: 0, y: 0 }),
  link: z.string().regex(idPattern).optional(),
  comment: z.string().max(documentLimits.comment).optional(),
  extra: z.unknown().optional(),
});

/** Blocks of which no two have one id, whose parents are there and do not stand in one another. */
export function checkBlocks(
  blocks: readonly DocumentBlock[],
  nodes: readonly { readonly id: string; readonly block?: string | undefined }[],
): Result<readonly DocumentBlock[]> {
  const problems: Problem[] = [];
  const byId = new Map<string, DocumentBlock>();
  for (const block of blocks) {
    if (byId.has(block.id)) problems.push(problem('duplicate-block', { id: block.id }));
    byId.set(block.id, block);
  }
  for (const { id, block } of nodes) {
    if (block !== undefined && !byId.has(block))
      problems.push(problem('no-such-block', { id, block: printable(block) }, { nodeId: id }));
  }
  // Blocks whose chain of parents is known to end.
  const sound = new Set<string>();
  for (const { id, parent } of blocks) {
    if (parent !== undefined && !byId.has(parent)) {
      problems.push(problem('no-such-block', { id, block: printable(parent) }));
      continue;
    }
    const chain = new Set<string>();
    let at: string | undefined = id;
    while (at !== undefined && !chain.has(at) && !sound.has(at)) {
      chain.add(at);
      at = byId.get(at)?.parent;
    }
    if (at !== undefined && chain.has(at)) problems.push(problem('block-in-itself', { id }));
    for (const each of chain) sound.add(each);
  }
  return problems.length === 0 ? fine(blocks) : { ok: false, problems };
}
