import type { Axis } from '../layers/axes.ts';
import type { Category } from '../layers/spec.ts';

export const themeNames = ['light', 'dark', 'print'] as const;
export type ThemeName = (typeof themeNames)[number];

/** Colours of a picture, as `#rrggbb`. */
export interface PictureTheme {
  /** Behind everything; null where nothing is. */
  readonly paper: string | null;
  readonly surface: string;
  readonly sunken: string;
  readonly ink: string;
  readonly inkSoft: string;
  readonly line: string;
  readonly lineStrong: string;
  readonly error: string;
  readonly warning: string;
  readonly axes: Readonly<Record<Axis, string>>;
  readonly categories: Readonly<Record<Category, string>>;
}

const [black, white] = ['#000000', '#ffffff'];

/** Light and dark are those of the screen (renderer/ui/tokens.css); print has black lines and white areas alone. */
export const themes: Readonly<Record<ThemeName, PictureTheme>> = {
  light: {
    paper: '#fbfbf9',
    surface: '#ffffff',
    sunken: '#f3f3ef',
    ink: '#1d1f23',
    inkSoft: '#5b5f66',
    line: '#d9d9d4',
    lineStrong: '#8b8d88',
    error: '#c62f2f',
    warning: '#c77700',
    axes: { depth: '#8a5a00', steps: '#8a5a00', height: '#b3261e', width: '#6b4fbb', channels: '#00696b' },
    categories: {
      input: '#54606e',
      convolution: '#1d62c4',
      pooling: '#00766c',
      dense: '#7440c9',
      sequence: '#3b7a1e',
      activation: '#975700',
      normalization: '#666600',
      regularization: '#b72b62',
      shape: '#62666c',
      merge: '#82502f',
    },
  },
  dark: {
    paper: '#17181b',
    surface: '#1f2125',
    sunken: '#131417',
    ink: '#e8e8e6',
    inkSoft: '#a4a8af',
    line: '#34363b',
    lineStrong: '#73767d',
    error: '#ff8a80',
    warning: '#f2a33a',
    axes: { depth: '#f0b04f', steps: '#f0b04f', height: '#ff9b8f', width: '#bba6ff', channels: '#5cd6cf' },
    categories: {
      input: '#9fb0c3',
      convolution: '#78adff',
      pooling: '#45c9bb',
      dense: '#bb98ff',
      sequence: '#8fce6a',
      activation: '#f0b04f',
      normalization: '#c5c452',
      regularization: '#ff8fb5',
      shape: '#aeb2b8',
      merge: '#d9a27e',
    },
  },
  print: {
    paper: null,
    surface: white,
    sunken: white,
    ink: black,
    inkSoft: black,
    line: black,
    lineStrong: black,
    error: black,
    warning: black,
    axes: { depth: black, steps: black, height: black, width: black, channels: black },
    categories: {
      input: black,
      convolution: black,
      pooling: black,
      dense: black,
      sequence: black,
      activation: black,
      normalization: black,
      regularization: black,
      shape: black,
      merge: black,
    },
  },
};

/** A colour that has `share` of one, 0 to 1, and the rest of another, both `#rrggbb`. */
export function mix(one: string, other: string, share: number): string {
  const channel = (colour: string, at: number) => parseInt(colour.slice(at, at + 2), 16);
  const mixed = [1, 3, 5].map((at) =>
    Math.round(channel(one, at) * share + channel(other, at) * (1 - share)),
  );
  return `#${mixed.map((value) => value.toString(16).padStart(2, '0')).join('')}`;
}

/** What an area of a category's colour is filled with: a tint of it, and white in print. */
export function tint(theme: PictureTheme, category: Category, share: number): string {
  return theme.paper === null ? theme.surface : mix(theme.categories[category], theme.surface, share);
}
