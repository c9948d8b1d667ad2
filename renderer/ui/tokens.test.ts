import { readFile } from 'node:fs/promises';

import { describe, expect, it } from 'vitest';

// Style sheets that are imported are empty in tests.
const tokens = await readFile(new URL('tokens.css', import.meta.url), 'utf8');

type Colour = readonly [red: number, green: number, blue: number];

/** The colours of a theme: those of dark stand in a block of their own, and take the place of light ones. */
function coloursOf(theme: 'light' | 'dark'): ReadonlyMap<string, Colour> {
  const blocks = [...tokens.matchAll(/(:root[^{]*)\{([^}]*)\}/g)];
  const wanted = blocks.filter(([, selector = '']) => theme === 'dark' || !selector.includes('dark'));
  return new Map(
    wanted.flatMap(([, , body = '']) =>
      [...body.matchAll(/--([\w-]+):\s*#([0-9a-f]{6});/g)].map(
        ([, name = '', hex = '']) => [name, read(hex)] as const,
      ),
    ),
  );
}

function read(hex: string): Colour {
  const part = (at: number) => Number.parseInt(hex.slice(at, at + 2), 16) / 255;
  return [part(0), part(2), part(4)];
}

const linear = (part: number) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4);

/** Relative luminance, WCAG 2.2. */
function luminance([red, green, blue]: Colour): number {
  return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue);
}

/** Contrast ratio, WCAG 2.2. */
function contrast(a: Colour, b: Colour): number {
  const [dark = 0, light = 0] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (light + 0.05) / (dark + 0.05);
}

/** What those see who lack one kind of cones, in linear light. Source: Machado, Oliveira and Fernandes 2009, severity 1. */
const deficiencies = {
  protanopia: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deuteranopia: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  tritanopia: [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
} as const;

function seenWith(kind: keyof typeof deficiencies, colour: Colour): Colour {
  const light = colour.map(linear);
  const [red, green, blue] = deficiencies[kind].map((row) =>
    row.reduce((sum, weight, at) => sum + weight * (light[at] ?? 0), 0),
  );
  return [red ?? 0, green ?? 0, blue ?? 0];
}

/** Distance in linear light: small where two colours look alike. */
function distance(a: Colour, b: Colour): number {
  return Math.hypot(...a.map((part, at) => part - (b[at] ?? 0)));
}

const texts = ['ink', 'ink-soft', 'accent-strong', 'error', 'warning', 'success'];
const axes = ['axis-height', 'axis-width', 'axis-channels'];
const marks = ['line-strong', 'accent', 'warning-mark', 'series-1', 'series-2', 'series-3'];
const grounds = ['paper', 'surface'];

it('nothing is set twice for one theme', () => {
  for (const [, selector, body = ''] of tokens.matchAll(/(:root[^{]*)\{([^}]*)\}/g)) {
    const names = [...body.matchAll(/(--[\w-]+):/g)].map(([, name]) => name);
    expect(new Set(names).size, selector).toBe(names.length);
  }
});

describe.each(['light', 'dark'] as const)('the colours of the %s theme', (theme) => {
  const colours = coloursOf(theme);
  const colour = (name: string): Colour => {
    const found = colours.get(name);
    if (found === undefined) throw new Error(`There is no --${name}.`);
    return found;
  };
  const categories = [...colours.keys()].filter((name) => name.startsWith('category-'));

  it.each([...texts, ...axes, ...categories])('%s can be read as text: 4.5 to 1', (name) => {
    for (const ground of grounds)
      expect(contrast(colour(name), colour(ground)), ground).toBeGreaterThanOrEqual(4.5);
  });

  it.each(['error', 'warning', 'accent'])('text stands out from the soft ground of %s: 4.5 to 1', (name) => {
    expect(contrast(colour('ink'), colour(`${name}-soft`))).toBeGreaterThanOrEqual(4.5);
  });

  it.each(marks)('%s stands out as a mark: 3 to 1', (name) => {
    for (const ground of grounds)
      expect(contrast(colour(name), colour(ground)), ground).toBeGreaterThanOrEqual(3);
  });

  it.each(Object.keys(deficiencies) as (keyof typeof deficiencies)[])(
    'the axes of a shape are told apart with %s',
    (kind) => {
      const seen = axes.map((name) => seenWith(kind, colour(name)));
      for (const [at, one] of seen.entries())
        for (const other of seen.slice(at + 1)) expect(distance(one, other)).toBeGreaterThan(0.08);
    },
  );
});
