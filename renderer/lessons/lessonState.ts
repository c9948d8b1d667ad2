import { create } from 'zustand';
import { createJSONStorage, persist } from 'zustand/middleware';

import { useApp } from '../state/app.ts';

interface LessonState {
  /** Whether the list of all lessons is shown. */
  readonly listed: boolean;
  /** The lesson beside the canvas. */
  readonly open: string | null;
  /** Exercises that were answered rightly: `lesson/exercise`. Remembered. */
  readonly done: readonly string[];
}

/** Which lesson is open, and what was done in all of them. */
export const useLessons = create<LessonState>()(
  persist((): LessonState => ({ listed: false, open: null, done: [] }), {
    name: 'convas-lessons',
    version: 1,
    storage: createJSONStorage(() => localStorage),
    partialize: ({ done }) => ({ done }),
  }),
);

export function listLessons(listed = true): void {
  useLessons.setState({ listed });
}

let hadLowerPanel = false;

/** Shows a lesson beside the canvas, which gets the lower panel's room until the lesson is closed. */
export function openLesson(open: string | null): void {
  const { panels } = useApp.getState();
  const before = useLessons.getState().open;
  if (before === null && open !== null) {
    hadLowerPanel = panels.bottom;
    useApp.setState({ panels: { ...panels, bottom: false } });
  }
  if (before !== null && open === null && hadLowerPanel)
    useApp.setState({ panels: { ...panels, bottom: true } });
  useLessons.setState({ open, listed: false });
}

export function markDone(lesson: string, exercise: string): void {
  const key = `${lesson}/${exercise}`;
  useLessons.setState(({ done }) => (done.includes(key) ? {} : { done: [...done, key] }));
}
