import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { parseLesson } from '../../shared/lessons/parseLesson.ts';
import { fine, type Problem } from '../../shared/problem.ts';
import { ProblemText } from '../ui/ProblemText.tsx';
import { openLesson, ownLesson } from './lessonState.ts';
import { useLessonTabs } from './lessonTabs.ts';

/** A teacher's own lesson: its folder, its files, or a zip archive of them, chosen from the disk. */
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
  const [first] = files;
  if (first === undefined) return [];
  const { folderOf, isLessonFile, unzipLesson } = await import('../../shared/lessons/lessonFiles.ts');
  const [folder = ''] = first.webkitRelativePath.split('/');
  const name = (folder || first.name).replace(/\.(zip|md|convas)$/, '');
  const id = `${ownLesson}${name.replaceAll(/[^\p{L}\p{N}_-]+/gu, '-')}`;
  const bytesOf = async (file: File) => new Uint8Array(await file.arrayBuffer());
  const archive = files.find((file) => file.name.toLowerCase().endsWith('.zip'));
  const wanted = files.filter((file) => isLessonFile(file.name) && file.size < largest);
  const isZipped = archive !== undefined && wanted.length === 0;
  const found = isZipped
    ? unzipLesson(archive.name, archive.size < largest ? await bytesOf(archive) : new Uint8Array())
    : fine(await Promise.all(wanted.map(async (file) => ({ name: file.name, bytes: await bytesOf(file) }))));
  const parsed = found.ok ? parseLesson(folderOf(id, found.value)) : found;
  if (!parsed.ok) return parsed.problems;
  useLessonTabs.setState(({ opened }) => ({
    opened: [...opened.filter((lesson) => lesson.id !== id), parsed.value],
  }));
  openLesson(id);
  const { keepLesson } = await import('./keptLessons.ts');
  // A browser may keep nothing for a page: the lesson is open all the same, until that is closed.
  await keepLesson(parsed.value.folder).catch(() => undefined);
  return [];
}
