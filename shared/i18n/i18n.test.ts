import { describe, expect, it } from 'vitest';

import en from './en.json' with { type: 'json' };
import { format } from './format.ts';
import zhTW from './zh-TW.json' with { type: 'json' };

interface Texts {
  readonly [key: string]: string | Texts;
}

/** All texts by their key, as i18next writes it: `problem.no-dataset`. */
function flat(texts: Texts, prefix = ''): Map<string, string> {
  return new Map(
    Object.entries(texts).flatMap(([key, value]) =>
      typeof value === 'string' ? [[prefix + key, value] as const] : [...flat(value, `${prefix}${key}.`)],
    ),
  );
}

const [english, chinese] = [flat(en), flat(zhTW)];
const placesOf = (text = '') => [...text.matchAll(/\{\{(\w+)\}\}/g)].map(([place]) => place).sort();

describe('the texts', () => {
  it('have the same keys in both languages', () => {
    expect([...chinese.keys()].sort()).toEqual([...english.keys()].sort());
  });

  it.each([...english])('%s has the same places in both languages', (key, text) => {
    expect(placesOf(chinese.get(key))).toEqual(placesOf(text));
  });

  it('say something, all of them', () => {
    for (const [key, text] of [...english, ...chinese]) expect(text.trim(), key).not.toBe('');
  });

  it('are written in Chinese as it is in Taiwan', () => {
    for (const [key, text] of chinese) {
      expect(text, key).not.toMatch(/[网络权训层输连动图写读开关进应]/u);
    }
    for (const [key, text] of Object.entries({ ...zhTW.problem, ...zhTW.fix })) {
      const prose = text.replace(/\[.*?\]/g, '');
      expect(prose, key).toMatch(/\p{Script=Han}/u);
      expect(prose, key).not.toMatch(/\p{Script=Han}[,.;:?!]|[,;?!]\p{Script=Han}/u);
    }
  });

  it('of problems end as sentences do', () => {
    for (const [key, text] of Object.entries(en.problem)) expect(text, key).toMatch(/(\.|\}\})$/);
    for (const [key, text] of Object.entries(zhTW.problem)) expect(text, key).toMatch(/(。|\}\})$/);
  });
});

describe('problems and fixes', () => {
  const sources = import.meta.glob<string>(
    ['../../{shared,main,renderer}/**/*.{ts,tsx}', '!**/*.test.*', '!**/node_modules/**'],
    { query: '?raw', import: 'default', eager: true },
  );
  const code = Object.values(sources).join('\n');

  it.each([...Object.keys(en.problem), ...Object.keys(en.fix)])('%s is used somewhere', (key) => {
    expect(code.includes(`'${key}'`)).toBe(true);
  });
});

describe('a sentence with places', () => {
  it('is filled with values, each wherever it stands', () => {
    expect(format('{{a}} and {{b}}, {{a}}', { a: 'x', b: 2 })).toBe('x and 2, x');
  });

  it('keeps a place that there is no value for, and takes values as they are', () => {
    expect(format('{{a}} {{c}}', { a: '{{b}} $& $1', b: 'no' })).toBe('{{b}} $& $1 {{c}}');
  });
});
