import { describe, expect, test } from 'vitest';
import { satisfies } from './node-version.mjs';

describe('satisfies', () => {
  const range = '^20.19.0 || >=22.12.0';

  test.each(['20.19.0', '20.20.2', '22.12.0', '22.13.1', '24.0.0', '26.1.0-nightly'])(
    'admits %s',
    (version) => {
      expect(satisfies(version, range)).toBe(true);
    },
  );

  test.each(['8.17.0', '18.20.0', '20.18.3', '21.7.0', '22.11.9'])('refuses %s', (version) => {
    expect(satisfies(version, range)).toBe(false);
  });
});
