import { parseLesson, type Lesson } from '../../shared/lessons/parseLesson.ts';

const files = import.meta.glob<string>('../../shared/lessons/builtIn/**/*.{md,convas}', {
  query: '?raw',
  import: 'default',
  eager: true,
});

/** The lessons that come with the program, made as a teacher makes them: a folder each, in the order of their names. */
export const builtInLessons: readonly Lesson[] = readAll();

function readAll(): readonly Lesson[] {
  const folders = new Map<string, Map<string, string>>();
  for (const [path, text] of Object.entries(files)) {
    const [name = '', folder = ''] = path.split('/').reverse();
    const texts = folders.get(folder) ?? new Map<string, string>();
    folders.set(folder, texts.set(name, text));
  }
  return [...folders]
    .sort(([a], [b]) => a.localeCompare(b))
    .map(([id, texts]) => {
      const read = parseLesson({ id, texts, pictures: new Map() });
      if (read.ok) return read.value;
      throw new Error(`Lesson ${id}: ${read.problems.map(({ message }) => message).join('\n')}`);
    });
}
