import { grouped } from '../ui/numbers.ts';

export { sizeText } from '../ui/numbers.ts';

const thinSpace = '\u202f';

/** A loss in three digits that count: `2.30`, `0.0712`, `1.2e+5`. */
export function lossText(loss: number): string {
  if (!Number.isFinite(loss)) return String(loss);
  if (loss === 0) return '0';
  return loss >= 10_000 || loss < 0.0001 ? loss.toExponential(1) : trimmed(loss);
}

function trimmed(loss: number): string {
  return loss >= 100 ? loss.toFixed(0) : loss.toPrecision(3);
}

/** An accuracy of 0 to 1 as `98.9 %`. */
export function accuracyText(accuracy: number, digits = 1): string {
  return `${(accuracy * 100).toFixed(digits)}${thinSpace}%`;
}

export function speedText(perSecond: number): string {
  return grouped(Math.round(perSecond));
}

/** The difference of two numbers that ought to be one: `0`, `6.0e-8`. */
export function differenceText(difference: number): string {
  return difference === 0 ? '0' : difference.toExponential(1);
}
