import { createStore, del, entries, set, type UseStore } from 'idb-keyval';

import { parseLesson, type Lesson, type LessonFolder } from '../../shared/lessons/parseLesson.ts';

interface KeptFolder {
  readonly folder: LessonFolder;
  /** Milliseconds since 1970. */
  readonly openedAt: number;
}

/** So many teachers' lessons are kept; those opened longest ago go first. */
const maxLessons = 20;

let opened: UseStore | undefined;

function store(): UseStore {
  opened ??= createStore('convas-lessons', 'folders');
  return opened;
}

/** Keeps a teacher's lesson in the browser, so that it is there after a reload and a restart. */
export async function keepLesson(folder: LessonFolder): Promise<void> {
  await set(folder.id, { folder, openedAt: Date.now() } satisfies KeptFolder, store());
  const all = await entries<string, KeptFolder>(store());
  const oldest = all.sort(([, a], [, b]) => b.openedAt - a.openedAt).slice(maxLessons);
  for (const [id] of oldest) await del(id, store());
}

/** The teachers' lessons that were opened before; one that can no longer be read is left out. */
export async function keptLessons(): Promise<readonly Lesson[]> {
  const all = await entries<string, KeptFolder>(store());
  return all.flatMap(([, { folder }]) => {
    const lesson = parseLesson(folder);
    return lesson.ok ? [lesson.value] : [];
  });
}
