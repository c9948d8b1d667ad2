import { useEffect, useState } from 'react';

import { outputSize } from '../../../shared/lecture/stepping/geometry.ts';
import type { Place, StepperLayer } from '../../../shared/lecture/stepping/types.ts';
import { movedBy, stepFrom } from '../../../shared/lecture/stepping/view.ts';
import type { Look } from './NumberGrid.tsx';

export const speeds = [0.5, 1, 2, 5, 10] as const;

interface Settings {
  readonly place: Place;
  readonly filter: number;
  /** Which channels of the input, and which part of a large window, stand on the screen. */
  readonly channelGroup: number;
  readonly part: number;
  readonly isPlaying: boolean;
  /** Steps a second. */
  readonly speed: number;
  readonly look: Look;
  /** Whether outputs show up only when they are computed. */
  readonly fillsIn: boolean;
}

export interface Stepping extends Settings {
  set(settings: Partial<Settings>): void;
  step(by: number): void;
  move(rows: number, columns: number): void;
  /** Starts and stops; at the end it starts over. */
  play(): void;
  goTo(place: Place): void;
}

/** A small layer begins at its beginning; in a large one something is more likely to be in the middle. */
function firstPlace(layer: StepperLayer): Place {
  const [rows, columns] = outputSize(layer);
  return Math.max(rows, columns) <= 11
    ? { row: 0, column: 0 }
    : { row: Math.floor(rows / 2), column: Math.floor(columns / 2) };
}

/** Where the window is, and whether it runs. Places stay inside an output that becomes smaller. */
export function useStepping(layer: StepperLayer): Stepping {
  const [settings, setSettings] = useState<Settings>({
    place: firstPlace(layer),
    filter: 0,
    channelGroup: 0,
    part: 0,
    isPlaying: false,
    speed: 1,
    look: 'both',
    fillsIn: false,
  });
  const place = movedBy(layer, settings.place, 0, 0);
  const filter = Math.min(settings.filter, layer.filters - 1);
  const [rows, columns] = outputSize(layer);
  const isLast = place.row === rows - 1 && place.column === columns - 1;
  const isPlaying = settings.isPlaying && !isLast;
  const { speed } = settings;
  const set = (more: Partial<Settings>) => setSettings((last) => ({ ...last, ...more }));
  useEffect(() => {
    if (!isPlaying) return;
    const timer = setInterval(
      () => setSettings((last) => ({ ...last, place: stepFrom(layer, last.place, 1) })),
      1000 / speed,
    );
    return () => clearInterval(timer);
  }, [isPlaying, speed, layer]);
  return {
    ...settings,
    place,
    filter,
    isPlaying,
    set,
    step: (by) => set({ place: stepFrom(layer, place, by), isPlaying: false }),
    move: (down, right) => set({ place: movedBy(layer, place, down, right), isPlaying: false }),
    play: () => set({ isPlaying: !isPlaying, ...(isLast ? { place: { row: 0, column: 0 } } : {}) }),
    goTo: (next) => set({ place: next, isPlaying: false }),
  };
}
