import type { Document } from '../document.ts';
import type { Analysis, LayerAnalysis } from '../graph/analysis.ts';

/** One layer in the order in which code computes it. */
export interface PlanStep {
  readonly layer: LayerAnalysis;
  /** The layer whose weights it uses: itself, as a rule. */
  readonly ownerId: string;
  /** Whether training leaves its weights as they are. */
  readonly isFrozen: boolean;
  /** Whether its output is read by the next step and nobody else: the code calls it `x`. */
  readonly isPassedOn: boolean;
}

/** A network in an order in which people write it: one branch after the other. */
export interface Plan {
  readonly inputs: readonly LayerAnalysis[];
  /** Whether there is one input that the first step alone reads. */
  readonly hasPlainInput: boolean;
  /** All layers besides the inputs. */
  readonly steps: readonly PlanStep[];
  readonly outputIds: readonly string[];
  /** Whether the layers stand in a row, each with weights of its own. */
  readonly isChain: boolean;
}

/**
 * Orders a network that has no errors. Inputs are in the order in which the TensorFlow.js model takes them.
 *
 * @throws Error where the network has no output.
 */
export function planCode(document: Document, analysis: Analysis): Plan {
  const { topology, layers, outputIds } = analysis;
  const frozen = new Set(document.nodes.flatMap(({ id, trainable }) => (trainable === false ? [id] : [])));
  if (outputIds.length === 0) throw new Error('A network with errors has no code.');
  const isInput = (id: string) => layers.get(id)?.kind === 'Input';
  const inputs = topology.order.filter(isInput).flatMap((id) => layers.get(id) ?? []);
  const areReaders = (id: string | undefined, expected: readonly (string | undefined)[]) => {
    const readers = new Set((topology.outgoing.get(id ?? '') ?? []).map(({ target }) => target));
    return readers.size === expected.length && expected.every((reader) => readers.has(reader ?? ''));
  };
  const order = branchByBranch(outputIds, layers).filter((id) => !isInput(id));
  const steps = order.flatMap((id, index): PlanStep[] => {
    const layer = layers.get(id);
    if (layer === undefined) return [];
    const isOutput = outputIds.includes(id);
    const isPassedOn = isOutput
      ? outputIds.length === 1 && index === order.length - 1
      : areReaders(id, [order[index + 1]]);
    const ownerId = layer.sharedWith ?? id;
    return [{ layer, ownerId, isFrozen: frozen.has(ownerId), isPassedOn }];
  });
  const isChain =
    inputs.length === 1 &&
    steps.length > 0 &&
    steps.every(({ layer, ownerId, isPassedOn }, index) => {
      const before = index === 0 ? inputs[0]?.id : steps[index - 1]?.layer.id;
      return (
        isPassedOn && ownerId === layer.id && layer.inputIds.length === 1 && layer.inputIds[0] === before
      );
    });
  const hasPlainInput = inputs.length === 1 && areReaders(inputs[0]?.id, [steps[0]?.layer.id]);
  return { inputs, hasPlainInput, steps, outputIds, isChain };
}

/** Every layer after its inputs, and all of one input's before those of the next; without recursion. */
function branchByBranch(
  outputIds: readonly string[],
  layers: ReadonlyMap<string, LayerAnalysis>,
): readonly string[] {
  const order: string[] = [];
  const seen = new Set<string>();
  const waiting: { readonly id: string; next: number }[] = [];
  const visit = (id: string) => {
    if (seen.has(id)) return;
    seen.add(id);
    waiting.push({ id, next: 0 });
  };
  for (const output of outputIds) {
    visit(output);
    for (let top = waiting.at(-1); top !== undefined; top = waiting.at(-1)) {
      const input = layers.get(top.id)?.inputIds[top.next];
      top.next += 1;
      if (input !== undefined) visit(input);
      else {
        order.push(top.id);
        waiting.pop();
      }
    }
  }
  return order;
}
