import { gradientInput, type UpdateOperation } from '../../../shared/training/optimizers.ts';
import type { SizedRecording } from './batchSize.ts';
import { createGraphWriter, type NodeOutput } from './graphDef.ts';
import { createNodes, type Control } from './nodes.ts';
import { writeRecording } from './recording.ts';

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
  /** Prediction: takes `x`, `y` and `weight i`, gives `loss` and `scores`. */
  readonly prediction: SizedRecording;
  /** Sizes of the batches that there will be; and how many of the usual size are trained on in one call. */
  readonly trainSizes: readonly number[];
  readonly evaluationSizes: readonly number[];
  readonly batchesAtOnce: number;
}

/** What one call takes, by the names of its placeholders, and what it gives. */
export interface Call {
  readonly examples: number;
  readonly batches: number;
  readonly order: string;
  /** The steps' numbers, from which dropout draws, and those that the optimizer goes by. */
  readonly steps: string;
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
  readonly data: readonly { readonly placeholder: string; readonly dtype: 'uint8' | 'int32' }[];
  readonly dataSet: string;
  train(examples: number, batches: number): Call;
  evaluate(examples: number): Call;
}

export const graphTag = 'train';

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
  const slotHandles = (learned: number) =>
    update.slots.map((_, at) => handles[plan.weights.length + learned * update.slots.length + at] ?? '');

  const one = `${writer.constant('float32', [], [1])}:0`;
  const stateIn = state.map((_, at) => `state_in_${String(at)}`);
  const assigned = handles.map((handle, at) =>
    nodes.assign(handle, writer.placeholder(stateIn[at] ?? '', 'float32', state[at]?.shape ?? [])),
  );
  const stateSet = nodes.named('state_set', one, assigned);
  const stateOut = handles.map((handle, at) => nodes.named(`state_out_${String(at)}`, nodes.read(handle)));
  const weightsIn = assigned.slice(0, plan.weights.length);
  const cleared = plan.learned.flatMap((weight, learned) =>
    slotHandles(learned).map((slot) => {
      const like = `${stateIn[weight] ?? ''}:0`;
      return nodes.assign(slot, nodes.zerosLike(like));
    }),
  );
  const weightsSet = nodes.named('weights_set', one, [...weightsIn, ...cleared]);

  const data: { placeholder: string; dtype: 'uint8' | 'int32' }[] = [];
  const filled: Control[] = [];
  const dataVariable = (name: string, dtype: 'uint8' | 'int32', shape: readonly number[]) => {
    const handle = nodes.variable(name, dtype, shape);
    const placeholder = `${name}_in`;
    filled.push(nodes.assign(handle, writer.placeholder(placeholder, dtype, shape), dtype));
    data.push({ placeholder, dtype });
    return handle;
  };
  const trainData = pictures('train', plan.train);
  const testData = pictures('test', plan.test);
  const dataSet = nodes.named('data_set', one, filled);

  const trainCalls = new Map<string, Call>();
  for (const size of new Set(plan.trainSizes)) trainCalls.set(`${String(size)} × 1`, trainCall(size, 1));
  const [usual] = plan.trainSizes;
  if (usual !== undefined && plan.batchesAtOnce > 1) {
    const { batchesAtOnce } = plan;
    trainCalls.set(`${String(usual)} × ${String(batchesAtOnce)}`, trainCall(usual, batchesAtOnce));
  }
  const evaluationCalls = new Map(
    [...new Set(plan.evaluationSizes)].map((size) => [size, evaluationCall(size)]),
  );

  return {
    savedModel: writer.serialize(graphTag),
    state,
    stateIn,
    stateSet,
    stateOut,
    weightsSet,
    data,
    dataSet,
    train: (examples, batches) => known(trainCalls.get(`${String(examples)} × ${String(batches)}`)),
    evaluate: (examples) => known(evaluationCalls.get(examples)),
  };

  /** Where the pictures at indices come from: `x` scaled to 0…1 and padded, `y` one-hot, and the labels. */
  function pictures(name: string, { count, height, width, channels, padding }: PictureVariables) {
    const pixels = dataVariable(`${name}_pixels`, 'uint8', [count, height * width * channels]);
    const labels = dataVariable(`${name}_labels`, 'int32', [count]);
    return (indices: NodeOutput, examples: number) => {
      const shape = [examples, height, width, channels];
      const bytes = nodes.reshape(nodes.gather(pixels, indices, 'uint8'), 'uint8', shape);
      const scaled = nodes.divide(nodes.cast(bytes, 'uint8', 'float32'), 255);
      const isPadded = padding.flat().some((side) => side > 0);
      const classIndices = nodes.gather(labels, indices, 'int32');
      return {
        x: isPadded ? nodes.pad(scaled, [[0, 0], ...padding, [0, 0]]) : scaled,
        y: nodes.oneHot(classIndices, classes),
        labels: classIndices,
      };
    };
  }

  function trainCall(examples: number, batches: number): Call {
    const name = `train_${String(examples)}_${String(batches)}`;
    const call = callNamed(name, examples, batches);
    const order = writer.placeholder(call.order, 'int32', [examples * batches]);
    const steps = nodes.unpack(writer.placeholder(call.steps, 'int32', [batches]), 'int32', batches);
    const names = update.inputs.filter((input) => input !== gradientInput);
    const count = batches * names.length;
    const numbers = nodes.unpack(writer.placeholder(call.numbers, 'float32', [count]), 'float32', count);
    const recording = plan.pass(examples);
    // What has changed a variable: who reads it next waits for that, and for nothing else.
    const changed: (Control | undefined)[] = handles.map(() => undefined);
    const metrics = Array.from({ length: batches }, (_, batch) => {
      const { x, y, labels } = trainData(nodes.slice(order, batch * examples, examples), examples);
      const inputs = new Map([
        ['x', x],
        ['y', y],
        ['step', steps[batch] ?? ''],
      ]);
      for (const weight of plan.weights.keys()) {
        const after = changed[weight];
        const value = nodes.read(handles[weight] ?? '', after === undefined ? [] : [after]);
        inputs.set(`weight ${String(weight)}`, value);
      }
      const outputs = writeRecording(writer, recording, inputs);
      for (const [learned, weight] of plan.learned.entries()) {
        const gradient = outputs.get(`gradient ${String(learned)}`);
        // A weight that the loss does not depend on stays as it is.
        if (gradient === undefined) continue;
        const given = update.inputs.map((input) =>
          input === gradientInput ? gradient : (numbers[batch * names.length + names.indexOf(input)] ?? ''),
        );
        const operands = [handles[weight] ?? '', ...slotHandles(learned), ...given];
        const after = changed[weight];
        changed[weight] = nodes.update(
          update.op,
          operands,
          update.attributes,
          after === undefined ? [] : [after],
        );
      }
      for (const [weight, handle] of handles.entries()) {
        const value = outputs.get(`weight ${String(weight)}`);
        if (value !== undefined) changed[weight] = nodes.assign(handle, value);
      }
      const scores = outputs.get('scores') ?? '';
      return nodes.pack([outputs.get('loss') ?? '', nodes.countCorrect(scores, labels)]);
    });
    const done = changed.filter((control) => control !== undefined);
    nodes.named(call.metrics, nodes.pack(metrics), done);
    return call;
  }

  function evaluationCall(examples: number): Call {
    const call = callNamed(`evaluate_${String(examples)}`, examples, 1);
    const order = writer.placeholder(call.order, 'int32', [examples]);
    const { x, y, labels } = testData(order, examples);
    const inputs = new Map([
      ['x', x],
      ['y', y],
    ]);
    for (const weight of plan.weights.keys()) {
      inputs.set(`weight ${String(weight)}`, nodes.read(handles[weight] ?? ''));
    }
    const outputs = writeRecording(writer, plan.prediction(examples), inputs);
    const metrics = [outputs.get('loss') ?? '', nodes.countCorrect(outputs.get('scores') ?? '', labels)];
    nodes.named(call.metrics, nodes.pack([nodes.pack(metrics)]));
    return call;
  }
}

function callNamed(name: string, examples: number, batches: number): Call {
  return {
    examples,
    batches,
    order: `${name}_order`,
    steps: `${name}_steps`,
    numbers: `${name}_numbers`,
    metrics: `${name}_metrics`,
  };
}

function known(call: Call | undefined): Call {
  if (call === undefined) throw new Error('No step for so many examples was recorded.');
  return call;
}
