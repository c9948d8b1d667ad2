import type { ParamValues } from '../../../shared/graph/edits.ts';
import { createDrawing, type Drawing, type DrawnNetwork } from '../drawing.ts';

/** Zeros below and right alone: with them a stride of 2 falls on the same pixels as in TensorFlow. */
const zeros = {
  padding: [
    [0, 1],
    [0, 1],
  ],
};

const within = (part: string | undefined) => (part === undefined ? {} : { part });

function pens({ add }: Drawing, normalization: ParamValues, row = 0) {
  return {
    convolve: (id: string, filters: number, from: string, kernel = 1, stride = 1, part?: string) => {
      const [kernelSize, strides] = [
        [kernel, kernel],
        [stride, stride],
      ];
      const params = { filters, kernelSize, strides, padding: 'same', activation: 'linear', useBias: false };
      return add(id, 'Conv2D', params, [from], { row, ...within(part) });
    },
    depthwise: (id: string, stride: number, from: string, part?: string) => {
      const params = {
        kernelSize: [3, 3],
        strides: [stride, stride],
        padding: stride === 1 ? 'same' : 'valid',
        depthMultiplier: 1,
        activation: 'linear',
        useBias: false,
      };
      return add(id, 'DepthwiseConv2D', params, [from], { row, ...within(part) });
    },
    normalize: (id: string, from: string, part?: string) =>
      add(id, 'BatchNormalization', normalization, [from], { row, ...within(part) }),
    relu6: (id: string, from: string, part?: string) =>
      add(id, 'ReLU', { maxValue: 6 }, [from], { row, ...within(part) }),
  };
}

/** Filters and stride of each depthwise separable block. */
const separables = [
  [64, 1],
  [128, 2],
  [128, 1],
  [256, 2],
  [256, 1],
  [512, 2],
  [512, 1],
  [512, 1],
  [512, 1],
  [512, 1],
  [512, 1],
  [1024, 2],
  [1024, 1],
] as const;

/**
 * A. Howard and others, "MobileNets: efficient convolutional neural networks for mobile vision applications", 2017,
 * table 1, as Keras Applications has it. Its global pooling, which keeps height and width there, is the table's 7×7
 * average.
 */
export function mobileNetV1(): DrawnNetwork {
  const drawing = createDrawing();
  const { add } = drawing;
  const { convolve, depthwise, normalize, relu6 } = pens(drawing, { momentum: 0.99, epsilon: 0.001 });
  let at = add('input_layer', 'Input', { shape: [224, 224, 3] }, []);
  at = relu6('conv1_relu', normalize('conv1_bn', convolve('conv1', 32, at, 3, 2)));
  for (const [index, [filters, stride]] of separables.entries()) {
    const number = String(index + 1);
    const [dw, pw] = [`conv_dw_${number}`, `conv_pw_${number}`];
    // The blocks 7 to 11 are alike.
    const options = filters === 512 && stride === 1 ? { link: 'separable_512' } : {};
    at = drawing.block(`separable_${number}`, options, () => {
      if (stride === 2) at = add(`conv_pad_${number}`, 'ZeroPadding2D', zeros, [at], { part: 'pad' });
      at = normalize(`${dw}_bn`, depthwise(dw, stride, at, 'dw'), 'dw_bn');
      at = relu6(`${dw}_relu`, at, 'dw_relu');
      at = normalize(`${pw}_bn`, convolve(pw, filters, at, 1, 1, 'pw'), 'pw_bn');
      return relu6(`${pw}_relu`, at, 'pw_relu');
    });
  }
  at = add('global_average_pooling2d', 'AveragePooling2D', { poolSize: [7, 7], strides: [1, 1] }, [at]);
  at = add('dropout', 'Dropout', { rate: 0.001 }, [at]);
  const classes = { filters: 1000, kernelSize: [1, 1], padding: 'same', activation: 'linear' };
  at = add('conv_preds', 'Conv2D', classes, [at]);
  at = add('reshape_2', 'Reshape', { targetShape: [1000] }, [at]);
  add('predictions', 'Activation', { activation: 'softmax' }, [at]);
  return {
    id: 'mobilenet-v1',
    group: 'modern',
    year: 2017,
    description: {
      en: 'Made for phones: each convolution is split into one per channel and a 1×1 across channels, at a ninth of the cost.',
      'zh-TW': '為手機而生：把卷積拆成逐通道卷積與跨通道的 1×1 卷積，計算量約剩九分之一。',
    },
    document: drawing.document('MobileNet'),
  };
}

/** The paper's table 2: expansion, channels out, repetitions, stride of the first. */
const stages = [
  [6, 24, 2, 2],
  [6, 32, 3, 2],
  [6, 64, 4, 2],
  [6, 96, 3, 1],
  [6, 160, 3, 2],
  [6, 320, 1, 1],
] as const;

/**
 * M. Sandler and others, "MobileNetV2: inverted residuals and linear bottlenecks", 2018, table 2, as Keras Applications
 * has it.
 */
export function mobileNetV2(): DrawnNetwork {
  const drawing = createDrawing();
  const { add } = drawing;
  const normalization = { momentum: 0.999, epsilon: 0.001 };
  const { convolve, normalize, relu6 } = pens(drawing, normalization);
  /** All of an inverted residual but its expansion and its sum. */
  const narrow = (name: string, channels: number, stride: number, from: string, row = 0) => {
    const { convolve, depthwise, normalize, relu6 } = pens(drawing, normalization, row);
    let at = stride === 2 ? add(`${name}_pad`, 'ZeroPadding2D', zeros, [from]) : from;
    at = normalize(`${name}_depthwise_BN`, depthwise(`${name}_depthwise`, stride, at));
    at = relu6(`${name}_depthwise_relu`, at);
    return normalize(`${name}_project_BN`, convolve(`${name}_project`, channels, at));
  };
  let at = add('input_layer', 'Input', { shape: [224, 224, 3] }, []);
  at = relu6('Conv1_relu', normalize('bn_Conv1', convolve('Conv1', 32, at, 3, 2)));
  at = drawing.block('expanded_conv', {}, () => narrow('expanded_conv', 16, 1, at));
  let [channels, number] = [16, 0];
  for (const [expansion, filters, times, firstStride] of stages) {
    for (let time = 0; time < times; time += 1) {
      number += 1;
      const name = `block_${String(number)}`;
      const stride = time === 0 ? firstStride : 1;
      const residual = channels === filters;
      // A residual alone in its stage is linked with none.
      const options = residual && times > 2 ? { link: `residuals_${String(filters)}` } : {};
      at = drawing.block(name, options, () => {
        const row = residual ? 1 : 0;
        const { convolve, normalize, relu6 } = pens(drawing, normalization, row);
        let wide = convolve(`${name}_expand`, expansion * channels, at);
        wide = relu6(`${name}_expand_relu`, normalize(`${name}_expand_BN`, wide));
        const narrowed = narrow(name, filters, stride, wide, row);
        return residual ? add(`${name}_add`, 'Add', {}, [at, narrowed]) : narrowed;
      });
      channels = filters;
    }
  }
  at = relu6('out_relu', normalize('Conv_1_bn', convolve('Conv_1', 1280, at)));
  at = add('global_average_pooling2d', 'GlobalAveragePooling2D', {}, [at]);
  add('predictions', 'Dense', { units: 1000, activation: 'softmax' }, [at]);
  return {
    id: 'mobilenet-v2',
    group: 'modern',
    year: 2018,
    description: {
      en: 'Inverted residuals: widen with 1×1, look at each channel by itself, narrow again, add the input.',
      'zh-TW': '倒殘差：先用 1×1 加寬、逐通道卷積，再縮窄並與輸入相加。',
    },
    document: drawing.document('MobileNetV2'),
  };
}
