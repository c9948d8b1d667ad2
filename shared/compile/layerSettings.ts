import { layers } from '../layers/index.ts';
import { receivedText } from '../layers/paramValues.ts';
import { otherSettings, type OtherSetting } from '../layers/fileSettings.ts';
import type { LayerSpec } from '../layers/spec.ts';
import { problem, type Problem } from '../problem.ts';
import { snakeCase } from '../snakeCase.ts';
import type { Config, ModelLayer } from './kerasForm.ts';

/** What a file says of its network as a whole, as far as it decides on what a layer's settings mean. */
export interface FileTraits {
  /** Keras 3 or later wrote it. */
  readonly isKeras3: boolean;
  /** Some layer says that steps are none. */
  readonly hasMasks: boolean;
}

/** Whether a layer of a file says that steps are none. */
export function makesMask({ class_name: kind, config }: ModelLayer): boolean {
  return kind === 'Masking' || config['mask_zero'] === true;
}

/**
 * What of a layer's config Convas does not draw: errors where the layer would compute something else, warnings where
 * that is left out. Every setting is drawn, known to change nothing, refused or told; none is dropped.
 */
export function settingProblems(
  spec: LayerSpec,
  id: string,
  config: Config,
  traits: FileTraits,
): readonly Problem[] {
  const other = traits.isKeras3 && usesHardSigmoid(config);
  return [
    ...(other ? [problem('other-hard-sigmoid', { layer: id }, { nodeId: id, param: 'activation' })] : []),
    ...otherSettings(plainConfig(config, traits), spec.file ?? {}, drawnNames(spec)).map((setting) =>
      asProblem(id, setting),
    ),
    ...problemsWithin(id, config['layer'], traits),
  ];
}

/** Keras's names of a layer's params. */
export function drawnNames({ params, keras }: LayerSpec): ReadonlySet<string> {
  const names = Object.keys(params);
  return new Set([...names.map(snakeCase), ...names.flatMap((name) => keras?.names?.[name] ?? [])]);
}

/** Keras 3 made it max(0, min(1, x/6 + 1/2)); TensorFlow.js, as Keras 2, has max(0, min(1, x/5 + 1/2)). */
function usesHardSigmoid(config: Config): boolean {
  return [config['activation'], config['recurrent_activation']].includes('hard_sigmoid');
}

/** Without what says nothing in this file. */
function plainConfig(config: Config, { hasMasks }: FileTraits): Config {
  const { zero_output_for_mask: zeroes, backward_layer: backward, ...others } = config;
  return {
    ...others,
    // Only where every step is given, and some are none, is there anything to make zero.
    ...(hasMasks && config['return_sequences'] === true ? { zero_output_for_mask: zeroes } : {}),
    // Keras 3 writes both layers of Bidirectional; the second is the first the other way round.
    ...(isTurned(config['layer'], backward) ? {} : { backward_layer: backward }),
  };
}

/** Whether two layers as files hold them are the same but for their names and directions. */
function isTurned(forward: unknown, backward: unknown): boolean {
  const [one, other] = [layerWithin(forward), layerWithin(backward)];
  if (one?.kind === undefined || other?.kind !== one.kind) return false;
  const turns = one.config['go_backwards'] === true;
  if ((other.config['go_backwards'] === true) === turns) return false;
  const rest = (config: Config) => {
    const { name: _name, go_backwards: _way, ...others } = config;
    return JSON.stringify(sorted(others));
  };
  return rest(one.config) === rest(other.config);
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return entries.map(([key, inner]) => [key, sorted(inner)]);
}

function layerWithin(layer: unknown): { readonly kind: string; readonly config: Config } | undefined {
  const { class_name: kind, config } = (layer ?? {}) as { class_name?: unknown; config?: unknown };
  if (typeof kind !== 'string' || typeof config !== 'object' || config === null) return undefined;
  return { kind, config: config as Config };
}

function problemsWithin(id: string, layer: unknown, traits: FileTraits): readonly Problem[] {
  const inner = layerWithin(layer);
  const spec = inner === undefined ? undefined : layers.get(inner.kind);
  return inner === undefined || spec === undefined ? [] : settingProblems(spec, id, inner.config, traits);
}

function asProblem(id: string, { name, value, allowed, isRefused }: OtherSetting): Problem {
  if (name === 'backward_layer') return problem('other-backward-layer', { layer: id }, { nodeId: id });
  const received = receivedText(value);
  if (!isRefused) {
    const values = { layer: id, setting: receivedText(name).replaceAll('"', ''), value: received };
    return problem('setting-left-out', values, { severity: 'warning', nodeId: id });
  }
  const expected = allowed.map((one) => receivedText(one)).join(', ');
  if (name === 'reset_after')
    return problem('gru-resets-after', { layer: id }, { nodeId: id, expected, received });
  return problem(
    'invalid-param',
    { owner: id, param: name, expected, received },
    { nodeId: id, expected, received },
  );
}
