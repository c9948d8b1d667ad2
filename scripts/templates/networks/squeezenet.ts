import type { ParamValues } from '../../../shared/graph/edits.ts';
import { createDrawing, type DrawnNetwork } from '../drawing.ts';

/** Filters of the fire modules 2 to 9: squeeze, and each of the two expansions. */
const fires = [
  [16, 64],
  [16, 64],
  [32, 128],
  [32, 128],
  [48, 192],
  [48, 192],
  [64, 256],
  [64, 256],
] as const;

/**
 * F. Iandola and others, "SqueezeNet: AlexNet-level accuracy with 50× fewer parameters and <0.5 MB model size", 2016,
 * table 1 (version 1.0). The table's sizes (111, 55, 27, 13) come of an input of 227×227, which the authors' model for
 * Caffe has; the table itself says 224.
 */
export function squeezeNet(): DrawnNetwork {
  const drawing = createDrawing();
  const { add } = drawing;
  const convolve = (
    id: string,
    filters: number,
    kernel: number,
    from: string,
    more: ParamValues = {},
    row = 0,
  ) => {
    const params = { filters, kernelSize: [kernel, kernel], padding: 'same', activation: 'relu', ...more };
    return add(id, 'Conv2D', params, [from], { row });
  };
  const pool = (id: string, from: string) =>
    add(id, 'MaxPooling2D', { poolSize: [3, 3], strides: [2, 2] }, [from]);
  let at = add('input_1', 'Input', { shape: [227, 227, 3] }, []);
  at = pool('pool1', convolve('conv1', 96, 7, at, { strides: [2, 2], padding: 'valid' }));
  for (const [index, [squeeze, expand]] of fires.entries()) {
    const name = `fire${String(index + 2)}`;
    // Two by two they are alike.
    const link = `fires_${String(squeeze)}`;
    at = drawing.block(name, { link }, () => {
      const squeezed = convolve(`${name}_squeeze1x1`, squeeze, 1, at);
      const expanded = [1, 3].map((kernel, index) =>
        convolve(
          `${name}_expand${String(kernel)}x${String(kernel)}`,
          expand,
          kernel,
          squeezed,
          {},
          index - 0.5,
        ),
      );
      return add(`${name}_concat`, 'Concatenate', {}, expanded);
    });
    if (name === 'fire4' || name === 'fire8') at = pool(`pool${name.slice('fire'.length)}`, at);
  }
  at = add('drop9', 'Dropout', { rate: 0.5 }, [at]);
  at = convolve('conv10', 1000, 1, at, { padding: 'valid' });
  at = add('pool10', 'GlobalAveragePooling2D', {}, [at]);
  add('prob', 'Activation', { activation: 'softmax' }, [at]);
  return {
    id: 'squeezenet',
    group: 'modern',
    year: 2016,
    description: {
      en: "AlexNet's accuracy with a fiftieth of its weights: fire modules squeeze the channels, then expand them.",
      'zh-TW': '以 AlexNet 五十分之一的權重達到相同準確率：fire 模組先壓縮通道再擴張。',
    },
    document: drawing.document('SqueezeNet'),
  };
}
