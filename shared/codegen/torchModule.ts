import type { Analysis } from '../graph/analysis.ts';
import { layerSpec } from '../layers/index.ts';
import { shapeText, type Shape } from '../layers/shape.ts';
import {
  countText,
  note,
  write,
  type CodeOptions,
  type CodeValue,
  type CodeWeight,
  type Draft,
  type GeneratedCode,
} from './code.ts';
import type { Layout, TorchCode, TorchContext } from './forms.ts';
import { dimOf, inputLayout, isFlat, torchShape, turned } from './layout.ts';
import { moduleAttributes, variableNames } from './names.ts';
import type { Plan, PlanStep } from './plan.ts';
import { layOut, type Expression } from './python.ts';

/** Where a layer's output is while the code runs. */
interface Held {
  readonly variable: string;
  readonly layout: Layout;
  readonly shape: Shape;
}

interface Module {
  readonly names: ReadonlyMap<string, string>;
  readonly held: Map<string, Held>;
  readonly constructor: { readonly texts: readonly string[]; readonly nodeId: string }[];
  readonly forward: { readonly text: string; readonly nodeId: string }[];
  readonly values: CodeValue[];
  readonly weights: CodeWeight[];
}

/** Writes the class of a network; the lines of its values count within the draft. */
export function writeModule(
  draft: Draft,
  plan: Plan,
  analysis: Analysis,
  name: string,
  reserved: CodeOptions['reserved'] = [],
): Pick<GeneratedCode, 'values' | 'weights' | 'ends'> {
  const { inputs, steps, outputIds, hasPlainInput } = plan;
  const ids = [...inputs.map(({ id }) => id), ...steps.map(({ layer }) => layer.id)];
  const names = variableNames(ids, [...moduleAttributes, ...reserved]);
  const module: Module = { names, held: new Map(), constructor: [], forward: [], values: [], weights: [] };
  for (const { id, outputShape } of inputs) {
    const shape = outputShape ?? [];
    const variable = hasPlainInput ? 'x' : (names.get(id) ?? id);
    module.held.set(id, { variable, shape, layout: inputLayout(shape) });
  }
  for (const step of steps) writeStep(draft, module, step);

  const heldOf = (id: string) => module.held.get(id);
  const shapesOf = (of: readonly string[]) =>
    of
      .map((id) => heldOf(id))
      .map((held) => `[batch, ${held === undefined ? '' : torchShape(held.shape, held.layout).join(', ')}]`)
      .join(' and ');
  const { trainable, nonTrainable } = analysis.totals.params;
  const given = inputs.map(({ id }) => id);
  const title = `Takes ${shapesOf(given)}, gives ${shapesOf(outputIds)}; ${countText(trainable + nonTrainable)} parameters.`;
  write(draft, [`class ${name}(nn.Module):`, `    """${title}"""`, '']);
  write(draft, ['    def __init__(self):', '        super().__init__()']);
  for (const { texts, nodeId } of module.constructor) write(draft, texts, nodeId);
  const parameters = ['self', ...given.map((id) => heldOf(id)?.variable ?? id)];
  write(draft, ['', `    def forward(${parameters.join(', ')}):`]);
  const before = draft.lines.length;
  for (const { text, nodeId } of module.forward) write(draft, [text], nodeId);
  write(draft, [`        return ${outputIds.map((id) => heldOf(id)?.variable ?? id).join(', ')}`]);
  const values = module.values.map((value) => ({ ...value, line: value.line + before }));
  const layouts = (of: readonly string[]) => of.map((id) => heldOf(id)?.layout ?? 'last');
  return { values, weights: module.weights, ends: { inputs: layouts(given), outputs: layouts(outputIds) } };
}

function writeStep(draft: Draft, module: Module, step: PlanStep): void {
  const { layer, ownerId } = step;
  const { names, held, forward } = module;
  const form = layerSpec(layer.kind).pytorch;
  if (form === undefined) throw new Error(`There is no PyTorch code of ${layer.kind}.`);
  const shapes = {
    inputs: layer.inputShapes.filter((shape) => shape !== null),
    output: layer.outputShape ?? [],
  };
  const inputs = layer.inputIds.flatMap((id) => held.get(id) ?? []);
  const layout =
    form.layout?.(layer.values, shapes) ?? inputs.find(({ shape }) => !isFlat(shape))?.layout ?? 'last';
  const owner = names.get(ownerId) ?? ownerId;
  const [first = []] = shapes.inputs;
  const context: TorchContext = {
    ...shapes,
    layout,
    dim: (axis) => dimOf(axis, first, layout),
    self: (suffix = '') => `self.${owner}${suffix}`,
  };
  const code = form.code(layer.values, context);
  if (ownerId === layer.id) writeModules(draft, module, step, owner, code);

  const variable = step.isPassedOn ? 'x' : (names.get(layer.id) ?? layer.id);
  const comment = shapeText(torchShape(shapes.output, layout));
  const emit = (value: Expression, words: string) => {
    note(draft, value);
    for (const text of layOut(value, { prefix: `${variable} = `, comment: words, indent: 8 })) {
      forward.push({ text, nodeId: layer.id });
    }
  };
  const needsTurn = (input: Held) => !isFlat(input.shape) && input.layout !== layout;
  let sources: readonly Expression[] = inputs.map((input) =>
    needsTurn(input) ? turned(input.variable, input.shape, layout) : input.variable,
  );
  const [only] = inputs;
  if (inputs.length === 1 && only !== undefined && needsTurn(only) && code.steps.length > 0) {
    emit(sources[0] ?? '', `channels ${layout}`);
    sources = [variable];
  }
  for (const [index, apply] of code.steps.entries()) {
    emit(apply(...sources), index === code.steps.length - 1 ? comment : '');
    sources = [variable];
  }
  if (code.steps.length === 0 && sources[0] !== variable) emit(sources[0] ?? '', comment);
  held.set(layer.id, { variable, layout, shape: shapes.output });
  if (forward.at(-1)?.nodeId === layer.id)
    module.values.push({
      nodeId: layer.id,
      line: forward.length,
      variable,
      shape: torchShape(shapes.output, layout),
    });
}

function writeModules(
  draft: Draft,
  module: Module,
  { layer, isFrozen }: PlanStep,
  owner: string,
  code: TorchCode,
): void {
  for (const [suffix, made] of Object.entries(code.modules ?? {})) {
    note(draft, made);
    const texts = layOut(made, { prefix: `self.${owner}${suffix} = `, indent: 8 });
    if (isFrozen && layer.weights.length > 0)
      texts.push(`        self.${owner}${suffix}.requires_grad_(False)`);
    module.constructor.push({ texts, nodeId: layer.id });
  }
  for (const { path, weight, permute, shape } of code.parameters ?? []) {
    const source = weight === null ? null : { nodeId: layer.id, weight };
    module.weights.push({ key: `${owner}${path}`, source, permute, shape });
  }
}
