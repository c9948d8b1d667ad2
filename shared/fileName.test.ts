import { describe, expect, it } from 'vitest';

import { fileNameOf } from './fileName.ts';

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
