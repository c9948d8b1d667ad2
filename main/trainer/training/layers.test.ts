import { beforeAll, describe, expect, it, vi } from 'vitest';

import type { Document } from '../../../shared/document.ts';
import { layers } from '../../../shared/layers/index.ts';
import { correctBackend } from '../engine/corrections/index.ts';
import { loadEngine, loadTensorFlowJs, type Engine } from '../engine/index.ts';
import { createHashUniform } from '../engine/random.ts';
import { engineFolder, nativeEngine, plainEngine } from '../testing/engines.ts';
import { around, setUp } from '../testing/steps.ts';

const tf = loadTensorFlowJs();
const kinds = [...layers.keys()].filter((kind) => kind !== 'Input');
const steps = 3;
const slow = 60_000;
/** Layers that no gradient goes through. */
const opaque: readonly string[] = ['CategoryEncoding'];
/** Layers whose gradient needs a kernel that TensorFlow.js has not for WebAssembly. */
const notOnWasm: readonly string[] = ['Embedding'];

interface Trained {
  readonly losses: readonly number[];
  readonly before: readonly Float32Array[];
  readonly after: readonly Float32Array[];
}

async function train(engine: Engine, document: Document, mode: 'eager' | 'graph'): Promise<Trained> {
  const training = await setUp(engine, document, mode);
  const before = training.weights().map((values) => values.slice());
  const losses = training.trainUsual(steps).map(({ loss }) => loss);
  const after = training.weights().map((values) => values.slice());
  training.dispose();
  return { losses, before, after };
}

function expectSame(one: Trained, other: Trained): void {
  for (const [at, loss] of one.losses.entries())
    expect(Math.abs((other.losses[at] ?? NaN) - loss)).toBeLessThan(1e-3 * Math.max(1, Math.abs(loss)));
  const difference = one.after.map((values, at) =>
    values.reduce(
      (most, value, index) => Math.max(most, Math.abs(value - (other.after[at]?.[index] ?? NaN))),
      0,
    ),
  );
  expect(Math.max(...difference)).toBeLessThan(1e-3);
}

/** Losses that are numbers, and weights that move: of the whole network with one example at least. */
function expectLearning(kind: string, trainings: readonly Trained[]): void {
  const moved = trainings.map(({ losses, before, after }) => {
    expect(losses.every(Number.isFinite)).toBe(true);
    expect(after.every((values) => values.every(Number.isFinite))).toBe(true);
    return after.map((values, at) => values.some((value, index) => value !== before[at]?.[index]));
  });
  for (const weights of moved) expect(weights.at(-1)).toBe(true);
  if (!opaque.includes(kind)) expect(moved.some((weights) => weights.every(Boolean))).toBe(true);
}

beforeAll(async () => {
  vi.spyOn(console, 'warn').mockReturnValue(undefined);
  await tf.setBackend('cpu');
  correctBackend(tf, 'cpu');
});

it.each(kinds)('there is a small network with %s', (kind) => {
  expect(around(kind).length).toBeGreaterThan(0);
});

describe.skipIf(engineFolder === undefined)('on TensorFlow', () => {
  let engine: Engine;
  beforeAll(async () => {
    engine = await nativeEngine();
  });

  it.each(kinds)(
    'learns with %s, as a graph the same as one operation after another',
    async (kind) => {
      const trainings: Trained[] = [];
      for (const document of around(kind)) {
        const [eager, graph] = [
          await train(engine, document, 'eager'),
          await train(engine, document, 'graph'),
        ];
        expectSame(eager, graph);
        trainings.push(eager);
      }
      expectLearning(kind, trainings);
    },
    slow,
  );
});

describe('on WebAssembly', () => {
  let engine: Engine;
  beforeAll(async () => {
    const loaded = await loadEngine({ choice: 'wasm' });
    if (!loaded.ok) throw new Error('There is no WebAssembly.');
    engine = loaded.value;
  });

  it.each(kinds.filter((kind) => !notOnWasm.includes(kind)))(
    'learns with %s, the same as in plain JavaScript',
    async (kind) => {
      const trainings: Trained[] = [];
      for (const document of around(kind)) {
        await tf.setBackend('wasm');
        const wasm = await train({ ...engine, uniform: createHashUniform(tf) }, document, 'eager');
        await tf.setBackend('cpu');
        const plain = await train(plainEngine(), document, 'eager');
        expectSame(plain, wasm);
        trainings.push(wasm);
      }
      expectLearning(kind, trainings);
    },
    slow,
  );
});
