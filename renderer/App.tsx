import './shell/shell.css';
import './editing/editing.css';

import { lazy, Suspense, useCallback, useEffect } from 'react';
import { useStore } from 'zustand';
import { ErrorBoundary } from './shell/ErrorBoundary.tsx';
import { useTranslation } from 'react-i18next';

import type { Problem } from '../shared/problem.ts';
import { Announcer } from './access/Announcer.tsx';
import { ConnectionBanner } from './host/ConnectionBanner.tsx';
import { reportErrors } from './host/errorReports.ts';
import { useHost } from './host/HostProvider.tsx';
import { useRefusals } from './editing/useRefusals.ts';
import { LayerChooser } from './editing/LayerChooser.tsx';
import { ShortcutSheet } from './editing/ShortcutSheet.tsx';
import { useSessionKeeper } from './host/keeping.ts';
import { lessonsComeBack } from './lessons/comeBack.ts';
import { useLessons } from './lessons/lessonState.ts';
import { StepperDialog } from './lecture/stepper/StepperDialog.tsx';
import { CommandList } from './shell/commandList.ts';
import { LogDialog } from './shell/LogDialog.tsx';
import { CommandPalette } from './shell/CommandPalette.tsx';
import { Layout } from './shell/Layout.tsx';
import { RecoveredProjects } from './shell/RecoveredProjects.tsx';
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
  const keeper = useSessionKeeper(report);
  const isThere = useStore(keeper.keeping, ({ windowId }) => windowId !== null);
  useEffect(() => {
    if (isThere) void lessonsComeBack();
  }, [isThere]);
  const commands = useCommands();
  const host = useHost();
  useEffect(() => reportErrors(host, window, (problem) => report([problem])), [host, report]);
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
        <WindowTalk commands={commands} flush={keeper.flush} />
        <Toolbar commands={commands} />
        <TabBar />
        <ConnectionBanner />
        <main className="layout">
          <Layout />
        </main>
        <StatusBar keeping={keeper.keeping} />
        <CommandPalette commands={commands} />
        <LayerChooser />
        <ShortcutSheet />
        <RecoveredProjects recover={keeper.recover} />
        <LogDialog />
        <StepperDialog />
        <Suspense fallback={null}>{listed && <LessonList />}</Suspense>
        <Announcer />
        {fileOver && <div className="file-over">{t('app.dropFile')}</div>}
      </div>
    </CommandList>
  );
}
