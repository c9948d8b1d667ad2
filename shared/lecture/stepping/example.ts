import lecture from '../lecture.json' with { type: 'json' };
import { evenPadding } from './geometry.ts';
import type { StepperLayer } from './types.ts';

/**
 * The lecture's convolution: 5×5×3 numbers with a padding of 1, two filters of 3×3×3, stride 2, biases 1 and 0; the
 * output is 3×3×2. The lecture's arrays have the channel first and their padding in them; here the channel is last.
 */
export function lectureExample(): StepperLayer {
  const { input, filters, bias, stride, padding } = lecture.convolutionStepByStep;
  const side = (input[0]?.length ?? 0) - 2 * padding;
  const size = filters[0]?.[0]?.length ?? 0;
  const places = (length: number) =>
    Array.from({ length: length * length }, (_, at) => [Math.floor(at / length), at % length] as const);
  return {
    kind: 'convolution',
    inputShape: [side, side, input.length],
    size: [size, size],
    filters: filters.length,
    strides: [stride, stride],
    dilation: [1, 1],
    padding: evenPadding(padding),
    paddingIsEmpty: false,
    activation: 'linear',
    input: places(side).flatMap(([row, column]) =>
      input.map((channel) => channel[row + padding]?.[column + padding] ?? 0),
    ),
    kernel: places(size).flatMap(([row, column]) =>
      input.flatMap((_, channel) => filters.map((filter) => filter[channel]?.[row]?.[column] ?? 0)),
    ),
    bias,
  };
}
