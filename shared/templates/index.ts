import { readDocument, type Document } from '../document.ts';
import type { Translated } from '../layers/params.ts';
import alexnet from './alexnet.json' with { type: 'json' };
import lenet5 from './lenet-5.json' with { type: 'json' };
import mnistCnn from './mnist-cnn.json' with { type: 'json' };
import residualCnn from './residual-cnn.json' with { type: 'json' };

/** An example network, as a project file. */
export interface Template {
  readonly id: string;
  readonly description: Translated;
  readonly document: Document;
}

function template(id: string, project: unknown, description: Translated): Template {
  const read = readDocument(project);
  if (!read.ok) throw new Error(`Template ${id}: ${read.problems[0]?.message ?? ''}`);
  return { id, description, document: read.value };
}

/** The templates in the order in which they are offered. */
export const templates: readonly Template[] = [
  template('lenet-5', lenet5, {
    en: 'The first convolutional network in daily use: it read the digits on bank cheques (LeCun, 1998).',
    'zh-TW': '第一個投入日常使用的卷積神經網路：辨識銀行支票上的數字（LeCun，1998）。',
  }),
  template('mnist-cnn', mnistCnn, {
    en: 'Two convolutions, one pooling, dropout: recognises handwritten digits with over 99 %.',
    'zh-TW': '兩層卷積、一層池化，加上丟棄：手寫數字辨識率超過 99 %。',
  }),
  template('residual-cnn', residualCnn, {
    en: 'A small residual network: two blocks whose input skips past them and is added again.',
    'zh-TW': '小型殘差網路：兩個區塊，輸入跳過區塊後再相加。',
  }),
  template('alexnet', alexnet, {
    en: 'The network that won ImageNet in 2012; too large for digits, but made to be read.',
    'zh-TW': '2012 年 ImageNet 冠軍網路；辨識數字用不上，但值得一讀。',
  }),
];

export function findTemplate(id: string): Template | undefined {
  return templates.find((candidate) => candidate.id === id);
}
