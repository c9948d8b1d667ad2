const thinSpace = '\u202f';

/** A whole number with thin spaces between thousands: `61 706`. They do not break lines. */
export function grouped(value: number): string {
  return String(value).replace(/\B(?=(\d{3})+$)/g, thinSpace);
}

const units = [
  [1e15, 'P'],
  [1e12, 'T'],
  [1e9, 'G'],
  [1e6, 'M'],
  [1e3, 'k'],
] as const;

/** A number in at most three digits and its SI prefix: `156`, `118 k`, `62.4 M`. */
export function short(value: number): string {
  // 999 500 reads as 1 M, not as 1 000 k.
  const unit = units.find(([size]) => value >= size * 0.9995);
  if (unit === undefined) return String(value);
  const scaled = value / unit[0];
  const digits = scaled >= 99.95 ? 0 : scaled >= 9.995 ? 1 : 2;
  return `${String(Number(scaled.toFixed(digits)))}${thinSpace}${unit[1]}`;
}

/** A share of a whole, in percent: `38 %`, `<1 %`. */
export function percent(share: number): string {
  const value = share * 100;
  const text = value > 0 && value < 1 ? '<1' : String(Math.round(value));
  return `${text}${thinSpace}%`;
}

/** A file's size: `5.4 kB`, `242 kB`, `2.1 MB`. */
export function sizeText(bytes: number): string {
  const units = ['B', 'kB', 'MB', 'GB'];
  let value = bytes;
  let unit = 0;
  while (value >= 999.5 && unit < units.length - 1) {
    value /= 1000;
    unit += 1;
  }
  const digits = unit > 0 && value < 9.95 ? 1 : 0;
  return `${value.toFixed(digits)}${thinSpace}${units[unit] ?? ''}`;
}
