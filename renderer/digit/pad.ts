import { create } from 'zustand';

import { asMnist } from '../../shared/digit/asMnist.ts';
import type { GrayPicture } from '../../shared/digit/grayPicture.ts';
import { drawStrokes, type Stroke, type StrokePoint } from '../../shared/digit/strokes.ts';
import { lookAtPicture, type LookedPicture, type PictureOrigin } from '../interpretation/lookAt.ts';

/** Side of the pad, in its own pixels. */
export const padSide = 200;
export const widths = { least: 4, most: 32 } as const;

interface Pad {
  /** In the order in which they were drawn. */
  readonly strokes: readonly Stroke[];
  readonly tool: 'pen' | 'eraser';
  /** Of the line, in pixels of the pad. */
  readonly width: number;
}

/** What is drawn on the pad, and with what. Not part of the document. */
export const usePad = create<Pad>()(() => ({ strokes: [], tool: 'pen', width: 16 }));

let frame: number | null = null;

/** Puts the pen, or the eraser, down. */
export function startStroke(point: StrokePoint): void {
  const { strokes, tool, width } = usePad.getState();
  const stroke = { points: [point], width, erases: tool === 'eraser' };
  usePad.setState({ strokes: [...strokes, stroke] });
  showSoon();
}

/** Draws on to these points. */
export function continueStroke(points: readonly StrokePoint[]): void {
  const { strokes } = usePad.getState();
  const last = strokes.at(-1);
  if (last === undefined) return;
  usePad.setState({ strokes: [...strokes.slice(0, -1), { ...last, points: [...last.points, ...points] }] });
  showSoon();
}

export function undoStroke(): void {
  usePad.setState(({ strokes }) => ({ strokes: strokes.slice(0, -1) }));
  showSoon();
}

export function clearPad(): void {
  usePad.setState({ strokes: [] });
  showSoon();
}

/** Looks at another picture than the drawn one, and empties the pad. */
export function lookAtOther(picture: LookedPicture): void {
  usePad.setState({ strokes: [] });
  lookAtPicture(picture);
}

/** A picture as the network gets it; null where nothing is drawn in it. */
export function lookedOf(drawn: GrayPicture, origin: PictureOrigin): LookedPicture | null {
  const picture = asMnist(drawn);
  return picture && { shape: [picture.height, picture.width, 1], values: picture.values, origin };
}

/** However many points a mouse sends, the network is shown one picture a frame. */
function showSoon(): void {
  frame ??= requestAnimationFrame(() => {
    frame = null;
    lookAtPicture(lookedOf(drawStrokes(usePad.getState().strokes, padSide, padSide), { type: 'drawn' }));
  });
}
