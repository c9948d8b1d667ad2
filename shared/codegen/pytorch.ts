import type { Document } from '../document.ts';
import type { Analysis } from '../graph/analysis.ts';
import type { TrainingConfig } from '../training/config.ts';
import { optimizerSpec } from '../training/optimizers.ts';
import {
  createDraft,
  docText,
  helperLines,
  write,
  type CodeLine,
  type CodeOptions,
  type Draft,
  type GeneratedCode,
} from './code.ts';
import { className } from './names.ts';
import { planCode } from './plan.ts';
import { layOut } from './python.ts';
import { writeModule } from './torchModule.ts';

const losses: Readonly<Record<TrainingConfig['loss'], readonly string[]>> = {
  categoricalCrossentropy: [
    'def loss_function(probabilities, classes):',
    '    """Categorical cross-entropy of what softmax gives."""',
    '    return F.nll_loss(torch.log(probabilities.clamp(1e-7, 1.0)), classes)',
  ],
  meanSquaredError: [
    'def loss_function(outputs, targets):',
    '    """Mean squared error."""',
    '    return F.mse_loss(outputs, targets)',
  ],
};

const loadWeights = `def load_weights(model, path="weights.npz"):
    """Gives a model the weights that were written beside this file."""
    with np.load(path) as arrays:
        state = {name: torch.from_numpy(arrays[name]) for name in arrays.files}
    model.load_state_dict(state)`;

/**
 * The PyTorch source of a network without errors: an `nn.Module`, `build_model()`, and its training's optimizer and
 * loss. It takes pictures and volumes channels first, and sequences as `[batch, steps, features]`.
 */
export function pytorchCode(document: Document, analysis: Analysis, options: CodeOptions): GeneratedCode {
  const plan = planCode(document, analysis);
  const draft = createDraft();
  const name = className(document.name);
  const network = writeModule(draft, plan, analysis, name, options.reserved);
  write(draft, ['', '', 'def build_model():', `    return ${name}()`, '', '']);
  write(draft, losses[document.training.loss]);
  const optimizer = optimizerSpec(document.training.optimizer.kind).pytorch(document.training.optimizer);
  write(draft, [
    '',
    '',
    'def build_optimizer(model):',
    ...layOut(optimizer, { prefix: 'return ', indent: 4 }),
  ]);
  write(draft, ['', '']);
  if (options.loadsWeights) write(draft, [...loadWeights.split('\n'), '', '']);
  write(draft, ['if __name__ == "__main__":', '    model = build_model()']);
  if (options.loadsWeights) write(draft, ['    load_weights(model)', '    model.eval()']);
  write(draft, ['    print(model)']);
  const title = docText(document.name);
  const usesFunctions = draft.lines.some(({ text }) => text.includes('F.')) || usesInHelpers(draft, 'F.');
  const imports = [
    ...(options.loadsWeights ? ['import numpy as np'] : []),
    'import torch',
    ...(usesFunctions ? ['import torch.nn.functional as F'] : []),
    'from torch import nn',
  ];
  const top = `"""${title === '' ? 'A network' : title} in PyTorch, drawn in Convas."""`;
  const head: CodeLine[] = [top, '', ...imports, '', ''].map((text) => ({ text, nodeId: null }));
  const before = [...head, ...helperLines(draft.helpers)];
  return {
    lines: [...before, ...draft.lines],
    helpers: draft.helpers,
    weights: network.weights,
    ends: network.ends,
    values: network.values.map((value) => ({ ...value, line: value.line + before.length })),
  };
}

function usesInHelpers({ helpers }: Draft, word: string): boolean {
  return [...helpers].some(({ code }) => code.includes(word));
}
