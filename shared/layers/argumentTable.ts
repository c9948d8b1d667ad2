import { drawnNames } from '../compile/layerSettings.ts';
import keras from '../testing/kerasLayers.json' with { type: 'json' };
import { everyLayer } from './fileSettings.ts';
import { layers } from './index.ts';
import type { LayerSpec } from './spec.ts';

/** What happens to an argument of Keras away from its default. */
export type Standing = 'computed' | 'refused' | 'told' | 'harmless';

/** What Convas does with an argument of a layer that it knows, by Keras's name of it. */
export function argumentStanding(spec: LayerSpec, name: string): Standing {
  if (drawnNames(spec).has(name)) return 'computed';
  if ([...everyLayer.harmless, ...(spec.file?.harmless ?? [])].includes(name)) return 'harmless';
  return Object.hasOwn({ ...everyLayer.only, ...spec.file?.only }, name) ? 'refused' : 'told';
}

const common: ReadonlySet<string> = new Set([...everyLayer.harmless, ...Object.keys(everyLayer.only)]);

/** `docs/layers.md`: each class of Keras with its arguments, and what becomes of them. */
export function argumentTable(): string {
  const rows: string[] = [];
  const unknown: string[] = [];
  for (const [kind, { arguments: all }] of Object.entries(keras.classes)) {
    const spec = layers.get(kind === 'InputLayer' ? 'Input' : kind);
    if (spec === undefined) unknown.push(kind);
    else rows.push(row(kind, spec, Object.keys(all)));
  }
  const classes = new Set([...Object.keys(keras.classes), 'Input']);
  const others = [...layers.keys()].filter((kind) => !classes.has(kind));
  return [
    '# Layers and their arguments',
    `Made by \`npm run layers\` from the code and from the classes of Keras ${keras.version} (\`scripts/keras_arguments.py\`); a test keeps it current, and another sets each argument and looks.`,
    'Of a file that is opened, each argument of a layer is one of four. **Computed**: a parameter here, within its limits, and what TensorFlow.js computes with it is what Keras computes (but for blended pixels and the hard sigmoid, of which a sentence tells). **Refused**: with any other value than the default the file is not opened, and the sentence names the argument. **Told**: left out, and a warning names it with its value; so is every setting that neither Keras nor Convas knows. **Without effect**: it changes nothing of what is computed here.',
    `Of every layer: \`data_format\` (other than channels_last) and \`activity_regularizer\` are refused; \`dtype\` is told; \`trainable\` is computed for layers with weights; \`name\`, \`seed\` and \`autocast\` have no effect on what a trained network computes.`,
    '| Layer | Computed | Refused | Told | Without effect |\n| --- | --- | --- | --- | --- |\n' +
      rows.join('\n'),
    `TensorFlow.js's own, which Keras 3 has no more: ${others.map(code).join(', ')}.`,
    '## Classes that are refused',
    `A file with one of these is refused by a sentence that names the layer and its class: ${unknown.map(code).join(', ')}.`,
    '',
  ].join('\n\n');
}

function row(kind: string, spec: LayerSpec, names: readonly string[]): string {
  const own = names.filter((name) => !common.has(name) || drawnNames(spec).has(name));
  const cell = (standing: Standing) =>
    own
      .filter((name) => argumentStanding(spec, name) === standing)
      .map(code)
      .join(', ');
  return `| ${[code(kind), cell('computed'), cell('refused'), cell('told'), cell('harmless')].join(' | ')} |`;
}

const code = (word: string) => `\`${word}\``;
