import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';

import { problemsOnCanvas } from '../problems/standing.ts';
import { analysisOf, trainingProblemsOf } from '../state/analysis.ts';
import { useApp } from '../state/app.ts';
import { useDocument } from '../state/document.ts';
import { useTabs } from '../state/tabs.ts';
import { useTalk, type Saying } from '../state/talk.ts';
import { announcement, type Scene } from './announcement.ts';

/** Milliseconds without a change before something is said: typing and dragging would flood otherwise. */
const quiet = 500;

function sceneNow(project: number): Scene {
  const { document } = useDocument.getState();
  const { selection } = useApp.getState();
  const analysis = analysisOf(document);
  return {
    document,
    analysis,
    problems: problemsOnCanvas(trainingProblemsOf(document), analysis),
    selection,
    project,
  };
}

/** The layer whose block has the focus: screen readers say it by themselves. */
function focusedLayer(): string | undefined {
  return document.activeElement?.closest('.react-flow__node')?.getAttribute('data-id') ?? undefined;
}

/** Whether a step brought another project onto the screen, or took it back. */
function opens(saying: Saying | null): boolean {
  return saying !== null && 'step' in saying && saying.step.key === 'open';
}

/** Says to screen readers what is done and what changes on the canvas. Politely, in one voice, when it has come to rest. */
export function Announcer() {
  const { t } = useTranslation();
  const [said, setSaid] = useState({ text: '', count: 0 });
  useEffect(() => {
    let [project, isUrgent] = [0, false];
    let before = sceneNow(project);
    let timer: number | undefined;
    let sayings: Saying[] = [];
    let heard = new Set<string>();
    const hear = () => {
      const id = focusedLayer();
      if (id !== undefined) heard.add(id);
    };
    const speak = () => {
      hear();
      const scene = sceneNow(project);
      const text = announcement(t, before, scene, { sayings, heard });
      [before, sayings, heard, isUrgent] = [scene, [], new Set(), false];
      if (text !== '') setSaid(({ count }) => ({ text, count: count + 1 }));
    };
    const wait = () => {
      if (isUrgent) return;
      clearTimeout(timer);
      timer = window.setTimeout(speak, quiet);
    };
    /** What happens next is in another project: this must not wait for it to come to rest. */
    const opened = () => {
      project += 1;
      clearTimeout(timer);
      isUrgent = true;
      timer = window.setTimeout(speak, 0);
    };
    const stops = [
      useDocument.subscribe(wait),
      useApp.subscribe((state, earlier) => {
        if (state.selection === earlier.selection) return;
        hear();
        wait();
      }),
      useTalk.subscribe(({ saying }) => {
        if (saying !== null) sayings.push(saying);
        if (opens(saying)) opened();
        else wait();
      }),
      useTabs.subscribe((state, earlier) => {
        if (state.active !== earlier.active) opened();
      }),
    ];
    return () => {
      clearTimeout(timer);
      for (const stop of stops) stop();
    };
  }, [t]);
  return (
    <div
      className="visually-hidden"
      role="log"
      aria-live="polite"
      aria-atomic="true"
      aria-label={t('announce.label')}
    >
      {/* Put in anew, so that the same words twice are read twice. */}
      <p key={said.count}>{said.text}</p>
    </div>
  );
}
