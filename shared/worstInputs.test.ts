import { deflateSync, strToU8, zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';

import { layerSpec } from './layers/index.ts';
import { unzipLesson } from './lessons/lessonFiles.ts';
import { readMarkdown } from './lessons/markdown.ts';
import { parseLesson } from './lessons/parseLesson.ts';

/** Milliseconds in which each reader answers the worst that we know, on a busy machine; without a budget each takes minutes. */
const soon = 10_000;

function timed<T>(work: () => T): T {
  const startedAt = performance.now();
  const result = work();
  expect(performance.now() - startedAt).toBeLessThan(soon);
  return result;
}

/** An archive of one entry whose headers say that it holds 1 KiB. */
function lyingArchive(content: Uint8Array): Uint8Array {
  const archive = zipSync({ 'lesson.en.md': content }, { level: 6 });
  const view = new DataView(archive.buffer, archive.byteOffset);
  for (let at = 0; at + 4 <= archive.length; at += 1) {
    const signature = view.getUint32(at, true);
    if (signature === 0x04034b50) view.setUint32(at + 22, 1024, true);
    if (signature === 0x02014b50) view.setUint32(at + 24, 1024, true);
  }
  return archive;
}

describe('a reader that is given the worst that we know', () => {
  const texts: Readonly<Record<string, string>> = {
    'stars that open and never close': '*a **a'.repeat(33_000),
    'lines of stars': `${'*a **a'.repeat(1000)}\n`.repeat(33),
    'lines of underscores': `${'_a __a'.repeat(1000)}\n`.repeat(33),
    'lines of tildes': `${'~a ~~a'.repeat(1000)}\n`.repeat(33),
    'braces that stay open': `${'{{'.repeat(3900)}\n`.repeat(25),
    brackets: `${'['.repeat(7000)}\n`.repeat(28),
    'images in images': `${'![a]('.repeat(1500)}\n`.repeat(26),
    backslashes: `${'\\\\'.repeat(3900)}\n`.repeat(25),
    'a table of thousands of columns': `${'|a'.repeat(3900)}\n${'|-'.repeat(3900)}\n`.repeat(12),
    'quotations in each other': `${'> '.repeat(3900)}\n`.repeat(25),
    'lists in each other': Array.from({ length: 600 }, (_, depth) => `${' '.repeat(2 * depth)}- a`).join(
      '\n',
    ),
  };
  it.each(Object.entries(texts))('answers to a lesson’s text of %s', (_what, text) => {
    const read = timed(() => readMarkdown(text, { file: 'lesson.en.md', line: 1 }));
    if (!read.ok) expect(['lesson-too-hard', 'lesson-nested']).toContain(read.problems[0]?.code);
  });

  it('answers to a lesson’s header of tens of thousands of lines', () => {
    const text = `---\n${'a:\n'.repeat(60_000)}---\n`;
    const read = timed(() =>
      parseLesson({ id: 'x', texts: new Map([['lesson.en.md', text]]), pictures: new Map() }),
    );
    expect(read.ok).toBe(false);
  });

  it('answers to an archive that holds far more than it says', () => {
    const archive = lyingArchive(new Uint8Array(60 * 2 ** 20));
    expect(archive.length).toBeLessThan(2 ** 20);
    const read = timed(() => unzipLesson('mine.zip', archive));
    expect(read.ok || read.problems[0]?.code).toBe('lesson-zip');
  });

  it('answers to an archive whose entries lie in one another', () => {
    const bomb = deflateSync(new Uint8Array(7 * 2 ** 20), { level: 6 });
    const archive = zipSync(
      Object.fromEntries(
        Array.from({ length: 200 }, (_, index) => [`${String(index)}.png`, [bomb, { level: 0 as const }]]),
      ),
    );
    // Every entry of the directory leads to the first one, and takes all that follows for its own.
    const view = new DataView(archive.buffer, archive.byteOffset);
    for (let at = 0; at + 4 <= archive.length; at += 1) {
      if (view.getUint32(at, true) !== 0x02014b50) continue;
      view.setUint32(at + 42, 0, true);
      view.setUint32(at + 20, Math.min(archive.length, 2 ** 20), true);
      view.setUint16(at + 10, 8, true);
    }
    timed(() => unzipLesson('mine.zip', archive));
  });

  it('says in a few thousand steps what is wrong with a Reshape of a huge side', () => {
    const spec = layerSpec('Reshape');
    for (const targetShape of [
      [-1, 8, 211_214_850],
      [-1, 7, 268_435_399],
      [268_435_399, -1, 268_435_399, 3],
    ]) {
      const result = timed(() => spec.outputShape({ targetShape }, [[4096, 4096, 64]]));
      expect(result.ok).toBe(false);
    }
    const result = spec.outputShape({ targetShape: [-1, 30] }, [[28, 28]]);
    expect(!result.ok && result.objection.fixes?.[0]?.values).toMatchObject({ value: '−1 × 28' });
  });

  it('still opens an ordinary archive', () => {
    const read = unzipLesson('mine.zip', zipSync({ 'a/lesson.en.md': strToU8('x') }));
    expect(read.ok && read.value.map(({ name }) => name)).toEqual(['lesson.en.md']);
  });
});
