import { gradientInput, numberInputs, type UpdateOperation } from '../../../shared/training/optimizers.ts';
import type { SizedRecording } from './batchSize.ts';
import { createGraphWriter, type NodeOutput } from './graphDef.ts';
import { createNodes, type Control, type Enter } from './nodes.ts';
import { writeRecording, type Recording } from './recording.ts';

/** A weight of the model, or what the optimizer keeps for one. */
export interface StateVariable {
  readonly name: string;
  readonly shape: readonly number[];
}

/** One half of a dataset as the graph holds it: bytes of pictures, row by row, and the class of each. */
export interface PictureVariables {
  readonly count: number;
  readonly height: number;
  readonly width: number;
  readonly channels: number;
  /** Rows and columns of zeros around each: top and bottom, left and right. */
  readonly padding: readonly [readonly [number, number], readonly [number, number]];
}

export interface TrainingGraphPlan {
  /** All of the model's. */
  readonly weights: readonly StateVariable[];
  /** Which of them are learned, as indices. */
  readonly learned: readonly number[];
  readonly update: UpdateOperation;
  readonly classes: number;
  readonly train: PictureVariables;
  readonly test: PictureVariables;
  /**
   * A step's forward and backward pass. Takes `x`, `y`, `step` and `weight i`; gives `loss`, `scores`, `gradient i`,
   * and `weight i` where the pass itself changes one, as batch normalization does.
   */
  readonly pass: SizedRecording;
  /** Weights that are brought back within bounds after their update: each recording takes and gives `weight`. */
  readonly bounds: readonly { readonly weight: number; readonly recording: Recording }[];
  /** Prediction: takes `x`, `y` and `weight i`, gives `loss` and `scores`. */
  readonly prediction: SizedRecording;
  /** Sizes of the batches that there will be, and how many of one size are trained on in one call at most. */
  readonly trainSizes: readonly number[];
  readonly evaluationSizes: readonly number[];
  readonly batchesAtOnce: number;
}

/** What one call takes, by the names of its placeholders, and what it gives. */
export interface Call {
  /** Indices of the pictures, batch after batch. */
  readonly order: string;
  /** How many batches there are. */
  readonly batches: string;
  /** The number of the first step, from which dropout draws, and for each step the numbers that the optimizer goes by. */
  readonly firstStep: string;
  readonly numbers: string;
  /** `[batches, 2]`: of each batch its loss, and how many of its examples were right. */
  readonly metrics: string;
}

export interface TrainingGraph {
  /** A SavedModel's `saved_model.pb`, tagged `graphTag`. */
  readonly savedModel: Uint8Array;
  /** All that is learned or kept, the weights first. */
  readonly state: readonly StateVariable[];
  /** Placeholders for all of it, what is fetched to put it in, and what gives it. */
  readonly stateIn: readonly string[];
  readonly stateSet: string;
  readonly stateOut: readonly string[];
  /** Puts in weights alone, and zeros for what the optimizer keeps. */
  readonly weightsSet: string;
  /** Placeholders for the pixels and labels of the training set, then for those of the test set. */
  readonly dataIn: readonly string[];
  readonly dataSet: string;
  train(examples: number): Call;
  evaluate(examples: number): Call;
  /** For a batch of the usual size: takes `order` and `firstStep`. */
  readonly gradients: { readonly call: Call; readonly gradients: readonly NamedGradient[] };
}

/** What gives the gradient of a weight, by the weight's index. */
interface NamedGradient {
  readonly weight: number;
  readonly name: string;
}

export const graphTag = 'train';

/** The side of a shape that is told by what is given. */
const unknownSide = -1;

/** Writes the graph of a whole training: its data, its state, its steps. */
export function writeTrainingGraph(plan: TrainingGraphPlan): TrainingGraph {
  const writer = createGraphWriter();
  const nodes = createNodes(writer);
  const { update, classes } = plan;

  const slots = plan.learned.flatMap((weight) =>
    update.slots.map((slot) => {
      const { name = '', shape = [] } = plan.weights[weight] ?? {};
      return { name: `${name}/${slot}`, shape };
    }),
  );
  const state = [...plan.weights, ...slots];
  const handles = state.map(({ shape }, at) => nodes.variable(`state_${String(at)}`, 'float32', shape));
  const weightHandles = handles.slice(0, plan.weights.length);
  const slotIndices = (learned: number) =>
    update.slots.map((_, at) => plan.weights.length + learned * update.slots.length + at);

  const one = `${writer.constant('float32', [], [1])}:0`;
  const stateIn = state.map((_, at) => `state_in_${String(at)}`);
  const assigned = handles.map((handle, at) =>
    nodes.assignCopy(
      handle,
      writer.placeholder(stateIn[at] ?? '', 'float32', state[at]?.shape ?? []),
      'float32',
    ),
  );
  const stateSet = nodes.named('state_set', one, assigned);
  const stateOut = handles.map((handle, at) => nodes.named(`state_out_${String(at)}`, nodes.read(handle)));
  const weightsIn = assigned.slice(0, plan.weights.length);
  const cleared = plan.learned.flatMap((weight, learned) =>
    slotIndices(learned).map((slot) => {
      const like = `${stateIn[weight] ?? ''}:0`;
      return nodes.assign(handles[slot] ?? '', nodes.zerosLike(like));
    }),
  );
  const weightsSet = nodes.named('weights_set', one, [...weightsIn, ...cleared]);

  /** A row for each batch of a call. */
  const metrics = nodes.variable('metrics', 'float32', [plan.batchesAtOnce, 2]);
  const dataIn: string[] = [];
  const filled: Control[] = [];
  const dataVariable = (name: string, dtype: 'uint8' | 'int32', shape: readonly number[]) => {
    const handle = nodes.variable(name, dtype, shape);
    const placeholder = `${name}_in`;
    filled.push(nodes.assignCopy(handle, writer.placeholder(placeholder, dtype, shape), dtype));
    dataIn.push(placeholder);
    return handle;
  };
  const trainData = pictures('train', plan.train);
  const testData = pictures('test', plan.test);
  const dataSet = nodes.named('data_set', one, [
    ...filled,
    nodes.assign(metrics, `${writer.constant('float32', [plan.batchesAtOnce, 2], [0])}:0`),
  ]);

  const trainCalls = new Map([...new Set(plan.trainSizes)].map((size) => [size, trainCall(size)]));
  const evaluationCalls = new Map(
    [...new Set(plan.evaluationSizes)].map((size) => [size, evaluationCall(size)]),
  );

  const gradients = gradientCall(plan.trainSizes[0] ?? 1);

  return {
    savedModel: writer.serialize(graphTag),
    state,
    stateIn,
    stateSet,
    stateOut,
    weightsSet,
    dataIn,
    dataSet,
    train: (examples) => known(trainCalls.get(examples)),
    evaluate: (examples) => known(evaluationCalls.get(examples)),
    gradients,
  };

  /** Where the pictures at indices come from: `x` scaled to 0…1 and padded, `y` one-hot, and the labels. */
  function pictures(name: string, { count, height, width, channels, padding }: PictureVariables) {
    const pixels = dataVariable(`${name}_pixels`, 'uint8', [count, height * width * channels]);
    const labels = dataVariable(`${name}_labels`, 'int32', [count]);
    return (indices: NodeOutput, examples: number, enter: Enter) => {
      const shape = [examples, height, width, channels];
      const bytes = nodes.reshape(nodes.gather(enter(pixels, 'resource'), indices, 'uint8'), 'uint8', shape);
      const scaled = nodes.divide(nodes.cast(bytes, 'uint8', 'float32'), 255);
      const isPadded = padding.flat().some((side) => side > 0);
      const classIndices = nodes.gather(enter(labels, 'resource'), indices, 'int32');
      return {
        x: isPadded ? nodes.pad(scaled, [[0, 0], ...padding, [0, 0]]) : scaled,
        y: nodes.oneHot(classIndices, classes),
        labels: classIndices,
      };
    };
  }

  function trainCall(examples: number): Call {
    const name = `train_${String(examples)}`;
    const call = callNamed(name);
    const order = writer.placeholder(call.order, 'int32', [unknownSide]);
    const batches = writer.placeholder(call.batches, 'int32', []);
    const firstStep = writer.placeholder(call.firstStep, 'int32', []);
    const numberNames = numberInputs(update);
    const numbers = writer.placeholder(call.numbers, 'float32', [unknownSide]);
    const recording = plan.pass(examples);
    const done = nodes.loop(`${name}_loop`, batches, ({ round: batch, begun, enter }) => {
      const own = handles.map((handle) => enter(handle, 'resource'));
      const indices = nodes.slice(enter(order, 'int32'), 'int32', nodes.multiply(batch, examples), examples);
      const { x, y, labels } = trainData(indices, examples, enter);
      const inputs = new Map([
        ['x', x],
        ['y', y],
        ['step', nodes.add(enter(firstStep, 'int32'), batch)],
      ]);
      const weights = plan.weights.map((_, at) => nodes.read(own[at] ?? '', [begun]));
      for (const [at, weight] of weights.entries()) inputs.set(`weight ${String(at)}`, weight);
      const outputs = writeRecording(writer, recording, inputs);
      const begin = nodes.multiply(batch, numberNames.length);
      const stepNumbers = nodes.unpack(
        nodes.slice(enter(numbers, 'float32'), 'float32', begin, numberNames.length),
        numberNames.length,
      );
      const changes: Control[] = [];
      const updated = new Map<number, Control>();
      for (const [learned, weight] of plan.learned.entries()) {
        const gradient = outputs.get(`gradient ${String(learned)}`);
        // A weight that the loss does not depend on stays as it is.
        if (gradient === undefined) continue;
        const slots = slotIndices(learned).map((at) => own[at] ?? '');
        const given = update.inputs.map((input) =>
          input === gradientInput ? gradient : (stepNumbers[numberNames.indexOf(input)] ?? ''),
        );
        const change = nodes.update(update.op, [own[weight] ?? '', ...slots, ...given], update.attributes);
        updated.set(weight, change);
        changes.push(change);
      }
      for (const { weight, recording: bound } of plan.bounds) {
        const value = nodes.read(own[weight] ?? '', [updated.get(weight) ?? begun]);
        const bounded = writeRecording(writer, bound, new Map([['weight', value]])).get('weight');
        if (bounded !== undefined) changes.push(nodes.assign(own[weight] ?? '', bounded));
      }
      for (const at of plan.weights.keys()) {
        const value = outputs.get(`weight ${String(at)}`);
        if (value !== undefined) changes.push(nodes.assign(own[at] ?? '', value));
      }
      const values = nodes.pack([
        outputs.get('loss') ?? '',
        nodes.countCorrect(outputs.get('scores') ?? '', labels),
      ]);
      return [...changes, nodes.writeRow(enter(metrics, 'resource'), batch, values)];
    });
    nodes.named(call.metrics, nodes.read(metrics, [done]));
    return call;
  }

  function evaluationCall(examples: number): Call {
    const call = callNamed(`evaluate_${String(examples)}`);
    const order = writer.placeholder(call.order, 'int32', [examples]);
    const { x, y, labels } = testData(order, examples, (handle) => handle);
    const inputs = new Map([
      ['x', x],
      ['y', y],
    ]);
    for (const [at, handle] of weightHandles.entries())
      inputs.set(`weight ${String(at)}`, nodes.read(handle));
    const outputs = writeRecording(writer, plan.prediction(examples), inputs);
    const correct = nodes.countCorrect(outputs.get('scores') ?? '', labels);
    nodes.named(call.metrics, nodes.pack([outputs.get('loss') ?? '', correct]));
    return call;
  }

  /** The forward and backward pass of a step, which changes nothing. */
  function gradientCall(examples: number): TrainingGraph['gradients'] {
    const call = callNamed(`gradients_${String(examples)}`);
    const order = writer.placeholder(call.order, 'int32', [examples]);
    const { x, y } = trainData(order, examples, (handle) => handle);
    const inputs = new Map([
      ['x', x],
      ['y', y],
      ['step', writer.placeholder(call.firstStep, 'int32', [])],
    ]);
    for (const [at, handle] of weightHandles.entries())
      inputs.set(`weight ${String(at)}`, nodes.read(handle));
    const outputs = writeRecording(writer, plan.pass(examples), inputs);
    const gradients = plan.learned.flatMap((weight, learned) => {
      const gradient = outputs.get(`gradient ${String(learned)}`);
      return gradient === undefined
        ? []
        : [{ weight, name: nodes.named(`gradient_${String(weight)}`, gradient) }];
    });
    return { call, gradients };
  }
}

function callNamed(name: string): Call {
  return {
    order: `${name}_order`,
    batches: `${name}_batches`,
    firstStep: `${name}_first_step`,
    numbers: `${name}_numbers`,
    metrics: `${name}_metrics`,
  };
}

function known(call: Call | undefined): Call {
  if (call === undefined) throw new Error('No step for so many examples was recorded.');
  return call;
}
