import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { parseIdxImages, parseIdxLabels } from './idx.ts';

function file(words: readonly number[], data: readonly number[] = []): Uint8Array {
  const bytes = new Uint8Array(4 * words.length + data.length);
  const view = new DataView(bytes.buffer);
  words.forEach((word, at) => {
    view.setUint32(4 * at, word);
  });
  bytes.set(data, 4 * words.length);
  return bytes;
}

describe('an IDX file of pictures', () => {
  it('is read without copying its pixels', () => {
    const bytes = file([0x803, 2, 2, 3], [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
    const read = parseIdxImages(bytes, 'pictures');
    expect(read).toMatchObject({ ok: true, value: { count: 2, height: 2, width: 3 } });
    expect(read.ok && read.value.pixels.buffer).toBe(bytes.buffer);
  });

  it.each([
    ['more pictures than there are', file([0x803, 3, 2, 2], Array(8).fill(0))],
    ['fewer pictures than there are', file([0x803, 1, 2, 2], Array(8).fill(0))],
    ['sizes whose product overflows', file([0x803, 0xffffffff, 0xffffffff, 0xffffffff], [0])],
    ['no pictures', file([0x803, 0, 28, 28])],
    ['another magic number', file([0x801, 1, 2, 2], Array(4).fill(0))],
  ])('whose header says %s is refused', (_what, bytes) => {
    expect(parseIdxImages(bytes, 'pictures')).toMatchObject({
      ok: false,
      problems: [{ code: 'dataset-unreadable' }],
    });
  });

  it('made of any bytes is read or refused, never thrown at', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 64 }), (bytes) => {
        const read = parseIdxImages(bytes, 'any');
        if (read.ok)
          expect(read.value.pixels.length).toBe(read.value.count * read.value.height * read.value.width);
        else expect(read.problems[0]?.message).toContain('any');
      }),
    );
  });
});

describe('an IDX file of labels', () => {
  it('gives its labels', () => {
    const read = parseIdxLabels(file([0x801, 3], [7, 2, 1]), 'labels', 10);
    expect(read.ok && [...read.value]).toEqual([7, 2, 1]);
  });

  it('with a label that is no class is refused by number', () => {
    const read = parseIdxLabels(file([0x801, 3], [7, 2, 10]), 'labels', 10);
    expect(read.ok ? '' : read.problems[0]?.message).toContain('label 2 is 10');
  });
});
