import type { Document } from '../document.ts';
import type { Analysis } from '../graph/analysis.ts';
import { datasetProblems } from '../graph/preflight.ts';
import { fix, problem, type Fix, type Problem } from '../problem.ts';
import type { WeightDistribution } from './distributions.ts';
import { optimizerSpec } from './optimizers.ts';

/** What a layer gives for many images of the training set. */
export interface LayerOutputs {
  readonly layerId: string;
  /** Share of its numbers that are 0, over all images. */
  readonly zeros: number;
  /** Share of its numbers within a hundredth of an end of what its activation can give; 0 where that has no ends. */
  readonly saturated: number;
}

/** What was measured of a training so far. */
export interface Measured {
  /** Loss and accuracy on the training set, epoch by epoch; the last one may be of an epoch that broke off. */
  readonly epochs: readonly { readonly loss: number; readonly accuracy: number }[];
  /** Loss of the very first batch. */
  readonly firstLoss: number;
  /** Batches that were trained on. */
  readonly steps: number;
  /** Images of an epoch … */
  readonly examples: number;
  /** … and the share of the commonest class among them. */
  readonly commonest: number;
  /** Weights and gradients as they are now; none where they were not looked at. */
  readonly weights: readonly WeightDistribution[];
  /** Layer by layer, in the order in which they are computed. */
  readonly outputs: readonly LayerOutputs[];
}

/** So few batches say nothing. */
const fewestSteps = 15;
/** A rate so many times the optimizer's usual one is blamed first. */
const large = 10;
/** A weight that all steps together change by less than this share of its size stands still. */
const standsStill = 0.003;
/** So many times smaller than the last layer's gradient: too little comes to the first one to learn from. */
const vanished = 1000;
/** Almost all of a layer's numbers. */
const [almostAll, nearlyAll] = [0.999, 0.9] as const;
/** A loss that fell to less than this share of the one before: it learns. */
const falls = 0.98;

/** Whether a training has learned nothing: on its own images it does no better than always to answer the commonest class. */
export function isStuck({
  epochs,
  firstLoss,
  steps,
  examples,
  commonest,
}: Omit<Measured, 'weights' | 'outputs'>): boolean {
  const last = epochs.at(-1);
  if (last === undefined || steps < fewestSteps) return false;
  // What chance adds, three standard deviations of it.
  const chance = 3 * Math.sqrt((commonest * (1 - commonest)) / Math.max(1, examples));
  if (last.accuracy > commonest + Math.max(0.02, chance)) return false;
  // What comes back from a first step that went astray has learned nothing by it.
  const before = Math.min(firstLoss, epochs.at(-2)?.loss ?? firstLoss);
  return !(last.loss < falls * before);
}

/** Whether a training is worth a closer look: it has learned nothing, or less than half and its loss does not fall. */
export function isSuspect(progress: Omit<Measured, 'weights' | 'outputs'>): boolean {
  const last = progress.epochs.at(-1);
  const isAstray = last !== undefined && last.accuracy < 0.5 && !(last.loss < falls * progress.firstLoss);
  return isStuck(progress) || (isAstray && progress.steps >= fewestSteps);
}

/**
 * The likeliest cause of a training that learns nothing, or whose loss is no number any more, with what mends it; found
 * from what was measured. Undefined where the training learns.
 */
export function causeOf(document: Document, analysis: Analysis, measured: Measured): Problem | undefined {
  const last = measured.epochs.at(-1);
  const isNumber = last === undefined || Number.isFinite(last.loss);
  if (isNumber && !isSuspect(measured)) return undefined;
  // What the check has said all along comes before whatever follows from it.
  const known = datasetProblems(document, analysis).find(({ code }) => code === 'no-softmax');
  if (known !== undefined) return { ...known, ...told('cause-no-softmax', known.values, known) };
  if (!isNumber) return rate('cause-rate-not-finite', document);
  if (!isStuck(measured)) return undefined;
  return (
    zeroWeights(analysis, measured) ??
    smallRate(document, measured) ??
    largeRate(document, measured) ??
    dead(document, analysis, measured) ??
    saturated(analysis, measured) ??
    vanishing(analysis, measured) ??
    squaredError(document) ??
    twice(document, analysis) ??
    rate('cause-unclear', document)
  );
}

type CauseCode = Extract<Parameters<typeof problem>[0], `cause-${string}`>;

function told(code: CauseCode, values: Problem['values'], more: Parameters<typeof problem>[2] = {}): Problem {
  return problem(code, values, { ...more, severity: 'warning' });
}

/** Blames the learning rate. */
function rate(code: CauseCode, document: Document): Problem {
  const better = lowerRate(document);
  return told(code, { learningRate: rateOf(document), better }, { fixes: [setRate(better)] });
}

/** A tenth, in a form that people write: 0.0003 and not 0.00030000000000000003; the usual one where a tenth is far above. */
function lowerRate(document: Document): number {
  const [now, usual] = [rateOf(document), usualRate(document)];
  return now > large * usual ? usual : Number((now * 0.1).toPrecision(2));
}

function rateOf({ training }: Document): number {
  return Number(training.optimizer['learningRate']);
}

function usualRate({ training }: Document): number {
  const given: unknown = optimizerSpec(training.optimizer.kind).params['learningRate']?.default;
  return typeof given === 'number' ? given : 0.001;
}

function setRate(learningRate: number): Fix {
  return fix(
    'set-training',
    { type: 'setTraining', values: { learningRate } },
    { param: 'learningRate', value: learningRate },
  );
}

function set(layer: string, param: string, value: unknown, text = String(value)): Fix {
  const edit = { type: 'setParams', nodeId: layer, params: { [param]: value } } as const;
  return fix('set-layer-param', edit, { param, layer, value: text });
}

const isKernel = ({ name }: WeightDistribution) => name.endsWith('kernel');

/** The size of a distribution's numbers: their root mean square. */
function sizeOf({ mean, std }: { readonly mean: number; readonly std: number }): number {
  return Math.hypot(mean, std);
}

/** Kernels that are all one number: each neuron of the layer learns the same, or nothing. */
function zeroWeights({ layers }: Analysis, { weights }: Measured): Problem | undefined {
  const found = weights.find(
    (one) => isKernel(one) && one.weights.min === one.weights.max && one.weights.notFinite === 0,
  );
  if (found === undefined) return undefined;
  const { layerId, weights: own } = found;
  const canSet = layers.get(layerId)?.values['kernelInitializer'] !== undefined;
  const random = { kind: 'glorotUniform' };
  const fixes = canSet ? [set(layerId, 'kernelInitializer', random, random.kind)] : [];
  return told('cause-equal-weights', { layer: layerId, value: own.min }, { nodeId: layerId, fixes });
}

/** What a step changes a weight by, about: Adam and RMSprop divide by the size of the gradient. */
function stepOf(document: Document, { gradients }: WeightDistribution): number {
  const { kind, ...params } = document.training.optimizer;
  const size = gradients === null ? 0 : sizeOf(gradients);
  if (kind === 'adam' || kind === 'rmsprop') return size === 0 ? 0 : rateOf(document);
  const momentum = typeof params['momentum'] === 'number' ? params['momentum'] : 0;
  return (rateOf(document) * size) / (1 - momentum);
}

function smallRate(document: Document, { weights, steps }: Measured): Problem | undefined {
  if (rateOf(document) >= usualRate(document)) return undefined;
  const kernels = weights.filter((one) => isKernel(one) && one.gradients !== null);
  const better = usualRate(document);
  const moves = (one: WeightDistribution, times: number) =>
    steps * times * stepOf(document, one) > standsStill * sizeOf(one.weights);
  // Where no gradient comes, no rate would move anything.
  const wouldMove = kernels.some((one) => moves(one, better / rateOf(document)));
  if (!wouldMove || kernels.some((one) => moves(one, 1))) return undefined;
  return told('cause-small-rate', { learningRate: rateOf(document), better }, { fixes: [setRate(better)] });
}

function largeRate(document: Document, { outputs }: Measured): Problem | undefined {
  if (rateOf(document) < large * usualRate(document)) return undefined;
  const hurt = outputs.find(({ zeros, saturated: ends }) => zeros > almostAll || ends > nearlyAll);
  const better = usualRate(document);
  const values = { learningRate: rateOf(document), better, layer: hurt?.layerId ?? '' };
  return told(hurt === undefined ? 'cause-large-rate' : 'cause-large-rate-dead', values, {
    fixes: [setRate(better)],
  });
}

function dead(document: Document, { layers }: Analysis, { outputs }: Measured): Problem | undefined {
  const found = outputs.find(({ zeros }) => zeros > almostAll);
  if (found === undefined) return undefined;
  const layer = found.layerId;
  const { activation } = layers.get(layer)?.values ?? {};
  if (typeof activation !== 'string') return told('cause-silent', { layer }, { nodeId: layer });
  const values = { layer, activation };
  const lower = lowerRate(document);
  const softer = activation === 'relu' ? [set(layer, 'activation', 'elu')] : [];
  const fixes = [setRate(lower), ...softer];
  // At a usual rate it is not the steps that silenced it.
  const isUsual = rateOf(document) <= usualRate(document);
  return told('cause-dead', values, { nodeId: layer, fixes: isUsual ? fixes.toReversed() : fixes });
}

function saturated({ layers }: Analysis, { outputs }: Measured): Problem | undefined {
  const found = outputs.find(({ saturated: ends }) => ends > nearlyAll);
  if (found === undefined) return undefined;
  const layer = found.layerId;
  const { activation } = layers.get(layer)?.values ?? {};
  return told(
    'cause-saturated',
    { layer, activation: String(activation), share: Math.round(100 * found.saturated) },
    { nodeId: layer, fixes: typeof activation === 'string' ? [set(layer, 'activation', 'relu')] : [] },
  );
}

function vanishing({ layers }: Analysis, { weights }: Measured): Problem | undefined {
  const kernels = weights.filter((one) => isKernel(one) && one.gradients !== null);
  const [first, last] = [kernels[0], kernels.at(-1)];
  if (first?.gradients == null || last?.gradients == null || first === last) return undefined;
  const [own, strongest] = [sizeOf(first.gradients), sizeOf(last.gradients)];
  if (own * vanished > strongest) return undefined;
  const bent = [...layers.values()].filter(
    ({ values }) => values['activation'] === 'sigmoid' || values['activation'] === 'tanh',
  );
  const edits = bent.map(({ id }) => ({
    type: 'setParams' as const,
    nodeId: id,
    params: { activation: 'relu' },
  }));
  const values = {
    layer: first.layerId,
    last: last.layerId,
    times: own === 0 ? '∞' : String(Math.round(strongest / own)),
  };
  const fixes =
    edits.length === 0
      ? []
      : [fix('set-param', { type: 'all', edits }, { param: 'activation', value: 'relu' })];
  return told('cause-vanishing', values, { nodeId: first.layerId, fixes });
}

/** Squared error takes classes for numbers: far from the truth, a softmax has hardly any slope. */
function squaredError({ training }: Document): Problem | undefined {
  if (training.loss !== 'meanSquaredError') return undefined;
  const loss = 'categoricalCrossentropy';
  return told(
    'cause-squared-error',
    {},
    {
      fixes: [fix('set-training', { type: 'setTraining', values: { loss } }, { param: 'loss', value: loss })],
    },
  );
}

function twice(document: Document, analysis: Analysis): Problem | undefined {
  const known = datasetProblems(document, analysis).find(({ code }) => code === 'softmax-twice');
  return known === undefined ? undefined : told('cause-softmax-twice', known.values, known);
}
