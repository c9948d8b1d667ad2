import { describe, expect, it } from 'vitest';

import { npyHeader, permuteAxes } from './npy.ts';

describe('the header of a .npy file', () => {
  it('says type and shape, and ends where the numbers may begin', () => {
    const header = npyHeader('<f4', [3, 5]);
    expect(header.length % 64).toBe(0);
    const text = String.fromCharCode(...header.subarray(10));
    expect(text).toMatch(/^\{'descr': '<f4', 'fortran_order': False, 'shape': \(3, 5\), \} *\n$/);
    expect(String.fromCharCode(...npyHeader('<i8', []))).toContain("'shape': ()");
    expect(String.fromCharCode(...npyHeader('<f4', [7]))).toContain("'shape': (7,)");
  });
});

describe('permuteAxes', () => {
  it('transposes a matrix', () => {
    const values = Float32Array.from([1, 2, 3, 4, 5, 6]);
    expect([...permuteAxes(values, [2, 3], [1, 0])]).toEqual([1, 4, 2, 5, 3, 6]);
  });

  it('puts each number where its axes say', () => {
    const shape = [2, 3, 4, 5];
    const values = Float32Array.from({ length: 120 }, (_, index) => index);
    const turned = permuteAxes(values, shape, [3, 2, 0, 1]);
    for (const [a, b, c, d] of [
      [0, 0, 0, 0],
      [1, 2, 3, 4],
      [1, 0, 2, 3],
    ] as const) {
      const from = ((a * 3 + b) * 4 + c) * 5 + d;
      expect(turned[((d * 4 + c) * 2 + a) * 3 + b]).toBe(from);
    }
  });
});
