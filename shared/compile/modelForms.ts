import { parseJson } from '../plainData.ts';
import { failed, fine, problem, type Result } from '../problem.ts';
import { receivedText } from '../layers/paramValues.ts';

/** A model's topology as Keras writes it, and the list of weights beside it. */
export interface GivenModel {
  /** `{ class_name, config }`, as it was written. */
  readonly model: unknown;
  /** Of Keras or TensorFlow.js: `2.15.0`, `tfjs-layers 4.22.0`. */
  readonly version: string | undefined;
  readonly weightsManifest: unknown;
}

type Fields = Readonly<Record<string, unknown>>;

function fieldsOf(data: unknown): Fields | undefined {
  return typeof data === 'object' && data !== null && !Array.isArray(data) ? (data as Fields) : undefined;
}

/** Whether a value is what Keras says of a layer or model: its class and its settings. */
function isKeras(fields: Fields | undefined): boolean {
  return typeof fields?.['class_name'] === 'string' && 'config' in fields;
}

/** Whether a value is a graph of TensorFlow's operations. */
function isGraph(fields: Fields | undefined): boolean {
  const isFrozen = Array.isArray(fields?.['node']);
  return isFrozen || fields?.['format'] === 'graph-model' || isGraphOf(fields?.['modelTopology']);
}

function isGraphOf(topology: unknown): boolean {
  return Array.isArray(fieldsOf(topology)?.['node']);
}

/** Whether a list is one of weights: TensorFlow.js's older `weights_manifest.json`. */
function isManifest(data: unknown): boolean {
  const first: unknown = Array.isArray(data) ? data[0] : undefined;
  const fields = fieldsOf(first);
  return fields !== undefined && 'paths' in fields && 'weights' in fields;
}

/**
 * Whether parsed JSON is a network of Keras or TensorFlow.js in any of its forms, or a part of one: a model.json,
 * `model.to_json()`, the `config.json` of a `.keras` file, `model.toJSON()`, a graph, a list of weights.
 */
export function isModel(data: unknown): boolean {
  const fields = fieldsOf(data);
  if (fields === undefined) return isManifest(data);
  const hasKey = ['modelTopology', 'model_config', 'weightsManifest'].some((key) => key in fields);
  return hasKey || isKeras(fields) || isGraph(fields);
}

/** Models that are wrapped more often than this are none. */
const maxWrappings = 4;

/** Finds the topology in whichever form it was written; says of what is no such network what it is. */
export function givenModel(data: unknown): Result<GivenModel> {
  if (!isModel(data)) return failed(problem('not-a-project'));
  let fields = fieldsOf(data);
  const weightsManifest = fields?.['weightsManifest'];
  let version: string | undefined;
  for (let wrapped = 0; wrapped < maxWrappings; wrapped += 1) {
    const said = fields?.['keras_version'];
    if (typeof said === 'string') version ??= said;
    if (isGraph(fields)) return failed(problem('graph-model'));
    const inner = ['modelTopology', 'model_config'].find((key) => fields !== undefined && key in fields);
    if (inner === undefined || isKeras(fields)) break;
    const value = fields?.[inner];
    if (value === null) return failed(problem('weights-alone'));
    const text = typeof value === 'string' ? parseJson(value) : fine(value);
    if (!text.ok) return notLayers(value);
    fields = fieldsOf(text.value);
    if (fields === undefined) return notLayers(text.value);
  }
  if (!isKeras(fields)) {
    if (isManifest(data) || weightsManifest !== undefined) return failed(problem('weights-alone'));
    return notLayers(fields?.['class_name'] ?? Object.keys(fields ?? {}));
  }
  return fine({ model: fields, version, weightsManifest });
}

function notLayers(received: unknown): Result<never> {
  return failed(problem('not-a-layers-model', { received: receivedText(received) }));
}
