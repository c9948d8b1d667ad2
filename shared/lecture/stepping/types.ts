import type { ActivationName } from '../../layers/activationCurve.ts';

/**
 * What a layer does at each place of its window. `dense` is a fully connected layer, seen as a convolution whose window
 * covers all of its input.
 */
export type StepperKind =
  'convolution' | 'depthwise' | 'transposed' | 'dense' | 'pooling-max' | 'pooling-average';

/** Rows and columns that are put around the input; for a transposed convolution, those cut off its output. */
export interface Sides {
  readonly top: number;
  readonly bottom: number;
  readonly left: number;
  readonly right: number;
}

/** A window that slides, without any numbers. */
export interface StepperWindow {
  readonly kind: StepperKind;
  /** `[rows, columns, channels]`; a sequence has one row, a vector one channel. */
  readonly inputShape: readonly [rows: number, columns: number, channels: number];
  /** Rows and columns of the kernel or pool. */
  readonly size: readonly [rows: number, columns: number];
  /** Channels of the output. */
  readonly filters: number;
  readonly strides: readonly [rows: number, columns: number];
  readonly dilation: readonly [rows: number, columns: number];
  readonly padding: Sides;
  /** Pooling with `same`: what is added takes no part. Zeros that were put around take part like any other number. */
  readonly paddingIsEmpty: boolean;
  readonly activation: ActivationName;
  /** Rows and columns that come out, where they do not follow from the rest: of a transposed convolution. */
  readonly outputSize?: readonly [rows: number, columns: number];
}

/** A window with the numbers that it slides over. Arrays have the last axis running fastest. */
export interface StepperLayer extends StepperWindow {
  /** In the order of `inputShape`. */
  readonly input: ArrayLike<number>;
  /**
   * In TensorFlow's order: `[rows, columns, channels in, filters]`; for a depthwise convolution the last is the depth
   * multiplier; for a transposed one `[rows, columns, filters, channels in]`. Null for pooling.
   */
  readonly kernel: ArrayLike<number> | null;
  /** One number for each filter. */
  readonly bias: ArrayLike<number> | null;
}

/** A place in the output. */
export interface Place {
  readonly row: number;
  readonly column: number;
}

/** Where one number of the window stands. */
export interface Tap {
  /** In the input, without its padding: below 0 or beyond the end for what the padding holds. */
  readonly row: number;
  readonly column: number;
  readonly kernelRow: number;
  readonly kernelColumn: number;
  readonly isInside: boolean;
}

/** One multiplication, or one number that is pooled. */
export interface Term extends Tap {
  readonly value: number;
  /** Null for pooling. */
  readonly weight: number | null;
  /** The value itself for pooling. */
  readonly product: number;
}

/** What one channel of the input gives. */
export interface ChannelSum {
  readonly channel: number;
  readonly terms: readonly Term[];
  /** For pooling with the maximum, the largest. */
  readonly sum: number;
}

/** One number of the output, with all that it is made of. */
export interface Cell {
  readonly channels: readonly ChannelSum[];
  /** Sum over all channels; for pooling what becomes of the window. */
  readonly sum: number;
  readonly bias: number | null;
  /** With the bias. */
  readonly before: number;
  /** After the activation: the number that the layer gives. */
  readonly output: number;
}
