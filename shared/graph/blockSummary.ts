import type { Document } from '../document.ts';
import type { Shape } from '../layers/shape.ts';
import type { Analysis, ParamCount } from './analysis.ts';
import { membersOf } from './blocks.ts';

/** What a block comes to: sums over its layers, and the shapes that go in and come out. */
export interface BlockSummary {
  readonly layers: number;
  readonly params: ParamCount;
  readonly macs: number;
  /** Whether all its layers have a shape, so that the sums are whole. */
  readonly complete: boolean;
  /** Layers outside that feed it, with what they give. */
  readonly inputs: readonly { readonly id: string; readonly shape: Shape | null }[];
  /** Its layers that feed the outside, or nothing, with what they give. */
  readonly outputs: readonly { readonly id: string; readonly shape: Shape | null }[];
}

export function summarizeBlock(document: Document, analysis: Analysis, id: string): BlockSummary {
  const members = membersOf(document, id);
  let [trainable, nonTrainable, macs, complete] = [0, 0, 0, true];
  const sources = new Set<string>();
  const exits: string[] = [];
  for (const member of members) {
    const layer = analysis.layers.get(member);
    trainable += layer?.params.trainable ?? 0;
    nonTrainable += layer?.params.nonTrainable ?? 0;
    macs += layer?.macs ?? 0;
    complete &&= layer?.outputShape != null;
    for (const { source } of analysis.topology.incoming.get(member) ?? [])
      if (!members.has(source)) sources.add(source);
    const out = analysis.topology.outgoing.get(member) ?? [];
    if (out.length === 0 || out.some(({ target }) => !members.has(target))) exits.push(member);
  }
  const withShape = (layer: string) => ({
    id: layer,
    shape: analysis.layers.get(layer)?.outputShape ?? null,
  });
  return {
    layers: members.size,
    params: { trainable, nonTrainable },
    macs,
    complete,
    inputs: [...sources].map(withShape),
    outputs: exits.map(withShape),
  };
}
