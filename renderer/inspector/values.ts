/** A parameter's value as people read it: `3 × 3`, `1, 1 · 2, 2`, `true`. */
export function valueText(value: unknown): string {
  if (!Array.isArray(value)) return typeof value === 'string' ? value : JSON.stringify(value);
  const nested = value.some((item) => Array.isArray(item));
  return nested
    ? value.map((item: unknown) => String(item).replace(',', ', ')).join(' · ')
    : value.join(' × ');
}

/** Values of parameters are plain data. */
export function sameValue(a: unknown, b: unknown): boolean {
  return a === b || JSON.stringify(a) === JSON.stringify(b);
}
