import { describe, expect, it } from 'vitest';

import { accuracyText, differenceText, lossText, sizeText, speedText } from './values.ts';

describe('numbers of a training', () => {
  it.each([
    [2.302585, '2.30'],
    [0.07123, '0.0712'],
    [0.5, '0.500'],
    [0, '0'],
    [123.4, '123'],
    [123_456, '1.2e+5'],
    [0.00001234, '1.2e-5'],
    [NaN, 'NaN'],
  ])('shows a loss of %d in the digits that count', (loss, text) => {
    expect(lossText(loss)).toBe(text);
  });

  it('shows accuracy in percent', () => {
    expect(accuracyText(0.9893)).toBe('98.9\u202f%');
    expect(accuracyText(1, 0)).toBe('100\u202f%');
  });

  it('shows a speed in whole examples', () => {
    expect(speedText(12_345.6)).toBe('12\u202f346');
  });

  it('shows how small a difference is', () => {
    expect(differenceText(0)).toBe('0');
    expect(differenceText(5.96e-8)).toBe('6.0e-8');
  });

  it.each([
    [512, '512\u202fB'],
    [5_482, '5.5\u202fkB'],
    [246_824, '247\u202fkB'],
    [999_600, '1.0\u202fMB'],
    [4_799_528, '4.8\u202fMB'],
  ])('shows %d bytes in the unit that suits them', (bytes, text) => {
    expect(sizeText(bytes)).toBe(text);
  });
});
