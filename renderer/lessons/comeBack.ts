import { useTabs } from '../state/sessions.ts';
import { openLesson, ownLesson, useLessons, wasLessonKnown } from './lessonState.ts';
import { useLessonTabs } from './lessonTabs.ts';

/**
 * Brings the lesson back that was open before a reload or a restart, when the page's projects are there. After a
 * restart it is the lesson whose canvas is on the screen.
 */
export async function lessonsComeBack(): Promise<void> {
  useLessons.setState({ projectsThere: true });
  const { open } = useLessons.getState();
  const { active } = useTabs.getState();
  const ofCanvas = Object.entries(useLessonTabs.getState().tabs).find(([, tab]) => tab === active)?.[0];
  const wanted = open ?? (wasLessonKnown ? undefined : ofCanvas?.split('/')[0]);
  if (wanted === undefined) return;
  if (wanted.startsWith(ownLesson)) {
    await loadKeptLessons();
    const isThere = useLessonTabs.getState().opened.some(({ id }) => id === wanted);
    if (!isThere && open !== null) openLesson(null);
    if (!isThere) return;
  }
  if (open === null) openLesson(wanted);
}

/** Puts the teachers' lessons that were opened before beside those that are there. */
export async function loadKeptLessons(): Promise<void> {
  try {
    const { keptLessons } = await import('./keptLessons.ts');
    const kept = await keptLessons();
    useLessonTabs.setState(({ opened }) => {
      const ids = new Set(opened.map(({ id }) => id));
      return { opened: [...opened, ...kept.filter(({ id }) => !ids.has(id))] };
    });
  } catch {
    // A browser may keep nothing for a page; the canvases are there all the same.
  }
}
