/** What a classifier gave for pictures whose classes are known. */
export interface Answers {
  readonly classes: readonly string[];
  /** `[pictures, classes]`, row by row. */
  readonly probabilities: Float32Array;
  /** One class index a picture. */
  readonly labels: readonly number[];
}

/** One picture's answer: the class with the largest probability, the first of equal ones. */
export interface Answer {
  readonly index: number;
  readonly label: number;
  readonly predicted: number;
  readonly probability: number;
}

export interface ClassResult {
  readonly name: string;
  /** Pictures of the class, and pictures that were taken for it. */
  readonly examples: number;
  readonly predicted: number;
  readonly correct: number;
  /** Of those taken for the class, how many are of it, 0 to 1; null where none was. */
  readonly precision: number | null;
  /** Of those of the class, how many were found, 0 to 1; null where there are none. */
  readonly recall: number | null;
  /** Harmonic mean of both; null where one is missing or both are nothing. */
  readonly f1: number | null;
}

export interface CalibrationBin {
  /** Probabilities from here (included) to `to` (excluded, but for the last). */
  readonly from: number;
  readonly to: number;
  readonly examples: number;
  /** Mean probability and share of right answers, 0 to 1; null where there are none. */
  readonly confidence: number | null;
  readonly accuracy: number | null;
}

/** Each picture's answer, in order. */
export function answersOf({ classes, probabilities, labels }: Answers): readonly Answer[] {
  return labels.map((label, index) => {
    const row = probabilities.subarray(index * classes.length, (index + 1) * classes.length);
    let predicted = 0;
    row.forEach((probability, at) => {
      if (probability > (row[predicted] ?? -Infinity)) predicted = at;
    });
    return { index, label, predicted, probability: row[predicted] ?? NaN };
  });
}

/** The largest difference of any two numbers at the same place; of arrays of different lengths, or with NaN in one, Infinity. */
export function largestDifference(a: Float32Array, b: Float32Array): number {
  if (a.length !== b.length) return Infinity;
  let largest = 0;
  a.forEach((value, at) => {
    const difference = Math.abs(value - (b[at] ?? NaN));
    largest = Number.isNaN(difference) ? Infinity : Math.max(largest, difference);
  });
  return largest;
}

/** How many pictures of each class (row) were taken for which (column). */
export function confusionOf(answers: readonly Answer[], classes: number): readonly (readonly number[])[] {
  const counts = Array.from({ length: classes }, () => new Array<number>(classes).fill(0));
  for (const { label, predicted } of answers) {
    const row = counts[label];
    if (row !== undefined) row[predicted] = (row[predicted] ?? 0) + 1;
  }
  return counts;
}

/** Precision, recall and F1 of each class. */
export function classResultsOf(
  confusion: readonly (readonly number[])[],
  names: readonly string[],
): readonly ClassResult[] {
  return confusion.map((row, index) => {
    const examples = sum(row);
    const predicted = sum(confusion.map((one) => one[index] ?? 0));
    const correct = row[index] ?? 0;
    const precision = predicted === 0 ? null : correct / predicted;
    const recall = examples === 0 ? null : correct / examples;
    const isMissing = precision === null || recall === null || precision + recall === 0;
    const f1 = isMissing ? null : (2 * precision * recall) / (precision + recall);
    return { name: names[index] ?? '', examples, predicted, correct, precision, recall, f1 };
  });
}

/** Share of right answers, 0 to 1. */
export function accuracyOf(answers: readonly Answer[]): number {
  return answers.filter(({ label, predicted }) => label === predicted).length / answers.length;
}

/** Wrong answers, the most confident first. */
export function mistakesOf(answers: readonly Answer[]): readonly Answer[] {
  return answers
    .filter(({ label, predicted }) => label !== predicted)
    .sort((a, b) => b.probability - a.probability || a.index - b.index);
}

/**
 * Whether probabilities hold what they say: answers in bins of equal width by their probability. Source: Guo et al., "On
 * Calibration of Modern Neural Networks", ICML 2017, section 2.
 */
export function calibrationOf(answers: readonly Answer[], bins = 10): readonly CalibrationBin[] {
  return Array.from({ length: bins }, (_, bin) => {
    const within = answers.filter(
      ({ probability }) => Math.min(bins - 1, Math.floor(probability * bins)) === bin,
    );
    const examples = within.length;
    const confidence = examples === 0 ? null : sum(within.map(({ probability }) => probability)) / examples;
    return {
      from: bin / bins,
      to: (bin + 1) / bins,
      examples,
      confidence,
      accuracy: examples === 0 ? null : accuracyOf(within),
    };
  });
}

/** Expected calibration error: mean of |accuracy − confidence|, weighed by the bins' examples (Guo et al., equation 3). */
export function calibrationErrorOf(bins: readonly CalibrationBin[]): number {
  const all = sum(bins.map(({ examples }) => examples));
  return sum(
    bins.map(({ examples, accuracy, confidence }) =>
      accuracy === null || confidence === null ? 0 : (examples / all) * Math.abs(accuracy - confidence),
    ),
  );
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
