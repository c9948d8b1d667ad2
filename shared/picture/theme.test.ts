import { readFileSync } from 'node:fs';

import { describe, expect, it } from 'vitest';

import { mix, themes, tint, type PictureTheme } from './theme.ts';

const css = readFileSync(new URL('../../renderer/ui/tokens.css', import.meta.url), 'utf8');
const [light = '', dark = ''] = css.split("[data-mantine-color-scheme='dark']");

/** The colours of a theme under the names that the screen has for them. */
function named({ axes, categories, ...theme }: PictureTheme): readonly (readonly [string, string | null])[] {
  return [
    ['paper', theme.paper],
    ['surface', theme.surface],
    ['surface-sunken', theme.sunken],
    ['ink', theme.ink],
    ['ink-soft', theme.inkSoft],
    ['line', theme.line],
    ['line-strong', theme.lineStrong],
    ['error', theme.error],
    ['warning-mark', theme.warning],
    // A sequence has steps where a volume has depth.
    ...Object.entries(axes).map(
      ([axis, colour]) => [`axis-${axis === 'steps' ? 'depth' : axis}`, colour] as const,
    ),
    ...Object.entries(categories).map(([category, colour]) => [`category-${category}`, colour] as const),
  ];
}

describe('the colours of pictures', () => {
  it.each([
    ['light', light, themes.light],
    ['dark', dark, themes.dark],
  ] as const)('are those of the screen, %s', (_name, tokens, theme) => {
    for (const [name, colour] of named(theme))
      expect(tokens, name).toContain(`--${name}: ${String(colour)};`);
  });

  it('are black and white in print, without a background', () => {
    expect(themes.print.paper).toBeNull();
    for (const [name, colour] of named(themes.print).slice(1))
      expect(['#000000', '#ffffff'], name).toContain(colour);
    expect(tint(themes.print, 'dense', 0.5)).toBe('#ffffff');
  });

  it('mix in the share that is asked for', () => {
    expect(mix('#ff0000', '#0000ff', 1)).toBe('#ff0000');
    expect(mix('#ff0000', '#0000ff', 0)).toBe('#0000ff');
    expect(mix('#ff0080', '#0000ff', 0.5)).toBe('#8000c0');
  });
});
