/** Attributes of an SVG element; those that are undefined are left out. */
export type Attributes = Readonly<Record<string, string | number | undefined>>;

/**
 * An SVG element as text: attributes and numbers written as XML wants them. `children` are markup.
 *
 * @throws Error where a number is none: a picture with NaN in it is a mistake of the program.
 */
export function element(name: string, attributes: Attributes, ...children: readonly string[]): string {
  const written = Object.entries(attributes)
    .flatMap(([key, value]) => (value === undefined ? [] : ` ${key}="${attributeText(value)}"`))
    .join('');
  return children.length === 0 ? `<${name}${written}/>` : `<${name}${written}>${children.join('')}</${name}>`;
}

/** A text element; its content is escaped. */
export function textElement(content: string, attributes: Attributes): string {
  return element('text', attributes, escapeXml(content));
}

function attributeText(value: string | number): string {
  return typeof value === 'number' ? numeral(value) : escapeXml(value);
}

/** A coordinate in at most two decimals. */
export function numeral(value: number): string {
  if (!Number.isFinite(value)) throw new Error(`${String(value)} is no number to draw with.`);
  return String(Number(value.toFixed(2)));
}

const escapes: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Text as it may stand in XML 1.0: what no XML may hold becomes the replacement character. */
export function escapeXml(text: string): string {
  return text
    .replace(/[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu, '\uFFFD')
    .replace(/[&<>"']/g, (sign) => escapes[sign] ?? sign);
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** Path data of straight lines with rounded corners; neighbouring points must differ in one coordinate alone. */
export function roundedPath(points: readonly Point[], radius: number): string {
  const [start, ...rest] = points;
  if (start === undefined) return '';
  const parts = [`M${pair(start)}`];
  rest.forEach((corner, index) => {
    const [before, after] = [points[index], rest[index + 1]];
    if (before === undefined || after === undefined) {
      parts.push(`L${pair(corner)}`);
      return;
    }
    const most = Math.min(radius, distance(before, corner) / 2, distance(corner, after) / 2);
    parts.push(
      `L${pair(towards(corner, before, most))}Q${pair(corner)} ${pair(towards(corner, after, most))}`,
    );
  });
  return parts.join('');
}

function pair({ x, y }: Point): string {
  return `${numeral(x)} ${numeral(y)}`;
}

function distance(a: Point, b: Point): number {
  return Math.hypot(a.x - b.x, a.y - b.y);
}

function towards(from: Point, to: Point, length: number): Point {
  const whole = distance(from, to);
  if (whole === 0) return from;
  return { x: from.x + ((to.x - from.x) * length) / whole, y: from.y + ((to.y - from.y) * length) / whole };
}

/** The head of an arrow that points to the right and ends at a place. */
export function arrowHead({ x, y }: Point, colour: string): string {
  const place = (dx: number, dy: number) => pair({ x: x + dx, y: y + dy });
  return element('path', { d: `M${place(-8, -4)}L${place(0, 0)}L${place(-8, 4)}Z`, fill: colour });
}
