import { activation, blockOf, channelsOf, convolution, normalization, type ReadyBlock } from './fragment.ts';

/**
 * 1×1, 3×3 and 1×1 convolutions, the middle one on a quarter of the channels, and a skip around them (He et al. 2016,
 * ResNet-50); gives the shape that it takes.
 */
export const bottleneck: ReadyBlock = {
  id: 'bottleneck',
  name: 'Bottleneck block',
  make(input) {
    const channels = channelsOf(input, 256);
    const inner = Math.max(1, Math.round(channels / 4));
    return blockOf(bottleneck.name, [
      { part: 'conv1', ...convolution(inner, 1), at: [0, 0], from: [] },
      { part: 'bn1', ...normalization, at: [1, 0], from: ['conv1'] },
      { part: 'relu1', ...activation('relu'), at: [2, 0], from: ['bn1'] },
      { part: 'conv2', ...convolution(inner, 3), at: [3, 0], from: ['relu1'] },
      { part: 'bn2', ...normalization, at: [4, 0], from: ['conv2'] },
      { part: 'relu2', ...activation('relu'), at: [5, 0], from: ['bn2'] },
      { part: 'conv3', ...convolution(channels, 1), at: [6, 0], from: ['relu2'] },
      { part: 'bn3', ...normalization, at: [7, 0], from: ['conv3'] },
      { part: 'add', kind: 'Add', params: {}, at: [8, 0], from: ['bn3'] },
      { part: 'relu3', ...activation('relu'), at: [9, 0], from: ['add'] },
    ]);
  },
};
