import { create } from 'zustand';
import { createJSONStorage, persist } from 'zustand/middleware';

import { pristineCanvases, type Lesson, type LessonText } from '../../shared/lessons/parseLesson.ts';
import type { LessonCanvas, Surroundings } from '../../shared/lessons/evaluate.ts';
import type { Document } from '../../shared/document.ts';
import { analyze } from '../../shared/graph/analyze.ts';
import type { Language } from '../../shared/layers/params.ts';
import { analysisOf } from '../state/analysis.ts';
import { reveal } from '../state/app.ts';
import { openDocument } from '../state/commands.ts';
import { useDocument } from '../state/document.ts';
import { useLessonAccuracy } from './lessonAccuracy.ts';
import { documentOf, newTab, openInTab, switchTab, useTabs } from '../state/tabs.ts';

interface LessonTabs {
  /** Lessons that were opened from files. */
  readonly opened: readonly Lesson[];
  /** The projects in which the lessons' canvases are, by `lesson/project`; over reloads and restarts, as those are. */
  readonly tabs: Readonly<Record<string, string>>;
}

/** What of lessons is open besides the one that is read. */
export const useLessonTabs = create<LessonTabs>()(
  persist((): LessonTabs => ({ opened: [], tabs: {} }), {
    name: 'convas-lesson-tabs',
    version: 1,
    storage: createJSONStorage(() => localStorage),
    partialize: ({ tabs }) => ({ tabs }),
  }),
);

const pristine = new WeakMap<Lesson, ReadonlyMap<string, LessonCanvas>>();

function canvasesOf(lesson: Lesson): ReadonlyMap<string, LessonCanvas> {
  const canvases = pristine.get(lesson) ?? pristineCanvases(lesson);
  pristine.set(lesson, canvases);
  return canvases;
}

/** The tab of a lesson's canvas, where it is still open. */
function tabOf(lesson: Lesson, project: string): string | undefined {
  const id = useLessonTabs.getState().tabs[`${lesson.id}/${project}`];
  return id !== undefined && useTabs.getState().order.includes(id) ? id : undefined;
}

/** Brings a lesson's canvas onto the screen: in a tab of its own, so that nothing that was open is lost. */
export function showCanvas(lesson: Lesson, name: string | null = null): void {
  const project = lesson.projects.find((one) => name === null || one.name === name);
  if (project === undefined) return;
  const known = tabOf(lesson, project.name);
  if (known !== undefined) {
    switchTab(known);
    return;
  }
  openInTab(project.document);
  // Small networks are seen whole; a long one from its start, large enough to be read.
  if (project.document.nodes.length <= 7) reveal('all');
  const { active } = useTabs.getState();
  useLessonTabs.setState(({ tabs }) => ({ tabs: { ...tabs, [`${lesson.id}/${project.name}`]: active } }));
}

/** Puts the canvas back as it is in the lesson's folder; a step that can be undone. */
export function resetCanvas(lesson: Lesson): void {
  const name = shownProject(lesson);
  const project = lesson.projects.find((one) => one.name === name) ?? lesson.projects[0];
  if (project === undefined) return;
  showCanvas(lesson, project.name);
  openDocument(project.document);
}

/** Makes the lesson's canvas, as it is now, a project of the user's own. */
export function keepCanvas(title: string): void {
  const { document } = useDocument.getState();
  newTab();
  openDocument({ ...document, name: title });
}

/** The name of the lesson's project that is on the screen; undefined where it is another's. */
export function shownProject(lesson: Lesson): string | undefined {
  const { active } = useTabs.getState();
  return lesson.projects.find(({ name }) => tabOf(lesson, name) === active)?.name;
}

const otherCanvases = new WeakMap<Document, LessonCanvas>();

/** A changed canvas that is not on the screen; analysed once, however many numbers of a text are about it. */
function otherCanvas(document: Document): LessonCanvas {
  const canvas = otherCanvases.get(document) ?? { document, analysis: analyze(document) };
  otherCanvases.set(document, canvas);
  return canvas;
}

/** What the lesson's numbers are about: its canvases as they stand now, or as they are in its folder. */
export function useSurroundings(lesson: Lesson): Surroundings {
  const current = useDocument(({ document }) => document);
  const active = useTabs((tabs) => tabs.active);
  useTabs((tabs) => tabs.order);
  useLessonTabs(({ tabs: known }) => known);
  const canvas = (name: string | null) => {
    const project = lesson.projects.find((one) => name === null || one.name === name);
    if (project === undefined) return undefined;
    const id = tabOf(lesson, project.name);
    if (id === active) return { document: current, analysis: analysisOf(current) };
    const other = id === undefined ? undefined : documentOf(id);
    const found = canvasesOf(lesson).get(project.name);
    return other === undefined || other === found?.document ? found : otherCanvas(other);
  };
  const accuracy = useLessonAccuracy(canvas(null)?.document);
  return { accuracy, canvas };
}

/** A lesson in a language, else in the one that it has. */
export function textOf(lesson: Lesson, language: Language): LessonText | undefined {
  return lesson.texts[language] ?? lesson.texts.en ?? lesson.texts['zh-TW'];
}
