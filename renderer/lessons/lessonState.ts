import { create } from 'zustand';
import { createJSONStorage, persist } from 'zustand/middleware';

import { useApp } from '../state/app.ts';

/** With this, the ids of lessons begin that were opened from files. */
export const ownLesson = 'own-';

/** Exercises that were answered rightly: `lesson/exercise`. Remembered. */
export const useLessonProgress = create<{ readonly done: readonly string[] }>()(
  persist((): { readonly done: readonly string[] } => ({ done: [] }), {
    name: 'convas-lessons',
    version: 1,
    storage: createJSONStorage(() => localStorage),
  }),
);

interface LessonState {
  /** Whether the list of all lessons is shown. */
  readonly listed: boolean;
  /** The lesson beside the canvas. */
  readonly open: string | null;
  /** Whether the page's projects came back: before, a canvas that is open already would be opened once more. */
  readonly projectsThere: boolean;
  /** Whether the lower panel, whose room the lesson has, is to be shown again after it. */
  readonly hadLowerPanel: boolean;
}

const closed: LessonState = { listed: false, open: null, projectsThere: false, hadLowerPanel: false };

const memoryKey = 'convas-lesson';
/** Whether this page knew before it was loaded which lesson is open, or that none is. */
export const wasLessonKnown = sessionStorage.getItem(memoryKey) !== null;

/** Which lesson is open; a page that is loaded again opens it again. */
export const useLessons = create<LessonState>()(
  persist((): LessonState => closed, {
    name: memoryKey,
    version: 1,
    storage: createJSONStorage(() => sessionStorage),
    partialize: ({ open, hadLowerPanel }) => ({ open, hadLowerPanel }),
  }),
);

/** Shows the lower panel again where the lesson had its room. */
function giveRoomBack(): void {
  if (!useLessons.getState().hadLowerPanel) return;
  useLessons.setState({ hadLowerPanel: false });
  useApp.setState(({ panels }) => ({ panels: { ...panels, bottom: true } }));
}

export function listLessons(listed = true): void {
  useLessons.setState({ listed });
}

/** Shows a lesson beside the canvas, which gets the lower panel's room until the lesson is closed. */
export function openLesson(open: string | null): void {
  const { panels } = useApp.getState();
  if (useLessons.getState().open === null && open !== null) {
    useLessons.setState({ hadLowerPanel: panels.bottom });
    useApp.setState({ panels: { ...panels, bottom: false } });
  }
  if (open === null) giveRoomBack();
  useLessons.setState({ open, listed: false });
}

export function markDone(lesson: string, exercise: string): void {
  const key = `${lesson}/${exercise}`;
  useLessonProgress.setState(({ done }) => (done.includes(key) ? {} : { done: [...done, key] }));
}
