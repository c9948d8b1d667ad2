import { accuracySentence } from './accuracy.mjs';
import { latencyTable } from './latency.mjs';
import { figureOf, ratioOf, rounds, spreadOf } from './statistics.mjs';

// The report of a run, as Markdown.

/** @typedef {import('./result.ts').BenchResult} BenchResult */
/** @typedef {import('./result.ts').CaseResult} CaseResult */
/** @typedef {import('./result.ts').Contender} Contender */
/** @typedef {import('./statistics.mjs').Spread} Spread */

/** @type {Readonly<Record<Contender, string>>} */
const titles = {
  graph: 'Convas',
  eager: 'Convas, eager',
  modelFit: 'TensorFlow.js `model.fit`',
  wasm: 'Convas, WebAssembly',
  keras: 'Keras as it comes',
  kerasBest: 'Keras, its best',
};
const contenders = /** @type {readonly Contender[]} */ (Object.keys(titles));

/**
 * The whole report.
 *
 * @param {BenchResult} result
 * @param {{ chart?: string }} [options] the address of its chart, where there is one
 */
export function reportOf(result, { chart } = {}) {
  const networks = [...new Set(result.cases.map(({ network }) => network))];
  return [
    '# Benchmark',
    '',
    ...headerOf(result),
    ...(chart === undefined ? [] : ['', `![Training speed compared with Keras](${chart})`]),
    '',
    '## Training, side by side',
    '',
    'How many times as fast Convas trains as the others do, round by round.',
    '',
    ...comparison(result.cases),
    ...networks.flatMap((network) => [
      '',
      `## ${network.title}`,
      '',
      `${whole(network.params)} parameters; ${whole(network.macs)} multiply-accumulates forward and ${whole(network.trainingMacs)} in a training step, for each picture; epochs of ${whole(network.epoch)} pictures.`,
      '',
      ...networkTable(result.cases.filter((found) => found.network === network)),
    ]),
    '',
    '## Besides training',
    '',
    ...table(
      ['analysis of a chain', 'ms'],
      result.analysis.map(({ layers, milliseconds }) => [`${whole(layers)} layers`, milliseconds.toFixed(2)]),
    ),
    '',
    `From start to a page that answers: ${spread(spreadOf(result.startMilliseconds), whole)} ms.`,
    '',
    ...latencyTable(result.latency),
    ...(result.accuracy === null ? [] : ['', accuracySentence(result.accuracy)]),
    '',
    '## How it is measured',
    '',
    ...method(result),
    ...leftOut(result.cases),
    '',
  ].join('\n');
}

/** @param {BenchResult} result */
function headerOf({ machine, versions, settings, minutes, matmulFlops }) {
  const { convas, tensorflow, keras } = versions;
  const software = [
    `Convas ${convas}`,
    `Node.js ${machine.node}`,
    ...(tensorflow === null ? [] : [`TensorFlow ${tensorflow}`]),
    ...(keras === null ? [] : [`Keras ${keras} on the same TensorFlow`]),
  ];
  const rate = spreadOf(matmulFlops.map((flops) => flops / 1e9));
  return [
    `${machine.cpu}, ${machine.cores} cores, ${gigabytes(machine.memoryBytes)} GB, ${machine.platform}; ${software.join(', ')}.`,
    `${rounds(settings.rounds)}: medians, with least and largest in brackets. The whole run took ${minutes.toFixed(0)} minutes.`,
    ...(rate === undefined ? [] : [`Matrix multiplication on this machine: ${spread(rate, whole)} GFLOP/s.`]),
  ];
}

/** @param {readonly CaseResult[]} cases */
function comparison(cases) {
  const others = /** @type {const} */ (['keras', 'kerasBest', 'modelFit', 'eager']);
  return table(
    ['network', 'batch', ...others.map((other) => `÷ ${titles[other]}`), 'settings of Keras’s best'],
    cases.map((found) => [
      found.network.title,
      String(found.batchSize),
      ...others.map((other) => spread(ratioOf(found, 'graph', other), hundredths)),
      settingText(found),
    ]),
  );
}

/** @param {CaseResult} found */
function settingText({ kerasBest }) {
  if (kerasBest === null) return '–';
  const { pipeline, jit_compile: jit, steps_per_execution: steps } = kerasBest;
  const compiled = `jit_compile=${jit ? 'True' : 'False'}, steps_per_execution=${steps ?? 1}`;
  return `\`${compiled}\`${pipeline ? ', `tf.data`' : ''}`;
}

/** @param {readonly CaseResult[]} cases */
function networkTable(cases) {
  return table(
    [
      'batch',
      'engine',
      'images/s',
      'of matrix multiplication',
      's to first batch',
      'peak memory, MB',
      'loss',
    ],
    cases.flatMap((found) =>
      contenders.flatMap((contender) => {
        const speed = figureOf(found, contender, 'imagesPerSecond');
        if (speed === undefined) return [];
        const memory = figureOf(found, contender, 'peakMemoryBytes');
        return [
          [
            String(found.batchSize),
            titles[contender],
            spread(speed, whole),
            spread(figureOf(found, contender, 'share'), percent),
            spread(figureOf(found, contender, 'secondsToFirstBatch'), hundredths),
            spread(memory, (bytes) => whole(bytes / 1e6)),
            spread(figureOf(found, contender, 'loss'), (loss) => loss.toFixed(3)),
          ],
        ];
      }),
    ),
  );
}

/** @param {BenchResult} result */
function method({ settings }) {
  return [
    `- Each measurement is a process of its own that trains for at least ${settings.seconds} s of whole epochs after a first one that`,
    '  pays for warming up; images a second are those of the median epoch by the clock on the wall. In each round every',
    '  engine trains every case once, one after another, and each round begins with another engine.',
    '- Convas trains through all that a training in the designer goes through: every batch is gathered, its loss and',
    '  accuracy are told and written to the run’s file, and each epoch ends with a look at 32 test pictures. `model.fit` and',
    '  Keras get tensors or arrays that are ready, and look at no test pictures.',
    '- All have the same network, pictures, optimizer and batch size. MLP, LeNet-5 and MNIST CNN train on MNIST; ResNet-20 on',
    '  pictures of 32×32 in colour that are made for it. ResNet-20’s ways past a block that halves the picture are',
    '  convolutions of 1×1 with batch normalisation.',
    '- `model.fit` is TensorFlow.js’s own, on the same TensorFlow, with its stock kernels and gradients. Keras’s best is the',
    '  fastest of `steps_per_execution` 1, 8, 16 and 32 without XLA, and a `tf.data` pipeline with the best of these, found for',
    '  each case in a search before the rounds. XLA (`jit_compile`), many times slower on a CPU, is tried with `--all-settings`.',
    '- The share of matrix multiplication is 2 × multiply-accumulates of a training step × images a second, divided by the',
    '  floating-point operations a second of a product of two float32 matrices of 2048×2048 with TensorFlow, measured in the',
    '  same round. A layer’s multiply-accumulates count once forward, once for the gradient of its weights, and once for that',
    '  of its input, which the first layer does not need. What is no convolution or Dense counts nothing.',
    '- The time to the maps is that of one question after another over the connection that a page has, to the program as it',
    '  is built: from sending a picture to having the numbers of every layer of a network that is open. Drawing them is the',
    '  page’s, and not in it.',
    '- Time to first batch runs from asking for the training in a loaded engine, model included, to the end of its first batch;',
    '  with Keras from the call of `fit`, the model being there. Peak memory is the largest that the process ever was, engine and',
    '  pictures included. The loss is the mean of the second epoch;',
    '  `model.fit` and Keras have trained one batch more before it, that of the time to first batch.',
  ];
}

/** @param {readonly CaseResult[]} cases */
function leftOut(cases) {
  const lines = cases.flatMap(({ network, batchSize, leftOut: left }) =>
    left.map(
      ({ contender, reason }) => `- ${network.title}, batch ${batchSize}, ${titles[contender]}: ${reason}.`,
    ),
  );
  const isSlowThere = cases.some(({ samples }) => samples.some(({ contender }) => contender === 'wasm'));
  const fewer =
    '- WebAssembly is measured on epochs of fewer pictures, at least one batch: its loss is not to be compared.';
  const all = [...(isSlowThere ? [fewer] : []), ...lines];
  return all.length === 0 ? [] : ['', '## Left out', '', ...all];
}

/**
 * @param {readonly string[]} head
 * @param {readonly (readonly string[])[]} rows
 */
function table(head, rows) {
  const row = (/** @type {readonly string[]} */ cells) => `| ${cells.join(' | ')} |`;
  return [row(head), row(head.map(() => '---')), ...rows.map(row)];
}

/**
 * @param {Spread | undefined} found
 * @param {(value: number) => string} write
 */
function spread(found, write) {
  if (found === undefined) return '–';
  const { median, min, max } = found;
  return min === max ? write(median) : `${write(median)} (${write(min)}–${write(max)})`;
}

/** @param {number} value */
function whole(value) {
  return Math.round(value).toLocaleString('en-US');
}

/** @param {number} value */
function hundredths(value) {
  return value.toFixed(2);
}

/** @param {number} share */
function percent(share) {
  return `${(share * 100).toFixed(0)} %`;
}

/** @param {number} bytes */
function gigabytes(bytes) {
  return (bytes / 2 ** 30).toFixed(0);
}
