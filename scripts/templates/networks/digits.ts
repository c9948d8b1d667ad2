import { createDrawing, createNumbering, type DrawnNetwork, type NumberedOptions } from '../drawing.ts';

const mnist = { kind: 'mnist' } as const;

/** A perceptron with two hidden layers: Keras's example `mnist_mlp`, 669,706 parameters. */
export function mlp(): DrawnNetwork {
  const drawing = createDrawing();
  const add = createNumbering(drawing);
  add('Input', { shape: [28, 28, 1] });
  add('Flatten');
  for (let hidden = 0; hidden < 2; hidden += 1) {
    add('Dense', { units: 512, activation: 'relu' });
    add('Dropout', { rate: 0.2 });
  }
  add('Dense', { units: 10, activation: 'softmax' });
  return {
    id: 'mlp',
    group: 'digits',
    year: 1986,
    description: {
      en: 'A multilayer perceptron: it reads the digit as a row of 784 numbers and knows nothing of neighbours.',
      'zh-TW': '多層感知器：把數字圖片讀成一列 784 個數值，不知道哪些像素相鄰。',
    },
    document: drawing.document('MLP', mnist),
  };
}

/**
 * Y. LeCun and others, "Gradient-based learning applied to document recognition", 1998, figure 2, with full connections
 * between the maps, max pooling and softmax.
 */
export function leNet5(): DrawnNetwork {
  const drawing = createDrawing();
  const add = createNumbering(drawing);
  const convolution = (filters: number) =>
    add('Conv2D', { filters, kernelSize: [5, 5], padding: 'valid', activation: 'tanh' });
  add('Input', { shape: [32, 32, 1] });
  for (const filters of [6, 16]) {
    convolution(filters);
    add('MaxPooling2D');
  }
  convolution(120);
  add('Flatten');
  add('Dense', { units: 84, activation: 'tanh' });
  add('Dense', { units: 10, activation: 'softmax' });
  return {
    id: 'lenet-5',
    group: 'digits',
    year: 1998,
    description: {
      en: 'The first convolutional network in daily use: it read the digits on bank cheques (LeCun, 1998).',
      'zh-TW': '第一個投入日常使用的卷積神經網路：辨識銀行支票上的數字（LeCun，1998）。',
    },
    document: drawing.document('LeNet-5', mnist),
  };
}

/** Keras's example `mnist_cnn`, 1,199,882 parameters. */
export function mnistCnn(): DrawnNetwork {
  const drawing = createDrawing();
  const add = createNumbering(drawing);
  add('Input', { shape: [28, 28, 1] });
  for (const filters of [32, 64])
    add('Conv2D', { filters, kernelSize: [3, 3], padding: 'valid', activation: 'relu' });
  add('MaxPooling2D');
  add('Dropout', { rate: 0.25 });
  add('Flatten');
  add('Dense', { units: 128, activation: 'relu' });
  add('Dropout', { rate: 0.5 });
  add('Dense', { units: 10, activation: 'softmax' });
  return {
    id: 'mnist-cnn',
    group: 'digits',
    year: 2015,
    description: {
      en: 'Two convolutions, one pooling, dropout: recognises handwritten digits with over 99 %.',
      'zh-TW': '兩層卷積、一層池化，加上丟棄：手寫數字辨識率超過 99 %。',
    },
    document: drawing.document('MNIST CNN', mnist),
  };
}

/** Two residual blocks after He and others (2015), small enough for digits. */
export function residualCnn(): DrawnNetwork {
  const drawing = createDrawing();
  const add = createNumbering(drawing);
  const convolution = (filters: number, kernel: number, activation: string, options: NumberedOptions = {}) =>
    add('Conv2D', { filters, kernelSize: [kernel, kernel], padding: 'same', activation }, options);
  const inner = (filters: number, from: string) => {
    const row = -1;
    convolution(filters, 3, 'linear', { sources: [from], row });
    add('BatchNormalization', {}, { row });
    add('Activation', { activation: 'relu' }, { row });
    convolution(filters, 3, 'linear', { row });
    return add('BatchNormalization', {}, { row });
  };
  add('Input', { shape: [28, 28, 1] });
  const first = convolution(16, 3, 'relu');
  add('Add', {}, { sources: [inner(16, first), first] });
  add('Activation', { activation: 'relu' });
  const pooled = add('MaxPooling2D');
  const second = inner(32, pooled);
  add('Add', {}, { sources: [second, convolution(32, 1, 'linear', { sources: [pooled] })] });
  add('Activation', { activation: 'relu' });
  add('GlobalAveragePooling2D');
  add('Dense', { units: 10, activation: 'softmax' });
  return {
    id: 'residual-cnn',
    group: 'digits',
    year: 2015,
    description: {
      en: 'A small residual network: two blocks whose input skips past them and is added again.',
      'zh-TW': '小型殘差網路：兩個區塊，輸入跳過區塊後再相加。',
    },
    document: drawing.document('Residual CNN', mnist),
  };
}
