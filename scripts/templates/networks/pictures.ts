import { createDrawing, type Drawing, type DrawnNetwork } from '../drawing.ts';

/**
 * Keras's example "Convolutional autoencoder for image denoising" (S. L. Valdarrama, 2021), 28,353 parameters, which
 * stands for the idea of G. Hinton and R. Salakhutdinov, "Reducing the dimensionality of data with neural networks", 2006.
 */
export function autoencoder(): DrawnNetwork {
  const drawing = createDrawing();
  const { add } = drawing;
  const window = { kernelSize: [3, 3], padding: 'same' };
  let at = add('input_1', 'Input', { shape: [28, 28, 1] }, []);
  at = drawing.block('encoder', { collapsed: false }, () => {
    for (const number of ['1', '2']) {
      at = add(`encoder_conv${number}`, 'Conv2D', { ...window, filters: 32, activation: 'relu' }, [at]);
      at = add(`encoder_pool${number}`, 'MaxPooling2D', { padding: 'same' }, [at]);
    }
    return at;
  });
  at = drawing.block('decoder', { collapsed: false }, () => {
    for (const number of ['1', '2']) {
      const params = { ...window, filters: 32, strides: [2, 2], activation: 'relu' };
      at = add(`decoder_up${number}`, 'Conv2DTranspose', params, [at]);
    }
    return at;
  });
  add('picture', 'Conv2D', { ...window, filters: 1, activation: 'sigmoid' }, [at]);
  return {
    id: 'autoencoder',
    group: 'pictures',
    year: 2006,
    description: {
      en: 'Squeezes a digit into 7×7×32 numbers and draws it again: to remove noise, or to learn without labels.',
      'zh-TW': '把數字壓縮成 7×7×32 個數值再重新畫出來：用來去除雜訊，或在沒有標籤時學習。',
    },
    document: drawing.document('Autoencoder'),
  };
}

function doubleConvolution({ add }: Drawing, name: string, filters: number, from: string): string {
  let at = from;
  for (const number of ['1', '2']) {
    const params = { filters, kernelSize: [3, 3], padding: 'valid', activation: 'relu' };
    at = add(`${name}_conv${number}`, 'Conv2D', params, [at]);
  }
  return at;
}

/**
 * O. Ronneberger, P. Fischer, T. Brox, "U-Net: convolutional networks for biomedical image segmentation", 2015, figure
 * 1: convolutions without padding, so that what skips across is cropped; dropout at the end of the way down.
 */
export function uNet(): DrawnNetwork {
  const drawing = createDrawing();
  const { add } = drawing;
  const drop = (id: string, from: string) => add(id, 'Dropout', { rate: 0.5 }, [from]);
  // How much larger the picture is on the way down than on the way up, on each side.
  const crops = [88, 40, 16, 4];
  const across: string[] = [];
  let at = add('input_1', 'Input', { shape: [572, 572, 1] }, []);
  for (let level = 1; level <= 4; level += 1) {
    const name = `encoder_${String(level)}`;
    const encoded = drawing.block(name, { row: level - 1 }, () => {
      const convolved = doubleConvolution(drawing, name, 32 * 2 ** level, at);
      return level === 4 ? drop(`${name}_drop`, convolved) : convolved;
    });
    across.push(encoded);
    at = add(`pool_${String(level)}`, 'MaxPooling2D', {}, [encoded], { row: level });
  }
  at = drawing.block('bottleneck', { row: 4 }, () =>
    drop('bottleneck_drop', doubleConvolution(drawing, 'bottleneck', 1024, at)),
  );
  for (let level = 4; level >= 1; level -= 1) {
    const name = `decoder_${String(level)}`;
    const filters = 32 * 2 ** level;
    const [crop = 0, skipped = ''] = [crops[level - 1], across[level - 1]];
    at = drawing.block(name, { row: level - 1 }, () => {
      const sides = [
        [crop, crop],
        [crop, crop],
      ];
      const cropped = add(`${name}_crop`, 'Cropping2D', { cropping: sides }, [skipped]);
      const up = { filters, kernelSize: [2, 2], strides: [2, 2], padding: 'valid', activation: 'linear' };
      const raised = add(`${name}_up`, 'Conv2DTranspose', up, [at], { row: 1 });
      const joined = add(`${name}_concat`, 'Concatenate', {}, [cropped, raised]);
      return doubleConvolution(drawing, name, filters, joined);
    });
  }
  add('classes', 'Conv2D', { filters: 2, kernelSize: [1, 1], padding: 'valid', activation: 'softmax' }, [at]);
  return {
    id: 'unet',
    group: 'pictures',
    year: 2015,
    description: {
      en: 'Says for each pixel what it belongs to: down to see the whole, up again for detail, with bridges across.',
      'zh-TW': '判斷每個像素屬於什麼：往下看整體，往上還原細節，中間有橋相連。',
    },
    document: drawing.document('U-Net'),
  };
}
