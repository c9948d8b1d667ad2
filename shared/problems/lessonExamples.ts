import type { ProblemExample } from './example.ts';

const lesson = (cause: string) => ({ type: 'machine', cause }) as const;

/** Mistakes in lessons that somebody writes. */
export const lessonExamples = {
  'lesson-no-text': lesson('A folder is opened as a lesson that has no text of one.'),
  'lesson-line': lesson('A lesson’s header has a line that gives a name no value.'),
  'lesson-unknown-name': lesson('An exercise has a line with a name that it does not know.'),
  'lesson-twice': lesson('Two exercises of a lesson have the same id.'),
  'lesson-missing': lesson('An exercise has no question.'),
  'lesson-value': lesson('An exercise is of a kind that there is not.'),
  'lesson-expression': lesson('A number in a lesson’s text is asked for in words that mean nothing.'),
  'lesson-no-file': lesson('A lesson names a project that is not in its folder.'),
  'lesson-no-layer': lesson('A lesson asks for the shape of a layer that its project does not have.'),
  'lesson-zip': lesson('A file is opened as a lesson’s zip archive that is none, or holds too much.'),
  'lesson-project': lesson('A lesson’s project is damaged.'),
  'lesson-nested': lesson('A lesson’s text has thousands of quotations in each other.'),
  'lesson-too-hard': lesson('A lesson’s text has thousands of stars that open and never close.'),
  'lesson-too-long': lesson('A lesson’s text is longer than a book.'),
} satisfies Readonly<Record<string, ProblemExample>>;
