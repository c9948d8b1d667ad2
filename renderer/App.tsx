import './shell/shell.css';
import './editing/editing.css';

import { lazy, Suspense, useCallback } from 'react';
import { ErrorBoundary } from './shell/ErrorBoundary.tsx';
import { useTranslation } from 'react-i18next';

import type { Problem } from '../shared/problem.ts';
import { Announcer } from './access/Announcer.tsx';
import { ConnectionBanner } from './host/ConnectionBanner.tsx';
import { useRefusals } from './editing/useRefusals.ts';
import { LayerChooser } from './editing/LayerChooser.tsx';
import { ShortcutSheet } from './editing/ShortcutSheet.tsx';
import { useDraft } from './host/draft.ts';
import { useLessons } from './lessons/lessonState.ts';
import { StepperDialog } from './lecture/stepper/StepperDialog.tsx';
import { CommandList } from './shell/commandList.ts';
import { CommandPalette } from './shell/CommandPalette.tsx';
import { Layout } from './shell/Layout.tsx';
import { StatusBar } from './shell/StatusBar.tsx';
import { TabBar } from './shell/TabBar.tsx';
import { Toolbar } from './shell/Toolbar.tsx';
import { useCommands } from './shell/useCommands.ts';
import { useFileDrop } from './shell/useFileDrop.ts';
import { useShortcuts } from './shell/useShortcuts.ts';
import { WindowTalk } from './shell/WindowTalk.ts';
import { tellProblems } from './ui/notices.ts';

const LessonList = lazy(async () => ({
  default: (await import('./lessons/LessonList.tsx')).LessonList,
}));

/** The designer. */
export function App() {
  return (
    <ErrorBoundary>
      <Designer />
    </ErrorBoundary>
  );
}

function Designer() {
  const { t } = useTranslation();
  const report = useCallback((problems: readonly Problem[]) => tellProblems(t, problems), [t]);
  const draft = useDraft(report);
  const { discard } = draft;
  const commands = useCommands(discard);
  useShortcuts(commands);
  const fileOver = useFileDrop();
  useRefusals();
  const listed = useLessons((state) => state.listed);
  return (
    <CommandList value={commands}>
      <div className="app">
        <h1 className="visually-hidden">{t('app.title')}</h1>
        <a className="skip-link" href="#canvas">
          {t('app.skipToCanvas')}
        </a>
        <WindowTalk commands={commands} />
        <Toolbar commands={commands} />
        <TabBar />
        <ConnectionBanner />
        <main className="layout">
          <Layout />
        </main>
        <StatusBar draft={draft} />
        <CommandPalette commands={commands} />
        <LayerChooser />
        <ShortcutSheet />
        <StepperDialog />
        <Suspense fallback={null}>{listed && <LessonList />}</Suspense>
        <Announcer />
        {fileOver && <div className="file-over">{t('app.dropFile')}</div>}
      </div>
    </CommandList>
  );
}
