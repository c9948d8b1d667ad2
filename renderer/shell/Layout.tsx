import { Drawer } from '@mantine/core';
import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { Group, Panel, useDefaultLayout } from 'react-resizable-panels';

import { Canvas } from '../canvas/Canvas.tsx';
import { Inspector } from '../inspector/Inspector.tsx';
import { useLessons } from '../lessons/lessonState.ts';
import { Palette } from '../palette/Palette.tsx';
import { openDrawer, useApp } from '../state/app.ts';
import { BottomPanel } from './BottomPanel.tsx';
import { ErrorBoundary } from './ErrorBoundary.tsx';
import { useNarrow } from './narrow.ts';
import { PanelSeparator } from './PanelSeparator.tsx';

/** Lessons come with all their texts when one is opened. */
const LessonPage = lazy(async () => ({
  default: (await import('../lessons/LessonPage.tsx')).LessonPage,
}));

/**
 * Palette, canvas, inspector and the lower panel: sizes and what is shown are remembered. The cursors of what is between
 * them are in the style sheet: the library sets a rule for the whole page whenever the pointer comes near, for which all
 * is styled anew.
 */
export function Layout() {
  const panels = useApp((state) => state.panels);
  const ids = ['middle', ...(panels.bottom ? ['bottom'] : [])];
  const saved = useDefaultLayout({ id: 'convas-rows', panelIds: ids, storage: localStorage });
  return (
    <Group
      orientation="vertical"
      disableCursor
      defaultLayout={saved.defaultLayout}
      onLayoutChanged={saved.onLayoutChanged}
    >
      <Panel id="middle" minSize={140}>
        <Columns />
      </Panel>
      {panels.bottom && (
        <>
          <PanelSeparator between="row" />
          <Panel id="bottom" defaultSize="32%" minSize={90} groupResizeBehavior="preserve-pixel-size">
            <ErrorBoundary>
              <BottomPanel />
            </ErrorBoundary>
          </Panel>
        </>
      )}
    </Group>
  );
}

function Columns() {
  const { t } = useTranslation();
  const narrow = useNarrow();
  const drawer = useApp((state) => state.drawer);
  const panels = useApp((state) => state.panels);
  const lesson = useLessons(({ open }) => open !== null);
  // Text, canvas and properties are as much as a class can look at; layers are chosen by the palette's button.
  const palette = panels.palette && !narrow && !lesson;
  const inspector = panels.inspector && !narrow;
  const ids = [
    ...(lesson ? ['lesson'] : []),
    ...(palette ? ['palette'] : []),
    'canvas',
    ...(inspector ? ['inspector'] : []),
  ];
  const saved = useDefaultLayout({ id: 'convas-columns', panelIds: ids, storage: localStorage });
  return (
    <>
      <Group disableCursor defaultLayout={saved.defaultLayout} onLayoutChanged={saved.onLayoutChanged}>
        {lesson && (
          <>
            <Panel
              id="lesson"
              className="side"
              defaultSize={440}
              minSize={300}
              maxSize="60%"
              groupResizeBehavior="preserve-pixel-size"
            >
              <ErrorBoundary>
                <Suspense fallback={null}>
                  <LessonPage />
                </Suspense>
              </ErrorBoundary>
            </Panel>
            <PanelSeparator between="column" />
          </>
        )}
        {palette && (
          <>
            <Panel
              id="palette"
              className="side"
              defaultSize={236}
              minSize={150}
              maxSize={360}
              groupResizeBehavior="preserve-pixel-size"
            >
              <Palette />
            </Panel>
            <PanelSeparator between="column" />
          </>
        )}
        <Panel id="canvas" minSize={240}>
          <ErrorBoundary>
            <Canvas />
          </ErrorBoundary>
        </Panel>
        {inspector && (
          <>
            <PanelSeparator between="column" />
            <Panel
              id="inspector"
              className="side"
              defaultSize={300}
              minSize={220}
              maxSize={520}
              groupResizeBehavior="preserve-pixel-size"
            >
              <ErrorBoundary>
                <Inspector />
              </ErrorBoundary>
            </Panel>
          </>
        )}
      </Group>
      <Drawer
        opened={narrow && drawer === 'palette'}
        onClose={() => openDrawer(null)}
        position="left"
        size={270}
        title={t('palette.label')}
        closeButtonProps={{ 'aria-label': t('app.close') }}
      >
        <Palette />
      </Drawer>
      <Drawer
        opened={narrow && drawer === 'inspector'}
        onClose={() => openDrawer(null)}
        position="right"
        size={340}
        title={t('inspector.label')}
        closeButtonProps={{ 'aria-label': t('app.close') }}
      >
        <Inspector />
      </Drawer>
    </>
  );
}
