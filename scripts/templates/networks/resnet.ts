import type { ParamValues } from '../../../shared/graph/edits.ts';
import { createDrawing, type BlockOptions, type Drawing, type DrawnNetwork } from '../drawing.ts';

const relu = { activation: 'relu' } as const;

/** Keras Applications' batch normalisation in ResNet and DenseNet. */
const kerasNormalization = { momentum: 0.99, epsilon: 1.001e-5 };

interface Convolution {
  readonly filters: number;
  readonly kernel: number;
  readonly stride?: number;
  readonly padding?: string | number;
}

/**
 * K. He and others, "Deep residual learning for image recognition", 2015, table 1, 50 layers, as Keras Applications has
 * it: the stride of a stage in its first 1×1 convolution, biases before the normalisation.
 */
export function resNet50(): DrawnNetwork {
  const drawing = createDrawing();
  const { add } = drawing;
  const convolve = (id: string, convolution: Convolution, from: string, row = 0) => {
    const { filters, kernel, stride = 1, padding = 'valid' } = convolution;
    const [kernelSize, strides] = [
      [kernel, kernel],
      [stride, stride],
    ];
    const params = { filters, kernelSize, strides, padding, activation: 'linear' };
    const at = add(`${id}_conv`, 'Conv2D', params, [from], { row });
    return add(`${id}_bn`, 'BatchNormalization', kerasNormalization, [at], { row });
  };
  const activate = (id: string, from: string, row = 0) => add(id, 'Activation', relu, [from], { row });
  const zeros = (sides: number) => ({
    padding: [
      [sides, sides],
      [sides, sides],
    ],
  });
  const bottleneck = (name: string, options: BlockOptions, filters: number, stride: number, from: string) =>
    drawing.block(name, options, () => {
      const projected = name.endsWith('_block1');
      const past = projected
        ? convolve(`${name}_0`, { filters: 4 * filters, kernel: 1, stride }, from)
        : from;
      let at = activate(`${name}_1_relu`, convolve(`${name}_1`, { filters, kernel: 1, stride }, from, 1), 1);
      at = convolve(`${name}_2`, { filters, kernel: 3, padding: 'same' }, at, 1);
      at = convolve(`${name}_3`, { filters: 4 * filters, kernel: 1 }, activate(`${name}_2_relu`, at, 1), 1);
      return activate(`${name}_out`, add(`${name}_add`, 'Add', {}, [past, at]));
    });

  let at = add('input_layer', 'Input', { shape: [224, 224, 3] }, []);
  at = add('conv1_pad', 'ZeroPadding2D', zeros(3), [at]);
  at = activate('conv1_relu', convolve('conv1', { filters: 64, kernel: 7, stride: 2 }, at));
  at = add('pool1_pad', 'ZeroPadding2D', zeros(1), [at]);
  at = add('pool1_pool', 'MaxPooling2D', { poolSize: [3, 3], strides: [2, 2] }, [at]);
  for (const [stage, depth] of [3, 4, 6, 3].entries()) {
    const name = `conv${String(stage + 2)}`;
    for (let block = 1; block <= depth; block += 1) {
      const stride = stage > 0 && block === 1 ? 2 : 1;
      const options = block === 1 ? {} : { link: name };
      at = bottleneck(`${name}_block${String(block)}`, options, 64 * 2 ** stage, stride, at);
    }
  }
  at = add('avg_pool', 'GlobalAveragePooling2D', {}, [at]);
  add('predictions', 'Dense', { units: 1000, activation: 'softmax' }, [at]);
  return {
    id: 'resnet-50',
    group: 'modern',
    year: 2015,
    description: {
      en: 'Sixteen bottleneck blocks, each added to its own input: how networks of 50 layers and more became trainable.',
      'zh-TW': '十六個瓶頸區塊，各自與自己的輸入相加：50 層以上的網路從此訓練得起來。',
    },
    document: drawing.document('ResNet-50'),
  };
}

/** How the input of a block comes to the shape of its output, where a stage begins. */
type Shortcut = (drawing: Drawing, name: string, filters: number, from: string) => string;

/** A residual block of two 3×3 convolutions without biases, each followed by normalisation. */
function basicBlock(
  drawing: Drawing,
  name: string,
  options: BlockOptions,
  normalization: ParamValues,
  { filters, stride, from, shortcut }: { filters: number; stride: number; from: string; shortcut: Shortcut },
): string {
  const { add } = drawing;
  return drawing.block(name, options, () => {
    const convolve = (number: number, strides: readonly number[], source: string) => {
      // At stride 1 the paper's rows of zeros are those of “same”.
      const padding = strides.every((one) => one === 1) ? 'same' : 1;
      const params = { filters, kernelSize: [3, 3], strides, padding, activation: 'linear', useBias: false };
      const at = add(`${name}_conv${String(number)}`, 'Conv2D', params, [source], { row: 1 });
      return add(`${name}_bn${String(number)}`, 'BatchNormalization', normalization, [at], { row: 1 });
    };
    const past = stride === 1 ? from : shortcut(drawing, name, filters, from);
    const first = convolve(1, [stride, stride], from);
    const at = convolve(2, [1, 1], add(`${name}_relu1`, 'Activation', relu, [first], { row: 1 }));
    return add(`${name}_relu2`, 'Activation', relu, [add(`${name}_add`, 'Add', {}, [past, at])]);
  });
}

/** The paper's option B: a 1×1 convolution with stride 2, and normalisation. */
function projection(normalization: ParamValues): Shortcut {
  return ({ add }, name, filters, from) => {
    const params = { filters, kernelSize: [1, 1], strides: [2, 2], padding: 'valid', activation: 'linear' };
    const at = add(`${name}_downsample_conv`, 'Conv2D', { ...params, useBias: false }, [from]);
    return add(`${name}_downsample_bn`, 'BatchNormalization', normalization, [at]);
  };
}

/**
 * The paper's option A, without weights: every second pixel, and zeros for the channels that are new, half of them
 * before those that there are. Zeros are put around height and width alone, so the channels change places with the
 * width for it.
 */
const zeroChannels: Shortcut = ({ add }, name, filters, from) => {
  const id = (part: string) => `${name}_shortcut_${part}`;
  const turn = { dims: [1, 3, 2] };
  const zeros = {
    padding: [
      [0, 0],
      [filters / 4, filters / 4],
    ],
  };
  const halved = add(id('subsample'), 'MaxPooling2D', { poolSize: [1, 1], strides: [2, 2] }, [from]);
  const padded = add(id('zeros'), 'ZeroPadding2D', zeros, [add(id('turn'), 'Permute', turn, [halved])]);
  return add(id('turn_back'), 'Permute', turn, [padded]);
};

/** The batch normalisation of torchvision, whose momentum is Keras's taken from 1. */
const torchNormalization = { momentum: 0.9, epsilon: 1e-5 };

/**
 * K. He and others, "Deep residual learning for image recognition", 2015, table 1, 18 layers, with the paper's option B;
 * names and normalisation as in torchvision, whose count of 11,689,512 leaves the moving averages out.
 */
export function resNet18(): DrawnNetwork {
  const drawing = createDrawing();
  const { add } = drawing;
  const stem = { filters: 64, kernelSize: [7, 7], strides: [2, 2], padding: 3, activation: 'linear' };
  let at = add('input_1', 'Input', { shape: [224, 224, 3] }, []);
  at = add('conv1', 'Conv2D', { ...stem, useBias: false }, [at]);
  at = add('bn1', 'BatchNormalization', torchNormalization, [at]);
  at = add('relu', 'Activation', relu, [at]);
  at = add('maxpool', 'MaxPooling2D', { poolSize: [3, 3], strides: [2, 2], padding: 1 }, [at]);
  const shortcut = projection(torchNormalization);
  for (const [stage, filters] of [64, 128, 256, 512].entries()) {
    for (let block = 0; block < 2; block += 1) {
      const name = `layer${String(stage + 1)}_${String(block)}`;
      const stride = stage > 0 && block === 0 ? 2 : 1;
      const options = stage === 0 ? { link: 'layer1' } : {};
      at = basicBlock(drawing, name, options, torchNormalization, { filters, stride, from: at, shortcut });
    }
  }
  at = add('avgpool', 'GlobalAveragePooling2D', {}, [at]);
  add('fc', 'Dense', { units: 1000, activation: 'softmax' }, [at]);
  return {
    id: 'resnet-18',
    group: 'modern',
    year: 2015,
    description: {
      en: 'The smallest residual network for ImageNet: eight blocks of two 3×3 convolutions and a way past them.',
      'zh-TW': '最小的 ImageNet 殘差網路：八個區塊，各有兩層 3×3 卷積與一條捷徑。',
    },
    document: drawing.document('ResNet-18'),
  };
}

/**
 * K. He and others, "Deep residual learning for image recognition", 2015, section 4.2, for pictures of 32×32, with the
 * paper's option A: all ways past a block are without weights.
 */
export function resNet20(): DrawnNetwork {
  const drawing = createDrawing();
  const { add } = drawing;
  const stem = { filters: 16, kernelSize: [3, 3], padding: 'same', activation: 'linear', useBias: false };
  let at = add('input_1', 'Input', { shape: [32, 32, 3] }, []);
  at = add('conv1', 'Conv2D', stem, [at]);
  at = add('bn1', 'BatchNormalization', torchNormalization, [at]);
  at = add('relu', 'Activation', relu, [at]);
  for (const [stage, filters] of [16, 32, 64].entries()) {
    for (let block = 1; block <= 3; block += 1) {
      const name = `stage${String(stage + 1)}_block${String(block)}`;
      const stride = stage > 0 && block === 1 ? 2 : 1;
      const options = stride === 1 ? { link: `stage${String(stage + 1)}` } : {};
      const way = { filters, stride, from: at, shortcut: zeroChannels };
      at = basicBlock(drawing, name, options, torchNormalization, way);
    }
  }
  at = add('avgpool', 'GlobalAveragePooling2D', {}, [at]);
  add('fc', 'Dense', { units: 10, activation: 'softmax' }, [at]);
  return {
    id: 'resnet-20',
    group: 'modern',
    year: 2015,
    description: {
      en: 'The residual network for the small colour pictures of CIFAR-10: nine blocks, 0.27 million weights.',
      'zh-TW': '給 CIFAR-10 小彩色圖片的殘差網路：九個區塊，27 萬個權重。',
    },
    document: drawing.document('ResNet-20'),
  };
}
