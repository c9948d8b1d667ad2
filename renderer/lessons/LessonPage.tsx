import './lessons.css';

import { ActionIcon, Button, Tooltip } from '@mantine/core';
import { ChevronLeft, ChevronRight, FolderArchive, List, RotateCcw, Save, X } from 'lucide-react';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';

import type { Lesson } from '../../shared/lessons/parseLesson.ts';
import { useApp } from '../state/app.ts';
import { useTabs } from '../state/tabs.ts';
import { tell } from '../ui/notices.ts';
import { useHost } from '../host/HostProvider.tsx';
import { Blocks } from './Blocks.tsx';
import { builtInLessons } from './builtIn.ts';
import { LessonContext } from './LessonContext.ts';
import { listLessons, openLesson, useLessons } from './lessonState.ts';
import { shareLesson } from './shareLesson.ts';
import {
  keepCanvas,
  resetCanvas,
  showCanvas,
  shownProject,
  textOf,
  useLessonTabs,
  useSurroundings,
} from './lessonTabs.ts';

/** The open lesson, beside its live canvas. */
export function LessonPage() {
  const id = useLessons(({ open }) => open);
  const opened = useLessonTabs((state) => state.opened);
  const all = [...builtInLessons, ...opened];
  const at = all.findIndex((lesson) => lesson.id === id);
  const lesson = all[at];
  if (lesson === undefined) return null;
  return <Page key={lesson.id} lesson={lesson} previous={all[at - 1]} next={all[at + 1]} />;
}

interface PageProps {
  readonly lesson: Lesson;
  readonly previous: Lesson | undefined;
  readonly next: Lesson | undefined;
}

function Page({ lesson, previous, next }: PageProps) {
  const { t } = useTranslation();
  const host = useHost();
  const language = useApp((state) => state.language);
  useTabs((state) => state.active);
  const around = useSurroundings(lesson);
  const projectsThere = useLessons((state) => state.projectsThere);
  useEffect(() => {
    if (projectsThere) showCanvas(lesson);
  }, [lesson, projectsThere]);
  const text = textOf(lesson, language);
  if (text === undefined) return null;
  const isElsewhere = lesson.projects.length > 0 && shownProject(lesson) === undefined;
  return (
    <LessonContext value={{ lesson, around }}>
      <article className="lesson" aria-label={text.title}>
        <div className="lesson-bar-top">
          <Tool label={t('lessons.all')} onClick={() => listLessons()} Icon={List} />
          {previous && (
            <Tool label={t('lessons.previous')} onClick={() => openLesson(previous.id)} Icon={ChevronLeft} />
          )}
          {next && <Tool label={t('lessons.next')} onClick={() => openLesson(next.id)} Icon={ChevronRight} />}
          <span className="lesson-space" />
          <Tool label={t('lessons.reset')} onClick={() => resetCanvas(lesson)} Icon={RotateCcw} />
          <Tool
            label={t('lessons.keep')}
            onClick={() => {
              keepCanvas(text.title);
              tell(t, t('lessons.kept'));
            }}
            Icon={Save}
          />
          <Tool
            label={t('lessons.share')}
            onClick={() => void shareLesson(t, host, lesson.folder)}
            Icon={FolderArchive}
          />
          <Tool label={t('lessons.closeLesson')} onClick={() => openLesson(null)} Icon={X} />
        </div>
        {isElsewhere && (
          <div className="lesson-elsewhere" role="status">
            {t('lessons.elsewhere')}
            <Button size="compact-xs" variant="light" onClick={() => showCanvas(lesson)}>
              {t('lessons.back')}
            </Button>
          </div>
        )}
        <div className="lesson-scroll" tabIndex={0} role="region" aria-label={text.title}>
          <h2>{text.title}</h2>
          <p className="lesson-summary">{text.summary}</p>
          <Blocks blocks={text.blocks} />
          {next && (
            <Button variant="light" fullWidth onClick={() => openLesson(next.id)}>
              {t('lessons.next')}
            </Button>
          )}
        </div>
      </article>
    </LessonContext>
  );
}

interface ToolProps {
  readonly label: string;
  readonly onClick: () => void;
  readonly Icon: typeof List;
}

function Tool({ label, onClick, Icon }: ToolProps) {
  return (
    <Tooltip label={label}>
      <ActionIcon size={28} variant="subtle" color="gray" aria-label={label} onClick={onClick}>
        <Icon size={16} />
      </ActionIcon>
    </Tooltip>
  );
}
