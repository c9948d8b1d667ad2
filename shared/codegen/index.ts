import type { Document } from '../document.ts';
import type { Analysis } from '../graph/analysis.ts';
import { layerSpec } from '../layers/index.ts';
import type { CodeOptions, Framework, GeneratedCode } from './code.ts';
import { kerasCode } from './keras.ts';
import { pytorchCode } from './pytorch.ts';

const generators: Readonly<Record<Framework, typeof kerasCode>> = { keras: kerasCode, pytorch: pytorchCode };

/** Layers that a framework has no code for: PyTorch knows no masks, which say that some steps are none. */
export function layersWithoutCode(analysis: Analysis, framework: Framework): readonly string[] {
  if (framework === 'keras') return [];
  return [...analysis.layers.values()].flatMap(({ id, kind, values }) => {
    const { pytorch, makesMask } = layerSpec(kind);
    return pytorch === undefined || makesMask?.(values) === true ? [id] : [];
  });
}

/**
 * Source code of a network, with its shapes as comments. It computes what the compiled TensorFlow.js model computes.
 *
 * @throws Error where the analysis has errors: show those to the user first; and of a layer without code.
 */
export function generateCode(
  document: Document,
  analysis: Analysis,
  framework: Framework,
  options: CodeOptions = { loadsWeights: false },
): GeneratedCode {
  const generate = generators[framework];
  const code = generate(document, analysis, options);
  const helpers = [...code.helpers].map(({ name }) => name);
  // A layer may have the very name of a function that the code defines.
  if (!helpers.some((name) => analysis.layers.has(name))) return code;
  return generate(document, analysis, { ...options, reserved: helpers });
}
