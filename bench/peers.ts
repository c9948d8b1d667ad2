import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import type * as tfc from '@tensorflow/tfjs-core';
import * as fc from 'fast-check';

import { loadEngine } from '../main/trainer/engine/index.ts';
import type { TensorFlow } from '../main/trainer/tensorflow.ts';
import { createRandom } from '../main/trainer/training/random.ts';
import { codeText, type Framework, type GeneratedCode } from '../shared/codegen/code.ts';
import { generateCode } from '../shared/codegen/index.ts';
import { npyHeader } from '../shared/codegen/npy.ts';
import { npzChunks, savedNames } from '../shared/codegen/npz.ts';
import { compileDocument } from '../shared/compile/compile.ts';
import type { Document } from '../shared/document.ts';
import { analyze } from '../shared/graph/analyze.ts';
import { hasErrors } from '../shared/problem.ts';
import { templates } from '../shared/templates/index.ts';
import { chain, network, type Drawn } from '../shared/testing/networks.ts';
import { anyShapes, soundNetworks } from '../shared/testing/soundNetworks.ts';

// What `npm run verify-peers` compares: networks, the code of each with weights as an export has them, and what
// TensorFlow.js makes of some examples.

/** A network whose code is to be run. */
export interface PeerCase {
  readonly id: string;
  readonly document: Document;
  readonly params: number;
}

/**
 * All templates, and networks drawn at random.
 *
 * @param largest leaves out what has more parameters
 */
export function peerCases(random: number, seed: number, largest = Infinity): readonly PeerCase[] {
  // Ends that are too large to be joined stay two.
  const drawn = fc
    .sample(soundNetworks(12, anyShapes), { numRuns: random, seed })
    .filter((document) => !hasErrors(analyze(document).problems))
    .filter(({ nodes }) => !nodes.some((node) => wantsOwn.has(node.kind) || skipsVolume(node)));
  const all = [
    ...templates.map(({ id, document }) => ({ id, document })),
    ...special,
    ...drawn.map((document, index) => ({ id: `random-${String(index + 1)}`, document })),
  ];
  return all
    .map((one) => {
      const { trainable, nonTrainable } = analyze(one.document).totals.params;
      return { ...one, params: trainable + nonTrainable };
    })
    .filter(({ params }) => params <= largest);
}

/** Loads TensorFlow.js, on TensorFlow where that is set up. */
export async function loadTensorFlow(folder: string | undefined): Promise<TensorFlow> {
  const loaded = await loadEngine({ choice: 'auto', folder });
  if (!loaded.ok) throw new Error(loaded.problems.map(({ message }) => message).join('\n'));
  return loaded.value.tf;
}

/** Layers of whole numbers, and masks, which have no code in PyTorch: these have networks of their own. */
const wantsOwn = new Set(['Embedding', 'Masking', 'CategoryEncoding']);

/** TensorFlow's own MaxPool3D takes other windows than its formula says where they do not touch, on a processor. */
function skipsVolume({
  kind,
  params: { strides, poolSize = [2, 2, 2] },
}: Document['nodes'][number]): boolean {
  if (kind !== 'MaxPooling3D' || !Array.isArray(strides)) return false;
  return strides.some((stride, axis) => stride > ((poolSize as readonly number[])[axis] ?? 1));
}

/** What no template and no random network has: weights that are shared, outputs that are read on, layers that do not learn. */
const special: readonly Pick<PeerCase, 'id' | 'document'>[] = [
  {
    id: 'shared-weights',
    document: network(
      [
        ['left', 'Input', { shape: [8, 8, 2] }],
        ['right', 'Input', { shape: [8, 8, 2] }],
        // Whoever shares comes before its owner.
        ['b', 'Conv2D', { filters: 3, kernelSize: 3, padding: 1 }, { sharedWith: 'a' }],
        ['a', 'Conv2D', { filters: 3, kernelSize: 3, padding: 1 }],
        ['n', 'BatchNormalization', { scale: false }, { trainable: false }],
        ['sum', 'Add'],
        ['flat', 'Flatten'],
        ['middle', 'Dense', { units: 6, activation: 'tanh' }, { output: true }],
        ['end', 'Dense', { units: 2 }, { output: true, trainable: false }],
      ],
      [
        'left > b',
        'right > a',
        'a > n',
        'b > sum:0',
        'n > sum:1',
        'sum > flat',
        'flat > middle',
        'middle > end',
      ],
    ),
  },
  sequence('sequence-lstm', ['r', 'LSTM', { units: 5, returnSequences: true, activation: 'relu' }]),
  sequence('sequence-gru', ['r', 'GRU', { units: 4, recurrentActivation: 'sigmoid', goBackwards: true }]),
  sequence('sequence-rnn', ['r', 'SimpleRNN', { units: 3, useBias: false, returnSequences: true }]),
  sequence('sequence-both', [
    'r',
    'Bidirectional',
    { layer: { kind: 'GRU', units: 3, returnSequences: true }, mergeMode: 'ave' },
  ]),
  sequence('sequence-each', ['r', 'TimeDistributed', { layer: { kind: 'Dense', units: 3 } }]),
  {
    id: 'words',
    document: chain(
      ['in', 'Input', { shape: [6] }],
      ['e', 'Embedding', { inputDim: 4, outputDim: 3 }],
      ['r', 'LSTM', { units: 4 }],
    ),
  },
  {
    id: 'categories',
    document: chain(
      ['in', 'Input', { shape: [3] }],
      ['c', 'CategoryEncoding', { numTokens: 4, outputMode: 'count' }],
    ),
  },
  {
    id: 'film',
    document: chain(
      ['in', 'Input', { shape: [4, 9, 8, 2] }],
      [
        'each',
        'TimeDistributed',
        { layer: { kind: 'Conv2D', filters: 3, kernelSize: 3, padding: 1, activation: 'softmax' } },
      ],
      [
        'maps',
        'ConvLSTM2D',
        { filters: 3, kernelSize: 3, padding: 'same', strides: 2, returnSequences: true },
      ],
      [
        'both',
        'Bidirectional',
        { layer: { kind: 'ConvLSTM2D', filters: 2, kernelSize: 2, padding: 'same' }, mergeMode: 'concat' },
      ],
    ),
  },
];

function sequence(id: string, layer: Drawn) {
  return {
    id,
    document: chain(
      ['in', 'Input', { shape: [6, 4] }],
      layer,
      ['flat', 'Flatten'],
      ['end', 'Dense', { units: 3 }],
    ),
  };
}

const examples = 2;

/**
 * Writes a folder for each framework: the code and weights of an export, `case.json` with what is expected of each
 * layer, and `input_N.npy` and `output_N.npy` as TensorFlow.js takes and gives them.
 */
export async function writePeerCase(
  tf: TensorFlow,
  { document }: PeerCase,
  frameworks: readonly Framework[],
  folder: string,
): Promise<void> {
  const analysis = analyze(document);
  const model = compileDocument(tf, document, analysis);
  const random = createRandom(document.training.seed, 7);
  try {
    stir(tf, model.weights, random);
    const whole = document.nodes.some(({ kind }) => wantsOwn.has(kind));
    const inputs = model.inputs.map(({ shape }) => {
      const sides = shape.slice(1).map((side) => side ?? 1);
      const length = sides.reduce((product, side) => product * side, examples);
      // Zeros of padding show among negative numbers.
      return tf.tensor(
        Float32Array.from({ length }, () => (whole ? Math.floor(4 * random()) : 2 * random() - 1)),
        [examples, ...sides],
      );
    });
    const given = model.apply(inputs, { training: false }) as tfc.Tensor | tfc.Tensor[];
    const outputs = Array.isArray(given) ? given : [given];
    const weights = new Map(model.weights.map((weight) => [weight.originalName, weight.read()]));
    const names = savedNames(analysis, [...weights.keys()]);
    for (const framework of frameworks) {
      const code = generateCode(document, analysis, framework, { loadsWeights: true });
      const place = join(folder, framework);
      await mkdir(place, { recursive: true });
      await writeFile(join(place, 'model.py'), codeText(code));
      await writeFile(join(place, 'case.json'), JSON.stringify(expected(document, code)));
      await writeFile(
        join(place, 'weights.npz'),
        npzChunks(code.weights, async ({ nodeId, weight }) => {
          const tensor = weights.get(names.get(`${nodeId}/${weight}`) ?? '');
          if (tensor === undefined) throw new Error(`TensorFlow.js has no weight ${nodeId}/${weight}.`);
          return { shape: tensor.shape, values: await tensor.data<'float32'>() };
        }),
      );
      for (const [name, tensors] of Object.entries({ input: inputs, output: outputs })) {
        for (const [index, tensor] of tensors.entries()) {
          await writeFile(join(place, `${name}_${String(index)}.npy`), await npyOf(tensor));
        }
      }
    }
    tf.dispose([...inputs, ...outputs]);
  } finally {
    model.dispose();
  }
}

/** Moves all weights a little from where they begin: zeros and ones would hide much. */
function stir(
  tf: TensorFlow,
  weights: readonly {
    readonly originalName: string;
    read(): tfc.Tensor;
    write(value: tfc.Tensor): unknown;
  }[],
  random: () => number,
): void {
  for (const weight of weights) {
    const values = weight.read();
    const isKernel = values.rank > 1;
    const noise = Float32Array.from(
      { length: values.size },
      () => (random() - 0.5) * (isKernel ? 0.02 : 0.6),
    );
    tf.tidy(() => {
      weight.write(tf.add(values, tf.tensor(noise, values.shape)));
    });
  }
}

function expected(document: Document, code: GeneratedCode) {
  const { layers, totals } = analyze(document);
  const nodes = new Map(document.nodes.map((node) => [node.id, node]));
  return {
    layers: [...layers.values()]
      .filter(({ kind }) => kind !== 'Input')
      .map(({ id, outputShape, params }) => ({
        id,
        shape: outputShape,
        params,
        isShared: nodes.get(id)?.sharedWith !== undefined,
      })),
    totals: totals.params,
    keys: code.weights.map(({ key, source }) => ({ key, nodeId: source?.nodeId ?? null })),
    values: code.values,
    ends: code.ends,
  };
}

async function npyOf(tensor: tfc.Tensor): Promise<Uint8Array> {
  const values = await tensor.data<'float32'>();
  const header = npyHeader('<f4', tensor.shape);
  const bytes = new Uint8Array(header.length + values.byteLength);
  bytes.set(header);
  bytes.set(new Uint8Array(values.buffer, values.byteOffset, values.byteLength), header.length);
  return bytes;
}
