import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';

import { call } from '@orpc/server';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';

import { analyze } from '../../../shared/graph/analyze.ts';
import { fine } from '../../../shared/problem.ts';
import {
  interpretationOf,
  networkSourceSchema,
  type NetworkSource,
} from '../../../shared/rpc/interpretation.ts';
import { chain } from '../../../shared/testing/networks.ts';
import type { Bytes } from '../../../shared/rpc/bytes.ts';
import type { PictureDataset } from '../dataset/mnist.ts';
import type { Engine } from '../engine/index.ts';
import { writeCheckpoint } from '../model/exportModel.ts';
import { train } from '../session.ts';
import { engineFolder, nativeEngine } from '../testing/engines.ts';
import { firstOfMnist } from '../testing/mnist.ts';
import { prepareTraining } from '../training/prepare.ts';
import { createInterpreter, type LiveNetwork } from './interpreter.ts';
import { createInterpretationRouter } from './router.ts';

const runId = 'run';
const drawn = chain(
  ['input_1', 'Input', { shape: [28, 28, 1] }],
  ['conv', 'Conv2D', { filters: 4, kernelSize: 5, strides: 2, activation: 'relu' }],
  ['norm', 'BatchNormalization'],
  ['drop', 'Dropout', { rate: 0.2 }],
  ['flat', 'Flatten'],
  ['hidden', 'Dense', { units: 12, activation: 'relu', kernelConstraint: 'maxNorm' }],
  ['out', 'Dense', { units: 10, activation: 'softmax' }],
);
/** Without bounds on its weights, so that TensorFlow trains it as a graph, which empties the variables. */
const document = {
  ...drawn,
  nodes: drawn.nodes.map((node) =>
    node.id === 'hidden' ? { ...node, params: { units: 12, activation: 'relu' } } : node,
  ),
  training: { ...drawn.training, batchSize: 16, epochs: 1000 },
};
const analysis = analyze(document);

let engine: Engine;
let dataset: PictureDataset;
let folder = '';

type Router = ReturnType<typeof createInterpretationRouter>;
type Name = keyof ReturnType<typeof interpretationOf<typeof networkSourceSchema>>;

const picture = () => ({
  shape: [28, 28, 1] as [number, number, number],
  numbers: new Blob([Float32Array.from(dataset.test.pixels.subarray(0, 784), (one) => one / 255)]),
});
const explainBy = (method: 'grad-cam' | 'saliency' | 'occlusion' | 'deconvnet') => {
  return (router: Router, source: NetworkSource) =>
    call(router.explain, {
      source,
      picture: picture(),
      method,
      layerId: null,
      classIndex: null,
      channel: null,
    });
};

/** Every question there is: one that is added to the contract does not compile before it stands here. */
const questions: Record<
  Name,
  readonly ((router: Router, source: NetworkSource) => Promise<{ numbers: Bytes }>)[]
> = {
  activations: [(router, source) => call(router.activations, { source, picture: picture(), layers: null })],
  weights: ['conv', 'norm', 'hidden'].map(
    (layerId) => (router, source) => call(router.weights, { source, layerId }),
  ),
  explain: (['grad-cam', 'saliency', 'occlusion', 'deconvnet'] as const).map(explainBy),
  exciting: [(router, source) => call(router.exciting, { source, layerId: 'conv', channel: 1, count: 9 })],
  evaluate: [(router, source) => call(router.evaluate, { source })],
};

function createRouter() {
  const interpreter = createInterpreter(() => Promise.resolve(engine));
  const router = createInterpretationRouter(
    interpreter,
    () => Promise.resolve(engine),
    () => Promise.resolve(fine(dataset)),
  );
  return { interpreter, router };
}

/** An answer to be compared: all that it says, but how long it took. */
async function told(answer: Promise<{ numbers: Bytes }>) {
  const { numbers, ...more } = await answer;
  return { ...more, seconds: 0, numbers: [...new Float32Array(await numbers.arrayBuffer())] };
}

const asked = (router: Router, source: NetworkSource) =>
  Promise.all(Object.values(questions).flatMap((asks) => asks.map((ask) => told(ask(router, source)))));

describe.skipIf(engineFolder === undefined)('questions about a network that trains', () => {
  beforeAll(async () => {
    engine = await nativeEngine();
    dataset = await firstOfMnist(320, 300);
  }, 60_000);
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'convas-questions-'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  it.each([
    ['as a graph', document, false],
    ['one operation after another', document, true],
    ['within bounds of its weights', { ...drawn, training: document.training }, false],
  ])('are answered as those about the same weights at rest: %s', async (_, trained, eager) => {
    const sound = analyze(trained);
    const { interpreter, router } = createRouter();
    const plan = { document: trained, analysis: sound, limit: null, eager };
    const { model, compiled, steps, dispose } = await prepareTraining(engine, dataset, plan);
    const step = () =>
      steps.train(
        Uint32Array.from({ length: 16 }, (_, at) => at),
        1,
        0.1,
      );
    const network = {
      document: trained,
      analysis: sound,
      compiled,
      inputId: 'input_1',
      inputShape: [28, 28, 1] as const,
      outputId: 'out',
    };
    interpreter.setLive({ runId, network, weights: folder, sync: () => steps.sync() });
    for (let count = 0; count < 5; count += 1) step();
    steps.sync();
    const weights = join(folder, 'five');
    await writeCheckpoint(engine.tf, model, weights);

    const asking = { isOver: false };
    const live = { document: trained, weights: null, runId };
    // All begin before the next step; it and many more follow while they are answered.
    const answers = asked(router, live).finally(() => {
      asking.isOver = true;
    });
    let more = 0;
    for (; !asking.isOver; more += 1) {
      await turn();
      if (more > 3) step();
    }
    const [whileTraining, atRest] = [
      await answers,
      await asked(router, { document: trained, weights, runId: null }),
    ];
    expect(more).toBeGreaterThan(5);
    // TensorFlow.js brings weights that it loads within their bounds once more, which may change their last digit.
    if (trained === document) expect(whileTraining).toEqual(atRest);
    const numbers = whileTraining.flatMap((answer) => answer.numbers);
    for (const [at, expected] of atRest.flatMap((answer) => answer.numbers).entries())
      if (Math.abs((numbers[at] ?? NaN) - expected) > 1e-5 * Math.max(1, Math.abs(expected)))
        throw new Error(`Number ${String(at)} is ${String(numbers[at])} and not ${String(expected)}.`);
    interpreter.setLive(null);
    dispose();
  });

  it('never fail, however many are asked at once, and go on being answered after its end', async () => {
    const { interpreter, router } = createRouter();
    let shouldStop = false;
    const before: (LiveNetwork | null)[] = [];
    const training = train(
      engine,
      () => Promise.resolve(fine(dataset)),
      { runId, folder, document, analysis, limit: null, firstSeq: 1 },
      () => shouldStop,
      {
        live(live) {
          before.push(live);
          interpreter.setLive(live);
        },
      },
    );
    const source = { document, weights: null, runId };
    let answered = 0;
    let pending: Promise<unknown> = Promise.resolve();
    let last = '';
    for await (const group of training) {
      last = group.at(-1)?.type ?? last;
      if (answered > 0 || !group.some(({ type }) => type === 'batch')) continue;
      answered += 1;
      pending = (async () => {
        for (let round = 0; round < 3; round += 1)
          answered += (await Promise.all([asked(router, source), asked(router, source)])).flat().length;
        const late = asked(router, source);
        shouldStop = true;
        answered += (await late).length;
      })();
    }
    await pending;
    expect(last).toBe('stopped');
    expect(answered).toBe(1 + 7 * Object.values(questions).flat().length);
    expect(before.at(-1)).toBeNull();
    // Asked for while it trained, and come to the trainer when it had ended: what it learned answers, not its beginning.
    const after = await asked(router, source);
    expect(after).toEqual(await asked(router, { document, weights: join(folder, 'model'), runId: null }));
    expect(after).not.toEqual(await asked(router, { document, weights: null, runId: null }));
  });
});
