import type { ParamValues } from '../../../shared/graph/edits.ts';
import { createDrawing, type DrawnNetwork } from '../drawing.ts';

const relu = { activation: 'relu' } as const;
const normalization = { momentum: 0.99, epsilon: 1.001e-5 };

/**
 * G. Huang and others, "Densely connected convolutional networks", 2016, table 1, 121 layers, growth rate 32, as Keras
 * Applications has it.
 */
export function denseNet121(): DrawnNetwork {
  const drawing = createDrawing();
  const { add } = drawing;
  const zeros = (sides: number) => ({
    padding: [
      [sides, sides],
      [sides, sides],
    ],
  });
  const pens = (row: number) => ({
    normalize: (id: string, from: string) => add(id, 'BatchNormalization', normalization, [from], { row }),
    activate: (id: string, from: string) => add(id, 'Activation', relu, [from], { row }),
    convolve: (id: string, filters: number, kernel: number, from: string, more: ParamValues = {}) => {
      const params = { filters, kernelSize: [kernel, kernel], activation: 'linear', useBias: false, ...more };
      return add(id, 'Conv2D', params, [from], { row });
    },
  });
  const { normalize, activate, convolve } = pens(0);
  /** Adds 32 channels to those that come in. */
  const grow = (name: string, link: string, from: string) =>
    drawing.block(name, { link }, () => {
      const below = pens(1);
      let at = below.activate(`${name}_0_relu`, below.normalize(`${name}_0_bn`, from));
      at = below.normalize(`${name}_1_bn`, below.convolve(`${name}_1_conv`, 128, 1, at));
      at = below.convolve(`${name}_2_conv`, 32, 3, below.activate(`${name}_1_relu`, at), { padding: 'same' });
      return add(`${name}_concat`, 'Concatenate', {}, [from, at]);
    });
  /** Halves channels, height and width. */
  const transition = (name: string, channels: number, from: string) =>
    drawing.block(name, { name: `${name} transition` }, () => {
      const at = activate(`${name}_relu`, normalize(`${name}_bn`, from));
      const halved = convolve(`${name}_conv`, channels / 2, 1, at);
      return add(`${name}_pool`, 'AveragePooling2D', {}, [halved]);
    });

  let at = add('input_layer', 'Input', { shape: [224, 224, 3] }, []);
  at = add('zero_padding2d', 'ZeroPadding2D', zeros(3), [at]);
  at = normalize('conv1_bn', convolve('conv1_conv', 64, 7, at, { strides: [2, 2] }));
  at = add('zero_padding2d_1', 'ZeroPadding2D', zeros(1), [activate('conv1_relu', at)]);
  at = add('pool1', 'MaxPooling2D', { poolSize: [3, 3], strides: [2, 2] }, [at]);
  let channels = 64;
  for (const [index, depth] of [6, 12, 24, 16].entries()) {
    const name = `conv${String(index + 2)}`;
    at = drawing.block(name, { name: `${name} dense block` }, () => {
      for (let number = 1; number <= depth; number += 1)
        at = grow(`${name}_block${String(number)}`, `${name}_layers`, at);
      return at;
    });
    channels += 32 * depth;
    if (index === 3) break;
    at = transition(`pool${String(index + 2)}`, channels, at);
    channels /= 2;
  }
  at = activate('relu', normalize('bn', at));
  at = add('avg_pool', 'GlobalAveragePooling2D', {}, [at]);
  add('predictions', 'Dense', { units: 1000, activation: 'softmax' }, [at]);
  return {
    id: 'densenet-121',
    group: 'modern',
    year: 2016,
    description: {
      en: 'Every layer reads all layers before it in its block and adds 32 channels: few weights, many connections.',
      'zh-TW': '區塊中每一層都讀取前面所有層，再加上 32 個通道：權重少、連接多。',
    },
    document: drawing.document('DenseNet-121'),
  };
}
