import './lessons.css';

import { Modal } from '@mantine/core';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';

import { useApp } from '../state/app.ts';
import { builtInLessons } from './builtIn.ts';
import { loadKeptLessons } from './comeBack.ts';
import { listLessons, openLesson, useLessonProgress } from './lessonState.ts';
import { textOf, useLessonTabs } from './lessonTabs.ts';
import { OpenLesson } from './OpenLesson.tsx';

/** The dialog with all lessons, and how far one has come in each. */
export function LessonList() {
  const { t } = useTranslation();
  const language = useApp((state) => state.language);
  const done = useLessonProgress((state) => state.done);
  const opened = useLessonTabs((state) => state.opened);
  useEffect(() => void loadKeptLessons(), []);
  return (
    <Modal
      opened
      onClose={() => listLessons(false)}
      title={t('lessons.label')}
      size={860}
      closeButtonProps={{ 'aria-label': t('lessons.close') }}
    >
      <ol className="lesson-list">
        {[...builtInLessons, ...opened].map((lesson) => {
          const text = textOf(lesson, language);
          if (text === undefined) return null;
          const count = text.exercises.length;
          const finished = text.exercises.filter(({ id }) => done.includes(`${lesson.id}/${id}`)).length;
          return (
            <li key={lesson.id}>
              <button
                type="button"
                className="lesson-card"
                aria-label={t('lessons.open', { title: text.title })}
                onClick={() => openLesson(lesson.id)}
              >
                <strong>{text.title}</strong>
                <span>{text.summary}</span>
                <span className="lesson-facts" data-done={count > 0 && finished === count}>
                  {t('lessons.minutes', { count: text.minutes })}
                  {count > 0 && ` · ${t('lessons.done', { done: finished, count })}`}
                </span>
              </button>
            </li>
          );
        })}
      </ol>
      <OpenLesson />
    </Modal>
  );
}
