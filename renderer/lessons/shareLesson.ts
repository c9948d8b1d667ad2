import { notifications } from '@mantine/notifications';
import type { TFunction } from 'i18next';

import type { LessonFolder } from '../../shared/lessons/parseLesson.ts';
import type { Host } from '../host/host.ts';
import { problemsOf } from '../host/refusals.ts';
import { problemText } from '../ui/problemTexts.ts';
import { ownLesson } from './lessonState.ts';

/** Hands over a lesson as a zip archive. */
export async function shareLesson(t: TFunction, host: Host, folder: LessonFolder): Promise<void> {
  const closeButtonProps = { 'aria-label': t('app.close') };
  try {
    const { zipLesson } = await import('../../shared/lessons/lessonFiles.ts');
    const name = folder.id.startsWith(ownLesson) ? folder.id.slice(ownLesson.length) : folder.id;
    const archive = zipLesson({ ...folder, id: name });
    const path = await host.deliverFile(`${name}.zip`, new Blob([archive], { type: 'application/zip' }));
    if (path !== null) notifications.show({ message: t('lessons.shared', { path }), closeButtonProps });
  } catch (error) {
    for (const one of problemsOf(error))
      notifications.show({ color: 'red', message: problemText(t, one), closeButtonProps });
  }
}
