import { parseDocument, type Document } from '../document.ts';
import { analyze } from '../graph/analyze.ts';
import type { Language } from '../layers/params.ts';
import { fine, problem, type Problem, type Result } from '../problem.ts';
import type { Exercise } from './exercise.ts';
import { fieldReader, splitHeader, type TextPlace } from './fields.ts';
import { readMarkdown } from './markdown.ts';
import { missingMentions } from './mentioned.ts';
import type { Block } from './tree.ts';

/** A picture as its file has it. */
export interface LessonPicture {
  /** Its MIME type. */
  readonly type: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** A lesson's folder as it was found: names of files with their texts, and those of its pictures. */
export interface LessonFolder {
  readonly id: string;
  readonly texts: ReadonlyMap<string, string>;
  readonly pictures: ReadonlyMap<string, LessonPicture>;
}

/** A lesson in one language. */
export interface LessonText {
  readonly title: string;
  readonly summary: string;
  readonly minutes: number;
  readonly blocks: readonly Block[];
  readonly exercises: readonly Exercise[];
}

export interface Lesson {
  readonly id: string;
  /** The folder that it was read from, to be shared as it is. */
  readonly folder: LessonFolder;
  readonly texts: Readonly<Partial<Record<Language, LessonText>>>;
  /** Its canvases by name; the first is the one that numbers are about where they name no other. */
  readonly projects: readonly { readonly name: string; readonly document: Document }[];
}

const languages = ['en', 'zh-TW'] as const;
/** A lesson of ten minutes has a tenth of it. */
const longestText = 200_000;

/**
 * Reads a lesson's folder: `lesson.en.md`, `lesson.zh-TW.md` or both, and the projects that they name.
 *
 * @returns the lesson, or all that is wrong, with file and line
 */
export function parseLesson(folder: LessonFolder): Result<Lesson> {
  const problems: Problem[] = [];
  const texts: Partial<Record<Language, LessonText>> = {};
  const named: { name: string; place: TextPlace }[] = [];
  for (const language of languages) {
    const file = `lesson.${language}.md`;
    const source = folder.texts
      .get(file)
      ?.replaceAll('\r\n', '\n')
      .replace(/^\uFEFF/, '');
    if (source === undefined) continue;
    if (source.length > longestText) {
      problems.push(problem('lesson-too-long', { file, limit: longestText }));
      continue;
    }
    const read = readText(source, file);
    if (!read.ok) problems.push(...read.problems);
    else {
      texts[language] = read.value.text;
      named.push(...read.value.projects.map((name) => ({ name, place: { file, line: 2 } })));
    }
  }
  if (Object.keys(texts).length === 0 && problems.length === 0)
    problems.push(problem('lesson-no-text', { folder: folder.id }));
  const projects: { name: string; document: Document }[] = [];
  for (const { name, place } of named) {
    const short = name.replace(/\.convas$/, '');
    if (projects.some((one) => one.name === short)) continue;
    const content = folder.texts.get(name);
    const document = content === undefined ? null : parseDocument(content);
    if (document === null) problems.push(problem('lesson-no-file', { ...place, name }));
    else if (!document.ok) problems.push(problem('lesson-project', { file: name }), ...document.problems);
    else projects.push({ name: short, document: document.value });
  }
  // Of a lesson whose projects cannot be read, everything would be missing.
  const pictures = new Set(folder.pictures.keys());
  if (problems.length === 0)
    problems.push(
      ...Object.values(texts).flatMap((text) => missingMentions(text.blocks, { projects, pictures })),
    );
  if (problems.length > 0) return { ok: false, problems };
  return fine({ id: folder.id, folder, texts, projects });
}

function readText(
  source: string,
  file: string,
): Result<{ readonly text: LessonText; readonly projects: readonly string[] }> {
  const split = splitHeader(source, file);
  if (!split.ok) return split;
  const { header, body, firstLine } = split.value;
  const expected = { title: 'once', summary: 'once', minutes: 'maybe', projects: 'maybe' } as const;
  const read = fieldReader(header, expected, { file, line: 1 });
  const minutes = read.whole('minutes', 1, 120) ?? 10;
  const blocks = readMarkdown(body, { file, line: firstLine });
  if (!blocks.ok) return { ok: false, problems: [...read.problems, ...blocks.problems] };
  const exercises = blocks.value.flatMap((block) => (block.type === 'exercise' ? [block] : []));
  const seen = new Set<string>();
  for (const { exercise, line } of exercises) {
    if (seen.has(exercise.id)) read.add([problem('lesson-twice', { file, line, name: exercise.id })]);
    seen.add(exercise.id);
  }
  if (read.problems.length > 0) return { ok: false, problems: read.problems };
  const projects = read
    .text('projects')
    .split(',')
    .flatMap((name) => name.trim() || []);
  return fine({
    text: {
      title: read.text('title'),
      summary: read.text('summary'),
      minutes,
      blocks: blocks.value,
      exercises: exercises.map(({ exercise }) => exercise),
    },
    projects,
  });
}

/** Analyses a lesson's projects as they are in its folder. */
export function pristineCanvases(lesson: Lesson) {
  return new Map(
    lesson.projects.map(({ name, document }) => [name, { document, analysis: analyze(document) }] as const),
  );
}
