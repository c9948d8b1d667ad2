import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';

import type { Document } from '../../../shared/document.ts';
import { analyze } from '../../../shared/graph/analyze.ts';
import { applyEdit } from '../../../shared/graph/applyEdit.ts';
import { fine } from '../../../shared/problem.ts';
import { chain, type Drawn } from '../../../shared/testing/networks.ts';
import type { TrainEvent } from '../../../shared/training/events.ts';
import type { PictureDataset } from '../dataset/mnist.ts';
import { loadEngine, type Engine } from '../engine/index.ts';
import { train } from '../session.ts';
import { engineFolder } from '../testing/engines.ts';
import { firstOfMnist } from '../testing/mnist.ts';
import { withTraining } from '../testing/steps.ts';

let engine: Engine;
let dataset: PictureDataset;
let folder = '';

const dense = (id: string, units: number, activation: string, more: object = {}): Drawn => [
  id,
  'Dense',
  { units, activation, ...more },
];
const digits = (...layers: readonly Drawn[]) =>
  chain(['input_1', 'Input', { shape: [28, 28, 1] }], ['flat', 'Flatten'], ...layers);
const sgd = (learningRate: number) => ({ optimizer: { kind: 'sgd', learningRate } });
const adam = (learningRate: number) => ({
  optimizer: { kind: 'adam', learningRate, beta1: 0.9, beta2: 0.999, epsilon: 1e-7 },
});

/** What a training says, and whether it learned: the accuracy on its own images after the last epoch. */
async function trained(document: Document): Promise<{ last: TrainEvent; events: TrainEvent[] }> {
  const events: TrainEvent[] = [];
  const job = { runId: 'run', folder, document, analysis: analyze(document), limit: null, firstSeq: 1 };
  for await (const group of train(
    engine,
    () => Promise.resolve(fine(dataset)),
    job,
    () => false,
  ))
    events.push(...group);
  const last = events.at(-1);
  if (last === undefined) throw new Error('The training said nothing.');
  return { last, events };
}

const causesOf = (events: readonly TrainEvent[]) =>
  events.flatMap((event) => ('cause' in event && event.cause !== undefined ? [event.cause] : []));
const accuracyOf = (events: readonly TrainEvent[]) =>
  events.flatMap((event) => (event.type === 'epoch' ? [event.accuracy] : [])).at(-1) ?? 0;

const softmax = dense('out', 10, 'softmax');
const deep = (activation: string) =>
  Array.from({ length: 8 }, (_, at) => dense(`hidden_${String(at)}`, 24, activation));
const bias = (value: number) => ({ biasInitializer: { kind: 'constant', value } });
const zeros = { kernelInitializer: { kind: 'zeros' } };

interface Case {
  readonly network: Document;
  readonly training: object;
  /** The least accuracy that the first fix leads to, where one fix is enough. */
  readonly mended?: number;
}
const cases: Readonly<Record<string, Case>> = {
  'cause-no-softmax': {
    network: digits(dense('hidden', 24, 'relu'), dense('out', 10, 'linear')),
    training: adam(0.003),
    mended: 0.6,
  },
  'cause-rate-not-finite': {
    network: digits(dense('hidden', 24, 'linear'), softmax),
    training: sgd(30),
    mended: 0.3,
  },
  'cause-equal-weights': {
    network: digits(dense('hidden', 24, 'relu', zeros), dense('out', 10, 'softmax', zeros)),
    training: sgd(0.1),
    mended: 0.3,
  },
  'cause-small-rate': {
    network: digits(dense('hidden', 24, 'relu'), softmax),
    training: adam(1e-8),
    mended: 0.5,
  },
  'cause-large-rate': {
    network: digits(dense('hidden', 24, 'elu'), dense('more', 24, 'elu'), softmax),
    training: adam(10),
    mended: 0.5,
  },
  'cause-large-rate-dead': {
    network: digits(dense('hidden', 24, 'relu'), dense('more', 24, 'relu'), softmax),
    training: adam(10),
    mended: 0.5,
  },
  'cause-dead': {
    network: digits(dense('hidden', 24, 'relu', bias(-20)), softmax),
    training: sgd(0.01),
  },
  'cause-saturated': {
    network: digits(dense('hidden', 24, 'sigmoid', bias(20)), dense('more', 24, 'sigmoid'), softmax),
    training: sgd(0.01),
  },
  'cause-vanishing': { network: digits(...deep('sigmoid'), softmax), training: sgd(0.05) },
  'cause-softmax-twice': {
    network: digits(dense('hidden', 24, 'relu'), softmax, ['again', 'Activation', { activation: 'softmax' }]),
    training: sgd(0.01),
    mended: 0.25,
  },
  'cause-squared-error': {
    network: digits(dense('hidden', 24, 'relu'), softmax),
    training: { ...sgd(0.01), loss: 'meanSquaredError' },
    mended: 0.25,
  },
  // The images' corners are black in all of them.
  'cause-silent': {
    network: chain(
      ['input_1', 'Input', { shape: [28, 28, 1] }],
      [
        'crop',
        'Cropping2D',
        {
          cropping: [
            [0, 26],
            [0, 26],
          ],
        },
      ],
      ['flat', 'Flatten'],
      softmax,
    ),
    training: sgd(0.01),
  },
  // How bright an image is says little of its digit.
  'cause-unclear': {
    network: chain(['input_1', 'Input', { shape: [28, 28, 1] }], ['mean', 'GlobalAveragePooling2D'], softmax),
    training: sgd(0.01),
  },
};

describe.skipIf(engineFolder === undefined)('a training that learns nothing', () => {
  beforeAll(async () => {
    const loaded = await loadEngine({ choice: 'native', folder: engineFolder });
    if (!loaded.ok) throw new Error(loaded.problems[0]?.message);
    engine = loaded.value;
    dataset = await firstOfMnist(600, 100);
  }, 60_000);
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'convas-causes-'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  it.each(Object.entries(cases))('says its cause: %s', async (code, { network, training, mended }) => {
    const document = withTraining(network, { batchSize: 16, epochs: 2, ...training });
    const { events, last } = await trained(document);
    const cause = causesOf(events).at(-1);
    expect(cause?.code).toBe(code);
    expect(cause?.message).not.toContain('{{');
    // It is said of the last epoch as well, or with the end itself.
    const [end] = events.filter(({ type }) => type === 'epoch').slice(-1);
    expect(last.type === 'failed' ? last : end).toHaveProperty('cause');
    const [fix] = cause?.fixes ?? [];
    if (mended === undefined || fix === undefined) return;
    folder = await mkdtemp(join(folder, 'again-'));
    const again = await trained(applyEdit(document, fix.edit));
    expect(causesOf(again.events)).toEqual([]);
    expect(accuracyOf(again.events)).toBeGreaterThan(mended);
  });

  it('is told from one that learns, fast or slowly', async () => {
    for (const [rate, activation] of [
      [0.01, 'relu'],
      [0.1, 'sigmoid'],
    ] as const) {
      folder = await mkdtemp(join(folder, 'learns-'));
      const document = digits(dense('hidden', 24, activation), softmax);
      const { events } = await trained(withTraining(document, { batchSize: 16, epochs: 2, ...sgd(rate) }));
      expect(causesOf(events)).toEqual([]);
    }
  });
});
