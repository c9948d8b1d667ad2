import { findLayer } from '../layers/index.ts';
import type { Config, ModelLayer } from './kerasForm.ts';
import { isOperation, layerOfOperation, numbersIn, oneOrAll, placeholderKind } from './operations.ts';

/** Models within models are opened, not drawn as one. */
const models: readonly string[] = ['Sequential', 'Functional', 'Model'];

/** Whether a layer changes nothing outside of training, and is not what a network learns with: it is left out. */
export function isLeftOut({ class_name: kind }: ModelLayer): boolean {
  return (
    /^Random(?!Crop)[A-Z]\w*$/.test(kind) ||
    ['RandAugment', 'AugMix', 'Identity', 'ActivityRegularization'].includes(kind)
  );
}

/** A layer as Convas draws it: another class where that does the same, a placeholder where none does. */
export function drawnLayer(layer: ModelLayer): ModelLayer {
  if (isOperation(layer)) {
    const drawn = layerOfOperation(layer);
    const isScaled = drawn.class_name === 'Rescaling';
    return isScaled ? rescaling(drawn, drawn.config['scale'], drawn.config['offset']) : known(drawn);
  }
  if (isOwnClass(layer)) return standIn(layer);
  switch (layer.class_name) {
    case 'Normalization':
      return normalization(layer);
    case 'Rescaling':
      return rescaling(layer, layer.config['scale'], layer.config['offset']);
    case 'Conv2D':
      return grouped(layer);
    default:
      return known(layer);
  }
}

/** Classes of a program of one's own may have the name of a layer, and do something else. */
function isOwnClass({ module, registered_name: registered }: ModelLayer): boolean {
  if (
    typeof module === 'string' &&
    module !== '' &&
    !/^(tf_|tensorflow\.(python\.)?)?keras\b|^builtins$/.test(module)
  )
    return true;
  return typeof registered === 'string' && registered.includes('>') && !/^(tf_)?keras\b/i.test(registered);
}

function known(layer: ModelLayer): ModelLayer {
  const { class_name: kind } = layer;
  const isKnown =
    kind === 'InputLayer' || models.includes(kind) || isLeftOut(layer) || findLayer(kind) !== undefined;
  return isKnown && kind !== placeholderKind ? layer : standIn(layer);
}

/** A layer that stands for one that cannot be drawn, as large as the file says that one is. */
function standIn(layer: ModelLayer): ModelLayer {
  const { class_name: kind, config, shape, written = kind } = layer;
  const shapeConfig = shape === undefined ? {} : { shape: shape.map((side) => side ?? -1) };
  const outer = config['batch_input_shape'] ?? config['batch_shape'];
  return {
    ...layer,
    class_name: placeholderKind,
    written,
    config: {
      name: config['name'],
      ...shapeConfig,
      ...(outer === undefined ? {} : { batch_input_shape: outer }),
    },
  };
}

/** Keras's Rescaling takes a number, or one for each channel. */
function rescaling(layer: ModelLayer, scale: unknown, offset: unknown = 0): ModelLayer {
  const [scales, offsets] = [numbersIn(scale), numbersIn(offset)];
  // What is neither stays as it is, for the param's own check to refuse.
  if (scales === undefined || offsets === undefined) return layer;
  const values = (name: string, numbers: readonly number[]): Config => {
    const one = oneOrAll(numbers);
    return typeof one === 'number' ? { [name]: one } : { [name]: 1, [`${name}s`]: one };
  };
  return {
    ...layer,
    class_name: 'Rescaling',
    config: {
      ...layer.config,
      scale: 1,
      offset: 0,
      ...values('scale', scales),
      ...values('offset', offsets),
    },
  };
}

/** Keras keeps a standard deviation this far from 0. */
const leastDeviation = 1e-7;

/** `(x - mean) / √variance` with constants is a Rescaling; without them, its numbers are weights that start as 0 and 1. */
function normalization({ config, ...rest }: ModelLayer): ModelLayer {
  // What is read here is no setting of a Rescaling.
  const { mean, variance, axis, invert, ...others } = config;
  const layer: ModelLayer = { ...rest, config: others };
  const { build_config: built } = layer;
  const axes: readonly unknown[] = Array.isArray(axis) ? axis : axis === null ? [] : [axis];
  const input = (built as { input_shape?: unknown } | null | undefined)?.input_shape;
  const last = Array.isArray(input) ? input.length - 1 : -1;
  const isLast = axes.every((one) => one === -1 || one === last || one === undefined);
  if (mean == null && variance == null) return { ...rescaling(layer, 1, 0), written: 'Normalization' };
  const [means, variances] = [numbersIn(mean), numbersIn(variance)];
  if (!isLast || means === undefined || variances === undefined) return standIn(layer);
  const length = Math.max(means.length, variances.length);
  const at = (numbers: readonly number[], index: number) => numbers[numbers.length === 1 ? 0 : index] ?? NaN;
  const deviations = Array.from({ length }, (_, index) =>
    Math.max(Math.sqrt(at(variances, index)), leastDeviation),
  );
  const middle = Array.from({ length }, (_, index) => at(means, index));
  const scales = deviations.map((deviation) => (invert === true ? deviation : 1 / deviation));
  const offsets = middle.map((one, index) => (invert === true ? one : -one * (scales[index] ?? 1) + 0));
  return rescaling(layer, scales, offsets);
}

/** Filters that see one channel each are a depthwise convolution; other groups have no layer in TensorFlow.js. */
function grouped(layer: ModelLayer): ModelLayer {
  const { config, build_config: built } = layer;
  const { groups, filters } = config;
  if (typeof groups !== 'number' || groups <= 1 || typeof filters !== 'number') return layer;
  const input = (built as { input_shape?: unknown } | null | undefined)?.input_shape;
  const channels: unknown = Array.isArray(input) ? input.at(-1) : undefined;
  if (channels === groups && filters % groups === 0) {
    const { groups: _groups, filters: _filters, ...rest } = config;
    return {
      ...layer,
      class_name: 'DepthwiseConv2D',
      config: {
        ...Object.fromEntries(
          Object.entries(rest).map(([key, value]) => [
            key.replace(/^kernel_(?=init|reg|con)/, 'depthwise_'),
            value,
          ]),
        ),
        depth_multiplier: filters / groups,
      },
    };
  }
  return layer.shape === undefined ? layer : standIn({ ...layer, written: 'Conv2D' });
}
