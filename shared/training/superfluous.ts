/**
 * Which of numbers (epochs, steps) are to go so that so many remain: every second one, from the largest backward, until
 * they are few enough; the smallest and the largest stay.
 */
export function superfluous(numbers: readonly number[], most: number): readonly number[] {
  let kept = [...numbers].sort((a, b) => a - b);
  while (kept.length > Math.max(2, most)) {
    const last = kept.length - 1;
    kept = kept.filter((_, at) => at === 0 || (last - at) % 2 === 0);
  }
  return numbers.filter((one) => !kept.includes(one));
}
