import { createDrawing, type Drawing, type DrawnNetwork } from '../drawing.ts';

/** Filters of an inception module: 1×1; 3×3 with the 1×1 before it; 5×5 with its; the 1×1 after the pooling. */
type Filters = readonly [
  one: number,
  reduce3: number,
  three: number,
  reduce5: number,
  five: number,
  pool: number,
];

const modules: readonly (readonly [name: string, filters: Filters])[] = [
  ['3a', [64, 96, 128, 16, 32, 32]],
  ['3b', [128, 128, 192, 32, 96, 64]],
  ['4a', [192, 96, 208, 16, 48, 64]],
  ['4b', [160, 112, 224, 24, 64, 64]],
  ['4c', [128, 128, 256, 24, 64, 64]],
  ['4d', [112, 144, 288, 32, 64, 64]],
  ['4e', [256, 160, 320, 32, 128, 128]],
  ['5a', [256, 160, 320, 32, 128, 128]],
  ['5b', [384, 192, 384, 48, 128, 128]],
];

interface Convolution {
  readonly filters: number;
  readonly kernel: number;
  readonly stride?: number;
  readonly row?: number;
}

function convolve({ add }: Drawing, id: string, convolution: Convolution, from: string): string {
  const { filters, kernel, stride = 1, row = 0 } = convolution;
  const [kernelSize, strides] = [
    [kernel, kernel],
    [stride, stride],
  ];
  const params = { filters, kernelSize, strides, padding: 'same', activation: 'relu' };
  return add(id, 'Conv2D', params, [from], { row });
}

function inception(drawing: Drawing, module: string, filters: Filters, from: string): string {
  const [one, reduce3, three, reduce5, five, pool] = filters;
  const name = `inception_${module}`;
  const reduced = (kernel: number, reduce: number, most: number, row: number) => {
    const id = `${name}_${String(kernel)}x${String(kernel)}`;
    const at = convolve(drawing, `${id}_reduce`, { filters: reduce, kernel: 1, row }, from);
    return convolve(drawing, id, { filters: most, kernel, row }, at);
  };
  return drawing.block(name, {}, () => {
    const first = convolve(drawing, `${name}_1x1`, { filters: one, kernel: 1 }, from);
    const [second, third] = [reduced(3, reduce3, three, -1), reduced(5, reduce5, five, 1)];
    const window = { poolSize: [3, 3], strides: [1, 1], padding: 'same' };
    const pooled = drawing.add(`${name}_pool`, 'MaxPooling2D', window, [from], { row: 2 });
    const fourth = convolve(drawing, `${name}_pool_proj`, { filters: pool, kernel: 1, row: 2 }, pooled);
    return drawing.add(`${name}_output`, 'Concatenate', {}, [first, second, third, fourth]);
  });
}

/**
 * C. Szegedy and others, "Going deeper with convolutions", 2014, table 1: the main output alone, without the two
 * auxiliary classifiers and without response normalisation; names as in the authors' model for Caffe. Its poolings take
 * what is left at the edge, as `same` does for even sides.
 */
export function googLeNet(): DrawnNetwork {
  const drawing = createDrawing();
  const { add } = drawing;
  const pool = (id: string, from: string) =>
    add(id, 'MaxPooling2D', { poolSize: [3, 3], strides: [2, 2], padding: 'same' }, [from]);
  let at = add('input_1', 'Input', { shape: [224, 224, 3] }, []);
  at = convolve(drawing, 'conv1_7x7_s2', { filters: 64, kernel: 7, stride: 2 }, at);
  at = pool('pool1_3x3_s2', at);
  at = convolve(drawing, 'conv2_3x3_reduce', { filters: 64, kernel: 1 }, at);
  at = convolve(drawing, 'conv2_3x3', { filters: 192, kernel: 3 }, at);
  at = pool('pool2_3x3_s2', at);
  for (const [module, filters] of modules) {
    if (module === '4a' || module === '5a') at = pool(`pool${module === '4a' ? '3' : '4'}_3x3_s2`, at);
    at = inception(drawing, module, filters, at);
  }
  at = add('pool5_7x7_s1', 'AveragePooling2D', { poolSize: [7, 7], strides: [1, 1] }, [at]);
  at = add('pool5_drop', 'Dropout', { rate: 0.4 }, [at]);
  at = add('flatten', 'Flatten', {}, [at]);
  add('loss3_classifier', 'Dense', { units: 1000, activation: 'softmax' }, [at]);
  return {
    id: 'googlenet',
    group: 'classics',
    year: 2014,
    description: {
      en: 'Inception: four filter sizes side by side in each block, made cheap by 1×1 convolutions (main output, without response normalisation).',
      'zh-TW': 'Inception：每個區塊並排四種濾波器，以 1×1 卷積降低成本（主要輸出，不含局部響應正規化）。',
    },
    document: drawing.document('GoogLeNet'),
  };
}
