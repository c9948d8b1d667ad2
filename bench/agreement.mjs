// Whether what Convas came to is what Keras comes to, and the table of it as Markdown.

/** @typedef {import('./agreement.ts').AgreementResult} AgreementResult */
/** @typedef {import('./agreement.ts').FoundCase} FoundCase */
/** @typedef {import('./agreement.ts').Moment} Moment */
/** @typedef {import('./agreement.ts').WeightFound} WeightFound */

/** @typedef {'graph' | 'eager'} Ours */

/** Both ways in which Convas trains. */
const ours = /** @type {readonly Ours[]} */ (['graph', 'eager']);

/** So many times what rounding comes to there may ours be: two of one kind are now and then a few times apart. */
const times = 3;
/** What never counts: of how far a weight moved, and of a loss, and, some last places of float32, of the weight itself. */
const [ofTheWay, ofTheNumber] = [1e-4, 1e-6];
/** A case shows something where it would show this part of the first step's way. */
const shown = 0.1;

/**
 * What rounding comes to: in Keras, or where noise stands in for it.
 *
 * @param {Pick<WeightFound, 'keras' | 'disturbed'>} found
 */
const roundingOf = ({ keras, disturbed }) => Math.max(number(keras), number(disturbed));

/**
 * How far a weight may be from double precision's.
 *
 * @param {WeightFound} weight
 */
const allowed = (weight) =>
  Math.max(times * roundingOf(weight), ofTheWay * number(weight.moved) + ofTheNumber * number(weight.length));

/**
 * What speaks against a case, in words; nothing where it agrees.
 *
 * @param {FoundCase} found
 * @returns {string[]}
 */
export function objectionsTo({ first, last }) {
  const moments = /** @type {const} */ ([
    ['the first step', first],
    ['the last step', last],
  ]);
  return moments.flatMap(([when, moment]) =>
    ours.flatMap((way) => [...lossObjections(moment, way, when), ...weightObjections(moment, way, when)]),
  );
}

/**
 * @param {Moment} moment
 * @param {Ours} way
 * @param {string} when
 */
function lossObjections({ losses }, way, when) {
  const limit = Math.max(times * roundingOf(losses), ofTheWay * number(losses.size));
  // NaN is not within a limit either.
  if (number(losses[way]) <= limit) return [];
  return [`${way}, ${when}: the loss is ${short(losses[way])} off, with ${short(limit)} allowed`];
}

/**
 * @param {Moment} moment
 * @param {Ours} way
 * @param {string} when
 */
function weightObjections({ weights }, way, when) {
  const off = weights.filter((weight) => !(number(weight[way]) <= allowed(weight)));
  return off.map(
    (weight) =>
      `${way}, ${when}: ${weight.name} is ${short(weight[way])} off, with ${short(allowed(weight))} allowed; it moved ${short(weight.moved)}`,
  );
}

/**
 * The part of the first step that half of the learned weights would notice if it were missing. Half: a single ReLU that
 * is shut by noise can hide much of one weight.
 *
 * @param {FoundCase} found
 */
export function noticed({ first }) {
  const parts = first.weights
    .filter((weight) => weight.learned)
    .map((weight) => allowed(weight) / number(weight.moved));
  return parts.sort((a, b) => a - b)[Math.floor(parts.length / 2)] ?? NaN;
}

/**
 * `agrees`, `differs`, or `undecided` where rounding alone is so large that a tenth of a step would go unnoticed.
 *
 * @param {FoundCase} found
 */
export function verdictOn(found) {
  if (objectionsTo(found).length > 0) return 'differs';
  return noticed(found) <= shown ? 'agrees' : 'undecided';
}

/**
 * The whole report.
 *
 * @param {AgreementResult} result
 */
export function agreementReport(result) {
  const { machine, versions, cases, batches, batchSize } = result;
  const count = (/** @type {ReturnType<typeof verdictOn>} */ verdict) =>
    cases.filter((found) => verdictOn(found) === verdict).length;
  const [agreeing, differing, undecided] = [count('agrees'), count('differs'), count('undecided')];
  const more = [
    ...(differing > 0 ? [`${differing} differ`] : []),
    ...(undecided > 0 ? [`${undecided} are undecided`] : []),
  ];
  return [
    '# Agreement with Keras',
    '',
    `**${agreeing} of ${cases.length} trainings agree with Keras to within rounding${more.map((words) => `; ${words}`).join('')}.**`,
    '',
    `${machine.cpu}, ${machine.platform}; Convas ${versions.convas}, Node.js ${machine.node}, TensorFlow ${versions.tensorflow}; Keras ${versions.keras.keras} on TensorFlow ${versions.keras.tensorflow}. Made by \`npm run agree\`.`,
    '',
    '## What is compared',
    '',
    `Convas trains each network for ${batches} steps with batches of ${batchSize}, once as one graph and once eagerly. Keras builds the same network, is given the same initial weights, and trains on the same batches in the same order, once in single precision, as Convas does, and once in double precision. What double precision comes to is as good as exact, and how far Keras in single precision is from there is rounding. As rounding is also a matter of luck (a number just above zero becomes one just below, and a ReLU is shut), double precision is repeated with noise of ${exponent(1e-5)} of each weight and pixel: how far that takes it is what rounding can come to. Convas is to be no farther than that.`,
    '',
    `A training agrees where, after the first step and after the last, graph and eager alike, every weight by itself and every batch’s loss are at most ${times} times as far from double precision as Keras in single precision or the farthest of four disturbed trainings is. What is less than ${exponent(ofTheWay)} of the way that the weight went (or of the loss), plus ${exponent(ofTheNumber)} of the weight itself, does not count: that is how finely float32 can tell. A training whose rounding is so large that a tenth of the first step could be missing and half of the weights would not notice is undecided.`,
    '',
    'The residual CNN and ResNet-20, which have batch normalization, are trained by RMSprop and Adam with ε = 0.001: there are gradients in them that would be zero but for rounding, such as that of a bias before it, and divided by their own size they would be as large as any.',
    '',
    'Dropout’s rate is 0 here: each engine draws in its own way which numbers are dropped. AlexNet is left out, as its 60 million weights take gigabytes in double precision.',
    '',
    '## After the first step',
    '',
    ...momentTable(cases, 'first'),
    '',
    `## After ${batches} steps`,
    '',
    'With batch normalization, rounding grows from step to step: two right implementations come apart, and so do the two precisions of Keras.',
    '',
    ...momentTable(cases, 'last'),
    '',
    '_Loss_: the largest difference of a batch’s loss. _Weight_: the largest difference of any single number in the weights, and the farthest that one moved; averages of batch normalization are among them. _From double precision_: the distance of all learned weights, as part of the way that they went. _Notices_: the part of the first step that half of the weights would notice if it were missing.',
    ...differences(cases),
    '',
    '## Where the same name is another function',
    '',
    '`hardSigmoid` is TensorFlow.js’s and Keras 2’s, min(max(0.2·x + 0.5, 0), 1). Keras 3’s `hard_sigmoid` rises by a sixth instead of a fifth; the comparison gives Keras the former.',
    '',
  ].join('\n');
}

/**
 * @param {readonly FoundCase[]} cases
 * @param {'first' | 'last'} when
 */
function momentTable(cases, when) {
  const isFirst = when === 'first';
  const head = [
    ...['network', 'optimizer', 'loss, Keras – graph', 'loss, graph – eager'],
    ...['weight, Keras – graph', 'weight, graph – eager', 'moved'],
    ...['from double precision: Keras', 'disturbed', 'graph', 'eager'],
    ...(isFirst ? ['notices', 'verdict'] : []),
  ];
  const rows = cases.map((found) => {
    const { losses, largest, weights } = found[when];
    const learned = weights.filter((weight) => weight.learned);
    const way = together(learned, ({ moved }) => number(moved));
    const part = (/** @type {Ours | 'keras' | 'disturbed'} */ of) =>
      short(together(learned, (weight) => number(weight[of])) / way);
    return [
      ...[found.title, found.optimizer, short(losses['keras-graph']), short(losses['graph-eager'])],
      ...[short(largest['keras-graph']), short(largest['graph-eager']), short(largest.moved)],
      ...[part('keras'), part('disturbed'), part('graph'), part('eager')],
      ...(isFirst ? [short(noticed(found)), verdictOn(found)] : []),
    ];
  });
  const row = (/** @type {readonly string[]} */ cells) => `| ${cells.join(' | ')} |`;
  return [row(head), row(head.map((_, at) => (at < 2 ? '---' : '--:'))), ...rows.map(row)];
}

/** @param {readonly FoundCase[]} cases */
function differences(cases) {
  const lines = cases.flatMap((found) =>
    objectionsTo(found).map((words) => `- ${found.title}, ${found.optimizer}: ${words}.`),
  );
  return lines.length === 0 ? [] : ['', '## What differs', '', ...lines];
}

/**
 * The length of several vectors put together.
 *
 * @template T
 * @param {readonly T[]} list
 * @param {(one: T) => number} lengthOf
 */
function together(list, lengthOf) {
  return Math.hypot(...list.map(lengthOf));
}

/** @param {number | null} found what JSON has for a number that was not finite is null */
function number(found) {
  return found ?? NaN;
}

/** @param {number | null} found */
function short(found) {
  if (found === null || !Number.isFinite(found)) return 'not finite';
  return found === 0 ? '0' : found.toExponential(1).replace('-', '−');
}

/** @param {number} power */
function exponent(power) {
  return power.toExponential(0).replace('-', '−');
}
