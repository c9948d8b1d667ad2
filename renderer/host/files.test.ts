import { describe, expect, it } from 'vitest';

import { readFile } from './files.ts';

describe('a file that was picked or dropped', () => {
  it('is read with its name', async () => {
    expect(await readFile(new File(['text'], 'mine.convas'))).toEqual({
      ok: true,
      value: { fileName: 'mine.convas', text: 'text', fileToken: null },
    });
  });

  it('is refused unread when it is too large', async () => {
    const file = new File([], 'huge.convas');
    Object.defineProperty(file, 'size', { value: 33 * 2 ** 20 });
    file.arrayBuffer = () => Promise.reject(new Error('It was read.'));
    expect(await readFile(file)).toMatchObject({ problems: [{ code: 'file-too-large' }] });
  });

  it('is refused with a sentence when it cannot be read, as a folder cannot', async () => {
    const unreadable = () => Promise.reject(new Error('it is a folder'));
    const folder = new File([], 'folder');
    folder.slice = () => Object.assign(new Blob(), { arrayBuffer: unreadable });
    expect(await readFile(folder)).toMatchObject({ problems: [{ code: 'unreadable-file' }] });
    const goneMeanwhile = new File(['{}'], 'a.convas');
    goneMeanwhile.arrayBuffer = unreadable;
    expect(await readFile(goneMeanwhile)).toMatchObject({ problems: [{ code: 'unreadable-file' }] });
  });
});
