/** Fonts that some of every system has; Chinese ones behind the Latin ones. */
export const fontFamily =
  "Helvetica, Arial, 'Liberation Sans', 'Noto Sans', 'Noto Sans TC', 'Noto Sans CJK TC', 'PingFang TC', 'Microsoft JhengHei', sans-serif";

// Widths in em, after Helvetica's; a little more rather than less.
const widths: readonly (readonly [RegExp, number])[] = [
  [/[\u202f\u2009]/, 0.2],
  [/[ .,:;'|!ijlI()[\]]/, 0.3],
  [/[ftr\-/]/, 0.36],
  [/[mwMW@%⌈⌉]/, 0.9],
  // Chinese fonts draw these wide.
  [/[·×]/, 0.75],
  [/[A-Z&]/, 0.72],
  [/[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\uff00-\uffef\u3000-\u303f]/u, 1],
  [/[\u{1f000}-\u{1ffff}]/u, 1.3],
];

/** About how wide a line of text is, in pixels: there is nothing here to measure it with. */
export function textWidth(text: string, size: number, isBold = false): number {
  let sum = 0;
  for (const character of text) sum += widths.find(([known]) => known.test(character))?.[1] ?? 0.57;
  return sum * size * (isBold ? 1.07 : 1);
}

/** A line of text that fits a width; what is cut off shows as `…`. */
export function fitText(text: string, width: number, size: number, isBold = false): string {
  if (textWidth(text, size, isBold) <= width) return text;
  let kept = '';
  for (const character of text) {
    if (textWidth(`${kept}${character}…`, size, isBold) > width) break;
    kept += character;
  }
  return `${kept.trimEnd()}…`;
}

/** At most `lines` lines, broken at ` · `, the last cut where there is more. */
export function wrapText(text: string, width: number, size: number, lines: number): readonly string[] {
  const done: string[] = [];
  let line = '';
  const parts = text === '' ? [] : text.split(' · ');
  for (const [index, part] of parts.entries()) {
    const longer = line === '' ? part : `${line} · ${part}`;
    if (line === '' || textWidth(longer, size) <= width) {
      line = longer;
      continue;
    }
    if (done.length === lines - 1)
      return [...done, fitText([line, ...parts.slice(index)].join(' · '), width, size)];
    done.push(line);
    line = part;
  }
  return line === '' ? done : [...done, fitText(line, width, size)];
}
