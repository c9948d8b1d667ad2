/** What files say of a kind of layer beside its params, by the names that Keras has for it. */
export interface FileSettings {
  /** Settings that change nothing of what the layer computes. */
  readonly harmless?: readonly string[];
  /** Settings and the values of them that Convas computes; a layer with another is refused. */
  readonly only?: Readonly<Record<string, readonly unknown[]>>;
  /** Settings and the values of them that Convas computes; with another the layer is drawn, and it is said. */
  readonly noted?: Readonly<Record<string, readonly unknown[]>>;
}

/** How a config stands to what Convas draws of it, setting by setting. */
export interface OtherSetting {
  readonly name: string;
  readonly value: unknown;
  /** The values that are drawn; none are known of a setting that is not. */
  readonly allowed: readonly unknown[];
  readonly isRefused: boolean;
}

/** No dilation, however it is written. */
const ones: readonly unknown[] = [1, [1], [1, 1], [1, 1, 1]];

/** Of every layer. What a layer computes with (`dtype`) and whether it learns (`trainable`) is read elsewhere. */
export const everyLayer = {
  harmless: [
    'name',
    'dtype',
    'trainable',
    'autocast',
    'batch_size',
    'batch_shape',
    'batch_input_shape',
    'build_config',
    // Its numbers are drawn anew by the network's own seed.
    'seed',
  ],
  only: {
    data_format: ['channels_last', null],
    // TensorFlow.js refuses to run a layer that has one.
    activity_regularizer: [null],
  },
} satisfies FileSettings;

/** Of layers with a kernel: TensorFlow.js and older Keras write `rank`. */
export const kernelFile = {
  harmless: ['rank'],
  only: { groups: [1], lora_rank: [null] },
  noted: { lora_alpha: [null], quantization_config: [null] },
} satisfies FileSettings;

/** Of those whose dilation TensorFlow.js leaves out of its calculation. */
export const undilatedFile = {
  ...kernelFile,
  only: { ...kernelFile.only, dilation_rate: ones },
} satisfies FileSettings;

/** Of convolutions that TensorFlow.js computes side by side, and of which it writes what it does not use. */
export const depthwiseFile = {
  ...kernelFile,
  harmless: ['rank', 'filters', 'kernel_initializer', 'kernel_regularizer', 'kernel_constraint'],
} satisfies FileSettings;

/** Of transposed convolutions. */
export const transposedFile = {
  ...undilatedFile,
  only: { ...undilatedFile.only, output_padding: [null] },
} satisfies FileSettings;

/** Of global poolings. */
export const globalPoolingFile = { only: { keepdims: [false] } } satisfies FileSettings;

/** Of layers that go through a sequence step by step. */
export const recurrentFile = {
  harmless: ['unroll', 'implementation', 'use_cudnn', 'input_dim', 'input_length', 'zero_output_for_mask'],
  only: { return_state: [false], time_major: [false], num_constants: [null, 0] },
  noted: { stateful: [false] },
} satisfies FileSettings;

/** Of those that convolve at each step. */
export const convolvedRecurrentFile = {
  ...recurrentFile,
  harmless: [...recurrentFile.harmless, 'rank'],
  only: { ...recurrentFile.only, groups: [1] },
} satisfies FileSettings;

/**
 * The settings of a config by which a layer computes something else than what is drawn of it.
 *
 * @param drawn Keras's names of the layer's params
 */
export function otherSettings(
  config: Readonly<Record<string, unknown>>,
  { harmless = [], only = {}, noted = {} }: FileSettings,
  drawn: ReadonlySet<string>,
): readonly OtherSetting[] {
  const refused: Readonly<Record<string, readonly unknown[]>> = { ...everyLayer.only, ...only };
  return Object.entries(config).flatMap(([name, value]): readonly OtherSetting[] => {
    if (drawn.has(name) || harmless.includes(name) || everyLayer.harmless.includes(name)) return [];
    const isRefused = Object.hasOwn(refused, name);
    const allowed = (isRefused ? refused : noted)[name] ?? [null];
    const said = JSON.stringify(value);
    if (value === undefined || allowed.some((one) => JSON.stringify(one) === said)) return [];
    return [{ name, value, allowed, isRefused }];
  });
}
