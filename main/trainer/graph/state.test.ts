import { beforeAll, describe, expect, it } from 'vitest';

import type { Engine } from '../engine/index.ts';
import { engineFolder, nativeEngine } from '../testing/engines.ts';
import { everything, optimizers, setUp, withOptimizer } from '../testing/steps.ts';

let engine: Engine;

describe.skipIf(engineFolder === undefined)('the state of a training', () => {
  beforeAll(async () => {
    engine = await nativeEngine();
  });

  it.each(['graph', 'eager'] as const)('goes by the learning rate of the moment (%s)', async (kind) => {
    for (const optimizer of optimizers) {
      const [changed, still] = [
        await setUp(engine, withOptimizer(everything, optimizer), kind),
        await setUp(engine, withOptimizer(everything, optimizer), kind),
      ];
      changed.train(1);
      still.train(1);
      const before = changed.weights();
      // Nothing is learned at a rate of 0; only batch normalization's averages go on.
      if (optimizer.kind === 'sgd') {
        changed.train(1, 0);
        const kernel = changed.weights()[0];
        expect(kernel).toEqual(before[0]);
      }
      changed.train(1, 10 * optimizer.learningRate);
      still.train(1);
      expect(changed.weights()[0]).not.toEqual(still.weights()[0]);
      changed.dispose();
      still.dispose();
    }
  });

  it.each(optimizers)(
    'goes on from a state as if nothing had been, bit for bit, with %o',
    async (optimizer) => {
      const document = withOptimizer(everything, optimizer);
      for (const kind of ['graph', 'eager'] as const) {
        const [whole, before, after] = [
          await setUp(engine, document, kind),
          await setUp(engine, document, kind),
          await setUp(engine, document, kind),
        ];
        const expected = whole.train(6);
        before.train(3);
        const state = before.steps.state();
        expect(state.step).toBe(3);
        const copy = state.tensors.map(({ values }) => values.slice());
        // Elsewhere, and at another place of the epoch: all that counts is in the state.
        after.train(2);
        after.steps.restore(state);
        before.train(1);
        const going = await setUp(engine, document, kind);
        going.train(3);
        going.steps.restore(state);
        expect(going.train(3)).toEqual(expected.slice(3));
        expect(going.weights()).toEqual(whole.weights());
        // What was taken out stays what it was, whatever is learned afterwards.
        expect(state.tensors.map(({ values }) => values)).toEqual(copy);
        for (const one of [whole, before, after, going]) one.dispose();
      }
    },
  );

  it('refuses a state of other weights, or of the other kind of steps', async () => {
    const [graph, eager] = [
      await setUp(engine, everything, 'graph'),
      await setUp(engine, everything, 'eager'),
    ];
    const state = graph.steps.state();
    expect(() => eager.steps.restore(state)).toThrow('eager');
    expect(() => graph.steps.restore({ ...state, tensors: state.tensors.slice(1) })).toThrow('tensors');
    const [first, ...others] = state.tensors;
    const wrong = { name: first?.name ?? '', shape: [1], values: new Float32Array(1) };
    expect(() => graph.steps.restore({ ...state, tensors: [wrong, ...others] })).toThrow('shape');
    graph.dispose();
    eager.dispose();
  });
});
