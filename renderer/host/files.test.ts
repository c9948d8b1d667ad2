import { describe, expect, it } from 'vitest';

import { emptyDocument, serializeDocument } from '../../shared/document.ts';
import { fileNameOf, readProject } from './files.ts';

describe('fileNameOf', () => {
  it.each([
    ['LeNet-5', 'LeNet-5'],
    ['卷積網路', '卷積網路'],
    ['../../etc/passwd', 'etc passwd'],
    ['a:b*c?"d"<e>|f\\g/h\u0000i', 'a b c d e f g h i'],
    ['   ', 'network'],
    ['...', 'network'],
    ['x'.repeat(300), 'x'.repeat(80)],
  ])('makes %j a name that every file system takes', (name, expected) => {
    expect(fileNameOf(name)).toBe(expected);
  });
});

describe('readProject', () => {
  it('reads what was saved', async () => {
    const document = emptyDocument('mine');
    const read = await readProject(new File([serializeDocument(document)], 'mine.convas'));
    expect(read).toEqual({ ok: true, value: document });
  });

  it('says what is wrong with a file that is no project', async () => {
    const read = await readProject(new File(['{"a": 1'], 'x.json'));
    expect(read).toMatchObject({ ok: false, problems: [{ code: 'not-json' }] });
  });
});
