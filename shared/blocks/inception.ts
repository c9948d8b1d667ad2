import { blockOf, channelsOf, type Piece, type ReadyBlock } from './fragment.ts';

function branch(
  part: string,
  filters: number,
  kernel: number,
  at: Piece['at'],
  from: readonly string[],
): Piece {
  return {
    part,
    kind: 'Conv2D',
    params: { filters, kernelSize: [kernel, kernel], strides: [1, 1], padding: 'same', activation: 'relu' },
    at,
    from,
  };
}

/**
 * 1×1, 3×3 and 5×5 convolutions and a pooling side by side, with 1×1 convolutions that reduce the channels before the
 * large ones (Szegedy et al. 2015, inception 3a). For its 192 channels it has the paper's filters: 64, 96 → 128,
 * 16 → 32, and 32 behind the pooling; for others in that proportion. Keeps height and width; gives 4/3 of the channels.
 */
export const inception: ReadyBlock = {
  id: 'inception',
  name: 'Inception block',
  make(input) {
    const channels = channelsOf(input, 192);
    const part = (of192: number) => Math.max(1, Math.round((channels * of192) / 192));
    return blockOf(inception.name, [
      branch('conv1x1', part(64), 1, [1, 0], []),
      branch('reduce3x3', part(96), 1, [0, 1], []),
      branch('conv3x3', part(128), 3, [1, 1], ['reduce3x3']),
      branch('reduce5x5', part(16), 1, [0, 2], []),
      branch('conv5x5', part(32), 5, [1, 2], ['reduce5x5']),
      {
        part: 'pool',
        kind: 'MaxPooling2D',
        params: { poolSize: [3, 3], strides: [1, 1], padding: 'same' },
        at: [0, 3],
        from: [],
      },
      branch('poolProjection', part(32), 1, [1, 3], ['pool']),
      {
        part: 'concatenate',
        kind: 'Concatenate',
        params: { axis: -1 },
        at: [2, 1.5],
        from: ['conv1x1', 'conv3x3', 'conv5x5', 'poolProjection'],
      },
    ]);
  },
};
