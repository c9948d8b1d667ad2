import type { Document } from '../document.ts';
import { analyze } from '../graph/analyze.ts';
import type { Analysis } from '../graph/analysis.ts';
import type { Language } from '../layers/params.ts';
import { analysisPicture } from './analysisPicture.ts';
import { figurePicture } from './figurePicture.ts';
import { graphPicture } from './graphPicture.ts';
import type { Picture } from './parts.ts';
import { pictureTexts } from './texts.ts';
import { themes, type ThemeName } from './theme.ts';

export const pictureKinds = ['graph', 'figure', 'analysis'] as const;
export type PictureKind = (typeof pictureKinds)[number];

export interface PictureOptions {
  readonly kind: PictureKind;
  readonly theme: ThemeName;
  readonly language: Language;
}

/** Draws a network as SVG 1.1: of its own, with its text as text, without scripts or anything from outside. */
export function drawPicture(
  document: Document,
  { kind, theme, language }: PictureOptions,
  analysis: Analysis = analyze(document),
): Picture {
  const [colours, texts] = [themes[theme], pictureTexts(language)];
  switch (kind) {
    case 'graph':
      return graphPicture(document, analysis, colours, texts, language);
    case 'figure':
      return figurePicture(document, analysis, colours, texts, language);
    case 'analysis':
      return analysisPicture(document, analysis, colours, texts);
  }
}
