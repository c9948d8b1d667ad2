/** How many rows of `[examples, classes]` have their largest number at the labelled class. */
export function countCorrect(predictions: ArrayLike<number>, labels: Uint8Array, classes: number): number {
  let correct = 0;
  labels.forEach((label, row) => {
    const start = row * classes;
    let best = 0;
    for (let at = 1; at < classes; at += 1) {
      if ((predictions[start + at] ?? 0) > (predictions[start + best] ?? 0)) best = at;
    }
    if (best === label) correct += 1;
  });
  return correct;
}

/** Means of loss and accuracy over examples, batch by batch. */
export interface Mean {
  add(examples: number, loss: number, correct: number): void;
  readonly loss: number;
  readonly accuracy: number;
  readonly examples: number;
}

export function createMean(): Mean {
  let [examples, loss, correct] = [0, 0, 0];
  return {
    add(moreExamples, meanLoss, moreCorrect) {
      examples += moreExamples;
      loss += meanLoss * moreExamples;
      correct += moreCorrect;
    },
    get loss() {
      return loss / examples;
    },
    get accuracy() {
      return correct / examples;
    },
    get examples() {
      return examples;
    },
  };
}
