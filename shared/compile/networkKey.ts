import type { Document } from '../document.ts';
import { ownerOf } from '../graph/sharing.ts';
import { topology } from '../graph/topology.ts';
import { layerSpec } from '../layers/index.ts';
import { completeParams } from '../layers/paramValues.ts';

/**
 * All that compiling reads of a document, as text: equal for documents that become the same model with the same initial
 * weights, different for all others; the seed counts also where nothing is drawn from it. Where layers stand, what they are called and how it is trained is not in it.
 */
export function networkKey(document: Document): string {
  const { order, incoming, outgoing } = topology(document);
  const nodes = new Map(document.nodes.map((node) => [node.id, node]));
  const owners = new Set(document.nodes.map(({ sharedWith }) => sharedWith));
  const layers = document.nodes
    .map((node) => {
      const owner = ownerOf(nodes, node);
      return [
        node.id,
        node.kind,
        settingsOf(completeParams(layerSpec(node.kind).params, node.params)),
        incoming.get(node.id)?.map(({ source }) => source),
        owner === node ? 0 : (owner?.id ?? ''),
        // Whether weights are learned is said by the layer that holds them.
        owner?.trainable === false && node.kind !== 'Input' ? 0 : 1,
      ] as const;
    })
    // TensorFlow.js puts layers into an order of its own, which follows from their edges; …
    .sort(([a], [b]) => (a < b ? -1 : 1));
  // … but it numbers inputs and outputs, and the uses of shared layers, in the order in which they come.
  const inputs = order.filter((id) => nodes.get(id)?.kind === 'Input');
  const outputs = document.nodes.flatMap(({ id, output }) =>
    output === true || outgoing.get(id)?.length === 0 ? [id] : [],
  );
  const uses = order.filter((id) => nodes.get(id)?.sharedWith !== undefined || owners.has(id));
  return JSON.stringify([layers, inputs, outputs, uses, document.training.seed, document.dataset]);
}

/** Params in one order; those that are null are left out: a missing one has its default by now. */
function settingsOf(values: Readonly<Record<string, unknown>>): readonly unknown[] {
  return Object.keys(values)
    .sort()
    .flatMap((name) => (values[name] == null ? [] : [[name, values[name]]]));
}
