import type { LessonPicture } from '../../shared/lessons/parseLesson.ts';

const addresses = new WeakMap<LessonPicture, string>();

/** An address for a picture out of a lesson's folder; it lasts as long as the page, as the lesson does. */
export function addressOf(picture: LessonPicture): string {
  const known = addresses.get(picture);
  if (known !== undefined) return known;
  const made = URL.createObjectURL(new Blob([picture.bytes], { type: picture.type }));
  addresses.set(picture, made);
  return made;
}
