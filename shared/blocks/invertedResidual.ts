import { activation, blockOf, channelsOf, convolution, normalization, type ReadyBlock } from './fragment.ts';

/**
 * A 1×1 convolution to six times the channels, a 3×3 filter for each of them alone, a 1×1 convolution back, and a skip
 * around all (Sandler et al. 2018, MobileNet v2 with stride 1); gives the shape that it takes.
 */
export const invertedResidual: ReadyBlock = {
  id: 'invertedResidual',
  name: 'Inverted residual block',
  make(input) {
    const channels = channelsOf(input, 24);
    return blockOf(invertedResidual.name, [
      { part: 'expand', ...convolution(6 * channels, 1), at: [0, 0], from: [] },
      { part: 'expandBn', ...normalization, at: [1, 0], from: ['expand'] },
      { part: 'expandRelu', ...activation('relu6'), at: [2, 0], from: ['expandBn'] },
      {
        part: 'depthwise',
        kind: 'DepthwiseConv2D',
        params: {
          kernelSize: [3, 3],
          strides: [1, 1],
          padding: 'same',
          activation: 'linear',
          useBias: false,
        },
        at: [3, 0],
        from: ['expandRelu'],
      },
      { part: 'depthwiseBn', ...normalization, at: [4, 0], from: ['depthwise'] },
      { part: 'depthwiseRelu', ...activation('relu6'), at: [5, 0], from: ['depthwiseBn'] },
      { part: 'project', ...convolution(channels, 1), at: [6, 0], from: ['depthwiseRelu'] },
      { part: 'projectBn', ...normalization, at: [7, 0], from: ['project'] },
      { part: 'add', kind: 'Add', params: {}, at: [8, 0], from: ['projectBn'] },
    ]);
  },
};
