import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';

import { problemsOnCanvas } from '../problems/onCanvas.ts';
import { analysisOf, trainingProblemsOf } from '../state/analysis.ts';
import { useApp } from '../state/app.ts';
import { useDocument } from '../state/document.ts';
import { announcement, type Scene } from './announcement.ts';

/** Milliseconds without a change before something is said: typing and dragging would flood otherwise. */
const quiet = 500;

function sceneNow(): Scene {
  const { document } = useDocument.getState();
  const { selection } = useApp.getState();
  const analysis = analysisOf(document);
  return {
    document,
    analysis,
    problems: problemsOnCanvas(trainingProblemsOf(document), analysis),
    selection,
  };
}

/** The layer whose block has the focus: screen readers say it by themselves. */
function focusedLayer(): string | undefined {
  return document.activeElement?.closest('.react-flow__node')?.getAttribute('data-id') ?? undefined;
}

/** Says to screen readers what changes on the canvas: selection, shapes, problems. Politely, when it has come to rest. */
export function Announcer() {
  const { t } = useTranslation();
  const [text, setText] = useState('');
  const said = useRef<Scene | null>(null);
  useEffect(() => {
    said.current ??= sceneNow();
    let timer: number | undefined;
    const wait = () => {
      clearTimeout(timer);
      timer = window.setTimeout(() => {
        const scene = sceneNow();
        const news = announcement(t, said.current ?? scene, scene, focusedLayer());
        said.current = scene;
        if (news !== '') setText(news);
      }, quiet);
    };
    const stops = [
      useDocument.subscribe(wait),
      useApp.subscribe((state, before) => {
        if (state.selection !== before.selection) wait();
      }),
    ];
    return () => {
      clearTimeout(timer);
      for (const stop of stops) stop();
    };
  }, [t]);
  return (
    <p className="visually-hidden" role="log" aria-live="polite" aria-label={t('announce.label')}>
      {text}
    </p>
  );
}
