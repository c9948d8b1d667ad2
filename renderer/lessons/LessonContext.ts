import { createContext, useContext } from 'react';

import type { Surroundings } from '../../shared/lessons/evaluate.ts';
import type { Lesson } from '../../shared/lessons/parseLesson.ts';

interface LessonOnShow {
  readonly lesson: Lesson;
  readonly around: Surroundings;
}

/** The lesson on show with its canvases, for whatever stands in its text. */
export const LessonContext = createContext<LessonOnShow | null>(null);

export function useLesson(): LessonOnShow {
  const found = useContext(LessonContext);
  if (found === null) throw new Error('There is no lesson around this.');
  return found;
}
