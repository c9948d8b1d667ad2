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
    file.text = () => Promise.reject(new Error('It was read.'));
    expect(await readFile(file)).toMatchObject({ problems: [{ code: 'file-too-large' }] });
  });
});
