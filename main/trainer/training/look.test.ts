import { beforeAll, describe, expect, it } from 'vitest';

import type { Engine } from '../engine/index.ts';
import { engineFolder, nativeEngine } from '../testing/engines.ts';
import { everything, optimizers, setUp, withOptimizer } from '../testing/steps.ts';

let engine: Engine;
const batch = Uint32Array.of(3, 1, 4, 15);
const learningRate = 0.25;
const document = withOptimizer(everything, { ...optimizers[0], learningRate: 0.05 });

describe.skipIf(engineFolder === undefined)('a look at a training', () => {
  beforeAll(async () => {
    engine = await nativeEngine();
  });

  it.each(['graph', 'eager'] as const)(
    'shows the gradients by which the next step learns (%s)',
    async (kind) => {
      const one = await setUp(engine, document, kind);
      one.train(3);
      const { weights, gradients } = one.look(batch);
      expect([...weights.values()]).toEqual(one.weights());
      one.steps.train(batch, 1, learningRate);
      const after = one.weights();
      for (const [at, gradient] of gradients) {
        for (const [index, slope] of gradient.entries()) {
          const change = (after[at]?.[index] ?? NaN) - (weights.get(at)?.[index] ?? NaN);
          expect(change).toBeCloseTo(-learningRate * slope, 4);
        }
      }
      // Kernel and bias of three layers, and what batch normalization learns; not its averages.
      expect(weights.size).toBe(10);
      expect(gradients.size).toBe(8);
      one.dispose();
    },
  );

  it.each(['graph', 'eager'] as const)('changes nothing, bit for bit (%s)', async (kind) => {
    const [looked, other] = [await setUp(engine, document, kind), await setUp(engine, document, kind)];
    looked.look(batch);
    looked.train(2);
    looked.look(batch);
    other.train(2);
    expect(looked.train(2)).toEqual(other.train(2));
    expect(looked.weights()).toEqual(other.weights());
    expect(looked.clock.step).toBe(4);
    looked.dispose();
    other.dispose();
  });

  it('is the same by graph and one operation after another', async () => {
    const [graph, eager] = [await setUp(engine, document, 'graph'), await setUp(engine, document, 'eager')];
    const [received, expected] = [graph.look(batch), eager.look(batch)];
    expect([...received.gradients.keys()]).toEqual([...expected.gradients.keys()]);
    for (const [at, values] of expected.gradients) {
      for (const [index, value] of values.entries()) {
        expect(received.gradients.get(at)?.[index]).toBeCloseTo(value, 4);
      }
    }
    graph.dispose();
    eager.dispose();
  });
});
