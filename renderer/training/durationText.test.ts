import i18next from 'i18next';
import { describe, expect, it } from 'vitest';

import en from '../../shared/i18n/en.json';
import zhTW from '../../shared/i18n/zh-TW.json';
import { durationText } from './durationText.ts';

const language = async (code: 'en' | 'zh-TW') => {
  const texts = i18next.createInstance();
  const resources = { en: { translation: en }, 'zh-TW': { translation: zhTW } };
  return texts.init({ resources, lng: code, initAsync: false });
};

describe('a length of time in words', () => {
  it.each([
    [0, '0 s'],
    [0.4, '0 s'],
    [59.4, '59 s'],
    [59.6, '1 min 0 s'],
    [80, '1 min 20 s'],
    [3599.6, '1 h 0 min'],
    [7530, '2 h 6 min'],
    [90_000, '25 h 0 min'],
    [-3, '0 s'],
  ])('of %d seconds is %s', async (seconds, text) => {
    expect(durationText(await language('en'), seconds)).toBe(text);
  });

  it('is said in the reader’s language', async () => {
    const t = await language('zh-TW');
    for (const seconds of [8, 80, 7500]) expect(durationText(t, seconds)).toMatch(/[秒分時]/);
  });
});
