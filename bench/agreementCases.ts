import * as fc from 'fast-check';

import type { PictureDataset, LabelledPictures } from '../main/trainer/dataset/mnist.ts';
import { createRandom } from '../main/trainer/training/random.ts';
import { readDocument, type Document } from '../shared/document.ts';
import { analyze } from '../shared/graph/analyze.ts';
import { activations } from '../shared/layers/commonParams.ts';
import type { Shape } from '../shared/layers/shape.ts';
import { findTemplate } from '../shared/templates/index.ts';
import { soundNetworks } from '../shared/testing/soundNetworks.ts';
import { optimizerSpec } from '../shared/training/optimizers.ts';
import { inputShape } from './kerasNetwork.ts';
import { benchNetworks, createDrawing } from './networks.ts';
import { picturesOf } from './pictures.ts';

/** Examples of a batch, and how many batches are trained on. */
export const [batchSize, batches] = [32, 10];

const examples = batchSize * batches;
const classes = 10;

/** A training that Convas and Keras are both to carry out. */
export interface AgreementCase {
  readonly id: string;
  readonly title: string;
  /** The optimizer with what is not its default, in words. */
  readonly optimizer: string;
  readonly document: Document;
  readonly dataset: PictureDataset;
}

/** An optimizer, with those of its parameters that are not its defaults. */
interface OptimizerPlan {
  readonly kind: string;
  readonly [param: string]: unknown;
}

/** Every optimizer, and its branches. */
const optimizers: readonly OptimizerPlan[] = [
  { kind: 'sgd' },
  { kind: 'momentum' },
  { kind: 'momentum', useNesterov: true },
  { kind: 'rmsprop' },
  { kind: 'rmsprop', momentum: 0.5, centered: true },
  { kind: 'adam' },
];
const few: readonly OptimizerPlan[] = [{ kind: 'momentum' }, { kind: 'adam' }];

/**
 * The same for networks with batch normalization. There are gradients there that would be zero but for rounding, such as
 * that of a bias before it; divided by their own size, as RMSprop and Adam do, they are as large as any. With a larger
 * epsilon they stay small.
 */
const normalized = (plans: readonly OptimizerPlan[]) =>
  plans.map((plan) => ('epsilon' in optimizerSpec(plan.kind).params ? { ...plan, epsilon: 1e-3 } : plan));

/** So many networks at random, the same each time. */
const [randomNetworks, randomSeed] = [12, 1];

/**
 * All cases: the networks of the bench and the templates, one network with every activation, and networks at random.
 * AlexNet is left out: in double precision, with Adam, its 60 million weights take gigabytes.
 */
export async function agreementCases(): Promise<readonly AgreementCase[]> {
  const cases: AgreementCase[] = [];
  const add = (id: string, title: string, plan: OptimizerPlan, drawn: Document, dataset: PictureDataset) => {
    const document = prepared(drawn, plan);
    cases.push({
      id: `${id}-${String(cases.length + 1)}`,
      title,
      optimizer: titleOf(plan),
      document,
      dataset,
    });
  };
  const digits = await picturesOf({ pictures: 'mnist', epoch: examples });
  const colours = await picturesOf({ pictures: 'coloured', epoch: examples });
  for (const { id, title, document, pictures } of benchNetworks())
    for (const plan of { 'lenet-5': optimizers, 'resnet-20': normalized(few) }[id] ?? few)
      add(id, title, plan, document, pictures === 'mnist' ? digits : colours);
  const residual = findTemplate('residual-cnn');
  if (residual === undefined) throw new Error('There is no such template.');
  for (const plan of normalized(optimizers))
    add('residual-cnn', 'Residual CNN', plan, residual.document, digits);
  for (const plan of few) add('activations', 'every activation', plan, everyActivation(), digits);
  for (const [at, document] of networksAtRandom().entries()) {
    const plan = optimizers[at % optimizers.length] ?? { kind: 'sgd' };
    const pictures = picturesAtRandom(inputShape(analyze(document)));
    add('random', `at random, ${String(at + 1)}`, plan, document, pictures);
  }
  return cases;
}

/** Each activation after a few neurons of its own, so that what differs has a name. */
function everyActivation(): Document {
  const drawing = createDrawing();
  const pixels = drawing.add('Flatten', {}, drawing.add('Input', { shape: [28, 28, 1] }));
  const activated = activations.map((activation) =>
    drawing.add('Activation', { activation }, drawing.add('Dense', { units: 12 }, pixels)),
  );
  const all = drawing.add('Concatenate', {}, ...activated);
  drawing.add('Dense', { units: classes, activation: 'softmax' }, all);
  return drawing.document('Every activation');
}

/**
 * A document with its optimizer, and with dropout that drops nothing: which numbers are dropped is drawn by each engine
 * in its own way.
 */
function prepared(document: Document, plan: OptimizerPlan): Document {
  const nodes = document.nodes.map((node) =>
    node.kind === 'Dropout' ? { ...node, params: { ...node.params, rate: 0 } } : node,
  );
  const training = { ...document.training, optimizer: plan, batchSize };
  return readable({ ...document, nodes, training });
}

function readable(document: unknown): Document {
  const read = readDocument(document);
  if (!read.ok) throw new Error(read.problems.map(({ message }) => message).join('\n'));
  return read.value;
}

function titleOf({ kind, ...params }: OptimizerPlan): string {
  const settings = Object.entries(params).map(([name, value]) =>
    value === true ? name : `${name} ${String(value)}`,
  );
  return [optimizerSpec(kind).title.en, ...settings].join(', ');
}

function networksAtRandom(): readonly Document[] {
  const drawn = fc.sample(soundNetworks(12), { seed: randomSeed, numRuns: 100 * randomNetworks });
  return drawn.flatMap((document) => classifier(document) ?? []).slice(0, randomNetworks);
}

/** A network with classes at its end, where it reads one picture, has some layers, and normalises by more than rounding. */
function classifier(network: Document): Document | undefined {
  const { layers, outputId } = analyze(network);
  const shapes = [...layers.values()].flatMap(({ kind, outputShape }) =>
    kind === 'Input' && outputShape !== null ? [outputShape] : [],
  );
  const normalises = [...layers.values()].filter(({ kind }) => kind === 'BatchNormalization');
  // What does not vary is divided by epsilon's root.
  if (normalises.some(({ values }) => Number(values['epsilon']) < 1e-3)) return undefined;
  if (shapes.length !== 1 || shapes[0]?.length !== 3 || outputId === null) return undefined;
  const learning = [...layers.values()].filter(({ params }) => params.trainable > 0);
  if (learning.length < 2 || layers.size < 6) return undefined;
  const position = { x: 0, y: 0 };
  return readable({
    ...network,
    nodes: [
      ...network.nodes,
      { id: 'flat_end', kind: 'Flatten', params: {}, position },
      { id: 'end', kind: 'Dense', params: { units: classes, activation: 'softmax' }, position },
    ],
    edges: [
      ...network.edges,
      { source: outputId, target: 'flat_end' },
      { source: 'flat_end', target: 'end' },
    ],
  });
}

function picturesAtRandom([height = 1, width = 1, channels = 1]: Shape): PictureDataset {
  const half = (count: number, seed: number): LabelledPictures => {
    const random = createRandom(seed, 0);
    const pixels = Uint8Array.from({ length: count * height * width * channels }, () => random() * 256);
    const labels = Uint8Array.from({ length: count }, () => random() * classes);
    return { count, height, width, channels, pixels, labels };
  };
  return { kind: 'random', classes, train: half(examples, 1), test: half(batchSize, 2) };
}
