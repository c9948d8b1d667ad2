import type { TFunction } from 'i18next';

import type { LessonFolder } from '../../shared/lessons/parseLesson.ts';
import { deliverAndTell } from '../host/deliverAndTell.ts';
import type { Host } from '../host/host.ts';
import { ownLesson } from './lessonState.ts';

/** Hands over a lesson as a zip archive. */
export function shareLesson(t: TFunction, host: Host, folder: LessonFolder): Promise<void> {
  const id = folder.id.startsWith(ownLesson) ? folder.id.slice(ownLesson.length) : folder.id;
  return deliverAndTell(t, host, {
    fileName: `${id}.zip`,
    async make() {
      const { zipLesson } = await import('../../shared/lessons/lessonFiles.ts');
      return new Blob([zipLesson({ ...folder, id })], { type: 'application/zip' });
    },
    said: (path) => t('lessons.shared', { path }),
  });
}
