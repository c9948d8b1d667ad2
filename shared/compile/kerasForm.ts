import { snakeCase } from '../graph/edit.ts';
import type { Param, Params } from '../layers/params.ts';
import { settingFrom } from './settingFrom.ts';

export type Config = Readonly<Record<string, unknown>>;

/** A layer as a model.json holds it. */
export interface ModelLayer {
  readonly class_name: string;
  readonly name?: string | undefined;
  readonly config: Config;
  readonly inbound_nodes?: readonly unknown[] | undefined;
  /** Where the class comes from, as later files say it. */
  readonly module?: unknown;
  readonly registered_name?: unknown;
  /** What the layer was built for: `{ input_shape }`. */
  readonly build_config?: unknown;
  /** The class that the file names, where another is drawn for it. */
  readonly written?: string | undefined;
  /** What it gives, without the batch, where the file says it. */
  readonly shape?: readonly (number | null)[] | undefined;
}

/** Whether Keras wrote a topology: TensorFlow.js says its own name with its version. */
export function isOfKeras(topology: unknown, list: readonly ModelLayer[]): boolean {
  const version = (topology as { keras_version?: unknown } | null)?.keras_version;
  return typeof version === 'string' ? /^\d/.test(version) : isKeras3(topology, list);
}

/** Keras 3's names of TensorFlow.js's activations, where they are others. */
const otherNames: Readonly<Record<string, string>> = { silu: 'swish' };

/** Whether Keras 3 or later wrote a topology: it says so, or writes inputs as Keras 2 did not. */
export function isKeras3(topology: unknown, list: readonly ModelLayer[]): boolean {
  const version = (topology as { keras_version?: unknown } | null)?.keras_version;
  const number = typeof version === 'string' ? /^\d+/.exec(version) : null;
  if (number !== null) return Number(number[0]) >= 3;
  return list.some(
    ({ config, inbound_nodes: inbound = [] }) =>
      config['batch_shape'] !== undefined ||
      inbound.some((use) => typeof use === 'object' && use !== null && 'args' in use),
  );
}

/** A layer's parameters under Convas's names, as far as its config says them; `names` are Keras's where they are others. */
export function paramsFrom(
  known: Params,
  config: Config,
  names: Readonly<Record<string, string>> = {},
): Record<string, unknown> {
  const params: Record<string, unknown> = {};
  for (const [name, param] of Object.entries(known)) {
    const value = config[snakeCase(name)] ?? config[names[name] ?? ''];
    // Keras calls "no activation" by its absence.
    if (value === undefined || value === null) continue;
    const given = valueFrom(param, value);
    // TensorFlow.js saves DepthwiseConv2D's regularizer for its constraint.
    if (name === 'depthwiseConstraint' && isPenalty(given)) continue;
    // What hardly anyone sets is not written out, as in what is drawn.
    if (param.advanced !== true || !isDefault(param, given)) params[name] = given;
  }
  // Older Keras writes the axis of BatchNormalization as a list of one.
  const { axis } = params;
  if (Array.isArray(axis) && axis.length === 1) params['axis'] = axis[0];
  return params;
}

function isPenalty(value: unknown): boolean {
  return typeof value === 'object' && value !== null && ('l1' in value || 'l2' in value);
}

function isDefault({ default: standard }: Param<unknown>, value: unknown): boolean {
  return JSON.stringify(value) === JSON.stringify(standard);
}

function valueFrom({ control }: Param<unknown>, value: unknown): unknown {
  if (control.type === 'optional') return valueFrom(control.param, value);
  // TensorFlow.js writes the side that a Reshape leaves open as null.
  if (control.type === 'list' && Array.isArray(value))
    return value.map((one: unknown) => (one === null ? -1 : one));
  if (control.type === 'kind') return layerFrom(control.kinds(), value) ?? settingFrom(value);
  return control.type === 'choice' && typeof value === 'string' ? choiceFrom(value) : value;
}

/** A layer within a layer. */
function layerFrom(kinds: ReadonlyMap<string, Params>, value: unknown): unknown {
  const { class_name: kind, config } = (value ?? {}) as { class_name?: unknown; config?: unknown };
  const params = typeof kind === 'string' ? kinds.get(kind) : undefined;
  if (params === undefined || typeof config !== 'object' || config === null) return undefined;
  return { kind, ...paramsFrom(params, config as Config) };
}

function choiceFrom(word: string): string {
  return Object.hasOwn(otherNames, word) ? (otherNames[word] ?? word) : camelCase(word);
}

function camelCase(word: string): string {
  return word.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
}
