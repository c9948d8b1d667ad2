import { afterEach, describe, expect, it } from 'vitest';

import { errorText, newErrorId, recordErrorsWith } from './errorLog.ts';
import { unexpected } from './problem.ts';

afterEach(() => {
  recordErrorsWith(newErrorId);
});

describe('an error that nobody foresaw', () => {
  it('is written once, and its id stands in the problem', () => {
    const written: unknown[] = [];
    recordErrorsWith((error) => {
      written.push(error);
      return 'abcd1234';
    });
    const error = new Error('reshape');
    expect(unexpected(error).message).toContain('reshape');
    expect(unexpected(error).message).toContain('abcd1234');
    expect(written).toEqual([error, error]);
  });

  it('keeps the id that another process gave it', () => {
    recordErrorsWith(() => {
      throw new Error('written twice');
    });
    expect(unexpected(new Error('reshape'), 'abcd1234').message).toContain('abcd1234');
  });
});

describe('what the log says of it', () => {
  it('is its id, its message and where it was thrown', () => {
    const text = errorText(new TypeError('no tensor'), 'abcd1234');
    expect(text).toMatch(/^\[abcd1234\] TypeError: no tensor\n\s+at /);
    expect(text).toContain('errorLog.test');
  });

  it('has nothing of a project that a parser quotes', () => {
    const project = JSON.stringify({ name: 'My secret network', nodes: [{ id: 'secret_layer' }] });
    for (const broken of [project.slice(0, -2), `${project}x`, project.replace(':', ';')]) {
      let thrown: unknown;
      try {
        JSON.parse(broken);
      } catch (error) {
        thrown = error;
      }
      expect(errorText(thrown, 'id')).toContain('SyntaxError');
      expect(errorText(thrown, 'id')).not.toMatch(/secret/);
    }
  });

  it('is bounded', () => {
    expect(errorText(new Error('x'.repeat(1e6)), 'id').length).toBeLessThan(8000);
  });

  it('is told of anything that can be thrown', () => {
    for (const thrown of [undefined, null, 'text', 7, { code: 1 }])
      expect(errorText(thrown, 'id')).toContain('[id]');
  });
});
