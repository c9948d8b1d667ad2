import { describe, expect, it } from 'vitest';

import {
  accuracyOf,
  answersOf,
  calibrationErrorOf,
  calibrationOf,
  classResultsOf,
  confusionOf,
  largestDifference,
  mistakesOf,
} from './results.ts';

const classes = ['cat', 'dog', 'bird'];
/** Two cats, of which one is taken for a dog; two dogs, both right; no bird. */
const answers = answersOf({
  classes,
  probabilities: Float32Array.of(0.75, 0.25, 0, 0.125, 0.875, 0, 0.25, 0.5, 0.25, 0, 1, 0),
  labels: [0, 0, 1, 1],
});

describe('results', () => {
  it('take the largest probability for the answer', () => {
    expect(answers.map(({ predicted, probability }) => [predicted, probability])).toEqual([
      [0, 0.75],
      [1, 0.875],
      [1, 0.5],
      [1, 1],
    ]);
    expect(accuracyOf(answers)).toBe(0.75);
  });

  it('count which class was taken for which', () => {
    expect(confusionOf(answers, 3)).toEqual([
      [1, 1, 0],
      [0, 2, 0],
      [0, 0, 0],
    ]);
  });

  it('give precision, recall and F1 of each class, and none where nothing is to be divided by', () => {
    expect(classResultsOf(confusionOf(answers, 3), classes)).toEqual([
      { name: 'cat', examples: 2, predicted: 1, correct: 1, precision: 1, recall: 0.5, f1: 2 / 3 },
      { name: 'dog', examples: 2, predicted: 3, correct: 2, precision: 2 / 3, recall: 1, f1: 0.8 },
      { name: 'bird', examples: 0, predicted: 0, correct: 0, precision: null, recall: null, f1: null },
    ]);
  });

  it('put the most confident mistakes first', () => {
    expect(mistakesOf(answers).map(({ index }) => index)).toEqual([1]);
  });

  it('compare what probabilities say with what comes true', () => {
    const bins = calibrationOf(answers, 4);
    expect(bins.map(({ examples }) => examples)).toEqual([0, 0, 1, 3]);
    // In the last bin: confidences 0.75, 0.875 and 1; two of three are right.
    expect(bins[3]).toMatchObject({ confidence: 0.875, accuracy: 2 / 3 });
    expect(calibrationErrorOf(bins)).toBeCloseTo(0.25 * 0.5 + 0.75 * (0.875 - 2 / 3), 10);
  });
});

describe('the largest difference of two answers', () => {
  it('is that of any two numbers at the same place, and infinite where they cannot be compared', () => {
    expect(largestDifference(Float32Array.of(1, 2, 3), Float32Array.of(1, 2.5, 2))).toBe(1);
    expect(largestDifference(Float32Array.of(1), Float32Array.of(1, 2))).toBe(Infinity);
    expect(largestDifference(Float32Array.of(NaN, 1), Float32Array.of(1, 1))).toBe(Infinity);
  });
});
