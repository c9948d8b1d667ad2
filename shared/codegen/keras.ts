import { modelName } from '../compile/compile.ts';
import type { Document } from '../document.ts';
import type { Analysis, LayerAnalysis } from '../graph/analysis.ts';
import { layerSpec } from '../layers/index.ts';
import { shapeText } from '../layers/shape.ts';
import type { TrainingConfig } from '../training/config.ts';
import { optimizerSpec } from '../training/optimizers.ts';
import {
  countText,
  createDraft,
  docText,
  helperLines,
  note,
  write,
  type CodeLine,
  type CodeOptions,
  type CodeWeight,
  type Draft,
  type GeneratedCode,
} from './code.ts';
import { kerasCalls, shapeTuple } from './kerasLayer.ts';
import { unusedName, variableNames } from './names.ts';
import { planCode, type Plan, type PlanStep } from './plan.ts';
import { call, fits, layOut, list, type Call, type Expression } from './python.ts';

const losses: Readonly<Record<TrainingConfig['loss'], string>> = {
  categoricalCrossentropy: '"categorical_crossentropy"',
  meanSquaredError: '"mean_squared_error"',
};

const loadWeights = `def load_weights(model, path="weights.npz"):
    """Gives a model the weights that were written beside this file."""
    with np.load(path) as arrays:
        for layer in model.layers:
            names = [name for name in arrays.files if name.startswith(f"{layer.name}/")]
            if names:
                layer.set_weights([arrays[name] for name in names])`;

/**
 * The Keras 3 source of a network without errors: `build_model()`, and `compile_model()` with its training's optimizer
 * and loss.
 */
export function kerasCode(document: Document, analysis: Analysis, options: CodeOptions): GeneratedCode {
  const plan = planCode(document, analysis);
  const draft = createDraft();
  write(draft, ['def build_model():', ...docLines(plan, analysis)]);
  const names = createNames(plan, options.reserved);
  if (plan.isChain) writeChain(draft, document, plan, names);
  else writeGraph(draft, document, plan, names);
  write(draft, ['', '']);
  writeTraining(draft, document);
  write(draft, ['', '']);
  if (options.loadsWeights) write(draft, [...loadWeights.split('\n'), '', '']);
  write(draft, ['if __name__ == "__main__":', '    model = build_model()']);
  if (options.loadsWeights) write(draft, ['    load_weights(model)']);
  write(draft, ['    compile_model(model)', '    model.summary()']);
  const imports = options.loadsWeights
    ? ['import keras', 'import numpy as np', 'from keras import layers']
    : ['import keras', 'from keras import layers'];
  const title = docText(document.name);
  const top = ['"""', title === '' ? 'A network' : title, ' in Keras 3, drawn in Convas."""'].join('');
  const head: CodeLine[] = [top, '', ...imports, '', ''].map((text) => ({ text, nodeId: null }));
  return {
    lines: [...head, ...helperLines(draft.helpers), ...draft.lines],
    helpers: draft.helpers,
    weights: kerasWeights(plan),
    values: [],
    ends: { inputs: plan.inputs.map(() => 'last'), outputs: plan.outputIds.map(() => 'last') },
  };
}

function docLines({ inputs, outputIds }: Plan, { layers, totals }: Analysis): string[] {
  const shapes = (of: readonly (LayerAnalysis | undefined)[]) =>
    of.map((layer) => `[batch, ${(layer?.outputShape ?? []).join(', ')}]`).join(' and ');
  const params = countText(totals.params.trainable + totals.params.nonTrainable);
  const outputs = shapes(outputIds.map((id) => layers.get(id)));
  return [`    """Takes ${shapes(inputs)}, gives ${outputs}; ${params} parameters."""`];
}

interface Names {
  readonly variables: ReadonlyMap<string, string>;
  /** Names of layers in the model. */
  readonly used: Set<string>;
}

function createNames({ inputs, steps }: Plan, reserved: CodeOptions['reserved']): Names {
  const ids = [...inputs.map(({ id }) => id), ...steps.map(({ layer }) => layer.id)];
  return { variables: variableNames(ids, reserved), used: new Set(ids) };
}

/** The calls that make a step's layers, each with its name. */
function namedCalls({ layer, ownerId, isFrozen }: PlanStep, { used }: Names): readonly Call[] {
  const spec = layerSpec(layer.kind);
  const inputs = layer.inputShapes.filter((shape) => shape !== null);
  const shapes = { inputs, output: layer.outputShape ?? [] };
  const calls =
    spec.kerasCalls?.(layer.values, shapes) ?? kerasCalls(layer.kind, spec.params, layer.values, spec.keras);
  return calls.map((one, index) => {
    const isMain = index === mainOf(calls);
    const name = isMain ? ownerId : unusedName(`${ownerId}_${auxiliaryName(one) || 'before'}`, used);
    const frozen = isMain && isFrozen ? [{ name: 'trainable', value: 'False' }] : [];
    return { ...one, args: [...one.args, ...frozen, { name: 'name', value: JSON.stringify(name) }] };
  });
}

/** Which of a layer's calls has its weights, and so its name: the one that is no padding or turning of axes. */
function mainOf(calls: readonly Call[]): number {
  const main = calls.findLastIndex((one) => auxiliaryName(one) === '');
  return main < 0 ? calls.length - 1 : main;
}

const auxiliaries: Readonly<Record<string, string>> = {
  'layers.ZeroPadding1D': 'padding',
  'layers.ZeroPadding2D': 'padding',
  'layers.ZeroPadding3D': 'padding',
  'layers.Permute': 'permuted',
};

function auxiliaryName({ callee, args: [first] }: Call): string {
  const wrapped = first?.value;
  if (callee === 'layers.TimeDistributed' && typeof wrapped === 'object' && wrapped.type === 'call') {
    return auxiliaryName(wrapped);
  }
  return typeof callee === 'string' ? (auxiliaries[callee] ?? '') : '';
}

function inputCall(input: LayerAnalysis): Expression {
  return call('keras.Input', [shapeTuple(input.outputShape ?? [])], { name: JSON.stringify(input.id) });
}

function writeChain(draft: Draft, document: Document, { inputs, steps }: Plan, names: Names): void {
  write(draft, ['    return keras.Sequential(', '        [']);
  for (const input of inputs) write(draft, layOut(inputCall(input), { suffix: ',', indent: 12 }), input.id);
  for (const step of steps) {
    const calls = namedCalls(step, names);
    for (const [index, one] of calls.entries()) {
      note(draft, one);
      const comment = index === calls.length - 1 ? shapeText(step.layer.outputShape ?? []) : '';
      write(draft, layOut(one, { suffix: ',', comment, indent: 12 }), step.layer.id);
    }
  }
  write(draft, ['        ],', `        name=${JSON.stringify(modelName(document.name))},`, '    )']);
}

function writeGraph(draft: Draft, document: Document, plan: Plan, names: Names): void {
  const { variables } = names;
  const nameOf = (id: string) => variables.get(id) ?? id;
  for (const input of plan.inputs) {
    write(draft, layOut(inputCall(input), { prefix: `${nameOf(input.id)} = `, indent: 4 }), input.id);
  }
  const held = new Map(plan.inputs.map(({ id }) => [id, nameOf(id)]));
  /** The layers that are called more than once, by what the code calls them. */
  const shared = new Map<string, string>();
  const sharing = new Set(
    plan.steps.flatMap(({ layer, ownerId }) => (ownerId === layer.id ? [] : [ownerId])),
  );
  const callShared = (ownerId: string, one: Call): readonly string[] => {
    if (shared.has(ownerId)) return [];
    const name = unusedName(`${nameOf(ownerId)}_layer`, new Set(variables.values()));
    shared.set(ownerId, name);
    return layOut(one, { prefix: `${name} = `, indent: 4 });
  };
  for (const step of plan.steps) {
    const { layer } = step;
    const variable = step.isPassedOn ? 'x' : nameOf(layer.id);
    const sources = layer.inputIds.map((id) => held.get(id) ?? id);
    let source: Expression = layerSpec(layer.kind).inputs.max > 1 ? list(...sources) : (sources[0] ?? '');
    const calls = namedCalls(step, names);
    for (const [index, one] of calls.entries()) {
      note(draft, one);
      const comment = index === calls.length - 1 ? shapeText(layer.outputShape ?? []) : '';
      const isShared = sharing.has(step.ownerId) && index === mainOf(calls);
      if (isShared) {
        const texts = callShared(step.ownerId, one);
        write(draft, texts, layer.id);
      }
      const made = isShared ? (shared.get(step.ownerId) ?? '') : one;
      write(draft, applied(made, source, variable, comment), layer.id);
      source = variable;
    }
    held.set(layer.id, variable);
  }
  const several = (ids: readonly string[]) => {
    const [only = '', ...others] = ids.map((id) => held.get(id) ?? nameOf(id));
    return others.length === 0 ? only : list(only, ...others);
  };
  const ends = [several(plan.inputs.map(({ id }) => id)), several(plan.outputIds)];
  const model = call('keras.Model', ends, { name: JSON.stringify(modelName(document.name)) });
  write(draft, layOut(model, { prefix: 'return ', indent: 4 }));
}

/** `x = layers.Conv2D(…)(x)`, in two statements where it is long: brackets after brackets are hard to read over lines. */
function applied(
  layer: Expression,
  source: Expression,
  variable: string,
  comment: string,
): readonly string[] {
  const around = { prefix: `${variable} = `, comment, indent: 4 };
  const [line = '', ...more] = layOut(call(layer, [source]), around);
  if (more.length === 0 && fits(line)) return [line];
  return [...layOut(layer, { prefix: 'layer = ', indent: 4 }), ...layOut(call('layer', [source]), around)];
}

function writeTraining(draft: Draft, { training }: Document): void {
  const optimizer = optimizerSpec(training.optimizer.kind).keras(training.optimizer);
  const compile = call('model.compile', [], {
    optimizer,
    loss: losses[training.loss],
    metrics: training.loss === 'categoricalCrossentropy' ? '["accuracy"]' : undefined,
  });
  write(draft, ['def compile_model(model):', ...layOut(compile, { indent: 4 })]);
}

function kerasWeights({ steps }: Plan): readonly CodeWeight[] {
  return steps.flatMap(({ layer, ownerId }) =>
    ownerId === layer.id
      ? layer.weights.map(({ name }) => ({
          key: `${layer.id}/${name}`,
          source: { nodeId: layer.id, weight: name },
        }))
      : [],
  );
}
