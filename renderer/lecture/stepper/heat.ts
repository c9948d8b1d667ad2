/** Colours of numbers: blue above 0, orange below, the stronger the further. */
export function heatOf(value: number, scale: number): string {
  const strength = Math.min(1, Math.abs(value) / scale);
  const color = value < 0 ? 'var(--series-2)' : 'var(--series-1)';
  return `color-mix(in srgb, ${color} calc(${strength.toFixed(2)} * var(--heat-most)), transparent)`;
}

type Color = readonly [red: number, green: number, blue: number];

function colorOf(style: CSSStyleDeclaration, name: string): Color {
  const hex = style.getPropertyValue(name).trim();
  const part = (at: number) => Number.parseInt(hex.slice(at, at + 2), 16) || 0;
  return [part(1), part(3), part(5)];
}

/** Draws numbers, a pixel for each, in the colours of the page. */
export function drawPlane(
  canvas: HTMLCanvasElement,
  plane: ArrayLike<number>,
  [rows, columns]: readonly [number, number],
  scale: number,
): void {
  const context = canvas.getContext('2d');
  if (context === null || rows === 0 || columns === 0) return;
  const style = getComputedStyle(canvas);
  const [none, above, below] = [
    colorOf(style, '--surface-sunken'),
    colorOf(style, '--series-1'),
    colorOf(style, '--series-2'),
  ];
  const image = context.createImageData(columns, rows);
  for (let at = 0; at < rows * columns; at += 1) {
    const value = plane[at] ?? 0;
    const strength = Math.min(1, Math.abs(value) / scale);
    const color = value < 0 ? below : above;
    for (let part = 0; part < 3; part += 1)
      image.data[at * 4 + part] = (none[part] ?? 0) * (1 - strength) + (color[part] ?? 0) * strength;
    image.data[at * 4 + 3] = 255;
  }
  context.putImageData(image, 0, 0);
}
