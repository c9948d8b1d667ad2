import { createDrawing, createNumbering, type DrawnNetwork } from '../drawing.ts';

const relu = { activation: 'relu' } as const;

/**
 * A. Krizhevsky, I. Sutskever, G. Hinton, "ImageNet classification with deep convolutional neural networks", 2012,
 * section 3.5, without its groups and its response normalisation.
 */
export function alexNet(): DrawnNetwork {
  const drawing = createDrawing();
  const add = createNumbering(drawing);
  const same = (filters: number, kernel: number) =>
    add('Conv2D', { filters, kernelSize: [kernel, kernel], padding: 'same', ...relu });
  const pool = () => add('MaxPooling2D', { poolSize: [3, 3], strides: [2, 2] });
  add('Input', { shape: [227, 227, 3] });
  add('Conv2D', { filters: 96, kernelSize: [11, 11], strides: [4, 4], padding: 'valid', ...relu });
  pool();
  same(256, 5);
  pool();
  for (const filters of [384, 384, 256]) same(filters, 3);
  pool();
  add('Flatten');
  for (let hidden = 0; hidden < 2; hidden += 1) {
    add('Dense', { units: 4096, ...relu });
    add('Dropout', { rate: 0.5 });
  }
  add('Dense', { units: 1000, activation: 'softmax' });
  return {
    id: 'alexnet',
    group: 'classics',
    year: 2012,
    description: {
      en: 'The network that won ImageNet in 2012; too large for digits, but made to be read.',
      'zh-TW': '2012 年 ImageNet 冠軍網路；辨識數字用不上，但值得一讀。',
    },
    document: drawing.document('AlexNet'),
  };
}

/**
 * M. Zeiler, R. Fergus, "Visualizing and understanding convolutional networks", 2013, figure 3, without its contrast
 * normalisation. The figure's sizes (110, 55, 26, 13, 6) come of one row of zeros around the input, and of poolings
 * that take what is left at the edge, as `same` does for even sides.
 */
export function zfNet(): DrawnNetwork {
  const drawing = createDrawing();
  const add = createNumbering(drawing);
  const pool = (padding: string) => add('MaxPooling2D', { poolSize: [3, 3], strides: [2, 2], padding });
  add('Input', { shape: [224, 224, 3] });
  add('Conv2D', { filters: 96, kernelSize: [7, 7], strides: [2, 2], padding: 1, ...relu });
  pool('same');
  add('Conv2D', { filters: 256, kernelSize: [5, 5], strides: [2, 2], padding: 'valid', ...relu });
  pool('same');
  for (const filters of [384, 384, 256])
    add('Conv2D', { filters, kernelSize: [3, 3], padding: 'same', ...relu });
  pool('valid');
  add('Flatten');
  for (let hidden = 0; hidden < 2; hidden += 1) {
    add('Dense', { units: 4096, ...relu });
    add('Dropout', { rate: 0.5 });
  }
  add('Dense', { units: 1000, activation: 'softmax' });
  return {
    id: 'zfnet',
    group: 'classics',
    year: 2013,
    description: {
      en: 'AlexNet after looking inside it: smaller and denser first filters (without contrast normalisation).',
      'zh-TW': '看過 AlexNet 內部之後的改良：第一層濾波器更小更密（不含對比正規化）。',
    },
    document: drawing.document('ZFNet'),
  };
}

/**
 * K. Simonyan, A. Zisserman, "Very deep convolutional networks for large-scale image recognition", 2014, table 1, as
 * Keras Applications has it: without dropout.
 */
function vgg(depths: readonly number[]) {
  const drawing = createDrawing();
  const { add } = drawing;
  let at = add('input_layer', 'Input', { shape: [224, 224, 3] }, []);
  for (const [index, depth] of depths.entries()) {
    const name = `block${String(index + 1)}`;
    const filters = Math.min(512, 64 * 2 ** index);
    at = drawing.block(name, {}, () => {
      for (let number = 1; number <= depth; number += 1) {
        const params = { filters, kernelSize: [3, 3], padding: 'same', ...relu };
        at = add(`${name}_conv${String(number)}`, 'Conv2D', params, [at]);
      }
      return add(`${name}_pool`, 'MaxPooling2D', {}, [at]);
    });
  }
  at = add('flatten', 'Flatten', {}, [at]);
  at = add('fc1', 'Dense', { units: 4096, ...relu }, [at]);
  at = add('fc2', 'Dense', { units: 4096, ...relu }, [at]);
  add('predictions', 'Dense', { units: 1000, activation: 'softmax' }, [at]);
  return drawing;
}

export function vgg16(): DrawnNetwork {
  return {
    id: 'vgg-16',
    group: 'classics',
    year: 2014,
    description: {
      en: 'Nothing but 3×3 convolutions and poolings, 16 layers with weights deep; most weights are in one Dense.',
      'zh-TW': '只用 3×3 卷積與池化，共 16 層有權重；大部分權重集中在一個全連接層。',
    },
    document: vgg([2, 2, 3, 3, 3]).document('VGG-16'),
  };
}

export function vgg19(): DrawnNetwork {
  return {
    id: 'vgg-19',
    group: 'classics',
    year: 2014,
    description: {
      en: 'VGG-16 with three more convolutions; its features are a favourite for comparing pictures.',
      'zh-TW': '比 VGG-16 多三層卷積；常用它的特徵來比較圖片。',
    },
    document: vgg([2, 2, 4, 4, 4]).document('VGG-19'),
  };
}
