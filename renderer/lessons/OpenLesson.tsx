import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { parseLesson } from '../../shared/lessons/parseLesson.ts';
import type { Problem } from '../../shared/problem.ts';
import { ProblemText } from '../ui/ProblemText.tsx';
import { openLesson } from './lessonState.ts';
import { useLessonTabs } from './lessonTabs.ts';

/** A teacher's own lesson: its folder, or its files, chosen from the disk. */
export function OpenLesson() {
  const { t } = useTranslation();
  const [problems, setProblems] = useState<readonly Problem[]>([]);
  const choose = (folder: boolean) => {
    const input = document.createElement('input');
    input.type = 'file';
    input.multiple = true;
    input.webkitdirectory = folder;
    input.addEventListener('change', () => void read([...(input.files ?? [])]).then(setProblems));
    input.click();
  };
  return (
    <div className="lesson-own">
      <p>{t('lessons.teacher')}</p>
      <Button variant="light" size="compact-sm" onClick={() => choose(true)}>
        {t('lessons.openFolder')}
      </Button>
      <Button variant="subtle" size="compact-sm" onClick={() => choose(false)}>
        {t('lessons.openFiles')}
      </Button>
      {problems.length > 0 && (
        <div role="alert" className="lesson-problems">
          <strong>{t('lessons.notOpened')}</strong>
          <ul>
            {problems.slice(0, 8).map((problem, index) => (
              <li key={index}>
                <ProblemText problem={problem} />
              </li>
            ))}
          </ul>
        </div>
      )}
    </div>
  );
}

const largest = 8 * 2 ** 20;

async function read(files: readonly File[]): Promise<readonly Problem[]> {
  if (files.length === 0) return [];
  const wanted = files.filter(({ name, size }) => /\.(md|convas)$/.test(name) && size < largest);
  const texts = new Map(
    await Promise.all(wanted.map(async (file) => [file.name, await file.text()] as const)),
  );
  const [folder = ''] = (files[0]?.webkitRelativePath ?? '').split('/');
  const id = `own-${(folder || (files[0]?.name ?? '')).replaceAll(/[^\w-]+/g, '-')}`;
  const parsed = parseLesson({ id, texts });
  if (!parsed.ok) return parsed.problems;
  useLessonTabs.setState(({ opened }) => ({
    opened: [...opened.filter((lesson) => lesson.id !== id), parsed.value],
  }));
  openLesson(id);
  return [];
}
