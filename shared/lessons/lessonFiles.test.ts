import { strToU8, zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';

import { serializeDocument, emptyDocument } from '../document.ts';
import { folderOf, unzipLesson, zipLesson } from './lessonFiles.ts';
import { parseLesson } from './parseLesson.ts';

const header = '---\ntitle: Mine\nsummary: Short.\nprojects: net.convas\n---\n';
const text = (body: string) => `${header}\n${body}\n`;
const bytes = (content: string) => new Uint8Array(strToU8(content));

/** A lesson of these files, as they come out of an archive. */
function lesson(body: string, more: Readonly<Record<string, string>> = {}) {
  const files = { 'lesson.en.md': text(body), 'net.convas': serializeDocument(emptyDocument()), ...more };
  return parseLesson(
    folderOf(
      'mine',
      Object.entries(files).map(([name, content]) => ({ name, bytes: bytes(content) })),
    ),
  );
}

const told = (read: ReturnType<typeof lesson>) =>
  read.ok ? [] : read.problems.map(({ message }) => message);

describe('a zip archive of a lesson', () => {
  it('comes back as the folder that it was made of', () => {
    const read = lesson('![A digit](digit.png)', { 'digit.png': 'bytes of a picture' });
    if (!read.ok) throw new Error(told(read).join());
    const files = unzipLesson('mine.zip', zipLesson(read.value.folder));
    if (!files.ok) throw new Error('not unpacked');
    expect(folderOf('mine', files.value)).toEqual(read.value.folder);
  });

  it.each([
    ['no archive at all', strToU8('---\ntitle: Mine')],
    ['an archive without a lesson', zipSync({ 'virus.exe': strToU8('x') })],
    ['an archive of too much', zipSync({ 'a.png': new Uint8Array(9 * 2 ** 20) })],
    ['nothing', new Uint8Array()],
  ])('is refused where it is %s', (_what, archive) => {
    const read = unzipLesson('mine.zip', archive);
    expect(read.ok || read.problems.map(({ code }) => code)).toEqual(['lesson-zip']);
  });

  it('is read without what systems put beside files', () => {
    const archive = zipSync({ '__MACOSX/._lesson.en.md': strToU8('x'), 'a/lesson.en.md': strToU8('y') });
    const read = unzipLesson('mine.zip', archive);
    expect(read.ok && read.value.map(({ name }) => name)).toEqual(['lesson.en.md']);
  });
});

describe('what a lesson mentions and does not have', () => {
  it.each([
    [
      'a layer of a number',
      'Here is {{shape conv2d_9}}.',
      'lesson.en.md, line 7: net.convas has no layer conv2d_9.',
    ],
    [
      'a layer of a link',
      '\n[Look](convas:layer/dense_1)',
      'lesson.en.md, line 8: net.convas has no layer dense_1.',
    ],
    [
      'another project',
      '[Look](convas:project/other)',
      'lesson.en.md, line 7: there is no other.convas in the folder.',
    ],
    [
      'a layer of another project',
      '{{shape other/dense_1}}',
      'lesson.en.md, line 7: there is no other.convas in the folder.',
    ],
    ['a picture', '![A digit](digit.png)', 'lesson.en.md, line 7: there is no digit.png in the folder.'],
    [
      'a layer of an exercise',
      '```exercise\nid: a\nkind: shape\nquestion: Which?\nlayer: conv2d_9\n```',
      'lesson.en.md, line 7: net.convas has no layer conv2d_9.',
    ],
    [
      'a layer to step through',
      '```stepper\nlayer: conv2d_9\n```',
      'lesson.en.md, line 7: net.convas has no layer conv2d_9.',
    ],
  ])('is said with its line: %s', (_what, body, message) => {
    expect(told(lesson(body))).toEqual([message]);
  });

  it('is said once for a line, and not of what is to be built or counted', () => {
    expect(told(lesson('{{shape a1}} is {{shape a1}}.'))).toHaveLength(1);
    const goal =
      '```exercise\nid: a\nkind: build\nquestion: Build.\ngoal: shape conv2d_9 = 4×4×1 | Built.\n```';
    expect(told(lesson(`${goal}\n\n{{count Conv2D}}`))).toEqual([]);
  });
});
