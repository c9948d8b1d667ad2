import { activation, blockOf, channelsOf, convolution, normalization, type ReadyBlock } from './fragment.ts';

/** Two 3×3 convolutions and a skip around them (He et al. 2016, ResNet-18); gives the shape that it takes. */
export const residual: ReadyBlock = {
  id: 'residual',
  name: 'Residual block',
  make(input) {
    const channels = channelsOf(input, 64);
    return blockOf(residual.name, [
      { part: 'conv1', ...convolution(channels, 3), at: [0, 0], from: [] },
      { part: 'bn1', ...normalization, at: [1, 0], from: ['conv1'] },
      { part: 'relu1', ...activation('relu'), at: [2, 0], from: ['bn1'] },
      { part: 'conv2', ...convolution(channels, 3), at: [3, 0], from: ['relu1'] },
      { part: 'bn2', ...normalization, at: [4, 0], from: ['conv2'] },
      { part: 'add', kind: 'Add', params: {}, at: [5, 0], from: ['bn2'] },
      { part: 'relu2', ...activation('relu'), at: [6, 0], from: ['add'] },
    ]);
  },
};
