import en from '../i18n/en.json' with { type: 'json' };
import { format } from '../i18n/format.ts';
import zhTW from '../i18n/zh-TW.json' with { type: 'json' };
import type { Language } from '../layers/params.ts';

/** The words of a picture in one language. */
export interface PictureTexts {
  readonly untitled: string;
  readonly empty: string;
  readonly noShape: string;
  readonly layer: string;
  readonly output: string;
  readonly parameters: string;
  readonly macs: string;
  readonly field: string;
  readonly total: string;
  readonly input: string;
  readonly outputLayer: string;
  layers(count: number): string;
  waitingFor(layer: string): string;
  atLeast(count: string): string;
}

export function pictureTexts(language: Language): PictureTexts {
  const {
    waitsFor,
    atLeast,
    layers_one: oneLayer,
    layers_other: layers,
    ...words
  } = { en, 'zh-TW': zhTW }[language].picture.drawn;
  return {
    ...words,
    layers: (count) => format(count === 1 ? oneLayer : layers, { count }),
    waitingFor: (layer) => format(waitsFor, { layer }),
    atLeast: (count) => format(atLeast, { count }),
  };
}
